using System.Globalization;
using Plimsoll.Markets.Bars;
using Plimsoll.Units;

namespace Plimsoll.Markets.Depth;

/// <summary>A market's book at a moment.</summary>
/// <param name="At">When it was so.</param>
/// <param name="Book">What it showed.</param>
public sealed record DepthMoment(Instant At, DepthBook Book);

/// <summary>
/// Reads visible depth, moment after moment, from CSV, plain or gzip: <c>ts_ms,level,bid_price,bid_qty,ask_price,ask_qty</c>
/// (<c>docs/formats/depth.md</c>). Only one moment is in memory at a time.
/// </summary>
/// <remarks>
/// 1. Lines of one time are one moment, in whatever order they stand; each level from 1 upwards is there once.
/// 2. Time never goes back, and a moment's lines stand together.
/// 3. A side that has no more levels leaves its two fields empty, there and on every deeper level.
/// </remarks>
public static class DepthReader
{
    private const string Header = "ts_ms,level,bid_price,bid_qty,ask_price,ask_qty";
    private const int MostLevels = 10_000;
    private static readonly string[] Fields = Header.Split(',');

    /// <summary>The moments of a file, in order of time.</summary>
    /// <exception cref="InputException">While walking: which file, line and field cannot be used.</exception>
    public static IEnumerable<DepthMoment> Read(string path)
    {
        using CsvLines lines = CsvLines.Open(path);
        string? header = lines.Next();
        if (header != Header) throw new InputException($"{path}:1", $"expected the header {Header}");

        var rows = new List<Row>();
        long moment = -1;
        for (string? line = lines.Next(); line is not null; line = lines.Next())
        {
            if (line.Length == 0) continue;
            Row row = Parse(lines, line.Split(','));
            if (row.Milliseconds < moment) throw lines.Fault(Fields[0], $"{row.Milliseconds}", $"a time not before {moment}");
            if (row.Milliseconds > moment && rows.Count > 0)
            {
                yield return Moment(path, rows);
                rows.Clear();
            }

            moment = row.Milliseconds;
            if (rows.Count == MostLevels) throw lines.Fault(Fields[1], $"{row.Level}", $"at most {MostLevels} levels of a moment");
            rows.Add(row);
        }

        if (rows.Count == 0) throw new InputException(path, "holds no level");

        yield return Moment(path, rows);
    }

    /// <summary>The book of a file's last moment; the whole file is checked on the way.</summary>
    /// <exception cref="InputException">Which file, line and field cannot be used.</exception>
    public static DepthBook Last(string path)
    {
        DepthBook? last = null;
        foreach (DepthMoment moment in Read(path)) last = moment.Book;

        return last!;
    }

    private static Row Parse(CsvLines lines, string[] fields)
    {
        if (fields.Length != Fields.Length) throw lines.Fault("columns", $"{fields.Length}", $"{Fields.Length}");

        const long LastMilliseconds = 100_000_000_000_000; // the year 5138
        bool timed = long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds) && milliseconds < LastMilliseconds;
        if (!timed) throw lines.Fault(Fields[0], fields[0], "milliseconds since 1970");
        bool counted = int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int level) && level >= 1;
        if (!counted) throw lines.Fault(Fields[1], fields[1], "a whole number from 1");

        return new Row(milliseconds, level, lines.Number, Side(lines, fields, 2), Side(lines, fields, 4));
    }

    private static DepthLevel? Side(CsvLines lines, string[] fields, int price)
    {
        if (fields[price].Length == 0 && fields[price + 1].Length == 0) return null;

        return new DepthLevel(Number(lines, fields, price), Number(lines, fields, price + 1));
    }

    private static double Number(CsvLines lines, string[] fields, int place) =>
        double.TryParse(fields[place], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value)
            ? value
            : throw lines.Fault(Fields[place], fields[place], "a number above 0");

    private static DepthMoment Moment(string path, List<Row> rows)
    {
        int first = rows[0].Line;
        rows.Sort((a, b) => a.Level.CompareTo(b.Level));
        for (int i = 0; i < rows.Count; i++)
        {
            string place = $"{path}:{rows[i].Line} {Fields[1]}";
            if (rows[i].Level != i + 1) throw new InputException(place, $"found {rows[i].Level}, expected level {i + 1} of this moment");
            if (i > 0 && rows[i].Bid is not null && rows[i - 1].Bid is null) throw new InputException(place, "found a bid below a level that has none");
            if (i > 0 && rows[i].Ask is not null && rows[i - 1].Ask is null) throw new InputException(place, "found an ask above a level that has none");
        }

        try
        {
            var book = new DepthBook(rows.Where(row => row.Bid is not null).Select(row => row.Bid!.Value), rows.Where(row => row.Ask is not null).Select(row => row.Ask!.Value));

            return new DepthMoment(Instant.FromUnixMilliseconds(rows[0].Milliseconds), book);
        }
        catch (InputException fault)
        {
            throw new InputException($"{path}:{first}", fault.Message, fault);
        }
    }

    private readonly record struct Row(long Milliseconds, int Level, int Line, DepthLevel? Bid, DepthLevel? Ask);
}
