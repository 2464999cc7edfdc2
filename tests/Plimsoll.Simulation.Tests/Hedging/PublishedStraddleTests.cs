using Plimsoll.Markets.Bars;
using Plimsoll.Simulation.Hedging;
using Plimsoll.Simulation.Paths;
using Plimsoll.Simulation.Tests.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Hedging;

[Trait("Category", "Published")]
public sealed class PublishedStraddleTests(ITestOutputHelper output)
{
    private const string Perpetual = "prices/binance_perp_btcusdt_1h.csv.gz";
    private const string Spot = "prices/binance_spot_btcusdt_1h.csv.gz";
    private const string Funding = "funding/binance_funding_8h_btcusdt.csv.gz";

    [Theory]
    [InlineData(Perpetual, false)]
    [InlineData(Spot, false)]
    [InlineData(Perpetual, true)]
    public void Hedging_a_weekly_straddle_through_2021_takes_away_at_least_four_fifths_of_its_variance(string prices, bool inCoin)
    {
        StraddleReplay replay = Replay(prices, inCoin);
        foreach (StraddlePeriod period in replay.Quarters.Append(replay.Whole))
            output.WriteLine($"{period.Name}: {period.Rolls} rolls, variance {period.VarianceUnhedged:G6} unhedged, {period.VarianceHedged:G6} hedged, {period.VarianceRatio:0.00} times lower");

        replay.Whole.Rolls.ShouldBe(52);
        replay.Quarters.Select(q => q.Rolls).ShouldBe([13, 13, 13, 13]);
        replay.Whole.VarianceRatio.ShouldBeGreaterThanOrEqualTo(5);
        replay.Quarters.ShouldAllBe(q => q.VarianceRatio > 1);
        replay.Whole.HedgeCost.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Outages_of_the_spot_exchange_are_counted_and_not_filled_in()
    {
        StraddleReplay replay = Replay(Spot, inCoin: false);

        replay.Whole.Missing.ShouldBeGreaterThan(0);
        replay.Rolls.Sum(roll => roll.Steps + roll.Missing).ShouldBe(52 * 168);
    }

    [Fact]
    public void A_year_replayed_twice_is_the_same_to_the_bit() =>
        Replay(Perpetual, inCoin: false).Rolls.ShouldBe(Replay(Perpetual, inCoin: false).Rolls);

    private static StraddleReplay Replay(string prices, bool inCoin)
    {
        KlineFile file = KlineFile.Open(SharedFolder.File("data", prices));
        IReadOnlyList<FundingPayment> funding = FundingFile.Read(SharedFolder.File("data", Funding));
        var terms = new StraddleTerms { From = Instant.Utc(2021, 1, 1, 8), To = Instant.Utc(2021, 12, 31, 8), InCoin = inCoin };

        return StraddleReplay.Run(file, terms, prices == Perpetual ? funding : null);
    }
}
