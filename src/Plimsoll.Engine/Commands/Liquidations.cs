using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>A part of an account's position was closed against the liquidity provider.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Provider">Who took it.</param>
/// <param name="Instrument">In what.</param>
/// <param name="Change">Signed change of the account's position, towards zero.</param>
/// <param name="Price">The fill, slippage included.</param>
/// <param name="Value">What the contracts were worth at it, signed like a buyer's.</param>
/// <param name="Penalty">What the account paid the insurance fund for it.</param>
/// <param name="Notional">The size that was closed, in the numeraire.</param>
public sealed record PositionLiquidated(
    AccountId Account,
    AccountId Provider,
    InstrumentId Instrument,
    Lots Change,
    Price Price,
    Amount Value,
    Amount Penalty,
    double Notional) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        InstrumentIndex instrument = venue.Instrument(Instrument);
        venue.Exchange(account, venue.Account(Provider), instrument, Change, Value);
        venue.Transfer(Holder.Of(account, Purse.Cash), Holder.Of(Fund.InsuranceFund), venue.Catalog[instrument].Settlement, Penalty);
        venue.Liquidations.Sold(account, venue.Catalog[instrument].Underlying, Notional);
        venue.Tally.Liquidations++;
        venue.Tally.LiquidatedNotional += Notional;
        venue.Breakers.Throttle.Liquidate(Notional);
    }
}

/// <summary>Collateral was sold to the liquidity provider for an asset the account owed.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Provider">Who bought it.</param>
/// <param name="Sold">What was sold.</param>
/// <param name="SoldAmount">How much of it.</param>
/// <param name="Bought">What was owed.</param>
/// <param name="BoughtAmount">How much of it arrived.</param>
/// <param name="Notional">What was sold, in the numeraire.</param>
public sealed record CollateralSold(
    AccountId Account,
    AccountId Provider,
    AssetId Sold,
    Amount SoldAmount,
    AssetId Bought,
    Amount BoughtAmount,
    double Notional) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        Holder customer = Holder.Of(account, Purse.Cash);
        Holder provider = Holder.Of(venue.Account(Provider), Purse.Cash);
        venue.Transfer(customer, provider, venue.Asset(Sold), SoldAmount);
        venue.Transfer(provider, customer, venue.Asset(Bought), BoughtAmount);
        venue.RepayFromCash(account, venue.Asset(Bought));
        venue.Liquidations.Sold(account, venue.Asset(Sold), Notional);
        venue.Liquidations.Bought(account, venue.Asset(Bought), Notional);
        venue.Tally.Liquidations++;
        venue.Tally.LiquidatedNotional += Notional;
        venue.Breakers.Throttle.Liquidate(Notional);
    }
}

/// <summary>The insurance fund paid what a bankrupt account owed.</summary>
/// <param name="Account">Whose debt.</param>
/// <param name="Asset">What was owed.</param>
/// <param name="Amount">How much of it was paid.</param>
/// <param name="PaidIn">What the fund gave; where that is another asset, the provider changed it at the market price.</param>
/// <param name="Paid">How much it gave.</param>
/// <param name="Provider">Who changed it.</param>
/// <param name="Worth">What was paid, in the numeraire.</param>
/// <param name="From">The fund that paid; none for the insurance fund, the first of the layers.</param>
public sealed record FundDrawn(AccountId Account, AssetId Asset, Amount Amount, AssetId PaidIn, Amount Paid, AccountId Provider, double Worth, Fund? From = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        Holder customer = Holder.Of(account, Purse.Cash);
        Holder provider = Holder.Of(venue.Account(Provider), Purse.Cash);
        AssetIndex asset = venue.Asset(Asset);
        AssetIndex paidIn = venue.Asset(PaidIn);
        Fund fund = From ?? Fund.InsuranceFund;
        if (paidIn == asset)
        {
            venue.Transfer(Holder.Of(fund), customer, asset, Amount);
        }
        else
        {
            venue.Transfer(Holder.Of(fund), provider, paidIn, Paid);
            venue.Transfer(provider, customer, asset, Amount);
        }

        Law.Holds(fund.IsInsurance && venue.Ledger.Balance(fund, paidIn).Sign >= 0, "a fund pays no more than it has");
        if (fund == Fund.MutualPool) venue.Insurance.Pool.EndIfEmpty(paidIn);

        venue.RepayFromCash(account, asset);
        venue.GoBankrupt(account);
        venue.Insurance.Drawn((int)LayerOf(fund), account, Worth);
        venue.Tally.FundDrawn += Worth;
    }

    private static InsuranceLayer LayerOf(Fund fund) => fund switch
    {
        Fund.FirstLoss => InsuranceLayer.FirstLoss,
        Fund.MutualPool => InsuranceLayer.Pool,
        _ => InsuranceLayer.Base,
    };
}

/// <summary>A counterparty's share of a takeover.</summary>
/// <param name="Account">Who took over.</param>
/// <param name="Change">Signed change of his position, towards zero.</param>
/// <param name="Value">What the contracts were worth at the bankruptcy price, signed like a buyer's.</param>
public sealed record TakeoverShare(AccountId Account, Lots Change, Amount Value);

/// <summary>
/// A bankrupt position was taken over by the other side at the bankruptcy price: auto-deleveraging. In a wave the provider
/// takes it first and passes it on: <see cref="TakeoversPassedOn"/>.
/// </summary>
/// <param name="Account">Whose position.</param>
/// <param name="Instrument">In what.</param>
/// <param name="Price">The bankruptcy price.</param>
/// <param name="Shares">Who took over how much, in the order of accounts.</param>
/// <param name="Notional">The size that was taken over, in the numeraire.</param>
/// <param name="Figures">How it was shared and how fairly; none where it was shared pro rata without a policy.</param>
/// <param name="GivenUp">What those who took over paid beyond the mark, in the numeraire; none where they paid the mark.</param>
public sealed record Deleveraged(
    AccountId Account, InstrumentId Instrument, Price Price, IReadOnlyList<TakeoverShare> Shares, double Notional, AdlFigures? Figures = null, double? GivenUp = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        InstrumentIndex instrument = venue.Instrument(Instrument);
        foreach (TakeoverShare share in Shares)
        {
            venue.Exchange(venue.Account(share.Account), account, instrument, share.Change, share.Value);
            venue.Tally.Deleveragings++;
        }

        venue.GoBankrupt(account);
        venue.Tally.LiquidatedNotional += Notional;
        venue.Breakers.Throttle.Deleverage(Notional);
        venue.Insurance.Totals.Deleveraged += GivenUp ?? 0;
    }
}

/// <summary>
/// What the provider had gathered of bankrupt positions in a wave was passed on to the other side, at the average of its
/// bankruptcy prices; or the book of a closed backstop, at the mark.
/// </summary>
/// <param name="Provider">Who had gathered it, or the backstop.</param>
/// <param name="Instrument">In what.</param>
/// <param name="Price">The average price.</param>
/// <param name="Shares">Who took over how much, in the order of accounts.</param>
/// <param name="Notional">The size that was passed on, in the numeraire.</param>
/// <param name="Figures">How it was shared and how fairly; none where it was shared pro rata without a policy.</param>
public sealed record TakeoversPassedOn(
    AccountId Provider, InstrumentId Instrument, Price Price, IReadOnlyList<TakeoverShare> Shares, double Notional, AdlFigures? Figures = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex provider = venue.Account(Provider);
        InstrumentIndex instrument = venue.Instrument(Instrument);
        foreach (TakeoverShare share in Shares)
        {
            venue.Exchange(venue.Account(share.Account), provider, instrument, share.Change, share.Value);
            venue.Tally.Deleveragings++;
        }

        // What the provider gathered was counted when he took it; a backstop's own book is deleveraged only now.
        if (Provider != Consequences.Provider) venue.Breakers.Throttle.Deleverage(Notional);
    }
}

/// <summary>Nobody else was left: the venue's own funds bore what an account owed. Bad debt.</summary>
/// <param name="Account">Whose debt.</param>
/// <param name="Asset">What was owed.</param>
/// <param name="Amount">How much of it.</param>
/// <param name="Worth">What that is, in the numeraire.</param>
public sealed record LossBorne(AccountId Account, AssetId Asset, Amount Amount, double Worth) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        AssetIndex asset = venue.Asset(Asset);
        venue.Transfer(Holder.Of(Fund.OwnFunds), Holder.Of(account, Purse.Cash), asset, Amount);
        venue.RepayFromCash(account, asset);
        venue.GoBankrupt(account);
        venue.Insurance.Drawn(InsuranceBook.Own, account, Worth);
        venue.Tally.BadDebt += Worth;
    }
}
