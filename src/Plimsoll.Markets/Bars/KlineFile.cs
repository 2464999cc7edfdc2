using Plimsoll.Units;

namespace Plimsoll.Markets.Bars;

/// <summary>
/// A file of price bars (klines), plain or gzip, in one of two formats:
/// the exchange's own (Binance: no header or <c>open_time,…</c>; open time in ms or µs, open, high, low, close, volume,
/// close time, …) or <c>ts_ms,open,high,low,close,volume</c> with that header.
/// </summary>
/// <remarks>
/// 1. Opening a file reads all of it once: a fault anywhere refuses the whole file before any of it is used.
/// 2. The bar's width is the shortest time between two bars of the file; bars that are missing on that grid are counted.
/// 3. Bars are then streamed again on every walk; nothing but the survey stays in memory.
/// </remarks>
public sealed class KlineFile
{
    private const string SharedHeader = "ts_ms,open,high,low,close,volume";
    private const int ExchangeColumns = 12;
    private static readonly string[] Fields = ["open time", "open", "high", "low", "close", "volume"];

    private KlineFile(string path, Instant first, Instant last, TimeSpan width, int bars)
    {
        Path = path;
        First = first;
        Last = last;
        Width = width;
        Bars = bars;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>When its first bar begins.</summary>
    public Instant First { get; }

    /// <summary>When its last bar begins.</summary>
    public Instant Last { get; }

    /// <summary>The time one bar spans.</summary>
    public TimeSpan Width { get; }

    /// <summary>How many bars it holds.</summary>
    public int Bars { get; }

    /// <summary>Reads the whole file once and checks every line.</summary>
    /// <exception cref="InputException">
    /// The file cannot be read, or a line is not a bar: wrong columns, not a number, a price not above 0, open or close
    /// outside low to high, time that stands or goes back, fewer than two bars, damaged gzip.
    /// </exception>
    public static KlineFile Open(string path)
    {
        Bar? first = null;
        Bar last = default;
        long width = long.MaxValue;
        int bars = 0;
        foreach (Bar bar in Lines(path))
        {
            if (first is null) first = bar;
            else width = Math.Min(width, bar.At.UnixMicroseconds - last.At.UnixMicroseconds);
            last = bar;
            bars++;
        }

        if (first is null || bars < 2) throw new InputException(path, $"found {bars} bars, expected at least two");

        return new KlineFile(path, first.Value.At, last.At, TimeSpan.FromMicroseconds(width), bars);
    }

    /// <summary>The bars that begin at or after one moment and before another.</summary>
    public IEnumerable<Bar> Read(Instant from, Instant to)
    {
        foreach (Bar bar in Lines(Path))
        {
            if (bar.At >= to) yield break;
            if (bar.At >= from) yield return bar;
        }
    }

    /// <summary>What a stretch of the file holds.</summary>
    /// <exception cref="InputException">No bar begins within the stretch.</exception>
    public KlineSurvey Survey(Instant from, Instant to)
    {
        Bar? first = null;
        Bar last = default;
        Instant? wickAt = null;
        int bars = 0, wicks = 0;
        foreach (Bar bar in Read(from, to))
        {
            first ??= bar;
            last = bar;
            bars++;
            if (!bar.HasSuspiciousWick) continue;
            wickAt ??= bar.At;
            wicks++;
        }

        if (first is null) throw new InputException($"{Path} range", $"found bars from {First} to {Last}, expected some within {from} to {to}");

        long span = (last.At.UnixMicroseconds - first.Value.At.UnixMicroseconds) / (Width.Ticks / TimeSpan.TicksPerMicrosecond);

        return new KlineSurvey(first.Value.At, last.At, bars, checked((int)(span + 1 - bars)), wicks, wickAt);
    }

    private static IEnumerable<Bar> Lines(string path)
    {
        using CsvLines lines = CsvLines.Open(path);
        string? line = lines.Next();
        int columns = ExchangeColumns;
        if (line == SharedHeader || line?.StartsWith("open_time,", StringComparison.Ordinal) == true)
        {
            columns = line.AsSpan().Count(',') + 1;
            line = lines.Next();
        }

        Instant? before = null;
        for (; line is not null; line = lines.Next())
        {
            if (line.Length == 0) throw lines.Fault("line", line, "a bar");
            Bar bar = Parse(lines, line.Split(','), columns);
            if (before is { } last && bar.At <= last)
                throw lines.Fault(Fields[0], bar.At.ToString(), bar.At == last ? "each bar once" : $"a time after {last}");
            before = bar.At;

            yield return bar;
        }
    }

    private static Bar Parse(CsvLines lines, string[] parts, int columns)
    {
        if (parts.Length != columns)
            throw lines.Fault("columns", $"{parts.Length}", $"{columns} ({(columns == ExchangeColumns ? "exchange klines" : "as in the header")}; or the header {SharedHeader})");

        Instant at = lines.EpochAt(Fields[0], parts[0]);
        var bar = new Bar(
            at,
            lines.PriceAt(Fields[1], parts[1]),
            lines.PriceAt(Fields[2], parts[2]),
            lines.PriceAt(Fields[3], parts[3]),
            lines.PriceAt(Fields[4], parts[4]),
            lines.VolumeAt(Fields[5], parts[5]));
        if (bar.High < Math.Max(bar.Open, bar.Close)) throw lines.Fault(Fields[2], parts[2], "the highest price of the bar");
        if (bar.Low > Math.Min(bar.Open, bar.Close)) throw lines.Fault(Fields[3], parts[3], "the lowest price of the bar");

        return bar;
    }
}
