using System.Globalization;
using Plimsoll.Markets.Bars;
using Plimsoll.Units;

namespace Plimsoll.Cli.Liquidity;

/// <summary>Prices moment by moment from a file: <c>ts_ms,price</c>, or bars, of which each is walked from its open over its extremes to its close.</summary>
internal static class PricePath
{
    private const string Header = "ts_ms,price";
    private const int PointsOfABar = 4;

    /// <summary>The prices, ascending in time.</summary>
    /// <exception cref="InputException">Which file, line and field cannot be used.</exception>
    public static IReadOnlyList<(Instant At, double Price)> Read(string path)
    {
        using CsvLines lines = CsvLines.Open(path);
        if (lines.Next() != Header) return Bars(path);

        var prices = new List<(Instant At, double Price)>();
        for (string? line = lines.Next(); line is not null; line = lines.Next()) prices.Add(Parse($"{path}:{lines.Number}", line, prices));

        return prices.Count > 0 ? prices : throw new InputException(path, "found no prices, expected some");
    }

    private static (Instant At, double Price) Parse(string place, string line, List<(Instant At, double Price)> before)
    {
        string[] fields = line.Split(',');
        if (fields.Length != 2) throw new InputException(place, $"found {fields.Length} fields, expected {Header}");
        if (!long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out long ms) || ms > 253_402_300_799_999)
            throw new InputException($"{place} ts_ms", $"found '{fields[0]}', expected milliseconds since 1970");
        if (!decimal.TryParse(fields[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal price) || price is < Price.Min or > Price.Max)
            throw new InputException($"{place} price", $"found '{fields[1]}', expected a number above 0");

        var at = Instant.FromUnixMilliseconds(ms);

        return before.Count > 0 && at < before[^1].At ? throw new InputException($"{place} ts_ms", $"found {at}, expected no time before {before[^1].At}") : (at, (double)price);
    }

    private static List<(Instant At, double Price)> Bars(string path)
    {
        KlineFile file = KlineFile.Open(path);
        long step = file.Width.Ticks / TimeSpan.TicksPerMicrosecond / PointsOfABar;
        var prices = new List<(Instant At, double Price)>(PointsOfABar * file.Bars);
        foreach (Bar bar in file.Read(file.First, new Instant(long.MaxValue)))
        {
            for (int point = 0; point < PointsOfABar; point++) prices.Add((new Instant(bar.At.UnixMicroseconds + (point * step)), (double)bar.PriceAt(point)));
        }

        return prices;
    }
}
