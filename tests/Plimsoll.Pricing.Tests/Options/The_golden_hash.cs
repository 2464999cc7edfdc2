using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Tests.Options;

/// <summary>Prices, Greeks and implied volatilities are the same bits on every instruction set: one hash, tested in processes that pretend to be older machines.</summary>
public sealed class The_golden_hash
{
    private const string OfHundredThousand = "18961344a4fafa1eff7348cd61838b4d84c5b463a8ecdcabfd56250b1ffacfdd";

    [Fact]
    public void A_hundred_thousand_options_hash_to_one_constant() => Hash(100_000).ShouldBe(OfHundredThousand);

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void The_hash_holds_without(string instructionSet)
    {
        var output = RunInChild(nameof(A_hundred_thousand_options_hash_to_one_constant), instructionSet);
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

            var (volatilities, statuses) = (new double[count], new ImpliedStatus[count]);
            ImpliedVolBatch.Solve(sample.Priced(answers.All[0], discounted), volatilities, statuses);
            statuses.Count(status => status == ImpliedStatus.Ok).ShouldBeGreaterThan(count / 2);
            for (var i = 0; i < count; i++)
                if (statuses[i] != ImpliedStatus.Ok) volatilities[i] = -(int)statuses[i]; // a NaN's payload is nobody's promise
            hash.AppendData(MemoryMarshal.AsBytes(volatilities.AsSpan()));
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
