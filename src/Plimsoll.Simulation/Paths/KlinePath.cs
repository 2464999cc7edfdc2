using Plimsoll.Markets.Bars;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Paths;

/// <summary>
/// A path out of kline files, one per asset, merged on the union of their times.
/// </summary>
/// <remarks>
/// 1. Within a bar the price goes open → the extreme farther from the open → the other extreme → close, at the beginnings
///    of the bar's four quarters.
/// 2. The path begins where the last of the files has begun and ends where the first of them has ended.
/// 3. At each moment at which any asset has a point there is a tick; the others keep their last price. So a gap is held
///    over; notes count the bars missing, and bars with a suspicious wick, which are used as they are.
/// </remarks>
public static class KlinePath
{
    /// <summary>Merges kline files into a path.</summary>
    /// <param name="files">One file per asset.</param>
    /// <param name="from">No bar before this moment is used; none means from the beginning.</param>
    /// <param name="to">No bar from this moment on is used; none means to the end.</param>
    /// <param name="label">What a person reads above the chart; none means the assets and the time.</param>
    /// <exception cref="InputException">A file cannot be used (<see cref="KlineFile.Open"/>), an asset comes twice, or nothing lies within the range.</exception>
    public static PricePath Read(IReadOnlyList<(AssetId Asset, string Path)> files, Instant? from = null, Instant? to = null, string? label = null)
    {
        if (files.Count == 0) throw new InputException("prices", "found no file, expected at least one like BTC=file");
        if (files.GroupBy(file => file.Asset).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InputException("prices", $"found {twice.Key} twice, expected one file per asset");
        if (from is { } after && to is { } before && after >= before) throw new InputException("range", $"found {after} to {before}, expected an end after the beginning");

        KlineFile[] opened = [.. files.Select(file => KlineFile.Open(file.Path))];
        var start = new Instant(opened.Max(file => file.First.UnixMicroseconds));
        var end = new Instant(opened.Min(file => file.Last.UnixMicroseconds) + 1);
        if (from is { } f && f > start) start = f;
        if (to is { } t && t < end) end = t;
        if (start >= end) throw new InputException("range", $"found nothing that all files cover{Asked(from, to)}, expected prices of every asset");

        KlineSurvey[] surveys = [.. opened.Select(file => file.Survey(start, end))];
        var first = new Instant(surveys.Max(survey => survey.First.UnixMicroseconds));
        var last = new Instant(surveys.Select((survey, i) => LastPoint(survey, opened[i])).Max());
        AssetId[] assets = [.. files.Select(file => file.Asset)];

        return new PricePath(
            label ?? $"{string.Join(' ', assets)} as traded, {first} to {last}",
            synthetic: false,
            assets,
            first,
            last,
            () => Merge(opened, start, end),
            [.. assets.SelectMany((asset, i) => Notes(asset, surveys[i]))]);
    }

    private static IEnumerable<PriceTick> Merge(KlineFile[] files, Instant start, Instant end)
    {
        using var cursors = new BarCursors(files, start, end);
        while (cursors.Next() is { } at)
        {
            if (cursors.AllHavePrices) yield return new PriceTick(at, cursors.Prices());
        }
    }

    private static IEnumerable<string> Notes(AssetId asset, KlineSurvey survey)
    {
        if (survey.Missing > 0) yield return $"{asset}: {survey.Missing} bars are missing; the price before each gap is held over it.";
        if (survey.SuspiciousWicks > 0)
            yield return $"{asset}: {survey.SuspiciousWicks} bars have an extreme more than {Bar.SuspiciousWick * 100:0} % beyond open and close, the first at {survey.FirstSuspiciousWick}; they are used as they are.";
    }

    private static long LastPoint(KlineSurvey survey, KlineFile file) =>
        survey.Last.UnixMicroseconds + (file.Width.Ticks / TimeSpan.TicksPerMicrosecond * (Bar.Points - 1) / Bar.Points);

    private static string Asked(Instant? from, Instant? to) => from is null && to is null ? "" : $" within {from?.ToString() ?? "the beginning"} to {to?.ToString() ?? "the end"}";
}
