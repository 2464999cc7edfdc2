using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Mango;

/// <summary>What the insurance fund pays of a bankrupt's liability, in its own coins.</summary>
/// <param name="Paid">Whole coins paid.</param>
/// <param name="Left">Whole coins left in the fund.</param>
/// <param name="Socialised">Coins of the liability nobody repaid: depositors lose them, each in proportion.</param>
public readonly record struct InsuranceCover(decimal Paid, decimal Left, decimal Socialised)
{
    // What follows is the noise of prices, not money.
    private const int Kept = 9;

    /// <summary>
    /// Insurance pays liability × price ÷ its own coin's price × fee, rounded up, as far as it goes; the fund's coin may have
    /// left its peg. Source: Mango v4, <c>token_liq_bankruptcy.rs</c>.
    /// </summary>
    /// <param name="liability">Coins owed.</param>
    /// <param name="liabilityPrice">Price of the liability, above 0.</param>
    /// <param name="insurancePrice">Price of the fund's coin, above 0.</param>
    /// <param name="fee">What the liquidator is paid per value, 1.02 for 2 %; at least 1.</param>
    /// <param name="insurance">What the fund holds, in its smallest whole units.</param>
    /// <exception cref="InputException">A figure out of its range.</exception>
    public static InsuranceCover Of(decimal liability, decimal liabilityPrice, decimal insurancePrice, decimal fee, decimal insurance)
    {
        if (liabilityPrice <= 0 || insurancePrice <= 0) throw new InputException("price", "expected prices above 0");
        if (liability < 0 || insurance < 0) throw new InputException("insurance", "expected a liability and a fund of 0 or more");
        if (fee < 1) throw new InputException("fee", $"found {fee}, expected 1 or more");

        decimal needed = decimal.Ceiling(decimal.Round(liability * liabilityPrice / insurancePrice * fee, Kept));
        decimal paid = Math.Min(needed, insurance);
        decimal repaid = needed > 0 ? Math.Min(liability, paid * insurancePrice / (liabilityPrice * fee)) : liability;

        return new InsuranceCover(paid, insurance - paid, liability - repaid);
    }
}
