using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>Carries one account's liquidation plan out, event by event, from cancelled orders to the last resort.</summary>
internal static class Liquidation
{
    public static void Carry(VenueState venue, MarginModel model, AccountIndex account, FundLayers layers, Takeovers takeovers, Action<Event> happen)
    {
        AccountId name = venue.Accounts[account];
        if (name == Consequences.Provider || venue.Insurance.IsInsurer(account)) return;

        LiquidationPlan plan = LiquidationPlanner.Plan(
            account.Value, venue.Positions.Rows(account), venue.Judgement.Money, venue.Judgement.Responses!, model, layers.LeftFor(account), venue.Judgement.Terms, venue.Judgement.OthersOf(account));
        if (!IsLet(venue, plan)) return;

        if (venue.Orders.Count(account) > 0) happen(new OrdersCancelled(name));

        // A provider who can hold no more cannot take it; the account waits for the next price.
        if (plan.Closes.Any(close => venue.PositionLimitReached(venue.Account(Consequences.Provider), close.Instrument, -close.Change))) return;

        // What has no price to liquidate by stays, even where the account is lost without it; so it is not settled yet.
        OracleBook prices = venue.Oracles;
        PlannedClose[] closes = [.. plan.Closes.Where(close => prices.Allows(close.Instrument, OracleAction.Liquidate) && venue.Breakers.Allows(close.Instrument))];
        PlannedConversion[] sales = [.. plan.Conversions.Where(sale => prices.Allows(sale.Sold, OracleAction.Liquidate) && prices.Allows(sale.Bought, OracleAction.Liquidate))];
        PlannedTakeover[] taken = [.. plan.Takeovers.Where(takeover => prices.Allows(takeover.Instrument, OracleAction.Liquidate) && venue.Breakers.Allows(takeover.Instrument))];
        foreach (PlannedClose close in closes) Close(venue, account, close, happen);
        foreach (PlannedConversion sale in sales) Sell(venue, name, sale, happen);
        foreach (PlannedTakeover takeover in taken) takeovers.Take(account, takeover);
        bool isWhole = closes.Length == plan.Closes.Length && sales.Length == plan.Conversions.Length && taken.Length == plan.Takeovers.Length && venue.Positions.Rows(account).Count == 0;
        if (plan.Outcome == LiquidationOutcome.Full && isWhole) layers.Settle(account);
    }

    /// <summary>
    /// Whether a plan is carried out now: not while the venue stands still, nor where everything it would trade is paused, nor
    /// beyond what may still be liquidated in this period. The orders of who waits stand, and may help him in the batch.
    /// </summary>
    private static bool IsLet(VenueState venue, LiquidationPlan plan)
    {
        BreakerBook breakers = venue.Breakers;
        if (breakers.Terms.IsNone) return true;
        if (breakers.Venue.IsStill) return false;

        double notional = 0;
        bool isFree = plan.Closes.IsEmpty && plan.Takeovers.IsEmpty;
        foreach (PlannedTakeover takeover in plan.Takeovers) isFree |= breakers.Allows(takeover.Instrument);
        foreach (PlannedClose close in plan.Closes)
        {
            if (!breakers.Allows(close.Instrument)) continue;

            isFree = true;
            notional += Notional(venue, close.Instrument, close.Change);
        }

        foreach (PlannedConversion sale in plan.Conversions) notional += venue.Catalog[sale.Sold].Scale.ToModel(sale.Sell) * venue.Market.PriceOf(sale.Sold);

        return isFree && breakers.Throttle.LetsLiquidate(notional);
    }

    internal static void Close(VenueState venue, AccountIndex account, in PlannedClose close, Action<Event> happen)
    {
        var price = new Price(Math.Clamp(close.Price, Price.Min, Price.Max));
        Amount value = venue.Worth(close.Instrument, close.Change, price, Rounding.Nearest);
        happen(new PositionLiquidated(
            venue.Accounts[account],
            Consequences.Provider,
            venue.Catalog[close.Instrument].Id,
            close.Change,
            price,
            value,
            close.Penalty,
            Notional(venue, close.Instrument, close.Change)));
    }

    internal static void Sell(VenueState venue, AccountId account, in PlannedConversion sale, Action<Event> happen)
    {
        Asset sold = venue.Catalog[sale.Sold];
        double notional = sold.Scale.ToModel(sale.Sell) * venue.Market.PriceOf(sale.Sold);
        happen(new CollateralSold(account, Consequences.Provider, sold.Id, sale.Sell, venue.Catalog[sale.Bought].Id, sale.Buy, notional));
    }

    internal static double Notional(VenueState venue, InstrumentIndex instrument, Lots change) =>
        change.Size.Count * (double)venue.Catalog[instrument].LotSize * venue.Judgement.Responses!.UnitNotionals[instrument.Value];
}
