using System.Collections.Immutable;
using Plimsoll.Ledger.Positions;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>
/// Plans the liquidation of one account: a pure function of its lots, its money, the market's rows and the rulebook.
/// Open orders are assumed cancelled before.
/// </summary>
/// <remarks>
/// <para>(1) Maintenance met: nothing. (2) Close the smallest part of the book that restores the target
/// (<see cref="PartialClose"/>). (3) Where none does, close everything and sell the least collateral for debts that
/// restores the target, all of it if need be (<see cref="CollateralSale"/>). (4) If closing everything would leave less
/// maintenance health than doing nothing, halt: the account goes to auction whole. (5) What is missing is the fund's, as
/// far as it reaches; (6) beyond it, the least part of the positions is taken over by the other side at bankruptcy
/// prices; (7) what is missing even then is everybody's.</para>
/// <para>Laws: a step never lowers maintenance health, but for the slippage of winding up an estate whose equity is
/// gone; the penalty never takes equity below zero; a close never goes past zero lots.</para>
/// </remarks>
public static class LiquidationPlanner
{
    private const int Halvings = 50;

    /// <summary>The part of a debt by which a sale may be larger than it must.</summary>
    private const double Hair = 1e-9;

    /// <summary>Plans for an account in the ledger.</summary>
    /// <param name="account">The account.</param>
    /// <param name="positions">Its positions in the ledger.</param>
    /// <param name="money">Accounts × assets, as the judge reads it.</param>
    /// <param name="responses">The market's rows.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="fundAvailable">What the insurance fund may give now, in the numeraire, at least 0.</param>
    /// <param name="terms">What must be known of accounts beside what they hold; leave out where there is nothing.</param>
    /// <param name="others">What the owner has in his other accounts; leave out where this is his only one.</param>
    public static LiquidationPlan Plan(
        int account,
        in PositionRows positions,
        SparseRows money,
        ResponseSet responses,
        MarginModel model,
        double fundAvailable,
        AccountTerms? terms = null,
        OthersHoldings? others = null)
    {
        var lots = new OpenLots[positions.Count];
        for (int p = 0; p < lots.Length; p++) lots[p] = new OpenLots(positions.Instrument(p), positions.Lots(p));

        return Plan(account, lots, money, responses, model, fundAvailable, terms, others);
    }

    /// <summary>Plans for whole lots, ascending by instrument, none zero.</summary>
    /// <inheritdoc cref="Plan(int, in PositionRows, SparseRows, ResponseSet, MarginModel, double, AccountTerms, OthersHoldings)"/>
    public static LiquidationPlan Plan(
        int account,
        ReadOnlySpan<OpenLots> lots,
        SparseRows money,
        ResponseSet responses,
        MarginModel model,
        double fundAvailable,
        AccountTerms? terms = null,
        OthersHoldings? others = null)
    {
        var trial = new LiquidationTrial(lots, account, money, responses, model, terms, others);
        if (!trial.Before.IsLiquidatable) return Nothing(trial, LiquidationOutcome.NotNeeded);
        if (PartialClose.Solve(trial) is { } closes) return Build(trial, model, closes, LiquidationOutcome.Partial);

        return Whole(trial, model, Math.Min(fundAvailable, DrawLimit(model)));
    }

    internal static LiquidationPlan Whole(LiquidationTrial trial, MarginModel model, double fund)
    {
        long[] all = [.. trial.Positions.Select(p => p.IsPriced ? p.Lots.Size.Count : 0)];
        Verdict closed = trial.Close(all, []);
        double part = LeastSale(trial, model, all);
        trial.Close(all, []);
        ImmutableArray<PlannedConversion> sales = CollateralSale.Sell(trial, model, part);
        Verdict sold = trial.Judged();
        if (sold.Equity >= 0 && sold.MaintenanceHealth < trial.Before.MaintenanceHealth) (sales, sold) = ([], closed);

        // Closes and sales are judged together: a position may be all that hedges a debt which the sale then pays. An estate
        // whose equity is gone is wound up whatever it hedges, so that what it owes is somebody's at once.
        if (trial.Before.Equity >= 0 && sales.IsEmpty && closed.MaintenanceHealth < trial.Before.MaintenanceHealth) return Nothing(trial, LiquidationOutcome.Halted);

        bool idle = sales.IsEmpty && !Array.Exists(all, l => l > 0);
        if (idle && closed.Equity >= 0) return Nothing(trial, LiquidationOutcome.Halted);

        double deficit = Math.Max(0, -sold.Equity);
        if (deficit > fund && Array.Exists(all, l => l > 0)) return TakenOver(trial, model, all, fund);

        return Build(trial, model, all, LiquidationOutcome.Full, sales, fund: fund);
    }

    /// <summary>The least part of the debts to cover that restores the target; 1 when none does.</summary>
    internal static double LeastSale(LiquidationTrial trial, MarginModel model, long[] all)
    {
        (double low, double lowHealth) = (0, Sold(0).Health(trial.Goal));
        if (lowHealth >= 0) return 0;
        (double high, double highHealth) = (1, Sold(1).Health(trial.Goal));
        if (highHealth < 0) return 1;

        for (int i = 0; i < Halvings; i++)
        {
            // Health is nearly straight between its bounds: aim a hair beyond where the chord says, and halve now and then.
            double above = (high - low) * (highHealth / (highHealth - lowHealth));
            if (above <= 2 * Hair || high - low <= Hair) break;

            double part = i % 3 == 2 ? 0.5 * (low + high) : high - above + Hair;
            double health = Sold(part).Health(trial.Goal);
            if (health >= 0) (high, highHealth) = (part, health);
            else (low, lowHealth) = (part, health);
        }

        return high;

        Verdict Sold(double part)
        {
            trial.Close(all, []);
            CollateralSale.Sell(trial, model, part);

            return trial.Judged();
        }
    }

    /// <summary>The least part of every position, in whole lots, whose takeover brings the deficit down to what the fund bears.</summary>
    private static LiquidationPlan TakenOver(LiquidationTrial trial, MarginModel model, long[] all, double fund)
    {
        decimal[] prices = BankruptcyPrices(trial);
        (double low, double high) = (0, 1);
        for (int i = 0; i < Halvings && Array.Exists(all, l => Taken(l, low) != Taken(l, high)); i++)
        {
            double middle = 0.5 * (low + high);
            if (Deficit(middle) <= fund) high = middle;
            else low = middle;
        }

        (long[] closes, long[] takeovers) = Split(high);
        trial.Close(closes, takeovers, prices);
        ImmutableArray<PlannedConversion> sales = CollateralSale.Sell(trial, model, 1);

        return Build(trial, model, closes, LiquidationOutcome.Full, sales, takeovers, prices, fund);

        double Deficit(double part)
        {
            (long[] sold, long[] taken) = Split(part);
            trial.Close(sold, taken, prices);
            CollateralSale.Sell(trial, model, 1);

            return Math.Max(0, -trial.Judged().Equity);
        }

        (long[] Closes, long[] Takeovers) Split(double part)
        {
            long[] taken = [.. all.Select(l => Taken(l, part))];

            return ([.. all.Select((l, p) => l - taken[p])], taken);
        }

        static long Taken(long lots, double part) => Math.Min(lots, (long)Math.Ceiling(part * lots));
    }

    /// <summary>
    /// Each position gets its share of the account's equity by notional, and the price at which that share is gone: the
    /// account's state decides, not its entries (dYdX v4, bankruptcy price −DNNV − TNC·DMMR/TMMR).
    /// </summary>
    private static decimal[] BankruptcyPrices(LiquidationTrial trial)
    {
        double notional = trial.Positions.Where(p => p.IsPriced).Sum(p => p.Notional(p.Lots.Size.Count));

        return [.. trial.Positions.Select(p => p.IsPriced && notional > 0
            ? p.BankruptcyPrice(trial.Before.Equity * (p.Notional(p.Lots.Size.Count) / notional))
            : p.ClosePrice(p.Lots.Size.Count))];
    }

    private static LiquidationPlan Nothing(LiquidationTrial trial, LiquidationOutcome outcome) =>
        new(outcome, [], [], [], 0, 0, trial.Before, trial.Before);

    internal static LiquidationPlan Build(
        LiquidationTrial trial,
        MarginModel model,
        long[] closes,
        LiquidationOutcome outcome,
        ImmutableArray<PlannedConversion> sales = default,
        long[]? takeovers = null,
        decimal[]? prices = null,
        double fund = 0)
    {
        // The trial is asked once more, so that the penalty part and the coins are those of the plan itself.
        trial.Close(closes, takeovers, prices);
        double part = trial.PenaltyPart;
        foreach (PlannedConversion sale in sales.IsDefault ? [] : sales)
        {
            trial.Convert(
                trial.Assets.IndexOf(sale.Sold.Value),
                model.Catalog[sale.Sold].Scale.ToModel(sale.Sell),
                trial.Assets.IndexOf(sale.Bought.Value),
                model.Catalog[sale.Bought].Scale.ToModel(sale.Buy));
        }

        Verdict after = trial.Judged();
        double deficit = Math.Max(0, -after.Equity);
        bool isOpen = Enumerable.Range(0, closes.Length).Any(p => closes[p] + (takeovers?[p] ?? 0) < trial.Positions[p].Lots.Size.Count);

        return new LiquidationPlan(
            isOpen ? outcome : LiquidationOutcome.Full,
            [.. Enumerable.Range(0, closes.Length).Where(p => closes[p] > 0).Select(p => CloseOf(trial, model, p, closes[p], part))],
            sales.IsDefault ? [] : sales,
            takeovers is null ? [] : [.. Enumerable.Range(0, takeovers.Length).Where(p => takeovers[p] > 0).Select(p => TakeoverOf(trial, p, takeovers[p], prices![p]))],
            isOpen ? 0 : deficit,
            isOpen ? 0 : Math.Min(deficit, fund),
            trial.Before,
            after);
    }

    private static PlannedClose CloseOf(LiquidationTrial trial, MarginModel model, int place, long lots, double part)
    {
        CloseTerms position = trial.Positions[place];
        AssetScale scale = model.Catalog[new AssetIndex(position.Settlement)].Scale;

        return new PlannedClose(
            position.Instrument,
            new Lots(-position.Lots.Sign * lots),
            position.ClosePrice(lots),
            scale.FromModel(trial.PenaltyCoins(place, lots, part), Rounding.AgainstTheAccount));
    }

    private static PlannedTakeover TakeoverOf(LiquidationTrial trial, int place, long lots, decimal price) =>
        new(trial.Positions[place].Instrument, new Lots(-trial.Positions[place].Lots.Sign * lots), price);

    private static double DrawLimit(MarginModel model) =>
        model.Parameters.Liquidation.MaxFundDrawPerTick is { } limit ? (double)limit : double.PositiveInfinity;
}
