using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.WhatIf;

namespace Plimsoll.Risk.Tests;

public class ThresholdLaws
{
    [Fact]
    public void At_every_end_the_account_is_on_the_line_and_just_inside_below_it()
    {
        int ends = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            var venue = new TestVenue();
            WhatIfBook book = WhatIfBook.Of(new Chance(seed).Account(venue), venue.Positions, venue.Money);
            foreach (AssetIndex asset in new[] { venue.Btc, venue.Eth, venue.Doge })
            {
                PriceThresholds found = LiquidationPrice.Thresholds(book, asset, venue.Market, venue.Model);
                foreach (MarginLine line in Enum.GetValues<MarginLine>())
                {
                    foreach (PriceInterval under in found[line].Under)
                    {
                        if (under.From is { } from) Check(from, 1 + 1e-9);
                        if (under.To is { } to) Check(to, 1 - 1e-9);
                    }

                    void Check(double price, double beyond)
                    {
                        ends++;
                        HealthAt(venue, book, asset, price, line).ShouldBeGreaterThanOrEqualTo(-1e-6, $"seed {seed} {line}");
                        HealthAt(venue, book, asset, price * beyond, line).ShouldBeLessThan(0, $"seed {seed} {line}");
                    }
                }
            }
        }

        ends.ShouldBeGreaterThan(150);
    }

    [Fact]
    public void No_price_of_a_fine_grid_is_on_the_wrong_side()
    {
        for (ulong seed = 100; seed < 130; seed++)
        {
            var venue = new TestVenue();
            WhatIfBook book = WhatIfBook.Of(new Chance(seed).Account(venue), venue.Positions, venue.Money);
            LineThresholds found = LiquidationPrice.Thresholds(book, venue.Btc, venue.Market, venue.Model).Maintenance;
            for (double ratio = 0.05; ratio < 8; ratio *= 1.003)
            {
                double price = 60_000 * ratio;
                double health = HealthAt(venue, book, venue.Btc, price, MarginLine.Maintenance);
                bool under = found.Under.Any(u => (u.From is null || price > u.From) && (u.To is null || price < u.To));
                if (Math.Abs(health) > 1e-6) under.ShouldBe(health < 0, $"seed {seed} at {price}");
            }
        }
    }

    /// <summary>Options bought and aged: under water around the strikes, healed by a large move either way.</summary>
    [Fact]
    public void A_book_of_options_can_be_liquidatable_between_two_healthy_prices()
    {
        var venue = new TestVenue(p => TestVenue.Flat(p, 0m));
        int holder = venue.Open();
        venue.Deposit(holder, venue.Usdc, 2_000);
        venue.Trade(holder, venue.BtcPut, 1, venue.Responses.UnitValues[venue.BtcPut.Value]);
        venue.Trade(holder, venue.BtcCall, 1, venue.Responses.UnitValues[venue.BtcCall.Value]);
        venue.Market.MoveTo(TestVenue.Start + TimeSpan.FromDays(60));
        venue.Responses.Rebuild(venue.Market);

        PriceThresholds found = LiquidationPrice.Thresholds(WhatIfBook.Of(holder, venue.Positions, venue.Money), venue.Btc, venue.Market, venue.Model);

        found.Maintenance.State.ShouldBe(ThresholdState.Already);
        PriceInterval under = found.Maintenance.Under.ShouldHaveSingleItem();
        under.From!.Value.ShouldBeInRange(20_000, 50_000);
        under.To!.Value.ShouldBeInRange(60_000, 100_000);
    }

    /// <summary>A narrow well around a strike far away, an hour before expiry: less than 2 % wide, both sides of it healthy.</summary>
    [Fact]
    public void A_stretch_much_narrower_than_a_step_of_the_grid_is_found_at_its_strike()
    {
        var catalog = new Catalog();
        var fixture = new NarrowWell(catalog);

        PriceThresholds found = LiquidationPrice.Thresholds(fixture.Book, fixture.Coin, fixture.Market, fixture.Model);

        found.Maintenance.State.ShouldBe(ThresholdState.Several);
        PriceInterval under = found.Maintenance.Under.ShouldHaveSingleItem();
        under.From!.Value.ShouldBeInRange(72_900, 73_000);
        under.To!.Value.ShouldBeInRange(73_000, 73_100);
    }

    [Fact]
    public void A_price_nothing_hangs_on_answers_none_or_at_any_price()
    {
        var venue = new TestVenue();
        int healthy = venue.Open();
        venue.Deposit(healthy, venue.Usdc, 10);
        int sunk = venue.Open();
        venue.Deposit(sunk, venue.Usdc, -10);

        LiquidationPrice.Thresholds(WhatIfBook.Of(healthy, venue.Positions, venue.Money), venue.Doge, venue.Market, venue.Model).Maintenance.State.ShouldBe(ThresholdState.None);
        LineThresholds already = LiquidationPrice.Thresholds(WhatIfBook.Of(sunk, venue.Positions, venue.Money), venue.Doge, venue.Market, venue.Model).Maintenance;
        already.State.ShouldBe(ThresholdState.Already);
        already.Under.ShouldBe([new PriceInterval(null, null)]);
    }

    [Fact]
    public void Lines_nest_what_is_below_maintenance_is_below_target_and_initial()
    {
        for (ulong seed = 200; seed < 240; seed++)
        {
            var venue = new TestVenue();
            PriceThresholds found = LiquidationPrice.Thresholds(WhatIfBook.Of(new Chance(seed).Account(venue), venue.Positions, venue.Money), venue.Btc, venue.Market, venue.Model);
            Inside(found.Maintenance, found.Target, seed);
            Inside(found.Target, found.Initial, seed);
        }
    }

    private static void Inside(LineThresholds inner, LineThresholds outer, ulong seed)
    {
        foreach (PriceInterval stretch in inner.Under)
        {
            outer.Under.ShouldContain(
                o => (o.From ?? 0) <= (stretch.From ?? 0) + 1e-6 && (o.To ?? double.MaxValue) >= (stretch.To ?? double.MaxValue) - 1e-6,
                $"seed {seed} {inner.Line} {stretch}");
        }
    }

    private static double HealthAt(TestVenue venue, WhatIfBook book, AssetIndex asset, double price, MarginLine line)
    {
        double ratio = price / venue.Market.PriceOf(asset);
        MarketShift shift = MarketShift.Of(venue.Catalog, [new PriceMove(asset, ratio)], [], TimeSpan.Zero);

        return new WhatIfDesk(venue.Market, venue.Model, venue.Responses).Verdict(book, shift).Health(line);
    }
}
