using System.Globalization;
using Plimsoll.Markets.Oracles;

namespace Plimsoll.Engine;

/// <summary>Says in words why a price has its status.</summary>
internal static class OracleWords
{
    private const int Named = 3;

    public static string Of(AssetFeed feed, OracleTerms terms, OracleStatus status, Units.Instant now)
    {
        string rejected = Rejected(feed, terms, now);
        JoinedPrice joined = feed.Joined;
        int fit = joined.Sources > 0 ? feed.Reports.Count(kept => kept.Fault == ReportFault.None && !terms.IsTooOld(kept.Report.ObservedAt, now)) : 0;
        string stands = joined.Price > 0 ? $"the price seen at {joined.ObservedAt} stands" : "there is no price before it";
        if (joined.Apart > 0) return Text($"the sources contradict each other: together they are sure to {Part(joined.Apart)}, allowed are {Part(terms.MostConfidence)}; {stands}{rejected}");
        if (!(joined.Price > 0)) return Text($"no price was ever made{rejected}");
        if (fit == 0) return Text($"no source is fit to be used; the price seen at {joined.ObservedAt} {(status == OracleStatus.Halted ? "is too old to go by" : "stands")}{rejected}");
        if (fit < terms.LiveSources) return Text($"{fit} of {terms.LiveSources} sources{rejected}");

        return joined.Confidence > terms.LiveConfidence
            ? Text($"the sources together are sure to {Part(joined.Confidence)}, a live price to {Part(terms.LiveConfidence)}{rejected}")
            : Text($"{fit} source{(fit == 1 ? "" : "s")}{rejected}");
    }

    private static string Rejected(AssetFeed feed, OracleTerms terms, Units.Instant now)
    {
        string[] words =
        [
            .. feed.Reports
                .Select(kept => (kept.Source, Fault: kept.Fault == ReportFault.None && terms.IsTooOld(kept.Report.ObservedAt, now) ? ReportFault.TooOld : kept.Fault))
                .Where(kept => kept.Fault != ReportFault.None)
                .Select(kept => $"{kept.Source.Value} {kept.Fault.InWords}"),
        ];
        if (words.Length == 0) return "";

        string more = words.Length > Named ? $", and {words.Length - Named} more" : "";

        return $"; {string.Join(", ", words.Take(Named))}{more}";
    }

    private static string Part(double part) => string.Create(CultureInfo.InvariantCulture, $"{100 * part:0.##} %");

    private static string Text(FormattableString text)
    {
        string words = text.ToString(CultureInfo.InvariantCulture);

        return words.Length <= AssetFeed.MaxReason ? words : words[..AssetFeed.MaxReason];
    }
}
