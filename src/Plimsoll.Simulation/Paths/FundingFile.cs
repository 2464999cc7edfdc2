using System.Globalization;
using Plimsoll.Markets.Bars;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Paths;

/// <summary>One funding payment of a perpetual.</summary>
/// <param name="At">When it was paid.</param>
/// <param name="Rate">Part of the notional that longs paid shorts; negative when shorts paid.</param>
public readonly record struct FundingPayment(Instant At, double Rate);

/// <summary>A file of funding payments, plain or gzip: <c>ts_ms,funding_rate</c> with that header, ascending.</summary>
public static class FundingFile
{
    private const string Header = "ts_ms,funding_rate";
    private const double MostRate = 1;

    /// <summary>Reads all of it.</summary>
    /// <exception cref="InputException">The file cannot be read, or a line is not a payment; the message names file, line and field.</exception>
    public static IReadOnlyList<FundingPayment> Read(string path)
    {
        using CsvLines lines = CsvLines.Open(path);
        if (lines.Next() is not { } header || header != Header) throw new InputException($"{path}:1 header", $"expected {Header}");

        var payments = new List<FundingPayment>();
        while (lines.Next() is { } line)
        {
            string[] parts = line.Split(',');
            if (parts.Length != 2) throw lines.Fault("columns", $"{parts.Length}", "2");
            Instant at = lines.EpochAt("ts_ms", parts[0]);
            if (payments.Count > 0 && at <= payments[^1].At) throw lines.Fault("ts_ms", parts[0], $"a time after {payments[^1].At}");
            bool read = double.TryParse(parts[1], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double rate);
            if (!read || !(Math.Abs(rate) <= MostRate)) throw lines.Fault("funding_rate", parts[1], "a rate from -1 to 1");
            payments.Add(new FundingPayment(at, rate));
        }

        return payments;
    }
}
