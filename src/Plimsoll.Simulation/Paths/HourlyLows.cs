using Plimsoll.Markets.Bars;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Paths;

/// <summary>
/// A typed-in path: a CSV with one row per hour giving low and close, or close alone, per asset
/// (<c>hour,BTC low,BTC close,ETH low,ETH close,LINK close</c>). Lines that begin with <c>#</c> are comments.
/// </summary>
/// <remarks>
/// Each hour gives two ticks: the low at half past, the close at the next full hour. An asset with a close alone stands, at
/// half past, midway between the close before and this one (in the first hour: at its close).
/// </remarks>
public static class HourlyLows
{
    private const int MaxRows = 100_000;

    /// <summary>Reads a typed-in path.</summary>
    /// <param name="path">The file.</param>
    /// <param name="label">What a person reads above the chart.</param>
    /// <exception cref="InputException">The file is not such a CSV; the message names line and column.</exception>
    public static PricePath Read(string path, string label)
    {
        using CsvLines lines = CsvLines.Open(path);
        HourColumns columns = HourColumns.Parse(lines, NextRow(lines) ?? throw lines.Fault("header", "", "hour,BTC low,BTC close,…"));
        var ticks = new List<PriceTick>();
        decimal[]? before = null;
        Instant? last = null;
        for (string? row = NextRow(lines); row is not null; row = NextRow(lines))
        {
            if (ticks.Count >= 2 * MaxRows) throw lines.Fault("rows", $"more than {MaxRows}", $"at most {MaxRows}");
            (Instant hour, decimal?[] lows, decimal[] closes) = columns.Row(lines, row);
            if (last is { } previous && hour <= previous) throw lines.Fault("hour", hour.ToString(), $"an hour after {previous}");
            last = hour;
            ticks.Add(new PriceTick(hour + TimeSpan.FromMinutes(30), [.. lows.Select((low, i) => low ?? Midway(before, closes, i))]));
            ticks.Add(new PriceTick(hour + TimeSpan.FromHours(1), closes));
            before = closes;
        }

        if (ticks.Count == 0) throw lines.Fault("rows", "none", "at least one hour");

        return new PricePath(label, synthetic: false, columns.Assets, ticks[0].At, ticks[^1].At, () => ticks);
    }

    private static decimal Midway(decimal[]? before, decimal[] closes, int i) =>
        before is null ? closes[i] : Price.Canonical((before[i] + closes[i]) / 2);

    private static string? NextRow(CsvLines lines)
    {
        string? line = lines.Next();
        while (line is not null && (line.Length == 0 || line[0] == '#')) line = lines.Next();

        return line;
    }
}
