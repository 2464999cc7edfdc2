using System.Text.RegularExpressions;

namespace Plimsoll.House.Tests;

public sealed partial class FileTests
{
    private const int MostLines = 400;

    [Fact]
    public void No_source_file_outgrows_a_patient_reader()
    {
        foreach (string file in Repository.Files("*.cs", "*.ts", "*.tsx"))
            File.ReadLines(file).Count().ShouldBeLessThanOrEqualTo(MostLines, Repository.Relative(file));
    }

    [Fact]
    public void No_file_or_type_is_named_after_a_question_not_yet_asked()
    {
        foreach (string file in Repository.Files("*.cs"))
            Path.GetFileNameWithoutExtension(file).ShouldNotMatch("(Helper|Helpers|Utils|Util|Common|Manager)$", Repository.Relative(file));
    }

    [Fact]
    public void Nothing_is_left_unfinished_or_swallowed()
    {
        foreach (string file in Repository.Files("*.cs", "*.ts", "*.tsx"))
        {
            if (file.EndsWith("FileTests.cs", StringComparison.Ordinal)) continue;

            Unfinished().Match(File.ReadAllText(file)).Value.ShouldBeEmpty(Repository.Relative(file));
        }
    }

    [Fact]
    public void No_published_case_is_named_in_the_code()
    {
        foreach (string file in Repository.Files("*.cs").Where(f => Repository.Relative(f).StartsWith("src/", StringComparison.Ordinal)))
            CaseId().Match(File.ReadAllText(file)).Value.ShouldBeEmpty(Repository.Relative(file));
    }

    [Fact]
    public void Every_source_file_speaks_in_a_namespace_of_its_room()
    {
        foreach (string file in Repository.Files("*.cs"))
        {
            string relative = Repository.Relative(file);
            Match declared = Namespace().Match(File.ReadAllText(file));
            if (!declared.Success) continue;

            string room = relative.Split('/')[1];
            declared.Groups[1].Value.ShouldStartWith(room, Case.Sensitive, relative);
        }
    }

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|catch\s*\{\s*\}|catch\s*\(Exception[^)]*\)\s*\{\s*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"""[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{6}""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CaseId();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline, 1000)]
    private static partial Regex Namespace();
}
