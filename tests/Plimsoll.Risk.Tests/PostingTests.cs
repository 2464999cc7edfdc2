using Plimsoll.Risk.Efficiency;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests;

public class PostingTests
{
    [Fact]
    public void What_is_posted_restores_the_line_and_a_hundredth_less_does_not()
    {
        int solved = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            var venue = new TestVenue();
            WhatIfBook book = WhatIfBook.Of(new Chance(seed).Account(venue, leverage: 12), venue.Positions, venue.Money);
            var desk = new WhatIfDesk(venue.Market, venue.Model, venue.Responses);
            if (desk.Verdict(book, null).InitialHealth >= 0) continue;

            PostingPlan plan = PostingPlanner.Solve(Problem(venue, book), desk, venue.Catalog);

            solved++;
            plan.IsReached.ShouldBeTrue($"seed {seed}: short by {plan.Short[0]}");
            WhatIfBook after = book, less = book;
            foreach (PostingMove move in plan.Moves)
            {
                double coins = venue.Catalog[move.Asset].Scale.ToModel(move.Amount);
                after = after.WithCoins(move.Asset, coins);
                less = less.WithCoins(move.Asset, 0.99 * coins);
            }

            desk.Verdict(after, null).InitialHealth.ShouldBeGreaterThanOrEqualTo(0, $"seed {seed}");
            desk.Verdict(less, null).InitialHealth.ShouldBeLessThan(0, $"seed {seed}");
        }

        solved.ShouldBeGreaterThan(15);
    }

    [Fact]
    public void No_single_coin_and_no_even_mix_of_two_is_cheaper()
    {
        int solved = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            var venue = new TestVenue();
            WhatIfBook book = WhatIfBook.Of(new Chance(seed).Account(venue, leverage: 12), venue.Positions, venue.Money);
            var desk = new WhatIfDesk(venue.Market, venue.Model, venue.Responses);
            if (desk.Verdict(book, null).InitialHealth >= 0) continue;

            PostingProblem problem = Problem(venue, book);
            double best = PostingPlanner.Solve(problem, desk, venue.Catalog).CostPerYear;
            solved++;
            foreach (PostingOffer one in problem.Offers)
            {
                foreach (PostingOffer other in problem.Offers)
                {
                    if (CostOf(venue, desk, book, one, other) is { } cost) best.ShouldBeLessThanOrEqualTo((cost * (1 + 1e-6)) + 0.01, $"seed {seed}: {one.Asset} and {other.Asset}");
                }
            }
        }

        solved.ShouldBeGreaterThan(8);
    }

    [Fact]
    public void The_cheaper_coin_is_posted_first_and_the_dear_one_fills_up()
    {
        var venue = new TestVenue(p => TestVenue.Flat(p, 0.1m));
        int trader = venue.Open();
        venue.Deposit(trader, venue.Usdc, 1_000);
        venue.Trade(trader, venue.BtcPerp, 1, 60_000);
        var desk = new WhatIfDesk(venue.Market, venue.Model, venue.Responses);
        PostingProblem problem = CheapEther(venue, trader);

        PostingPlan plan = PostingPlanner.Solve(problem, desk, venue.Catalog);

        // 6,000 are required and 1,000 are there: one ether of 3,000, and 2,000 dollars.
        plan.IsReached.ShouldBeTrue();
        plan.Posted.Single(p => p.Asset == venue.Eth).Value.ShouldBe(3_000, 0.01);
        plan.Posted.Single(p => p.Asset == venue.Usdc).Value.ShouldBe(2_000, 0.01);
        plan.CostPerYear.ShouldBe(220, 0.01);
    }

    [Fact]
    public void What_one_account_has_to_spare_goes_to_the_other_before_anything_is_posted()
    {
        var venue = new TestVenue(p => TestVenue.Flat(p, 0.1m));
        int rich = venue.Open(), poor = venue.Open();
        venue.Deposit(rich, venue.Usdc, 4_000);
        venue.Deposit(poor, venue.Usdc, 1_000);
        venue.Trade(poor, venue.BtcPerp, 1, 60_000);
        var desk = new WhatIfDesk(venue.Market, venue.Model, venue.Responses);
        PostingAccount[] owner = [new("rich", WhatIfBook.Of(rich, venue.Positions, venue.Money)), new("poor", WhatIfBook.Of(poor, venue.Positions, venue.Money))];

        PostingPlan together = PostingPlanner.Solve(new PostingProblem { Accounts = owner, Offers = [new PostingOffer(venue.Usdc, null, 0.08)] }, desk, venue.Catalog);
        PostingPlan apart = PostingPlanner.Solve(new PostingProblem { Accounts = owner, Offers = [new PostingOffer(venue.Usdc, null, 0.08)], MayMove = false }, desk, venue.Catalog);

        together.IsReached.ShouldBeTrue();
        together.Posted.ShouldHaveSingleItem().Value.ShouldBe(1_000, 0.01);
        apart.Posted.ShouldHaveSingleItem().Value.ShouldBe(5_000, 0.01);
    }

    [Fact]
    public void Dear_collateral_is_released_for_cheap_only_where_that_is_asked_for()
    {
        var venue = new TestVenue(p => TestVenue.Flat(p, 0.1m));
        int trader = venue.Open();
        venue.Deposit(trader, venue.Usdc, 6_000);
        venue.Trade(trader, venue.BtcPerp, 1, 60_000);
        var desk = new WhatIfDesk(venue.Market, venue.Model, venue.Responses);
        PostingProblem problem = CheapEther(venue, trader);

        PostingPlanner.Solve(problem, desk, venue.Catalog).Moves.ShouldBeEmpty();
        PostingPlan swapped = PostingPlanner.Solve(problem with { MayRelease = true }, desk, venue.Catalog);

        swapped.IsReached.ShouldBeTrue();
        swapped.Posted.Single(p => p.Asset == venue.Eth).Value.ShouldBe(3_000, 0.01);
        swapped.Posted.Single(p => p.Asset == venue.Usdc).Value.ShouldBe(-3_000, 0.01);
        swapped.CostPerYear.ShouldBe(60 - 240, 0.01);
    }

    [Fact]
    public void Where_there_is_not_enough_everything_is_posted_and_what_is_missing_is_said()
    {
        var venue = new TestVenue(p => TestVenue.Flat(p, 0.1m));
        int trader = venue.Open();
        venue.Deposit(trader, venue.Usdc, 1_000);
        venue.Trade(trader, venue.BtcPerp, 1, 60_000);
        var desk = new WhatIfDesk(venue.Market, venue.Model, venue.Responses);
        var problem = new PostingProblem
        {
            Accounts = [new PostingAccount("trader", WhatIfBook.Of(trader, venue.Positions, venue.Money))],
            Offers = [new PostingOffer(venue.Usdc, new Amount(2_000_000_000), 0.08)],
        };

        PostingPlan plan = PostingPlanner.Solve(problem, desk, venue.Catalog);

        plan.IsReached.ShouldBeFalse();
        plan.Posted.ShouldHaveSingleItem().Value.ShouldBe(2_000, 0.01);
        plan.Short[0].ShouldBe(3_000, 0.02);
    }

    [Fact]
    public void What_is_free_is_exact_to_the_unit()
    {
        int cut = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            var venue = new TestVenue();
            WhatIfBook book = WhatIfBook.Of(new Chance(seed).Account(venue), venue.Positions, venue.Money);
            var desk = new WhatIfDesk(venue.Market, venue.Model, venue.Responses);
            foreach (AssetIndex asset in new[] { venue.Usdc, venue.Btc, venue.Steth, venue.Doge })
            {
                AssetScale scale = venue.Catalog[asset].Scale;
                Amount most = FreeCollateral.Most(book, asset, desk, scale);
                if (most.Sign > 0) desk.Verdict(book.WithCoins(asset, -scale.ToModel(most)), null).InitialHealth.ShouldBeGreaterThanOrEqualTo(0, $"seed {seed}");
                Amount more = most + new Amount(1);
                double owned = desk.NetCoins(book, asset);
                if (owned <= 0 || most == scale.FromModel(owned, Rounding.AgainstTheAccount)) continue;
                cut++;
                desk.Verdict(book.WithCoins(asset, -scale.ToModel(more)), null).InitialHealth.ShouldBeLessThan(0, $"seed {seed}");
            }
        }

        cut.ShouldBeGreaterThan(20);
    }

    private static PostingProblem Problem(TestVenue venue, WhatIfBook book) => new()
    {
        Accounts = [new PostingAccount("one", book)],
        Offers =
        [
            new PostingOffer(venue.Usdc, null, 0.09), new PostingOffer(venue.Btc, null, 0.05), new PostingOffer(venue.Eth, null, 0.06),
            new PostingOffer(venue.Steth, null, 0.04), new PostingOffer(venue.Doge, null, 0.03),
        ],
    };

    /// <summary>What it costs to reach the line by two coins of equal worth; none where no amount of them does.</summary>
    /// <summary>Dollars without end at eight per cent a year, one ether at two.</summary>
    private static PostingProblem CheapEther(TestVenue venue, int trader) => new()
    {
        Accounts = [new PostingAccount("trader", WhatIfBook.Of(trader, venue.Positions, venue.Money))],
        Offers = [new PostingOffer(venue.Usdc, null, 0.08), new PostingOffer(venue.Eth, new Amount((Int128)1_000_000_000_000_000_000), 0.02)],
    };

    private static double? CostOf(TestVenue venue, WhatIfDesk desk, WhatIfBook book, PostingOffer one, PostingOffer other)
    {
        double price = venue.Market.PriceOf(one.Asset), otherPrice = venue.Market.PriceOf(other.Asset);
        bool Reaches(double value) => desk.Verdict(book.WithCoins(one.Asset, 0.5 * value / price).WithCoins(other.Asset, 0.5 * value / otherPrice), null).InitialHealth >= 0;
        double high = 1;
        while (!Reaches(high)) if ((high *= 2) > 1e10) return null;
        double low = 0;
        for (int i = 0; i < 80; i++)
        {
            double middle = 0.5 * (low + high);
            if (Reaches(middle)) high = middle;
            else low = middle;
        }

        return high * 0.5 * (one.CostPerYear + other.CostPerYear);
    }
}
