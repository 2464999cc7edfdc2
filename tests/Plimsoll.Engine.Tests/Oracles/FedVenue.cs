using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine.Tests.Oracles;

/// <summary>A test venue whose prices come from three sources and have terms.</summary>
internal static class FedVenue
{
    public static readonly AssetId Btc = new("BTC");
    public static readonly AssetId Eth = new("ETH");
    public static readonly AssetId Usdc = new("USDC");

    /// <summary>Terms of one minute's heartbeat that are live with two sources, forget nothing for ten hours, and take any jump.</summary>
    public static OracleTerms Terms { get; } = new(60_000_000) { HaltAge = 600, AssumedConfidence = 0.001, MostConfidence = 0.05 };

    public static TestVenue Open(Func<OracleRules, OracleRules>? rules = null, Func<OracleTerms, OracleTerms>? btc = null, Func<RiskParameters, RiskParameters>? more = null)
    {
        OracleRules asked = new(null, [new OracleLine(Btc, (btc ?? (terms => terms))(Terms)), new OracleLine(Eth, Terms), new OracleLine(Usdc, Terms)]);
        TestVenue venue = TestVenue.Open(p => (more ?? (q => q))(p with { Oracles = (rules ?? (r => r))(asked) }));

        // So late that the first prices of a test venue, which one source said without a confidence, are forgotten.
        venue.Clock += TimeSpan.FromHours(11);
        venue.All(8000m, 200m);

        return venue;
    }

    /// <summary>All three sources say the same of BTC, ETH and USDC.</summary>
    public static Outcome All(this TestVenue venue, decimal btc, decimal eth, decimal usdc = 1m)
    {
        venue.Clock += TimeSpan.FromSeconds(1);
        IEnumerable<SourcePrice> said = new[] { "a", "b", "c" }.SelectMany(source => new[] { venue.Say(source, btc), venue.Say(source, eth, Eth), venue.Say(source, usdc, Usdc) });

        return venue.Report([.. said.Where(report => venue.State.Oracles.TermsOf(venue.State.Asset(report.Asset)) is not null)]);
    }

    public static SourcePrice Say(this TestVenue venue, string source, decimal price, AssetId? asset = null, double confidence = 0.001) =>
        new(asset ?? Btc, new AccountId(source), price, confidence, venue.Clock);

    public static Outcome Report(this TestVenue venue, params SourcePrice[] reports) => venue.DoAt(venue.Clock, new ReportPrices(reports));

    /// <summary>So long nothing happens, and then the time is told.</summary>
    public static Outcome Wait(this TestVenue venue, TimeSpan time)
    {
        venue.Clock += time;

        return venue.DoAt(venue.Clock, new PassTime());
    }

    public static OracleStatus StatusOf(this TestVenue venue, AssetId asset) => venue.State.Oracles.StatusOf(venue.State.Asset(asset));

    public static AssetFeed Feed(this TestVenue venue, AssetId asset) => venue.State.Oracles.FeedOf(venue.State.Asset(asset))!;

    public static double PriceOf(this TestVenue venue, AssetId asset) => venue.State.Market.PriceOf(venue.State.Asset(asset));

    /// <summary>Everything the oracles know, as bytes.</summary>
    public static Hash256 Known(this TestVenue venue)
    {
        using StateWriter writer = StateWriter.ToHash();
        venue.State.Oracles.Write(writer);

        return writer.Hash();
    }
}
