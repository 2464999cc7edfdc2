using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Asks the venue to take an asset into its list.</summary>
/// <param name="Asset">Its name.</param>
/// <param name="Decimals">Decimals of its smallest unit, 0 to 24.</param>
/// <param name="Class">What kind of thing it is.</param>
/// <param name="Follows">The listed asset it is a claim on, if any.</param>
public sealed record ListAsset(AssetId Asset, int Decimals, AssetClass Class, AssetId? Follows = null) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!Identifier.IsValid(Asset.Value)) return Refusal.CommandMalformed;
        if (venue.Catalog.TryFind(Asset, out _)) return Refusal.AssetExists;
        if (Decimals is < 0 or > AssetScale.MaxDecimals) return Decision.Refuse(Refusal.TermsInvalid, $"decimals: {Decimals} lies outside 0 to {AssetScale.MaxDecimals}");
        if (Follows is { } followed && !venue.Catalog.TryFind(followed, out _)) return Refusal.AssetUnknown;
        if (venue.Catalog.Assets.Count >= Catalog.MaxAssets) return Refusal.LimitReached;

        return Decision.Accept(new AssetListed(Asset, Decimals, Class, Follows));
    }
}

/// <summary>An asset joined the list.</summary>
public sealed record AssetListed(AssetId Asset, int Decimals, AssetClass Class, AssetId? Follows = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AssetIndex? follows = Follows is { } id ? venue.Asset(id) : null;
        venue.Catalog.Add(new Asset(Asset, new AssetScale(Decimals), Class, follows));
        venue.Relisted();
    }
}

/// <summary>Asks the venue to list an instrument. Kind, expiry, strike and side are in its name; what it settles in is not.</summary>
/// <param name="Instrument">Its name, in Deribit's grammar.</param>
/// <param name="Payoff">How its worth depends on the price.</param>
/// <param name="Settlement">The asset profit and loss are paid in.</param>
/// <param name="LotSize">The smallest size, in coins of the underlying, quote units for inverse futures, or liquidity for pools.</param>
/// <param name="TickSize">The smallest step of its price.</param>
public sealed record ListInstrument(InstrumentId Instrument, Payoff Payoff, AssetId Settlement, decimal LotSize, decimal TickSize) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (venue.Catalog.TryFind(Instrument, out _)) return Refusal.InstrumentExists;
        if (!InstrumentName.TryParse(Instrument.Value, out InstrumentName? name)) return Decision.Refuse(Refusal.TermsInvalid, $"instrument: '{Instrument}' is not a name like BTC-PERPETUAL or BTC-27DEC24-60000-C");
        if (!venue.Catalog.TryFind(name.Base, out _)) return Decision.Refuse(Refusal.AssetUnknown, $"{name.Base} is not listed");
        if (name.Quote is { } quote && !venue.Catalog.TryFind(quote, out _)) return Decision.Refuse(Refusal.AssetUnknown, $"{quote} is not listed");
        if (!venue.Catalog.TryFind(Settlement, out _)) return Decision.Refuse(Refusal.AssetUnknown, $"{Settlement} is not listed");
        if (name.Expiry is { } expiry && expiry <= now) return Refusal.InstrumentExpired;
        if (venue.Catalog.Instruments.Count >= Catalog.MaxInstruments) return Refusal.LimitReached;

        try
        {
            Terms(venue, Instrument, Payoff, Settlement, LotSize, TickSize).Checked();
        }
        catch (InputException fault)
        {
            return Decision.Refuse(Refusal.TermsInvalid, fault.Message);
        }

        return Decision.Accept(new InstrumentListed(Instrument, Payoff, Settlement, LotSize, TickSize));
    }

    internal static Instrument Terms(VenueState venue, InstrumentId id, Payoff payoff, AssetId settlement, decimal lotSize, decimal tickSize)
    {
        InstrumentName name = InstrumentName.Parse(id.Value);

        return new Instrument
        {
            Id = id,
            Kind = name.Kind,
            Payoff = payoff,
            Underlying = venue.Asset(name.Base),
            Quote = name.Quote is { } quote ? venue.Asset(quote) : null,
            Settlement = venue.Asset(settlement),
            LotSize = Price.Canonical(lotSize),
            TickSize = Price.Canonical(tickSize),
            Expiry = name.Expiry,
            Strike = name.Strike,
            Side = name.Side,
            Lower = name.Lower,
            Upper = name.Upper,
        };
    }
}

/// <summary>An instrument joined the list.</summary>
public sealed record InstrumentListed(InstrumentId Instrument, Payoff Payoff, AssetId Settlement, decimal LotSize, decimal TickSize) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        venue.Catalog.Add(ListInstrument.Terms(venue, Instrument, Payoff, Settlement, LotSize, TickSize));
        venue.Relisted();
    }
}
