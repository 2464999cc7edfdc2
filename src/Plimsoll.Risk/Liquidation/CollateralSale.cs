using System.Collections.Immutable;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>
/// Sells what an account owns for what it owes, once its positions are closed.
/// </summary>
/// <remarks>
/// (1) Owed assets in the order of listing; (2) owned assets by the haircut that selling releases, the largest first,
/// ties in the order of listing; (3) each sale covers what it can of the debt, at the mark less the slippage of
/// the thinner of the two markets.
/// </remarks>
internal static class CollateralSale
{
    /// <summary>Sells for a part of every debt, and leaves the trial in that state.</summary>
    /// <param name="trial">After its closes.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="part">The part of each debt to cover, 0 to 1.</param>
    public static ImmutableArray<PlannedConversion> Sell(LiquidationTrial trial, MarginModel model, double part)
    {
        if (part == 0 || !trial.Coins.ContainsAnyInRange(double.NegativeInfinity, -double.Epsilon)) return [];

        var sales = ImmutableArray.CreateBuilder<PlannedConversion>();
        int[] owned = [.. Enumerable.Range(0, trial.Assets.Length)
            .Where(a => trial.Coins[a] > 0 && trial.PriceAt(a) > 0)
            .OrderByDescending(a => HaircutOn(trial, model, a)).ThenBy(a => a)];
        for (int debt = 0; debt < trial.Assets.Length; debt++)
        {
            double owed = -trial.Coins[debt] * part;
            foreach (int sold in owned)
            {
                if (!(owed > 0) || !(trial.PriceAt(debt) > 0)) break;
                owed -= One(trial, model, sold, debt, owed, sales);
            }
        }

        return sales.ToImmutable();
    }

    private static double One(
        LiquidationTrial trial, MarginModel model, int sold, int debt, double owed, ImmutableArray<PlannedConversion>.Builder sales)
    {
        double rate = trial.PriceAt(sold) / trial.PriceAt(debt);
        double have = trial.Coins[sold];
        if (!(have > 0)) return 0;

        // Slippage of the whole debt is charged on every part of it: never too little is sold, and no root is needed. It is
        // that of the thinner of the two markets: who owes what nobody sells must pay for it.
        double notional = Math.Min(have, owed / rate) * trial.PriceAt(sold);
        double slip = Math.Max(model.Slippage(trial.Assets[sold], notional), model.Slippage(trial.Assets[debt], notional));
        double sell = Math.Min(have, owed / (rate * (1 - slip)));
        AssetIndex given = new(trial.Assets[sold]);
        AssetIndex taken = new(trial.Assets[debt]);
        // Whole units are sold, as many as it takes and no more than there are, and those are what is paid for: what a
        // coarse asset rounds must not be the provider's loss.
        AssetScale scale = model.Catalog[given].Scale;
        Amount sellUnits = Amount.Min(scale.FromModel(sell, Rounding.ForTheAccount), scale.FromModel(have, Rounding.AgainstTheAccount));
        double whole = scale.ToModel(sellUnits);
        Amount buyUnits = model.Catalog[taken].Scale.FromModel(whole * rate * (1 - slip), Rounding.AgainstTheAccount);
        if (sellUnits.Sign <= 0 || buyUnits.Sign <= 0) return 0;

        double bought = model.Catalog[taken].Scale.ToModel(buyUnits);
        trial.Convert(sold, whole, debt, bought);
        sales.Add(new PlannedConversion(given, sellUnits, taken, buyUnits));

        return bought;
    }

    private static double HaircutOn(LiquidationTrial trial, MarginModel model, int place)
    {
        double value = trial.Coins[place] * trial.PriceAt(place);

        return 1 - (model.CountedValue(trial.Assets[place], value) / value);
    }
}
