using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Oracles;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Pays one period's funding of a perpetual. A positive rate means that longs pay shorts.</summary>
/// <param name="Instrument">The perpetual.</param>
/// <param name="Rate">The part of the notional for this period, −0.1 to 0.1; not annual.</param>
public sealed record PayFunding(InstrumentId Instrument, decimal Rate) : Command
{
    /// <summary>The most one period may move.</summary>
    public const decimal MaxRate = 0.1m;

    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Catalog.TryFind(Instrument, out InstrumentIndex index, out Instrument? instrument)) return Refusal.InstrumentUnknown;
        if (instrument.Kind != InstrumentKind.Perpetual) return Refusal.InstrumentUnsuitable;
        if (Rate is < -MaxRate or > MaxRate) return Refusal.RateOutOfRange;
        if (!venue.Market.HasPrice(index)) return Refusal.PriceMissing;

        // Funding takes money from accounts that asked for nothing, like a liquidation; so it asks as much of its price.
        if (!venue.Oracles.Allows(index, OracleAction.Liquidate)) return Refusal.OraclePriceUnfit;
        if (Rate == 0m || venue.Positions.OpenInterest(index).IsZero) return Refusal.NothingToDo;
        if (!venue.HasRoomFor(index, venue.Positions.OpenInterest(index).Count, venue.Market.ForwardOf(index))) return Refusal.AmountTooLarge;

        return Decision.Accept(new FundingPaid(Instrument, Rate, venue.MarkOf(index)));
    }
}

/// <summary>Funding was paid: each side rounded against the account, what that leaves went to the rounding account.</summary>
/// <param name="Instrument">The perpetual.</param>
/// <param name="Rate">The part of the notional.</param>
/// <param name="Mark">The price the notional was taken at.</param>
public sealed record FundingPaid(InstrumentId Instrument, decimal Rate, Price Mark) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        InstrumentIndex index = venue.Instrument(Instrument);
        Instrument instrument = venue.Catalog[index];
        AssetScale scale = venue.Catalog[instrument.Settlement].Scale;
        foreach (int holder in venue.Positions.HoldersOf(index))
        {
            var account = new AccountIndex(holder);
            Position position = venue.Position(account, index);
            Amount notional = ContractWorth.Notional(instrument, position.Lots, Mark, scale, Rounding.Nearest);
            Amount received = notional.Times(-position.Lots.Sign * Rate, Rounding.AgainstTheAccount);
            venue.Transfer(Holder.Of(Fund.Rounding), Holder.Of(account, Purse.Cash), instrument.Settlement, received);
        }
    }
}
