using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Mango;

/// <summary>A perpetual position to be liquidated; oracle price and lot size are 1, the settle token counts in full.</summary>
/// <param name="SettleTokens">Balance of the settle token.</param>
/// <param name="BaseLots">Signed base lots.</param>
/// <param name="Quote">Quote of the position: what was paid for it, negative for a long.</param>
/// <param name="OtherHealth">Health of everything else.</param>
public readonly record struct PerpAccount(double SettleTokens, double BaseLots, double Quote, double OtherHealth);

/// <summary>
/// Liquidates a perpetual in phases, each only as far as health needs: (1) base until the position's own health is 0, so
/// that (2) profit can be settled by the liquidator, (3) base again as far as what may be settled, (4) settle again, and
/// (5) base until health is no longer below a half. Lots are whole, rounded up. Source: Mango v4,
/// <c>perp_liq_base_or_positive_pnl.rs</c>, <c>liquidation_action</c>.
/// </summary>
/// <param name="BaseAssetWeight">Weight of long base; a short counts 2 − weight.</param>
/// <param name="OverallWeight">What positive unsettled profit counts.</param>
/// <param name="SettleFee">What the liquidator earns on settled profit, a fraction.</param>
public readonly record struct PerpLiquidation(double BaseAssetWeight, double OverallWeight, double SettleFee)
{
    // Health this far below 0 is worth another lot.
    private const double Lacking = -0.5;

    /// <summary>The account afterwards.</summary>
    /// <param name="account">The account before.</param>
    /// <param name="mostLots">The most base lots the liquidator takes over, of either sign.</param>
    /// <param name="mostSettled">The most profit he settles.</param>
    /// <exception cref="InputException">Weights out of their range.</exception>
    public PerpAccount Liquidate(PerpAccount account, double mostLots, double mostSettled)
    {
        if (!(BaseAssetWeight is >= 0 and <= 1) || !(OverallWeight is >= 0 and <= 1) || !(SettleFee is >= 0 and < 1))
            throw new InputException("perpetual weights", "expected weights and a fee of 0 to 1");

        var phases = new Phases(this, account, Math.Abs(mostLots), mostSettled);
        phases.ReduceUntilSettleable();
        phases.Settle();
        phases.ReduceAsFarAsSettleable();
        phases.Settle();
        phases.ReduceTheRest();

        return phases.Account(account);
    }

    private struct Phases(PerpLiquidation terms, PerpAccount account, double mostLots, double mostSettled)
    {
        private readonly double perLot = 1 - terms.BaseAssetWeight;
        private readonly double kept = 1 - terms.SettleFee;
        private readonly double lotsLeft = Math.Min(Math.Abs(account.BaseLots), mostLots);
        private double unsettled = Unsettled(terms, account);
        private double health = Health(terms, account);
        private double reduced;
        private double settled;

        public void ReduceUntilSettleable()
        {
            if (unsettled < 0) Reduce(-unsettled, perLot, perLot);
        }

        public void ReduceAsFarAsSettleable()
        {
            if (unsettled >= 0 && settled < mostSettled) Reduce(mostSettled - settled, perLot * kept, perLot * terms.OverallWeight);
        }

        public void ReduceTheRest()
        {
            if (health < Lacking && terms.OverallWeight > 0) Reduce(double.PositiveInfinity, perLot * terms.OverallWeight, perLot * terms.OverallWeight);
        }

        public void Settle()
        {
            double gain = kept - terms.OverallWeight;
            if (unsettled < 0 || !(gain > 0)) return;

            double amount = Math.Max(Math.Min(Math.Min(Math.Max(-health, 0) / gain, mostSettled - settled), unsettled), 0);
            health += amount * gain;
            unsettled -= amount;
            settled += amount;
        }

        public readonly PerpAccount Account(PerpAccount before)
        {
            double side = before.BaseLots > 0 ? 1 : -1;

            return before with
            {
                SettleTokens = before.SettleTokens + (settled * kept),
                BaseLots = before.BaseLots - (side * reduced),
                Quote = before.Quote + (side * reduced) - settled,
            };
        }

        /// <summary>Takes lots over: as many as are expected to restore what is lacking, within a limit.</summary>
        private void Reduce(double limit, double expected, double actual)
        {
            double needed = Math.Min(Math.Max(-health, 0), limit);

            // A ninth decimal is the noise of weights, not another lot.
            double lots = expected > 0 ? Math.Ceiling(Math.Round(needed / expected, 9)) : 0;
            lots = Math.Max(Math.Min(lots, lotsLeft - reduced), 0);
            unsettled += perLot * lots;
            health += actual * lots;
            reduced += lots;
        }

        private static double Unsettled(PerpLiquidation terms, PerpAccount account) =>
            account.Quote + (account.BaseLots * (account.BaseLots > 0 ? terms.BaseAssetWeight : 2 - terms.BaseAssetWeight));

        private static double Health(PerpLiquidation terms, PerpAccount account)
        {
            double own = Unsettled(terms, account);

            return account.SettleTokens + (own * (own > 0 ? terms.OverallWeight : 1)) + account.OtherHealth;
        }
    }
}
