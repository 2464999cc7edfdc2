using Plimsoll.Markets.Depth;
using Plimsoll.Published;

namespace Plimsoll.Markets.Tests;

/// <summary>Six minutes of Binance's BTC and ETH perpetuals, second by second, rebuilt from the raw feed.</summary>
[Trait("Category", "Published")]
public class PublishedDepthTests
{
    // Coins and deviation of a usual day of that August, rounded: what is tested holds for any of that size.
    private static readonly MarketDay BtcDay = new(0.03, 300_000, 200_000);
    private static readonly MarketDay EthDay = new(0.035, 3_000_000, 2_000_000);

    public static TheoryData<string, double> Files => new() { { "btcusdt", 61_712 }, { "ethusdt", 2_681 } };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_moment_of_a_published_book_is_read_and_measured(string market, double mid)
    {
        DepthMoment[] moments = Moments(market);
        LiquidityProfile profile = LiquidityMeter.Measure(moments, Day(market));

        moments.Length.ShouldBe(345);
        foreach (DepthMoment moment in moments) (moment.Book.Bids.Length, moment.Book.Asks.Length).ShouldBe((20, 20));
        profile.Mid.ShouldBe(mid, 0.01 * mid);
        profile.Spread.Median.ShouldBeInRange(1e-6, 1e-5);
        profile.SeenVolatility!.Value.ShouldBeInRange(0.01, 0.1);
        profile.Bids!.Points[^1].Reached.ShouldBeLessThan(0.9);
        profile.Bids.Points.ShouldContain(point => point.Distance == profile.Bids.Reach && point.Reached >= 0.9);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_impact_of_published_books_is_of_the_size_that_metaorders_show(string market, double mid)
    {
        LiquidityProfile profile = LiquidityMeter.Measure(Moments(market), Day(market));
        ImpactFit fit = profile.Impact!.Value;

        // Donier and Bonart (2015) find a scale of about 1 on Bitcoin; a book that shows a basis point says half of it or more.
        ImpactFit.Scale(fit.PerRootCoin, Day(market).Volatility, Day(market).Volume).ShouldBeInRange(0.3, 1.5);
        fit.Low.ShouldBeLessThan(fit.PerRootCoin);
        fit.High.ShouldBeGreaterThan(fit.PerRootCoin);
        (fit.High / fit.Low).ShouldBeLessThan(1.5);
        profile.Cost(-1).AverageAt(mid).ShouldBeLessThan(profile.Cost(-1000).AverageAt(mid));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Taken_depth_is_back_within_seconds(string market, double mid)
    {
        LiquidityProfile profile = LiquidityMeter.Measure(Moments(market), Day(market));
        Resilience bids = profile.Resilience.Bids!.Value;

        bids.HalfLifeSeconds.ShouldBeInRange(0.9, 10);
        bids.High.ShouldBeGreaterThanOrEqualTo(bids.HalfLifeSeconds);
        profile.Mid.ShouldBe(mid, 0.01 * mid);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Volume_alone_is_dearer_and_slower_than_what_the_book_shows(string market, double mid)
    {
        LiquidityProfile measured = LiquidityMeter.Measure(Moments(market), Day(market));
        LiquidityProfile assumed = VolumeFallback.Of(mid, Day(market));

        foreach (double coins in new[] { 0.1, 1, 10, 100, 1_000, 10_000 })
        {
            assumed.Cost(-coins).AverageAt(mid).ShouldBeGreaterThan(measured.Cost(-coins).AverageAt(mid));
            assumed.Time(-coins, 0.1).ByVolume!.Value.ShouldBeGreaterThan(measured.Time(-coins, 0.1).ByVolume!.Value);
        }
    }

    private static MarketDay Day(string market) => market == "btcusdt" ? BtcDay : EthDay;

    private static DepthMoment[] Moments(string market)
    {
        string name = $"data/depth/binance_usdm_{market}_2024-08-08_l2_top20_1s.csv";
        string? path = SharedFolder.Find(name);
        Assert.SkipWhen(path is null, SharedFolder.HowToFind(name));

        return [.. DepthReader.Read(path!)];
    }
}
