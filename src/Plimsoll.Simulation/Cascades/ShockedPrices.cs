using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Cascades;

/// <summary>
/// A venue's own prices with a part of a move on them, told the way the venue is told prices: by every source it listens to where it
/// joins sources, else by one.
/// </summary>
internal sealed class ShockedPrices
{
    private static readonly AccountId Rehearsal = new("rehearsal");
    private readonly VenueState venue;
    private readonly double[] prices;
    private readonly double[] moves;
    private readonly double?[] forwards;
    private readonly double[] vols;
    private readonly double? volatility;

    /// <summary>A venue's prices as they are.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="moves">How each asset's price moves, in the order of listing: −0.3 is −30 %.</param>
    /// <param name="volatility">How every implied volatility moves, as a part of itself; none where nothing is said of them.</param>
    public ShockedPrices(VenueState venue, double[] moves, double? volatility = null)
    {
        this.venue = venue;
        this.moves = moves;
        this.volatility = volatility;
        vols = [.. venue.Catalog.Instruments.Select((one, i) => one.Kind == InstrumentKind.Option ? venue.Market.VolatilityOf(new InstrumentIndex(i)) : 0)];
        prices = [.. venue.Catalog.Assets.Select((_, a) => venue.Market.PriceOf(new AssetIndex(a)))];
        forwards = [.. venue.Catalog.Instruments.Select((_, i) => venue.Market.QuotedForward(new InstrumentIndex(i))?.ToModel())];
    }

    /// <summary>The commands that tell prices with so much of the move on them.</summary>
    /// <param name="part">0 to 1.</param>
    /// <param name="now">The venue's time.</param>
    public IEnumerable<Command> Told(double part, Instant now)
    {
        var plain = new List<AssetPrice>();
        var reports = new List<SourcePrice>();
        for (int a = 0; a < prices.Length; a++)
        {
            if (!(prices[a] > 0)) continue;

            AssetId asset = venue.Catalog.Assets[a].Id;
            decimal price = Bounded(prices[a] * (1 + (moves[a] * part)));
            SourceReport[] known = venue.Oracles.TermsOf(new AssetIndex(a)) is null ? [] : [.. venue.Oracles.FeedOf(new AssetIndex(a))?.Reports ?? []];
            if (known.Length == 0) plain.Add(new AssetPrice(asset, price, now, 0, Rehearsal));
            foreach (SourceReport report in known) reports.Add(new SourcePrice(asset, report.Source, price, report.Report.Confidence, now, report.Report.Depth));
        }

        var instruments = new List<InstrumentPrice>();
        for (int i = 0; i < forwards.Length; i++)
        {
            Instrument instrument = venue.Catalog.Instruments[i];
            decimal? forward = forwards[i] is { } quoted ? Bounded(quoted * Ratio(instrument, part)) : null;
            double? implied = vols[i] > 0 && volatility is { } rise ? Math.Min(vols[i] * (1 + (rise * part)), MarketState.MaxVolatility) : null;
            if (forward is not null || implied is not null) instruments.Add(new InstrumentPrice(instrument.Id, forward, implied));
        }

        if (plain.Count > 0 || instruments.Count > 0) yield return new MovePrices(plain, instruments);
        if (reports.Count > 0) yield return new ReportPrices(reports);
    }

    private double Ratio(Instrument instrument, double part) =>
        (1 + (moves[instrument.Underlying.Value] * part)) / (instrument.Quote is { } quote ? 1 + (moves[quote.Value] * part) : 1);

    private static decimal Bounded(double price) => (decimal)Math.Clamp(price, (double)Price.Min, 1e15);
}
