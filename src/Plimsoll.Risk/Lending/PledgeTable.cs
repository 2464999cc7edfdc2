using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Lending;

/// <summary>
/// What debts ask beyond haircuts, by the loan-to-value and the liquidation threshold of what is pledged for them.
/// </summary>
/// <remarks>
/// <para>With D what is owed, C what the owned assets count, and P(line) what they carry at a line (the smaller of what each
/// counts and its part of its value), a line asks D × (C ÷ P − 1). An account that owns collateral and owes a loan, and nothing
/// else, then has health C × (1 − D ÷ P): it is 0 exactly where the debt is the stated part of the value, D = P, for any mix of
/// collateral; and an account that owes nothing is asked nothing.</para>
/// <para>The initial line has the loan-to-value; target and maintenance have the liquidation threshold, so that what was
/// borrowed up to the one is not liquidated before the other. Law: initial ≥ target ≥ maintenance, because loan-to-value ≤
/// threshold.</para>
/// </remarks>
internal sealed class PledgeTable
{
    private readonly double[] loanToValue;
    private readonly double[] threshold;

    private PledgeTable(double[] loanToValue, double[] threshold) => (this.loanToValue, this.threshold) = (loanToValue, threshold);

    /// <summary>The terms by ordinal; none where no line says anything, so that nobody is asked.</summary>
    public static PledgeTable? Of(Catalog catalog, LendingTerms terms)
    {
        if (terms.Pledged.IsEmpty) return null;

        double[] open = new double[catalog.Assets.Count], liquidated = new double[catalog.Assets.Count];
        Array.Fill(open, 1);
        Array.Fill(liquidated, 1);
        foreach (PledgeTerms line in terms.Pledged)
        {
            if (!catalog.TryFind(line.Asset, out Units.AssetIndex index)) continue;
            (open[index.Value], liquidated[index.Value]) = ((double)line.LoanToValue, (double)line.LiquidationThreshold);
        }

        return new PledgeTable(open, liquidated);
    }

    /// <summary>What an account's debts ask at each line, at least 0.</summary>
    /// <param name="assets">Assets the account touches.</param>
    /// <param name="net">Coins owned or owed of each, before haircuts.</param>
    /// <param name="counted">Coins of each that count; what is owed counts in full.</param>
    /// <param name="priced">The market.</param>
    public LineFigures Asked(ReadOnlySpan<int> assets, ReadOnlySpan<double> net, ReadOnlySpan<double> counted, in PricedColumns priced)
    {
        (double owed, double counts, double opens, double keeps) = (0, 0, 0, 0);
        for (int a = 0; a < assets.Length; a++)
        {
            double price = priced.AssetPrices[assets[a]];
            double value = net[a] * price;
            if (value < 0) owed -= value;
            if (!(value > 0)) continue;

            double part = counted[a] * price;
            counts += part;
            opens += Math.Min(part, loanToValue[assets[a]] * value);
            keeps += Math.Min(part, threshold[assets[a]] * value);
        }

        // What counts nothing carries nothing, and health says so already.
        if (!(owed > 0 && opens > 0 && keeps > 0)) return default;
        double kept = owed * Math.Max(0, (counts / keeps) - 1);

        return new LineFigures(Math.Max(kept, owed * ((counts / opens) - 1)), kept, kept);
    }
}
