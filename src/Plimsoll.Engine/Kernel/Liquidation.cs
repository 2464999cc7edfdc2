using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>Carries one account's liquidation plan out, event by event, from cancelled orders to the last resort.</summary>
internal static class Liquidation
{
    public static void Carry(VenueState venue, MarginModel model, AccountIndex account, FundCapacity fund, Takeovers takeovers, Action<Event> happen)
    {
        AccountId name = venue.Accounts[account];
        if (name == Consequences.Provider) return;

        if (venue.Orders.Count(account) > 0) happen(new OrdersCancelled(name));
        LiquidationPlan plan = LiquidationPlanner.Plan(
            account.Value, venue.Positions.Rows(account), venue.Judgement.Money, venue.Judgement.Responses!, model, fund.Left, venue.Judgement.Terms, venue.Judgement.OthersOf(account));

        // A provider who can hold no more cannot take it; the account waits for the next price.
        if (plan.Closes.Any(close => venue.PositionLimitReached(venue.Account(Consequences.Provider), close.Instrument, -close.Change))) return;

        foreach (PlannedClose close in plan.Closes) Close(venue, account, close, happen);
        foreach (PlannedConversion sale in plan.Conversions) Sell(venue, name, sale, happen);
        foreach (PlannedTakeover takeover in plan.Takeovers) takeovers.Take(account, takeover);
        if (plan.Outcome != LiquidationOutcome.Full) return;

        venue.Judgement.Refresh(account);
        bool finished = venue.Positions.Rows(account).Count == 0;
        if (finished && venue.Judgement.Of(account).Equity < 0) Absorb(venue, account, fund, happen);
    }

    private static void Close(VenueState venue, AccountIndex account, in PlannedClose close, Action<Event> happen)
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

    private static void Sell(VenueState venue, AccountId account, in PlannedConversion sale, Action<Event> happen)
    {
        Asset sold = venue.Catalog[sale.Sold];
        double notional = sold.Scale.ToModel(sale.Sell) * venue.Market.PriceOf(sale.Sold);
        happen(new CollateralSold(account, Consequences.Provider, sold.Id, sale.Sell, venue.Catalog[sale.Bought].Id, sale.Buy, notional));
    }

    /// <summary>Somebody else pays what is owed, asset by asset: the fund as far as it can, then the venue.</summary>
    private static void Absorb(VenueState venue, AccountIndex account, FundCapacity fund, Action<Event> happen)
    {
        for (int i = 0; i < venue.Catalog.Assets.Count; i++)
        {
            var asset = new AssetIndex(i);
            Amount owed = -(venue.Ledger.Balance(account, Purse.Cash, asset) + venue.Ledger.Balance(account, Purse.Loan, asset));
            if (owed.Sign <= 0) continue;

            Draw(venue, account, asset, asset, ref owed, fund, happen);
            for (int j = 0; j < venue.Catalog.Assets.Count && owed.Sign > 0; j++)
            {
                if (j != i) Draw(venue, account, asset, new AssetIndex(j), ref owed, fund, happen);
            }

            if (owed.Sign > 0) happen(new LossBorne(venue.Accounts[account], venue.Catalog[asset].Id, owed, Worth(venue, asset, owed)));
        }
    }

    private static void Draw(VenueState venue, AccountIndex account, AssetIndex owedAsset, AssetIndex paidAsset, ref Amount owed, FundCapacity fund, Action<Event> happen)
    {
        Amount has = venue.Ledger.Balance(Fund.InsuranceFund, paidAsset);
        double price = venue.Market.PriceOf(owedAsset);
        double paidPrice = venue.Market.PriceOf(paidAsset);
        double left = fund.Left;
        if (has.Sign <= 0 || left <= 0 || price <= 0 || paidPrice <= 0) return;

        AssetScale owedScale = venue.Catalog[owedAsset].Scale;
        AssetScale paidScale = venue.Catalog[paidAsset].Scale;
        double affordable = Math.Min(left, paidScale.ToModel(has) * paidPrice);
        // Compared before it is converted: at a tiny price what the fund could pay for may be more than an amount can be.
        double coins = affordable / price;
        Amount amount = coins >= owedScale.ToModel(owed) ? owed : owedScale.FromModel(coins, Rounding.AgainstTheAccount);
        if (amount.Sign <= 0) return;

        Amount paid = owedAsset == paidAsset
            ? amount
            : Amount.Min(has, paidScale.FromModel(owedScale.ToModel(amount) * price / paidPrice, Rounding.ForTheAccount));
        if (paid.Sign <= 0) return;

        amount = owedAsset == paidAsset ? Amount.Min(amount, has) : amount;
        double worth = Worth(venue, owedAsset, amount);
        happen(new FundDrawn(
            venue.Accounts[account],
            venue.Catalog[owedAsset].Id,
            amount,
            venue.Catalog[paidAsset].Id,
            owedAsset == paidAsset ? amount : paid,
            Consequences.Provider,
            worth));
        fund.Gave(worth);
        owed -= amount;
    }

    private static double Worth(VenueState venue, AssetIndex asset, Amount amount) =>
        venue.Catalog[asset].Scale.ToModel(amount) * venue.Market.PriceOf(asset);

    internal static double Notional(VenueState venue, InstrumentIndex instrument, Lots change) =>
        change.Size.Count * (double)venue.Catalog[instrument].LotSize * venue.Judgement.Responses!.UnitNotionals[instrument.Value];
}
