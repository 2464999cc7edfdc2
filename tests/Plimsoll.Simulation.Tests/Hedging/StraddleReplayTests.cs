using System.Globalization;
using System.Text;
using Plimsoll.Markets.Bars;
using Plimsoll.Numerics;
using Plimsoll.Simulation.Hedging;
using Plimsoll.Simulation.Paths;
using Plimsoll.Simulation.Tests.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Hedging;

public sealed class StraddleReplayTests
{
    private static readonly Instant Start = Instant.Utc(2024, 1, 1);
    private static readonly StraddleTerms Terms = new() { From = Instant.Utc(2024, 2, 2, 8), To = Instant.Utc(2024, 5, 3, 8) };
    private static readonly StraddleTerms Free = Terms with { FeeRate = 0, HalfSpreadRate = 0, OptionFeeRate = 0 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_costs_and_at_the_true_volatility_a_hedge_leaves_only_what_an_hour_leaves(bool inCoin)
    {
        using TempFile file = Prices(seed: 7);

        StraddlePeriod free = StraddleReplay.Run(KlineFile.Open(file.Path), Free with { InCoin = inCoin }).Whole;

        // Hedging N times leaves about √(π/4N) of the vega × vol (Derman and Kamal 1999): a variance some hundred times lower.
        free.VarianceRatio.ShouldBeGreaterThan(30);
        free.HedgeCost.ShouldBe(0);
    }

    [Fact]
    public void Dearer_hedging_trades_less_and_costs_more()
    {
        using TempFile file = Prices(seed: 3);
        KlineFile prices = KlineFile.Open(file.Path);

        StraddlePeriod cheap = StraddleReplay.Run(prices, Terms with { FeeRate = 0.0001 }).Whole;
        StraddlePeriod dear = StraddleReplay.Run(prices, Terms with { FeeRate = 0.002 }).Whole;
        StraddlePeriod calm = StraddleReplay.Run(prices, Terms with { RelativeRiskAversion = 1 }).Whole;

        dear.Trades.ShouldBeLessThan(cheap.Trades);
        dear.HedgeCost.ShouldBeGreaterThan(cheap.HedgeCost);
        calm.VarianceHedged.ShouldBeGreaterThan(dear.VarianceHedged);
    }

    [Fact]
    public void Gains_of_a_roll_are_the_sum_of_what_they_come_from()
    {
        using TempFile file = Prices(seed: 5);

        foreach (StraddleRoll roll in StraddleReplay.Run(KlineFile.Open(file.Path), Terms).Rolls)
        {
            roll.Hedged.ShouldBe(roll.Premium - roll.Payoff - roll.OptionFees + roll.HedgeGain - roll.HedgeCost + roll.Funding, 1e-9);
            roll.OptionFees.ShouldBe(2 * 0.0003 * roll.Strike, 1e-9);
            roll.Trades.ShouldBeLessThanOrEqualTo(roll.Steps + 1);
        }
    }

    [Fact]
    public void Across_an_outage_the_hedge_is_held_and_a_roll_in_it_waits()
    {
        Instant roll = Terms.From + TimeSpan.FromDays(7);
        using TempFile whole = Prices(seed: 9);
        using TempFile broken = Prices(seed: 9, lost: (roll, roll + TimeSpan.FromHours(5)));

        StraddleReplay replay = StraddleReplay.Run(KlineFile.Open(broken.Path), Terms);
        StraddleReplay full = StraddleReplay.Run(KlineFile.Open(whole.Path), Terms);

        replay.Whole.Missing.ShouldBe(5);
        replay.Rolls[0].Ended.ShouldBe(roll + TimeSpan.FromHours(5));
        replay.Rolls[1].At.ShouldBe(roll + TimeSpan.FromHours(5));
        replay.Rolls[1].Ended.ShouldBe(full.Rolls[1].Ended);
        replay.Rolls[0].Steps.ShouldBe(168);
        replay.Rolls[0].Missing.ShouldBe(5);
        replay.Rolls[6].ShouldBe(full.Rolls[6]);
    }

    [Theory]
    [InlineData(false, -1)]
    [InlineData(true, 1)]
    public void Funding_is_paid_by_the_side_that_holds_and_not_before_it_holds(bool inCoin, int sign)
    {
        using TempFile file = Prices(seed: 2);
        FundingPayment[] funding = [new(Terms.From, 0.5), new(Terms.From + TimeSpan.FromHours(3), 0.001)];
        var terms = Terms with { InCoin = inCoin };

        StraddleRoll without = StraddleReplay.Run(KlineFile.Open(file.Path), terms).Rolls[0];
        StraddleRoll with = StraddleReplay.Run(KlineFile.Open(file.Path), terms, funding).Rolls[0];

        with.Funding.ShouldNotBe(0);
        (with.Hedged - without.Hedged).ShouldBe(with.Funding, 1e-9);
        // Three hours in, the hedge holds what the straddle's slope is: its sign is that of the move so far.
        double moved = KlineFile.Open(file.Path).Read(Terms.From, Terms.To).Skip(3).Select(bar => (double)bar.Open).First() - without.Strike;
        double held = inCoin ? -moved : moved;
        Math.Sign(with.Funding).ShouldBe(Math.Sign(sign * held));
    }

    [Fact]
    public void Coin_slopes_are_the_derivatives_by_the_price_of_a_dollar()
    {
        foreach (double forward in (double[])[20_000, 31_000, 45_000])
        {
            var straddle = new ShortStraddle(30_000, 0.8, InCoin: true);
            double p = 1 / forward, step = 1e-4 * p;
            double At(double price) => straddle.ValueAt(1 / price, 0.02);
            (double slope, double bend) = straddle.SlopesAt(forward, 0.02);

            slope.ShouldBe((At(p + step) - At(p - step)) / (2 * step), 1e-5 * forward);
            bend.ShouldBe((At(p + step) - (2 * At(p)) + At(p - step)) / (step * step), 1e-4 * forward * forward);
        }
    }

    [Fact]
    public void Too_little_history_a_file_that_ends_early_and_terms_without_meaning_are_refused()
    {
        using TempFile file = Prices(seed: 1);
        KlineFile prices = KlineFile.Open(file.Path);

        Refused(Terms with { From = Start + TimeSpan.FromDays(5) }).ShouldContain("bars in the 30 days before");
        Refused(Terms with { To = Instant.Utc(2025, 1, 1) }).ShouldContain("no bar at or after");
        Refused(Terms with { To = Terms.From }).ShouldContain("one roll");
        Refused(Terms with { FeeRate = double.NaN }).ShouldContain("costs");
        Refused(Terms with { RelativeRiskAversion = 0 }).ShouldContain("aversion");

        string Refused(StraddleTerms terms) => Should.Throw<InputException>(() => StraddleReplay.Run(prices, terms)).Message;
    }

    /// <summary>Hours of a lognormal walk at 70 % a year.</summary>
    private static TempFile Prices(ulong seed, (Instant From, Instant To)? lost = null)
    {
        var chance = new SeededStream(seed);
        var text = new StringBuilder("ts_ms,open,high,low,close,volume\n");
        double price = 40_000;
        for (int hour = 0; hour < 24 * 124; hour++)
        {
            Instant at = Start + TimeSpan.FromHours(hour);
            double next = price * Exact.Exp((0.7 / Math.Sqrt(8760) * chance.NextNormal()) - (0.5 * 0.49 / 8760));
            if (lost is not { } gap || at < gap.From || at >= gap.To)
                text.Append(CultureInfo.InvariantCulture, $"{at.UnixMicroseconds / 1000},{price:F4},{Math.Max(price, next):F4},{Math.Min(price, next):F4},{next:F4},1\n");
            price = next;
        }

        return new TempFile(text.ToString());
    }
}
