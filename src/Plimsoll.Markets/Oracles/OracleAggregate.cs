using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Markets.Oracles;

/// <summary>
/// Makes one price of many reports:
/// <list type="number">
/// <item>each is asked whether it can be used at all (positive, not from the future, fresh, sure, above the least answer,
/// the latest of its source);</item>
/// <item>the venue's own book counts only beside two others;</item>
/// <item>one far from the last price is a jump, unless two thirds of what is left jump to the same side;</item>
/// <item>one far from the median, against the median distance of all, is an outlier;</item>
/// <item>what is left votes three times, its price and its price less and plus its confidence, with the weight of its depth
/// times its freshness; the weighted median is the price, the farther weighted quartile the confidence;</item>
/// <item>a redemption value takes its stated part.</item>
/// </list>
/// The last price stands where nothing is left, and ages. All of it in the order of the reports and of their numbers: the
/// same reports give the same bits.
/// </summary>
public static class OracleAggregate
{
    private const double ScoreOfMad = 0.6745;

    /// <summary>The price now.</summary>
    /// <param name="reports">What the sources last said, at most one each; of several the latest counts.</param>
    /// <param name="terms">How they are joined.</param>
    /// <param name="now">The venue's time.</param>
    /// <param name="last">The price before, if any.</param>
    public static OraclePrice Of(ReadOnlySpan<PriceReport> reports, OracleTerms terms, Instant now, OraclePrice? last = null)
    {
        var faults = new ReportFault[reports.Length];
        for (int i = 0; i < reports.Length; i++) faults[i] = Unfit(reports, i, terms, now);
        PassOverOwnBook(reports, terms, faults);
        if (terms.MostJump is { } jump && last is { Price: > 0 } && last.Status < OracleStatus.Stale) RejectJumps(reports, last.Price, jump, faults);
        RejectOutliers(reports, terms, faults);

        ImmutableArray<ReportVerdict>.Builder verdicts = ImmutableArray.CreateBuilder<ReportVerdict>(reports.Length);
        for (int i = 0; i < reports.Length; i++) verdicts.Add(new ReportVerdict(reports[i].Source, faults[i]));

        return Join(reports, faults, terms, now) is { } joined
            ? joined with { Reports = verdicts.MoveToImmutable() }
            : Held(last, terms, now, verdicts.MoveToImmutable());
    }

    private static ReportFault Unfit(ReadOnlySpan<PriceReport> reports, int i, OracleTerms terms, Instant now)
    {
        ref readonly PriceReport report = ref reports[i];
        if (!(report.Price > 0) || !double.IsFinite(report.Price)) return ReportFault.NotPositive;
        if (report.ObservedAt > now) return ReportFault.FromTheFuture;
        if (now.UnixMicroseconds - report.ObservedAt.UnixMicroseconds > terms.MostAge * terms.Heartbeat) return ReportFault.TooOld;
        if (!(report.Confidence >= 0) || report.Confidence > terms.MostConfidence) return ReportFault.TooUncertain;
        if (terms.LeastAnswer is { } least && report.Price <= least) return ReportFault.AtTheLeastAnswer;
        for (int k = 0; k < reports.Length; k++)
        {
            bool later = reports[k].ObservedAt > report.ObservedAt || (reports[k].ObservedAt == report.ObservedAt && k > i);
            if (k != i && later && reports[k].Source == report.Source && reports[k].ObservedAt <= now) return ReportFault.Repeated;
        }

        return ReportFault.None;
    }

    private static void PassOverOwnBook(ReadOnlySpan<PriceReport> reports, OracleTerms terms, ReportFault[] faults)
    {
        if (terms.OwnBook is not { } own) return;

        int others = 0;
        for (int i = 0; i < faults.Length; i++)
            if (faults[i] == ReportFault.None && reports[i].Source != own) others++;
        for (int i = 0; i < faults.Length; i++)
            if (faults[i] == ReportFault.None && reports[i].Source == own && others < 2) faults[i] = ReportFault.OwnBook;
    }

    private static void RejectJumps(ReadOnlySpan<PriceReport> reports, double last, double most, ReportFault[] faults)
    {
        (int up, int down, int all) = (0, 0, 0);
        for (int i = 0; i < faults.Length; i++)
        {
            if (faults[i] != ReportFault.None) continue;
            all++;
            if (reports[i].Price > last * (1 + most)) up++;
            if (reports[i].Price < last * (1 - most)) down++;
        }

        for (int i = 0; i < faults.Length; i++)
        {
            if (faults[i] != ReportFault.None) continue;
            bool alone = (reports[i].Price > last * (1 + most) && 3 * up < 2 * all) || (reports[i].Price < last * (1 - most) && 3 * down < 2 * all);
            if (alone) faults[i] = ReportFault.Jump;
        }
    }

    private static void RejectOutliers(ReadOnlySpan<PriceReport> reports, OracleTerms terms, ReportFault[] faults)
    {
        Span<double> prices = reports.Length <= 64 ? stackalloc double[reports.Length] : new double[reports.Length];
        int count = 0;
        for (int i = 0; i < faults.Length; i++)
            if (faults[i] == ReportFault.None) prices[count++] = reports[i].Price;
        if (count < 3) return;

        double middle = Median(prices[..count]);
        for (int i = 0; i < count; i++) prices[i] = Math.Abs(prices[i] - middle);
        double spread = Median(prices[..count]);
        for (int i = 0; i < faults.Length; i++)
        {
            // Where half of all say the very same, distances are measured by what a source itself is unsure of; and who lies
            // within what a live price may be unsure of is no outlier, however much of one mind the others are.
            double unit = Math.Max(spread / ScoreOfMad, reports[i].Confidence * middle);
            double most = Math.Max(terms.OutlierScore * unit, terms.LiveConfidence * middle);
            if (faults[i] == ReportFault.None && Math.Abs(reports[i].Price - middle) > most) faults[i] = ReportFault.Outlier;
        }
    }

    private static OraclePrice? Join(ReadOnlySpan<PriceReport> reports, ReportFault[] faults, OracleTerms terms, Instant now)
    {
        var votes = new List<(double Price, double Weight)>(3 * reports.Length);
        double total = 0, own = 0;
        int sources = 0;
        Instant oldest = now;
        for (int i = 0; i < reports.Length; i++)
        {
            if (faults[i] != ReportFault.None) continue;
            double weight = WeightOf(reports[i], terms, now);
            sources++;
            total += weight;
            if (reports[i].Source == terms.OwnBook) own += weight;
            if (reports[i].ObservedAt < oldest) oldest = reports[i].ObservedAt;
        }

        if (sources == 0) return null;

        double less = own > 0 && 3 * own > total ? (total - own) / (2 * own) : 1;
        for (int i = 0; i < reports.Length; i++)
        {
            if (faults[i] != ReportFault.None) continue;
            double weight = WeightOf(reports[i], terms, now) * (reports[i].Source == terms.OwnBook ? less : 1);
            double unsure = reports[i].Price * reports[i].Confidence;
            votes.Add((reports[i].Price - unsure, weight));
            votes.Add((reports[i].Price, weight));
            votes.Add((reports[i].Price + unsure, weight));
        }

        votes.Sort((a, b) => a.Price != b.Price ? a.Price.CompareTo(b.Price) : a.Weight.CompareTo(b.Weight));
        double market = At(votes, 0.5);
        double width = Math.Max(market - At(votes, 0.25), At(votes, 0.75) - market) / market;
        double price = terms.Anchor is { } anchor ? (anchor.Weight * anchor.Value) + ((1 - anchor.Weight) * market) : market;
        double farthest = Math.Abs(price - market) / price;
        for (int i = 0; i < reports.Length; i++)
            if (faults[i] == ReportFault.None) farthest = Math.Max(farthest, Math.Abs(reports[i].Price - price) / price);

        OracleStatus status = sources < terms.LeastSources ? OracleStatus.Stale
            : sources < terms.LiveSources || width > terms.LiveConfidence ? OracleStatus.Degraded
            : OracleStatus.Live;

        return new OraclePrice(status, price, width, oldest, sources, farthest, []);
    }

    private static OraclePrice Held(OraclePrice? last, OracleTerms terms, Instant now, ImmutableArray<ReportVerdict> verdicts)
    {
        if (last is null) return new OraclePrice(OracleStatus.Halted, 0, 0, now, 0, 0, verdicts);

        bool gone = now.UnixMicroseconds - last.ObservedAt.UnixMicroseconds > terms.HaltAge * terms.Heartbeat;

        return last with { Status = gone ? OracleStatus.Halted : OracleStatus.Stale, Sources = 0, Reports = verdicts };
    }

    /// <summary>Depth × freshness: a report at the end of its age weighs half of a new one.</summary>
    private static double WeightOf(in PriceReport report, OracleTerms terms, Instant now)
    {
        double age = (now.UnixMicroseconds - report.ObservedAt.UnixMicroseconds) / (terms.MostAge * terms.Heartbeat);
        double depth = report.Depth > 0 && double.IsFinite(report.Depth) ? report.Depth : 0;

        // A source without depth still has a voice, a thousandth of a unit's: where nobody states depth all weigh the same.
        return Math.Max(depth, 1e-3) * (1 - (0.5 * age));
    }

    /// <summary>The vote at which so much of the weight is reached; halfway to the next where it is reached exactly.</summary>
    private static double At(List<(double Price, double Weight)> votes, double part)
    {
        double total = 0;
        foreach ((_, double weight) in votes) total += weight;
        double sum = 0;
        for (int i = 0; i < votes.Count; i++)
        {
            sum += votes[i].Weight;
            if (sum > part * total) return votes[i].Price;
            if (sum == part * total && i + 1 < votes.Count) return 0.5 * (votes[i].Price + votes[i + 1].Price);
        }

        return votes[^1].Price;
    }

    private static double Median(Span<double> values)
    {
        values.Sort();
        int half = values.Length / 2;

        return values.Length % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
    }
}
