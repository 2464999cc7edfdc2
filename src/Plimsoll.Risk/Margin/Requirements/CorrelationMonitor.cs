using System.Collections.Immutable;
using Plimsoll.Pricing.Responses;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>How much of what a venue requires rests on correlations between roots.</summary>
/// <param name="Alone">Σ over accounts of their roots' losses, each in its own worst scenario.</param>
/// <param name="Joint">Σ over accounts of the loss in their worst joint scenario.</param>
/// <param name="Offset">Σ over accounts of what their roots pay for each other.</param>
/// <param name="Believed">What would be required in all if correlations held as the grid has them.</param>
/// <param name="Required">What is required in all: correlations at their floor.</param>
/// <param name="Broken">What would be required in all if no root paid for another.</param>
/// <param name="Relying">Accounts, by ordinal, that would be below maintenance if correlations broke and are not now.</param>
public sealed record VenueReliance(
    double Alone, double Joint, double Offset, LineFigures Believed, LineFigures Required, LineFigures Broken, ImmutableArray<int> Relying);

/// <summary>The correlation between two roots that the rulebook grants a hedge.</summary>
/// <param name="Roots">The roots whose prices move in any scenario, in the order of listing.</param>
/// <param name="Matrix">Row by row, −1 to 1; 1 on the diagonal.</param>
public sealed record EffectiveCorrelations(ImmutableArray<AssetIndex> Roots, ImmutableArray<double> Matrix)
{
    /// <summary>The correlation of the roots at two places.</summary>
    public double this[int row, int column] => Matrix[(row * Roots.Length) + column];
}

/// <summary>
/// Watches how much of the venue's safety lives on diversification: the first thing to vanish when everybody sells at once.
/// </summary>
public static class CorrelationMonitor
{
    /// <summary>The venue's reliance: the sum over its accounts. A report, beside the river: it explains every account.</summary>
    /// <param name="positions">Accounts × instruments.</param>
    /// <param name="money">Accounts × assets.</param>
    /// <param name="responses">The market's rows.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="terms">What must be known of accounts beside what they hold; leave out where there is nothing.</param>
    public static VenueReliance Venue(
        SparseRows positions, SparseRows money, ResponseSet responses, MarginModel model, AccountTerms? terms = null)
    {
        (double alone, double joint, double offset) = (0, 0, 0);
        LineFigures believed = default, required = default, broken = default;
        var relying = ImmutableArray.CreateBuilder<int>();
        for (int account = 0; account < positions.Rows; account++)
        {
            if (positions.Columns(account).IsEmpty && money.Columns(account).IsEmpty) continue;

            Explanation why = Judge.Explain(account, positions, money, responses, model, terms);
            (alone, joint, offset) = (alone + why.Offsets.Alone, joint + why.Offsets.Joint, offset + why.Offsets.Offset);
            (believed, required, broken) = (believed + why.Offsets.Believed, required + why.Offsets.Required, broken + why.Offsets.Broken);
            double lost = why.Offsets.Broken.Maintenance - why.Offsets.Required.Maintenance;
            if (why.Verdict.MaintenanceHealth >= 0 && why.Verdict.MaintenanceHealth < lost) relying.Add(account);
        }

        return new VenueReliance(alone, joint, offset, believed, required, broken, relying.ToImmutable());
    }

    /// <summary>
    /// What the grid and the credit grant a hedge between two roots: a unit of the numeraire long in one and short in the
    /// other requires for h, where alone they would lose a and b; ρ = (a² + b² − h²) ÷ 2ab, the mean of both directions.
    /// </summary>
    /// <param name="responses">The market's rows.</param>
    /// <param name="model">The rulebook.</param>
    public static EffectiveCorrelations Correlations(ResponseSet responses, MarginModel model)
    {
        ImmutableArray<AssetIndex> roots =
        [
            .. Enumerable.Range(0, model.AssetCount)
                .Where(a => model.Table.RootOfAsset(a) == a && responses.AssetPrices[a] > 0 && Range(responses.Assets.Row(a)) > 0)
                .Select(a => new AssetIndex(a)),
        ];
        var matrix = new double[roots.Length * roots.Length];
        for (int r = 0; r < roots.Length; r++)
        {
            matrix[(r * roots.Length) + r] = 1;
            for (int c = 0; c < r; c++)
            {
                double one = Granted(responses, roots[r].Value, roots[c].Value, model.Table.Credit);
                double other = Granted(responses, roots[c].Value, roots[r].Value, model.Table.Credit);
                matrix[(r * roots.Length) + c] = matrix[(c * roots.Length) + r] = 0.5 * (one + other);
            }
        }

        return new EffectiveCorrelations(roots, [.. matrix]);
    }

    private static double Granted(ResponseSet responses, int bought, int sold, double credit)
    {
        ReadOnlySpan<double> gains = responses.Assets.Row(bought), losses = responses.Assets.Row(sold);
        (double a, double b, double joint) = (0, 0, 0);
        for (int k = 0; k < gains.Length; k++)
        {
            double gain = gains[k] / responses.AssetPrices[bought], loss = losses[k] / responses.AssetPrices[sold];
            (a, b, joint) = (Math.Max(a, -gain), Math.Max(b, loss), Math.Max(joint, loss - gain));
        }

        if (!(a > 0) || !(b > 0)) return 0;
        double hedged = joint + ((1 - credit) * Math.Max(0, a + b - joint));

        return Math.Clamp(((a * a) + (b * b) - (hedged * hedged)) / (2 * a * b), -1, 1);
    }

    private static double Range(ReadOnlySpan<double> row)
    {
        double most = 0;
        foreach (double gain in row) most = Math.Max(most, Math.Abs(gain));

        return most;
    }
}
