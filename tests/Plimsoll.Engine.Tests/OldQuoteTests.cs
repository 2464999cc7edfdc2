using Plimsoll.Engine.Commands;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class OldQuoteTests
{
    [Fact]
    public void A_quote_seen_before_the_known_one_changes_nothing_and_is_told()
    {
        TestVenue venue = TestVenue.Open();
        Instant seen = venue.State.Market.Quote(venue.State.Asset(new AssetId("BTC")))!.ObservedAt;

        Outcome outcome = venue.Accept(new MovePrices([Quote("BTC", 4000m, seen + TimeSpan.FromSeconds(-1)), Quote("ETH", 201m, venue.Clock)], []));

        outcome.Events.OfType<PricesMoved>().Single().Assets.Single().Asset.Value.ShouldBe("ETH");
        outcome.Events.OfType<QuotesIgnored>().Single().Quotes.Single().ShouldBe(new IgnoredQuote(new AssetId("BTC"), seen + TimeSpan.FromSeconds(-1), seen));
        venue.State.Market.PriceOf(venue.State.Asset(new AssetId("BTC"))).ShouldBe(8000);
    }

    [Fact]
    public void Quotes_that_are_all_old_are_refused_and_one_seen_at_the_same_moment_is_taken()
    {
        TestVenue venue = TestVenue.Open();
        Instant seen = venue.State.Market.Quote(venue.State.Asset(new AssetId("BTC")))!.ObservedAt;

        Outcome stale = venue.Do(new MovePrices([Quote("BTC", 4000m, seen + TimeSpan.FromMicroseconds(-1))], []));
        stale.Refusal.ShouldBe(Refusal.QuoteStale);
        stale.Detail!.ShouldContain("BTC");
        venue.Accept(new MovePrices([Quote("BTC", 7990m, seen)], []));
        venue.State.Market.PriceOf(venue.State.Asset(new AssetId("BTC"))).ShouldBe(7990);
    }

    [Theory]
    [InlineData("0", 0, Refusal.PriceInvalid)]
    [InlineData("-1", 0, Refusal.PriceInvalid)]
    [InlineData("8000", -0.1, Refusal.QuoteInvalid)]
    [InlineData("8000", 1.1, Refusal.QuoteInvalid)]
    public void A_price_that_is_none_or_a_confidence_that_is_none_is_refused(string price, double confidence, Refusal expected)
    {
        TestVenue venue = TestVenue.Open();
        decimal value = decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture);

        venue.Refuse(new MovePrices([Quote("BTC", value, venue.Clock) with { Confidence = confidence }], []), expected);
    }

    private static AssetPrice Quote(string asset, decimal price, Instant at) => new(new AssetId(asset), price, at, 0, new AccountId("test"));
}
