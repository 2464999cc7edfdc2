using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>
/// Passes on what liquidity in a pool earned in one period, in both of its assets. Whoever is short of liquidity owes its
/// holder the fees as well as the worth.
/// </summary>
/// <param name="Instrument">The pool.</param>
/// <param name="BaseGrowth">Coins of the underlying earned by one unit of liquidity inside the range, at least 0.</param>
/// <param name="QuoteGrowth">Coins of the quote asset earned by it, at least 0.</param>
public sealed record PayPoolFees(InstrumentId Instrument, decimal BaseGrowth, decimal QuoteGrowth) : Command
{
    /// <summary>The most one period may earn, as a part of what the liquidity is worth.</summary>
    public const double MaxPart = 0.1;

    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Catalog.TryFind(Instrument, out InstrumentIndex index, out Instrument? instrument)) return Refusal.InstrumentUnknown;
        if (instrument.Kind != InstrumentKind.Pool) return Refusal.InstrumentUnsuitable;
        if (BaseGrowth < 0m || QuoteGrowth < 0m) return Refusal.RateOutOfRange;
        if (!venue.Market.HasPrice(index)) return Refusal.PriceMissing;

        double price = venue.Market.ForwardOf(index);
        double worth = UnitValue.Of(ContractTerms.Of(instrument), price, 0, 0);
        if (((double)BaseGrowth * price) + (double)QuoteGrowth > MaxPart * worth) return Refusal.RateOutOfRange;
        if ((BaseGrowth == 0m && QuoteGrowth == 0m) || venue.Positions.OpenInterest(index).IsZero) return Refusal.NothingToDo;
        if (!HasRoom(venue, index, instrument, price)) return Refusal.AmountTooLarge;

        return Decision.Accept(new PoolFeesPaid(Instrument, Price.Canonical(BaseGrowth), Price.Canonical(QuoteGrowth)));
    }

    /// <summary>A tenth of what the books have room for in the quote asset always fits; the base asset has a scale of its own.</summary>
    private bool HasRoom(VenueState venue, InstrumentIndex index, Instrument instrument, double price)
    {
        long open = venue.Positions.OpenInterest(index).Count;
        double coins = open * (double)instrument.LotSize * (double)BaseGrowth;

        return venue.HasRoomFor(index, open, price)
            && coins * (double)venue.Catalog[instrument.Underlying].Scale.UnitsPerWhole <= (double)BookLimits.Most;
    }
}

/// <summary>Fees were passed on: each side rounded against the account, what that leaves went to the rounding account.</summary>
/// <param name="Instrument">The pool.</param>
/// <param name="BaseGrowth">Coins of the underlying for one unit of liquidity.</param>
/// <param name="QuoteGrowth">Coins of the quote asset for one unit of liquidity.</param>
public sealed record PoolFeesPaid(InstrumentId Instrument, decimal BaseGrowth, decimal QuoteGrowth) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        InstrumentIndex index = venue.Instrument(Instrument);
        Instrument instrument = venue.Catalog[index];
        foreach (int holder in venue.Positions.HoldersOf(index))
        {
            var account = new AccountIndex(holder);
            decimal liquidity = venue.Position(account, index).Lots.ToSize(instrument.LotSize);
            Pay(venue, account, instrument.Underlying, BaseGrowth, liquidity);
            Pay(venue, account, instrument.Settlement, QuoteGrowth, liquidity);
        }
    }

    private static void Pay(VenueState venue, AccountIndex account, AssetIndex asset, decimal growth, decimal liquidity)
    {
        Amount received = venue.Catalog[asset].Scale.FromProduct(growth, liquidity, Rounding.AgainstTheAccount);
        venue.Transfer(Holder.Of(Fund.Rounding), Holder.Of(account, Purse.Cash), asset, received);
    }
}
