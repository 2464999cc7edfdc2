using System.Text;
using Plimsoll.Risk.Hedging;

namespace Plimsoll.Risk.Tests.Hedging;

public sealed class HedgeDeskTests
{
    [Fact]
    public void Greeks_are_the_slopes_and_bends_of_the_whole_book_revalued()
    {
        for (ulong seed = 1; seed <= 100; seed++)
        {
            var venue = new TestVenue();
            var chance = new Chance(seed);
            HedgeBook book = Book(venue, chance.Account(venue), chance.Account(venue));
            foreach (AssetIndex asset in (AssetIndex[])[venue.Btc, venue.Eth])
            {
                const double Move = 1e-3, Shift = 1e-4;
                HedgedGreeks greeks = book.GreeksOf(asset);
                double up = book.GainAt(asset, Move, 0), down = book.GainAt(asset, -Move, 0);
                double size = 1 + Math.Abs(greeks.Delta) + Math.Abs(greeks.Gamma);

                ((up - down) / (2 * Move)).ShouldBe(greeks.Delta, 1e-4 * size, $"seed {seed}");
                ((up + down) / (Move * Move) * 0.01).ShouldBe(greeks.Gamma, 1e-3 * size, $"seed {seed}");
                ((book.GainAt(asset, 0, Shift) - book.GainAt(asset, 0, -Shift)) / (2 * Shift) * 0.01).ShouldBe(greeks.Vega, 1e-4 * (1 + Math.Abs(greeks.Vega)), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void A_trade_changes_the_book_by_exactly_what_one_unit_of_it_says()
    {
        var venue = new TestVenue();
        HedgeBook book = Book(venue, new Chance(5).Account(venue));
        foreach (InstrumentIndex instrument in (InstrumentIndex[])[venue.BtcPerp, venue.BtcInverse, venue.BtcFuture, venue.BtcCall, venue.BtcInversePut])
        {
            HedgedGreeks expected = book.GreeksOf(venue.Btc).Plus(3, book.GreeksOf(instrument));
            HedgedGreeks traded = book.With(instrument, 3).GreeksOf(venue.Btc);

            traded.Delta.ShouldBe(expected.Delta, 1e-6 * (1 + Math.Abs(expected.Delta)));
            traded.Gamma.ShouldBe(expected.Gamma, 1e-6 * (1 + Math.Abs(expected.Gamma)));
            traded.Vega.ShouldBe(expected.Vega, 1e-9 * (1 + Math.Abs(expected.Vega)));
        }
    }

    [Fact]
    public void An_inverse_perpetual_hedges_delta_and_has_no_bend_of_its_own()
    {
        var venue = new TestVenue();
        HedgeBook book = Book(venue, venue.Open());

        HedgedGreeks unit = book.GreeksOf(venue.BtcInverse);

        unit.Delta.ShouldBe(1, 1e-12);
        unit.Gamma.ShouldBe(0, 1e-12);
        book.GreeksOf(venue.BtcInverseCall).Gamma.ShouldBe(book.GreeksOf(venue.BtcCall).Gamma, 1e-9);
    }

    [Fact]
    public void The_ladder_before_ends_where_the_judge_would_see_the_book_and_after_pays_the_costs()
    {
        var venue = new TestVenue();
        int account = venue.Open();
        venue.Deposit(account, venue.Btc, 2);
        HedgeReport report = HedgeDesk.Propose(Book(venue, account), Plan("""{"bands":[{"underlying":"BTC","greek":"delta","lower":0,"upper":0}]}"""));

        UnderlyingReport hedge = report.Hedges.ShouldHaveSingleItem();
        hedge.Underlying.ShouldBe("BTC");
        hedge.Before.ShouldBe(new SensitivityReport(120_000, 0, 0, 2));
        TradeReport trade = hedge.Trades.ShouldHaveSingleItem();
        (trade.Side, trade.Size).ShouldBe(("sell", trade.Instrument == "BTC-PERPETUAL" ? "120000" : "2"));
        hedge.Ladder.Before[2][0].ShouldBe(-36_000, 1e-6);
        hedge.Ladder.After[2][0].ShouldBe(-hedge.Cost.Total, 1e-6);
        hedge.Cost.Total.ShouldBe(72, 1e-9); // 6 bp of 120,000
        hedge.Complete.ShouldBeTrue();
    }

    [Fact]
    public void An_option_whose_volatility_nobody_quoted_is_not_hedged_with_and_named()
    {
        var venue = new TestVenue();
        int account = venue.Open();
        venue.Deposit(account, venue.Btc, 1);
        venue.Mark(venue.BtcCall, 60_500m, 0.6);

        UnderlyingReport hedge = HedgeDesk.Propose(Book(venue, account), HedgePlan.Usual).Hedges.ShouldHaveSingleItem();

        hedge.Skipped.Select(s => s.Instrument).ShouldBe(["BTC_USDC-27MAR26-50000-P", "BTC-27MAR26-60000-C", "BTC-27MAR26-40000-P"]);
        hedge.Skipped.ShouldAllBe(s => s.Why.Contains("volatility"));
    }

    [Fact]
    public void Staked_coins_are_hedged_with_the_coin_they_follow()
    {
        var venue = new TestVenue();
        int account = venue.Open();
        venue.Deposit(account, venue.Steth, 10);

        HedgeReport report = HedgeDesk.Propose(Book(venue, account), HedgePlan.Usual);

        UnderlyingReport hedge = report.Hedges.ShouldHaveSingleItem();
        hedge.Underlying.ShouldBe("ETH");
        hedge.Trades.ShouldHaveSingleItem().Instrument.ShouldBe("ETH_USDC-PERPETUAL");
        Math.Abs(hedge.After.Delta).ShouldBeLessThanOrEqualTo(15.1); // half a lot of 0.01 ETH
    }

    [Fact]
    public void Desks_proposals_keep_the_law_on_random_books()
    {
        HedgePlan plan = Plan("""
            {"bands":[
              {"underlying":"BTC","greek":"delta","lower":-500,"upper":500},
              {"underlying":"BTC","greek":"gamma","lower":-100,"upper":100},
              {"underlying":"BTC","greek":"vega","lower":-50,"upper":50}]}
            """);
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var venue = new TestVenue();
            venue.Mark(venue.BtcCall, 60_500m, 0.6);
            venue.Mark(venue.BtcPut, 60_500m, 0.65);
            venue.Mark(venue.BtcInverseCall, 60_500m, 0.6);
            var chance = new Chance(seed);
            HedgeReport report = HedgeDesk.Propose(Book(venue, chance.Account(venue), chance.Account(venue), chance.Account(venue)), plan);
            foreach (BandReport band in report.Hedges.SelectMany(h => h.Bands))
            {
                band.BreachAfter.ShouldBeLessThanOrEqualTo(band.BreachBefore, $"seed {seed} {band}");
                (band.Obstacle is null).ShouldBe(band.BreachAfter == 0, $"seed {seed} {band}");
            }
        }
    }

    [Theory]
    [InlineData("[]", "plan")]
    [InlineData("""{"colour":1}""", "colour")]
    [InlineData("""{"bands":[{"underlying":"BTC","greek":"rho"}]}""", "plan.bands[0].greek")]
    [InlineData("""{"bands":[{"underlying":"BTC","greek":"delta","lower":2,"upper":1}]}""", "plan.bands[0].lower")]
    [InlineData("""{"bands":[{"underlying":"BTC","greek":"delta"},{"underlying":"BTC","greek":"delta"}]}""", "two bands")]
    [InlineData("""{"bands":[{"underlying":"XRP","greek":"delta"}]}""", "XRP")]
    [InlineData("""{"instruments":[{"instrument":"BTC-PERPETUAL","fee":-1}]}""", "plan.instruments[0].fee")]
    [InlineData("""{"instruments":[{"instrument":"XRP-PERPETUAL"}]}""", "XRP-PERPETUAL")]
    [InlineData("""{"instruments":[{"instrument":"BTC-PERPETUAL"},{"instrument":"BTC-PERPETUAL"}]}""", "twice")]
    [InlineData("""{"riskAversion":0}""", "riskAversion")]
    [InlineData("""{"spotMoves":[0.1,0]}""", "spotMoves")]
    [InlineData("""{"spotMoves":[-1]}""", "spotMoves")]
    [InlineData("""{"bands":""", "line 1")]
    public void A_plan_that_means_nothing_is_refused_by_its_field(string json, string part)
    {
        var venue = new TestVenue();
        HedgeBook book = Book(venue, venue.Open());

        Should.Throw<InputException>(() => HedgeDesk.Propose(book, Plan(json))).Message.ShouldContain(part);
    }

    private static HedgePlan Plan(string json) => HedgePlan.FromJson(Encoding.UTF8.GetBytes(json));

    private static HedgeBook Book(TestVenue venue, params int[] accounts) => HedgeBook.Of(accounts, venue.Positions, venue.Money, venue.Model, venue.Market);
}
