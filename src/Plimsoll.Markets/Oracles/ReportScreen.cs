using Plimsoll.Units;

namespace Plimsoll.Markets.Oracles;

/// <summary>
/// Says of each report why it is not used; the first reason that applies is named.
/// <list type="number">
/// <item>It cannot be used at all: no price, from the future, too old, unsure, at the least answer, not its source's latest.</item>
/// <item>The venue's own book counts only beside two others.</item>
/// <item>A feed that repeats itself while two thirds of the others, and two at least, have moved on stands still.</item>
/// <item>One far from the last price is a jump, unless two thirds of what is left jump to the same side.</item>
/// <item>One far from the median, against the median distance of all, is an outlier.</item>
/// </list>
/// </summary>
internal static class ReportScreen
{
    private const double ScoreOfMad = 0.6745;
    private const double MostPrice = (double)Units.Price.Max;

    public static void Mark(ReadOnlySpan<PriceReport> reports, OracleTerms terms, Instant now, in JoinedPrice last, Span<ReportFault> faults)
    {
        for (int i = 0; i < reports.Length; i++) faults[i] = Unfit(reports, i, terms, now);
        PassOverOwnBook(reports, terms, faults);
        if (terms.FrozenMove is { } move) RejectFrozen(reports, move, faults);
        if (terms.MostJump is { } jump && last.Price > 0 && last.Status < OracleStatus.Stale) RejectJumps(reports, last.Price, jump, faults);
        RejectOutliers(reports, terms, faults);
    }

    private static ReportFault Unfit(ReadOnlySpan<PriceReport> reports, int i, OracleTerms terms, Instant now)
    {
        ref readonly PriceReport report = ref reports[i];
        if (!(report.Price > 0 && report.Price <= MostPrice)) return ReportFault.NotPositive;
        if (report.ObservedAt > now) return ReportFault.FromTheFuture;
        if (terms.IsTooOld(report.ObservedAt, now)) return ReportFault.TooOld;
        if (report.Confidence == 0 && terms.AssumedConfidence is null) return ReportFault.WithoutConfidence;
        if (!(report.Confidence >= 0) || report.Confidence > terms.MostConfidence) return ReportFault.TooUncertain;
        if (terms.LeastAnswer is { } least && report.Price <= least) return ReportFault.AtTheLeastAnswer;
        for (int k = 0; k < reports.Length; k++)
        {
            bool later = reports[k].ObservedAt > report.ObservedAt || (reports[k].ObservedAt == report.ObservedAt && k > i);
            if (k != i && later && reports[k].ObservedAt <= now && reports[k].Source == report.Source) return ReportFault.Repeated;
        }

        return ReportFault.None;
    }

    private static void PassOverOwnBook(ReadOnlySpan<PriceReport> reports, OracleTerms terms, Span<ReportFault> faults)
    {
        if (terms.OwnBook is not { } own) return;

        int others = 0;
        for (int i = 0; i < faults.Length; i++)
            if (faults[i] == ReportFault.None && reports[i].Source != own) others++;
        for (int i = 0; i < faults.Length; i++)
            if (faults[i] == ReportFault.None && reports[i].Source == own && others < 2) faults[i] = ReportFault.OwnBook;
    }

    private static void RejectFrozen(ReadOnlySpan<PriceReport> reports, double move, Span<ReportFault> faults)
    {
        // Asked of all before any is rejected: who stands still decides nothing about who else does.
        Span<bool> frozen = reports.Length <= OracleAggregate.UsualReports ? stackalloc bool[OracleAggregate.UsualReports] : new bool[reports.Length];
        for (int i = 0; i < faults.Length; i++) frozen[i] = faults[i] == ReportFault.None && reports[i].OthersThen > 0 && HaveMovedOn(reports, i, move, faults);
        for (int i = 0; i < faults.Length; i++)
            if (frozen[i]) faults[i] = ReportFault.Frozen;
    }

    /// <summary>Whether two others at least, and two thirds of them, stand on one side of what was said when this answer was new.</summary>
    private static bool HaveMovedOn(ReadOnlySpan<PriceReport> reports, int repeating, double move, ReadOnlySpan<ReportFault> faults)
    {
        double then = reports[repeating].OthersThen;
        (int up, int down, int all) = (0, 0, 0);
        for (int k = 0; k < faults.Length; k++)
        {
            if (k == repeating || faults[k] != ReportFault.None) continue;
            all++;
            if (reports[k].Price > then * (1 + move)) up++;
            if (reports[k].Price < then * (1 - move)) down++;
        }

        int most = Math.Max(up, down);

        return most >= 2 && 3 * most >= 2 * all;
    }

    private static void RejectJumps(ReadOnlySpan<PriceReport> reports, double last, double most, Span<ReportFault> faults)
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

    private static void RejectOutliers(ReadOnlySpan<PriceReport> reports, OracleTerms terms, Span<ReportFault> faults)
    {
        Span<double> prices = reports.Length <= OracleAggregate.UsualReports ? stackalloc double[OracleAggregate.UsualReports] : new double[reports.Length];
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
            double unit = Math.Max(spread / ScoreOfMad, terms.ConfidenceOf(reports[i]) * middle);
            double most = Math.Max(terms.OutlierScore * unit, terms.LiveConfidence * middle);
            if (faults[i] == ReportFault.None && Math.Abs(reports[i].Price - middle) > most) faults[i] = ReportFault.Outlier;
        }
    }

    private static double Median(Span<double> values)
    {
        values.Sort();
        int half = values.Length / 2;

        return values.Length % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
    }
}
