using Plimsoll.Markets.Bars;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Paths;

/// <summary>The columns of a typed-in path: <c>hour</c>, then <c>ASSET low</c> and <c>ASSET close</c> in any order.</summary>
internal sealed class HourColumns
{
    private readonly string[] names;
    private readonly int[] lowAt;
    private readonly int[] closeAt;

    private HourColumns(string[] names, AssetId[] assets, int[] lowAt, int[] closeAt)
    {
        this.names = names;
        Assets = assets;
        this.lowAt = lowAt;
        this.closeAt = closeAt;
    }

    /// <summary>Assets in the order in which the header first names them.</summary>
    public AssetId[] Assets { get; }

    /// <summary>Reads the header.</summary>
    public static HourColumns Parse(CsvLines lines, string header)
    {
        string[] found = header.Split(',');
        if (found[0] != "hour") throw lines.Fault("header", found[0], "hour");

        var assets = new List<AssetId>();
        foreach (string name in found.Skip(1))
        {
            string[] words = name.Split(' ');
            if (words is not [_, "low" or "close"] || !Identifier.IsValid(words[0])) throw lines.Fault("header", name, "a column like BTC low or BTC close");
            if (found.Count(other => other == name) > 1) throw lines.Fault("header", name, "each column once");
            if (!assets.Contains(new AssetId(words[0]))) assets.Add(new AssetId(words[0]));
        }

        int[] closes = [.. assets.Select(asset => Array.IndexOf(found, $"{asset} close"))];
        int missing = Array.IndexOf(closes, -1);
        if (missing >= 0) throw lines.Fault("header", header, $"a column {assets[missing]} close");
        if (assets.Count == 0) throw lines.Fault("header", header, "at least one asset");

        return new HourColumns(found, [.. assets], [.. assets.Select(asset => Array.IndexOf(found, $"{asset} low"))], closes);
    }

    /// <summary>Reads a row: the hour, the lows where there are any, the closes.</summary>
    public (Instant Hour, decimal?[] Lows, decimal[] Closes) Row(CsvLines lines, string row)
    {
        string[] parts = row.Split(',');
        if (parts.Length != names.Length) throw lines.Fault("columns", $"{parts.Length}", $"{names.Length}");
        // An hour is given as 2020-03-11T00, which ISO 8601 allows and the base library does not read.
        if (parts[0].Length != 13 || !Instant.TryParse(parts[0] + ":00:00Z", out Instant hour)) throw lines.Fault(names[0], parts[0], "an hour like 2020-03-11T00");

        decimal Field(int at) => lines.PriceAt(names[at], parts[at]);
        decimal[] closes = [.. closeAt.Select(Field)];
        decimal?[] lows = [.. lowAt.Select(at => at < 0 ? (decimal?)null : Field(at))];
        for (int i = 0; i < closes.Length; i++)
        {
            if (lows[i] > closes[i]) throw lines.Fault(names[lowAt[i]], parts[lowAt[i]], $"at most the close {closes[i]}");
        }

        return (hour, lows, closes);
    }
}
