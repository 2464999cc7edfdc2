using Plimsoll.Engine.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>What a feed says an asset is worth.</summary>
/// <param name="Asset">Its name.</param>
/// <param name="Price">In the numeraire.</param>
/// <param name="ObservedAt">When the source saw it; not after the command.</param>
/// <param name="Confidence">Half width of the source's uncertainty, as a part of the price.</param>
/// <param name="Source">Who says so.</param>
public sealed record AssetPrice(AssetId Asset, decimal Price, Instant ObservedAt, double Confidence, AccountId Source);

/// <summary>What a feed says of an instrument beyond its index.</summary>
/// <param name="Instrument">Its name.</param>
/// <param name="Forward">The price it is valued at, in quote units; for an option, its expiry's forward.</param>
/// <param name="Volatility">Annual implied volatility, 0.6 for 60 %.</param>
public sealed record InstrumentPrice(InstrumentId Instrument, decimal? Forward = null, double? Volatility = null);

/// <summary>Tells the venue new prices; everybody who is touched by them is judged again at once.</summary>
/// <param name="Assets">Prices of assets, each asset at most once.</param>
/// <param name="Instruments">Forwards and volatilities, each instrument at most once.</param>
public sealed record MovePrices(IReadOnlyList<AssetPrice> Assets, IReadOnlyList<InstrumentPrice> Instruments) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (Assets.Count == 0 && Instruments.Count == 0) return Refusal.NothingToDo;

        var assets = new HashSet<AssetId>();
        foreach (AssetPrice quote in Assets)
        {
            if (!venue.Catalog.TryFind(quote.Asset, out _)) return Decision.Refuse(Refusal.AssetUnknown, quote.Asset.Value);
            if (!assets.Add(quote.Asset)) return Decision.Refuse(Refusal.CommandMalformed, $"{quote.Asset} is priced twice");
            if (quote.Price is < Units.Price.Min or > Units.Price.Max) return Decision.Refuse(Refusal.PriceInvalid, $"{quote.Asset} {quote.Price}");
            if (!InstantConverter.Reads(quote.ObservedAt) || !Identifier.IsValid(quote.Source.Value)) return Decision.Refuse(Refusal.QuoteInvalid, $"{quote.Asset} needs a source and a time after 1970");
            if (quote.ObservedAt > now) return Decision.Refuse(Refusal.QuoteInvalid, $"{quote.Asset} was observed in the future");
            if (quote.Confidence is not (>= 0 and <= 1)) return Decision.Refuse(Refusal.QuoteInvalid, $"{quote.Asset} confidence lies outside 0 to 1");
        }

        var instruments = new HashSet<InstrumentId>();
        foreach (InstrumentPrice quote in Instruments)
        {
            if (!venue.Catalog.TryFind(quote.Instrument, out _)) return Decision.Refuse(Refusal.InstrumentUnknown, quote.Instrument.Value);
            if (!instruments.Add(quote.Instrument)) return Decision.Refuse(Refusal.CommandMalformed, $"{quote.Instrument} is priced twice");
            if (quote.Forward is < Units.Price.Min or > Units.Price.Max) return Decision.Refuse(Refusal.PriceInvalid, $"{quote.Instrument} {quote.Forward}");
            if (quote.Volatility is not (null or (> 0 and <= MarketState.MaxVolatility))) return Decision.Refuse(Refusal.QuoteInvalid, $"{quote.Instrument} volatility lies outside 0 to {MarketState.MaxVolatility}");
        }

        // What an asset with terms is worth is made of all its sources: this is one of them.
        var joining = new ReportJoining(venue, now);
        AssetPrice[] plain = [.. Assets.Where(quote => !IsReport(venue, quote))];
        foreach (AssetPrice quote in Assets.Where(quote => IsReport(venue, quote))) joining.Add(new SourcePrice(quote.Asset, quote.Source, quote.Price, quote.Confidence, quote.ObservedAt));
        AssetPrice[] fresh = [.. plain.Where(quote => !IsStale(venue, quote))];
        IgnoredQuote[] stale =
        [
            .. plain.Where(quote => IsStale(venue, quote)).Select(quote => new IgnoredQuote(quote.Asset, quote.ObservedAt, venue.Market.Quote(venue.Asset(quote.Asset))!.ObservedAt)),
            .. joining.Ignored.Select(report => new IgnoredQuote(report.Asset, report.ObservedAt, venue.Oracles.FeedOf(venue.Asset(report.Asset))?.Find(report.Source)?.Report.ObservedAt ?? now)),
        ];
        PricesReported? reported = joining.Happened();
        if (joining.Refused is not null) return joining.Refusal();
        if (fresh.Length == 0 && Instruments.Count == 0 && reported is null) return Decision.Refuse(Refusal.QuoteStale, $"{stale[0].Asset} was seen at {stale[0].ObservedAt}, what is known at {stale[0].KnownAt}");

        // The event keeps lists of its own: the caller's may change before the event is written down.
        if (Outgrown(venue, [.. fresh.Select(quote => (venue.Asset(quote.Asset), (double)quote.Price)), .. joining.Prices], Instruments) is { } outgrown)
            return Decision.Refuse(Refusal.AmountTooLarge, $"the open positions in {outgrown} would be worth more than the books have room for");

        PricesMoved? moved = fresh.Length > 0 || Instruments.Count > 0 ? new PricesMoved(fresh, [.. Instruments]) : null;
        QuotesIgnored? ignored = stale.Length > 0 ? new QuotesIgnored(stale) : null;

        return moved is null ? Decision.Accept(reported!, ignored)
            : reported is null ? Decision.Accept(moved, ignored)
            : Decision.Accept(moved, reported, ignored);
    }

    private static bool IsReport(VenueState venue, AssetPrice quote) => venue.Oracles.TermsOf(venue.Asset(quote.Asset)) is not null;

    // What a feed saw earlier arrives later now and then; the newer price stays, and that it came is said.
    private static bool IsStale(VenueState venue, AssetPrice quote) =>
        venue.Market.Quote(venue.Asset(quote.Asset)) is { } known && quote.ObservedAt < known.ObservedAt;

    /// <summary>The first instrument whose open positions the books would have no room for at these prices.</summary>
    internal static InstrumentId? Outgrown(VenueState venue, IReadOnlyList<(AssetIndex Asset, double Price)> assets, IReadOnlyList<InstrumentPrice> instruments)
    {
        Span<double> prices = stackalloc double[venue.Catalog.Assets.Count];
        for (int i = 0; i < prices.Length; i++) prices[i] = venue.Market.PriceOf(new AssetIndex(i));
        foreach ((AssetIndex asset, double price) in assets) prices[asset.Value] = price;

        var forwards = new Dictionary<InstrumentIndex, double>();
        foreach (InstrumentPrice quote in instruments)
        {
            if (quote.Forward is { } forward) forwards[venue.Instrument(quote.Instrument)] = (double)forward;
        }

        for (int i = 0; i < venue.Catalog.Instruments.Count; i++)
        {
            var index = new InstrumentIndex(i);
            long open = venue.Positions.OpenInterest(index).Count;
            if (open == 0) continue;

            Instrument instrument = venue.Catalog[index];
            double quotePrice = instrument.Quote is { } asset ? prices[asset.Value] : 1;
            double forward = forwards.TryGetValue(index, out double quoted)
                ? quoted
                : venue.Market.QuotedForward(index)?.ToModel() ?? (prices[instrument.Underlying.Value] / quotePrice);
            if (!BookLimits.AllowsOpen(venue.Catalog, instrument, open, forward, prices[instrument.Settlement.Value] / quotePrice)) return instrument.Id;
        }

        return null;
    }
}

/// <summary>A quote that was seen before the one the venue knows.</summary>
/// <param name="Asset">Of which asset.</param>
/// <param name="ObservedAt">When its source saw it.</param>
/// <param name="KnownAt">When the source of the price that stays saw that.</param>
public sealed record IgnoredQuote(AssetId Asset, Instant ObservedAt, Instant KnownAt);

/// <summary>Some quotes were older than what the venue knows, and changed nothing.</summary>
public sealed record QuotesIgnored(IReadOnlyList<IgnoredQuote> Quotes) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
    }
}

/// <summary>Prices moved.</summary>
public sealed record PricesMoved(IReadOnlyList<AssetPrice> Assets, IReadOnlyList<InstrumentPrice> Instruments) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        venue.Market.MoveTo(venue.Now);
        venue.Limits.Watch.Reprice();
        foreach (AssetPrice quote in Assets)
        {
            AssetIndex asset = venue.Asset(quote.Asset);
            venue.Market.Apply(new AssetQuote(asset, new Price(quote.Price), quote.ObservedAt, quote.Confidence, quote.Source.Value));
            venue.Judgement.Touch(asset);
        }

        foreach (InstrumentPrice quote in Instruments)
        {
            InstrumentIndex instrument = venue.Instrument(quote.Instrument);
            venue.Market.Apply(new InstrumentQuote(instrument, quote.Forward is { } forward ? new Price(forward) : null, quote.Volatility));
            venue.Judgement.Touch(instrument);
        }

        venue.Breakers.See();
        if (venue.Crowd.Follow(venue)) venue.Judgement.Crowded();
    }
}
