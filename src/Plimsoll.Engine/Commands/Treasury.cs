using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Reports that the venue's owners, or a sponsor of one of its funds, brought assets in.</summary>
/// <param name="Fund">The fund that is credited.</param>
/// <param name="Asset">What was brought.</param>
/// <param name="Amount">How much, in whole coins.</param>
/// <param name="Place">Where it is now.</param>
public sealed record Endow(Fund Fund, AssetId Asset, string Amount, Fund Place) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Catalog.TryFind(Asset, out AssetIndex asset)) return Refusal.AssetUnknown;
        if (!Place.IsPlace || !Fund.IsCapital) return Refusal.FundUnsuitable;
        if (!venue.TryAmount(asset, Amount, out Amount amount, out Refusal refusal)) return refusal;
        if (!BookLimits.AllowsTransfer(venue.Ledger, Holder.Of(Place), Holder.Of(Fund), asset, amount)) return Refusal.AmountTooLarge;

        return Decision.Accept(new Endowed(Fund, Asset, amount, Place));
    }
}

/// <summary>A fund was endowed.</summary>
public sealed record Endowed(Fund Fund, AssetId Asset, Amount Amount, Fund Place) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) =>
        venue.Transfer(Holder.Of(Place), Holder.Of(Fund), venue.Asset(Asset), Amount);
}

/// <summary>Reports that the venue moved what it holds from one place to another.</summary>
public sealed record MoveHoldings(AssetId Asset, string Amount, Fund From, Fund To) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Catalog.TryFind(Asset, out AssetIndex asset)) return Refusal.AssetUnknown;
        if (!From.IsPlace || !To.IsPlace || From == To) return Refusal.FundUnsuitable;
        if (!venue.TryAmount(asset, Amount, out Amount amount, out Refusal refusal)) return refusal;
        if (venue.Ledger.Held(From, asset) < amount) return Refusal.HoldingsInsufficient;
        if (!BookLimits.AllowsTransfer(venue.Ledger, Holder.Of(To), Holder.Of(From), asset, amount)) return Refusal.AmountTooLarge;

        return Decision.Accept(new HoldingsMoved(Asset, amount, From, To));
    }
}

/// <summary>What the venue holds lies in another place now.</summary>
public sealed record HoldingsMoved(AssetId Asset, Amount Amount, Fund From, Fund To) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) =>
        venue.Transfer(Holder.Of(To), Holder.Of(From), venue.Asset(Asset), Amount);
}

/// <summary>Asks to move capital from one of the venue's funds to another, e.g. fees into the insurance fund.</summary>
public sealed record MoveCapital(AssetId Asset, string Amount, Fund From, Fund To) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Catalog.TryFind(Asset, out AssetIndex asset)) return Refusal.AssetUnknown;
        if (!From.IsCapital || !To.IsCapital || From == To) return Refusal.FundUnsuitable;
        if (!venue.TryAmount(asset, Amount, out Amount amount, out Refusal refusal)) return refusal;
        if (venue.Ledger.Balance(From, asset) < amount) return Refusal.BalanceInsufficient;
        if (!BookLimits.AllowsTransfer(venue.Ledger, Holder.Of(From), Holder.Of(To), asset, amount)) return Refusal.AmountTooLarge;

        return Decision.Accept(new CapitalMoved(Asset, amount, From, To));
    }
}

/// <summary>Capital moved between funds.</summary>
public sealed record CapitalMoved(AssetId Asset, Amount Amount, Fund From, Fund To) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) =>
        venue.Transfer(Holder.Of(From), Holder.Of(To), venue.Asset(Asset), Amount);
}

/// <summary>
/// Reports that the venue exchanged some of what it holds for another asset. The venue's own funds carry the
/// difference: short what was given, long what was got.
/// </summary>
public sealed record ConvertHoldings(AssetId Give, string GiveAmount, Fund GiveFrom, AssetId Get, string GetAmount, Fund GetInto) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Catalog.TryFind(Give, out AssetIndex give) || !venue.Catalog.TryFind(Get, out AssetIndex get)) return Refusal.AssetUnknown;
        if (!GiveFrom.IsPlace || !GetInto.IsPlace) return Refusal.FundUnsuitable;
        if (give == get) return Refusal.NothingToDo;
        if (!venue.TryAmount(give, GiveAmount, out Amount given, out Refusal refusal)) return refusal;
        if (!venue.TryAmount(get, GetAmount, out Amount got, out refusal)) return refusal;
        if (venue.Ledger.Held(GiveFrom, give) < given) return Refusal.HoldingsInsufficient;
        bool fits = BookLimits.AllowsTransfer(venue.Ledger, Holder.Of(Fund.OwnFunds), Holder.Of(GiveFrom), give, given)
            && BookLimits.AllowsTransfer(venue.Ledger, Holder.Of(GetInto), Holder.Of(Fund.OwnFunds), get, got);
        if (!fits) return Refusal.AmountTooLarge;

        return Decision.Accept(new HoldingsConverted(Give, given, GiveFrom, Get, got, GetInto));
    }
}

/// <summary>The venue holds another asset instead.</summary>
public sealed record HoldingsConverted(AssetId Give, Amount Given, Fund GiveFrom, AssetId Get, Amount Got, Fund GetInto) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        venue.Transfer(Holder.Of(Fund.OwnFunds), Holder.Of(GiveFrom), venue.Asset(Give), Given);
        venue.Transfer(Holder.Of(GetInto), Holder.Of(Fund.OwnFunds), venue.Asset(Get), Got);
    }
}
