using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Markets.Oracles;

/// <summary>
/// Makes one price of many reports:
/// <list type="number">
/// <item>each is asked whether it can be used at all: see <see cref="ReportScreen"/>, which also passes over the venue's own
/// book, feeds that stand still, jumps and outliers;</item>
/// <item>what is left votes three times, its price and its price less and plus its confidence, with the weight of its depth
/// times its freshness; the weighted median is the price, the farther weighted quartile the confidence;</item>
/// <item>fewer sources than the terms ask for at least make no price;</item>
/// <item>sources that together are less sure than any single one may be contradict each other, and make no price;</item>
/// <item>a redemption value takes its stated part.</item>
/// </list>
/// The last price stands where no price is made, and ages. All of it in the order of the reports and of their numbers: the
/// same reports give the same bits. <see cref="Join"/> allocates nothing for up to 64 reports.
/// </summary>
public static class OracleAggregate
{
    /// <summary>Reports up to which nothing is allocated.</summary>
    public const int UsualReports = 64;

    private const double MostDepth = 1e30;

    /// <summary>The price now.</summary>
    /// <param name="reports">What the sources last said, at most one each; of several the latest counts.</param>
    /// <param name="terms">How they are joined.</param>
    /// <param name="now">The venue's time.</param>
    /// <param name="last">The price before, if any.</param>
    public static OraclePrice Of(ReadOnlySpan<PriceReport> reports, OracleTerms terms, Instant now, OraclePrice? last = null)
    {
        var faults = new ReportFault[reports.Length];
        JoinedPrice joined = Join(reports, terms, now, last is null ? default : JoinedPrice.From(last), faults);
        ImmutableArray<ReportVerdict>.Builder verdicts = ImmutableArray.CreateBuilder<ReportVerdict>(reports.Length);
        for (int i = 0; i < reports.Length; i++) verdicts.Add(new ReportVerdict(reports[i].Source, faults[i]));

        return new OraclePrice(joined.Status, joined.Price, joined.Confidence, joined.ObservedAt, joined.Sources, joined.Divergence, verdicts.MoveToImmutable())
        {
            Apart = joined.Apart,
        };
    }

    /// <summary>The price now, as bare figures.</summary>
    /// <param name="reports">What the sources last said, at most one each; of several the latest counts.</param>
    /// <param name="terms">How they are joined.</param>
    /// <param name="now">The venue's time.</param>
    /// <param name="last">The price before; the default where there was none.</param>
    /// <param name="faults">Takes what became of each report; as long as <paramref name="reports"/>.</param>
    public static JoinedPrice Join(ReadOnlySpan<PriceReport> reports, OracleTerms terms, Instant now, in JoinedPrice last, Span<ReportFault> faults)
    {
        ReportScreen.Mark(reports, terms, now, last, faults);
        (double total, double own, int sources, Instant oldest) = Weigh(reports, faults, terms, now);
        if (sources < terms.LeastSources) return last.Held(terms, now);

        double less = own > 0 && 3 * own > total ? (total - own) / (2 * own) : 1;
        Span<Vote> votes = sources <= UsualReports ? stackalloc Vote[3 * UsualReports] : new Vote[3 * sources];
        int count = 0;
        for (int i = 0; i < reports.Length; i++)
        {
            if (faults[i] != ReportFault.None) continue;
            double weight = WeightOf(reports[i], terms, now) * (reports[i].Source == terms.OwnBook ? less : 1);
            double unsure = reports[i].Price * terms.ConfidenceOf(reports[i]);
            Vote.Insert(votes, count++, new Vote(reports[i].Price - unsure, weight));
            Vote.Insert(votes, count++, new Vote(reports[i].Price, weight));
            Vote.Insert(votes, count++, new Vote(reports[i].Price + unsure, weight));
        }

        votes = votes[..count];
        double market = Vote.At(votes, 0.5);
        double width = Math.Max(market - Vote.At(votes, 0.25), Vote.At(votes, 0.75) - market) / market;
        if (width > terms.MostConfidence) return last.Held(terms, now) with { Apart = width };

        return Anchored(reports, faults, terms, market, width, sources, oldest);
    }

    private static JoinedPrice Anchored(
        ReadOnlySpan<PriceReport> reports, ReadOnlySpan<ReportFault> faults, OracleTerms terms, double market, double width, int sources, Instant oldest)
    {
        double price = terms.Anchor is { } anchor ? (anchor.Weight * anchor.Value) + ((1 - anchor.Weight) * market) : market;
        double farthest = Math.Abs(price - market) / price;
        for (int i = 0; i < reports.Length; i++)
            if (faults[i] == ReportFault.None) farthest = Math.Max(farthest, Math.Abs(reports[i].Price - price) / price);

        return new JoinedPrice(terms.StatusOf(sources, width), price, width, oldest, sources, farthest);
    }

    private static (double Total, double Own, int Sources, Instant Oldest) Weigh(
        ReadOnlySpan<PriceReport> reports, ReadOnlySpan<ReportFault> faults, OracleTerms terms, Instant now)
    {
        (double total, double own, int sources, Instant oldest) = (0, 0, 0, now);
        for (int i = 0; i < reports.Length; i++)
        {
            if (faults[i] != ReportFault.None) continue;
            double weight = WeightOf(reports[i], terms, now);
            sources++;
            total += weight;
            if (reports[i].Source == terms.OwnBook) own += weight;
            if (reports[i].ObservedAt < oldest) oldest = reports[i].ObservedAt;
        }

        return (total, own, sources, oldest);
    }

    /// <summary>Depth × freshness: a report at the end of its age weighs half of a new one.</summary>
    private static double WeightOf(in PriceReport report, OracleTerms terms, Instant now)
    {
        double age = (now.UnixMicroseconds - report.ObservedAt.UnixMicroseconds) / (terms.MostAge * terms.Heartbeat);
        double depth = report.Depth > 0 && double.IsFinite(report.Depth) ? report.Depth : 0;

        // A source without depth still has a voice, a thousandth of a unit's: where nobody states depth all weigh the same.
        // Beyond what any market holds more depth is no more voice: sums of it must stay numbers.
        return Math.Clamp(depth, 1e-3, MostDepth) * (1 - (0.5 * age));
    }
}
