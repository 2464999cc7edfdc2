using Plimsoll.Risk.Margin.Rulebooks;

namespace Plimsoll.Risk.Collateral;

/// <summary>What a holding counts under a schedule, in exact numbers: the plain twin of what the judge reckons in model numbers.</summary>
public static class CollateralValue
{
    /// <summary>
    /// The part of a value that counts: each tier's part of the slice that lies in it, nothing above the cap. No step
    /// rounds; the sum is the nearest decimal.
    /// </summary>
    /// <param name="terms">The schedule; none counts nothing.</param>
    /// <param name="value">Value of the holding, not below 0.</param>
    public static decimal Counted(CollateralTerms? terms, decimal value) => Exact(terms, value).ToDecimal();

    internal static Fraction Exact(CollateralTerms? terms, Fraction value)
    {
        Fraction counted = Fraction.Zero;
        if (terms is null) return counted;

        Fraction reach = terms.Cap is { } cap && value > cap ? cap : value;
        for (int i = 0; i < terms.Tiers.Length; i++)
        {
            Fraction from = terms.Tiers[i].FromValue;
            if (!(reach > from)) break;

            Fraction to = i + 1 < terms.Tiers.Length && reach > terms.Tiers[i + 1].FromValue ? terms.Tiers[i + 1].FromValue : reach;
            counted += (to - from) * (1m - terms.Tiers[i].Haircut);
        }

        return counted;
    }
}
