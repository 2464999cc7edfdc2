using Plimsoll.Risk.Margin;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests;

public class WhatIfLaws
{
    private const double Near = 1e-9;

    [Fact]
    public void What_if_of_nothing_is_what_is_to_the_last_bit()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            var venue = new TestVenue();
            int account = new Chance(seed).Account(venue);
            var desk = new WhatIfDesk(venue.Market, venue.Model, venue.Responses);
            WhatIfBook book = WhatIfBook.Of(account, venue.Positions, venue.Money);
            MarketShift nowhere = MarketShift.Of(venue.Catalog, [], [], TimeSpan.Zero);

            WhatIfAnswer still = desk.Ask(book, []);
            WhatIfAnswer shifted = desk.Ask(book, [], nowhere);

            still.Before.Verdict.ShouldBe(venue.Judged(account), $"seed {seed}");
            still.After.Verdict.ShouldBe(venue.Judged(account), $"seed {seed}");
            shifted.After.Verdict.ShouldBe(venue.Judged(account), $"seed {seed}");
            shifted.After.Positions.ShouldBe(still.Before.Positions, $"seed {seed}");
            shifted.After.Collateral.ShouldBe(still.Before.Collateral, $"seed {seed}");
            shifted.After.Scenarios.ShouldBe(still.Before.Scenarios, $"seed {seed}");
        }
    }

    [Fact]
    public void What_if_equals_doing_it_in_a_fresh_venue()
    {
        for (ulong seed = 0; seed < 150; seed++)
        {
            var venue = new TestVenue();
            var chance = new Chance(seed);
            int account = chance.Account(venue);
            double fall = Math.Round(chance.Between(-0.5, 0.5), 3);
            int days = chance.Below(200);
            var plan = new WhatIfPlan(venue.Catalog, venue.Market);
            plan.Deposit("BTC", "0.5").Withdraw("USDC", "300").Trade("BTC_USDC-PERPETUAL", "0.25", "59000").Trade("BTC-PERPETUAL", "-5000").Trade("BTC_USDC-27MAR26-60000-C", "-0.2", "4000");
            plan.Price("BTC", $"{fall * 100:0.0}%").Volatility("*", "+7").Days($"{days}");

            Verdict asked = new WhatIfDesk(venue.Market, venue.Model, venue.Responses)
                .Ask(WhatIfBook.Of(account, venue.Positions, venue.Money), [.. plan.Changes.Select(c => c.Change)], plan.Shift).After.Verdict;

            venue.Deposit(account, venue.Btc, 0.5);
            venue.Deposit(account, venue.Usdc, -300);
            venue.Trade(account, venue.BtcPerp, 0.25, 59_000);
            venue.Trade(account, venue.BtcInverse, -5_000, 60_000);
            venue.Trade(account, venue.BtcCall, -0.2, 4_000);
            venue.Price(venue.Btc, 60_000m * (1m + (decimal)fall));
            foreach (InstrumentIndex option in new[] { venue.BtcCall, venue.BtcPut, venue.BtcInverseCall, venue.BtcInversePut })
                venue.Market.Apply(new Markets.Prices.InstrumentQuote(option, null, venue.Market.VolatilityOf(option) + 0.07));
            venue.Market.MoveTo(TestVenue.Start + TimeSpan.FromDays(days));
            venue.Responses.Rebuild(venue.Market);

            Verdict done = venue.Judged(account);
            double tolerance = Near * (1 + done.Notional + Math.Abs(done.Equity));
            asked.Equity.ShouldBe(done.Equity, tolerance, $"seed {seed}");
            asked.InitialHealth.ShouldBe(done.InitialHealth, tolerance, $"seed {seed}");
            asked.TargetHealth.ShouldBe(done.TargetHealth, tolerance, $"seed {seed}");
            asked.MaintenanceHealth.ShouldBe(done.MaintenanceHealth, tolerance, $"seed {seed}");
        }
    }

    [Fact]
    public void A_trade_at_the_mark_changes_no_equity_and_steps_sum_to_the_whole()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            var venue = new TestVenue();
            var chance = new Chance(seed);
            WhatIfBook book = WhatIfBook.Of(chance.Account(venue), venue.Positions, venue.Money);
            var desk = new WhatIfDesk(venue.Market, venue.Model, venue.Responses);
            BookChange[] trades = [.. venue.Catalog.Instruments.Select((terms, i) => (BookChange)new Traded(new InstrumentIndex(i), (chance.Below(9) - 4) * terms.LotSize))];
            MarketShift fallen = MarketShift.Of(venue.Catalog, [new PriceMove(venue.Eth, 0.7)], [], TimeSpan.Zero);

            var steps = desk.Steps(book, trades, fallen);

            double before = desk.Verdict(book, null).Equity;
            foreach (WhatIfStep step in steps[..^1]) step.Verdict.Equity.ShouldBe(before, 1e-6, $"seed {seed}");
            steps[^1].Verdict.ShouldBe(desk.Ask(book, trades, fallen).After.Verdict, $"seed {seed}");
        }
    }

    [Fact]
    public void Closing_everything_leaves_no_position_and_no_requirement()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            var venue = new TestVenue();
            WhatIfBook book = WhatIfBook.Of(new Chance(seed).Account(venue), venue.Positions, venue.Money);
            BookChange[] closes = [.. book.Instruments.ToArray().Select(i => (BookChange)new Resized(new InstrumentIndex(i), 0m))];

            WhatIfAnswer answer = new WhatIfDesk(venue.Market, venue.Model, venue.Responses).Ask(book, closes);

            answer.Book.Instruments.IsEmpty.ShouldBeTrue($"seed {seed}");
            answer.After.Verdict.Notional.ShouldBe(0, $"seed {seed}");
            answer.After.Verdict.Equity.ShouldBe(answer.Before.Verdict.Equity, 1e-6, $"seed {seed}");
        }
    }

    [Fact]
    public void A_claim_moves_with_its_asset_unless_it_is_named_itself()
    {
        var venue = new TestVenue();
        MarketShift along = MarketShift.Of(venue.Catalog, [new PriceMove(venue.Eth, 0.8)], [], TimeSpan.Zero);
        MarketShift alone = MarketShift.Of(venue.Catalog, [new PriceMove(venue.Eth, 0.8), new PriceMove(venue.Steth, 0.5)], [], TimeSpan.Zero);

        along.RatioOf(venue.Steth.Value).ShouldBe(0.8);
        alone.RatioOf(venue.Steth.Value).ShouldBe(0.5);
        alone.RatioOf(venue.Btc.Value).ShouldBe(1);
    }

    [Theory]
    [InlineData("BTC", "-100%")]
    [InlineData("BTC", "0")]
    [InlineData("BTC", "NaN")]
    [InlineData("BTC", "1e9")]
    [InlineData("BTC", "")]
    [InlineData("XXX", "-20%")]
    [InlineData("", "-20%")]
    public void A_price_that_is_none_is_refused(string asset, string move)
    {
        var venue = new TestVenue();

        Should.Throw<InputException>(() => new WhatIfPlan(venue.Catalog, venue.Market).Price(asset, move));
    }

    [Fact]
    public void A_price_moved_twice_and_a_time_out_of_range_are_refused()
    {
        var venue = new TestVenue();

        Should.Throw<InputException>(() => new WhatIfPlan(venue.Catalog, venue.Market).Price("BTC", "-20%").Price("BTC", "50000").Shift);
        Should.Throw<InputException>(() => new WhatIfPlan(venue.Catalog, venue.Market).Days("-1"));
        Should.Throw<InputException>(() => new WhatIfPlan(venue.Catalog, venue.Market).Volatility("*", "-101%"));
        Should.Throw<InputException>(() => new Traded(venue.BtcInverse, 15m).Apply(WhatIfBook.Empty, venue.Market, venue.Model));
    }
}
