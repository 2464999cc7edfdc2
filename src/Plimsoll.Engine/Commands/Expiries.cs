using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Settles an expired future or option in cash: options are exercised when they are worth it.</summary>
/// <param name="Instrument">The contract.</param>
/// <param name="Price">The underlying's settlement price, in quote units.</param>
public sealed record SettleExpiry(InstrumentId Instrument, decimal Price) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Catalog.TryFind(Instrument, out InstrumentIndex index, out Instrument? instrument)) return Refusal.InstrumentUnknown;
        if (instrument.Expiry is not { } expiry) return Refusal.InstrumentUnsuitable;
        if (now < expiry) return Refusal.NotYetExpired;
        if (Price is < Units.Price.Min or > Units.Price.Max) return Refusal.PriceInvalid;
        if (venue.Positions.OpenInterest(index).IsZero) return Refusal.NothingToDo;
        if (!venue.HasRoomFor(index, venue.Positions.OpenInterest(index).Count, (double)Price)) return Refusal.AmountTooLarge;

        return Decision.Accept(new ExpirySettled(Instrument, new Price(Price)));
    }
}

/// <summary>Every position in a contract was closed at its final worth.</summary>
public sealed record ExpirySettled(InstrumentId Instrument, Price Price) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        InstrumentIndex index = venue.Instrument(Instrument);
        Instrument instrument = venue.Catalog[index];
        AssetScale scale = venue.Catalog[instrument.Settlement].Scale;
        int[] holders = venue.Positions.HoldersOf(index).ToArray();
        Amount paid = Amount.Zero;
        foreach (int holder in holders)
        {
            var account = new AccountIndex(holder);
            Lots lots = venue.Position(account, index).Lots;
            Amount worth = ContractWorth.AtExpiry(instrument, lots, Price, scale, Rounding.AgainstTheAccount);
            Amount realised = venue.Positions.Fill(account, index, -lots, -worth);
            Amount credit = instrument.PaysPremium ? worth : realised;
            venue.Transfer(Holder.Of(Fund.Clearing), Holder.Of(account, Purse.Cash), instrument.Settlement, credit);
            paid += worth;
        }

        // Longs and shorts were each rounded against themselves; the clearing account passes the crumbs on.
        venue.Transfer(Holder.Of(Fund.Rounding), Holder.Of(Fund.Clearing), instrument.Settlement, paid);
        venue.Orders.RemoveAll(index);
    }
}
