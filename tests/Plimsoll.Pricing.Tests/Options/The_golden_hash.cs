using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Tests.Options;

/// <summary>Prices and Greeks are the same bits on every instruction set: one hash, tested in processes that pretend to be older machines.</summary>
public sealed class The_golden_hash
{
    private const string OfHundredThousand = "84bad8b2e36035238191dc6a2e8c2370ebebd98f376aa2778b6c186821cac3d6";
    private const string OfTwoThousand = "6dea115eed19f8377ce3c013a95af3859b8fe2ca6479839017e6609c359b7600";

    [Fact]
    public void A_hundred_thousand_options_hash_to_one_constant() => Hash(100_000).ShouldBe(OfHundredThousand);

    [Fact]
    public void Two_thousand_options_hash_to_one_constant() => Hash(2_000).ShouldBe(OfTwoThousand);

    [Theory]
    [InlineData("DOTNET_EnableAVX512", nameof(A_hundred_thousand_options_hash_to_one_constant))]
    [InlineData("DOTNET_EnableAVX2", nameof(A_hundred_thousand_options_hash_to_one_constant))]
    [InlineData("DOTNET_EnableHWIntrinsic", nameof(Two_thousand_options_hash_to_one_constant))]
    public void The_hash_holds_without(string instructionSet, string test)
    {
        var output = RunInChild(test, instructionSet);
        output.ShouldContain("Total: 1, Errors: 0, Failed: 0, Skipped: 0");
    }

    private static string Hash(int count)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var discounted in new[] { false, true })
        {
            var sample = new OptionSample(count, 100);
            var answers = new OptionAnswers(count);
            Black76Batch.Greeks(sample.Columns(discounted), answers.Columns);
            foreach (var column in answers.All)
            {
                Array.TrueForAll(column, double.IsFinite).ShouldBeTrue();
                hash.AppendData(MemoryMarshal.AsBytes(column.AsSpan()));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string RunInChild(string test, string instructionSet)
    {
        var assembly = typeof(The_golden_hash).Assembly.Location;
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "exec", assembly, "-method", $"{typeof(The_golden_hash).FullName}.{test}", "-noColor" }) start.ArgumentList.Add(argument);
        start.Environment[instructionSet] = "0";

        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync();
        var output = child.StandardOutput.ReadToEnd();
        if (!child.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            child.Kill();
            return "The child did not end.";
        }

        return output + errors.Result;
    }
}
