using Plimsoll.Numerics;
using Plimsoll.Risk.Liquidation.Bids;
using Plimsoll.Risk.Liquidation.Spirals;

namespace Plimsoll.Risk.Tests;

public sealed class BidQuoteTests
{
    [Fact]
    public void Into_a_book_alone_a_sale_costs_its_fee_and_half_of_how_far_it_moves_the_price()
    {
        Exit exit = new ExitRoute(1_000_000, 2e-8, 0.001).Of(500_000);

        exit.Book.ShouldBe(500_000, 1e-6);
        exit.Cost.ShouldBe(500_000 * (0.001 + (0.5 * 2e-8 * 500_000)), 1e-6);
        exit.Left.ShouldBe(0, 1e-6);
    }

    [Fact]
    public void Into_a_pool_alone_a_sale_loses_what_the_constant_product_says()
    {
        Exit exit = new ExitRoute(0, 0, 0, 1_000_000).Of(50_000);

        exit.Pool.ShouldBe(50_000, 1e-6);
        exit.Cost.ShouldBe(50_000 - (50_000 / 1.05), 1e-6);
    }

    [Fact]
    public void What_a_liquidator_earns_at_the_best_sale_into_a_pool_is_what_the_spirals_say()
    {
        PoolSale best = new LiquidatorProfit(0.08).BestIntoPool(1_000_000);
        var leg = new BidLeg("ETH", best.Seized, new ExitRoute(0, 0, 0, 1_000_000));

        BidQuote.Of(best.Seized / 1.08, best.Seized, [leg], 0).Profit.ShouldBe(best.Profit, 1e-6);
    }

    [Fact]
    public void No_other_split_of_a_sale_costs_less()
    {
        const ulong Seed = 20260312;
        var chance = new SeededStream(Seed);
        for (int i = 0; i < 300; i++)
        {
            var route = new ExitRoute(1e5 + (1e6 * chance.NextDouble()), 1e-7 * chance.NextDouble(), 0.005 * chance.NextDouble(), 1e6 * chance.NextDouble(), 0.005 * chance.NextDouble());
            double notional = 1 + (1e5 * chance.NextDouble());
            Exit best = route.Of(notional);
            (best.Book + best.Pool + best.Left).ShouldBe(notional, 1e-3, $"seed {Seed}, trial {i}");
            for (int k = 0; k <= 10; k++)
            {
                double book = notional * k / 10;
                double pool = notional - book;
                double cost = (book * (route.BookCost + (0.5 * route.BookImpact * book))) + pool - ((1 - route.PoolFee) * pool / (1 + (pool / route.PoolReserve)));
                best.Cost.ShouldBeLessThanOrEqualTo(cost + 1e-3, $"seed {Seed}, trial {i}, {k} tenths into the book: {route}");
            }
        }
    }

    [Fact]
    public void What_nobody_takes_is_left_and_said()
    {
        Exit exit = new ExitRoute(30_000, 1e-7, 0.001).Of(100_000);

        exit.Book.ShouldBe(30_000, 1e-6);
        exit.Left.ShouldBe(70_000, 1e-6);
        new ExitRoute(0, 0, 0).Of(100).ShouldBe(new Exit(0, 0, 100, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(double.NaN)]
    public void Nothing_to_sell_costs_nothing(double notional) => new ExitRoute(1000, 1e-6, 0.001, 1000).Of(notional).ShouldBe(default);

    [Fact]
    public void A_book_without_end_or_impact_takes_all_of_it()
    {
        Exit exit = new ExitRoute(double.PositiveInfinity, 0, 0.002).Of(1e9);

        exit.Left.ShouldBe(0);
        exit.Cost.ShouldBe(2e6, 1e-3);
    }

    [Fact]
    public void A_larger_part_costs_more_and_a_dearer_bid_earns_less()
    {
        double before = double.MaxValue;
        foreach (double pays in (double[])[80_000, 90_000, 95_000])
        {
            double profit = BidQuote.Of(pays, 100_000, [new BidLeg("BTC", 100_000, new ExitRoute(1e6, 1e-8, 0.001))], 25).Profit;
            profit.ShouldBeLessThan(before);
            before = profit;
        }

        before.ShouldBe(100_000 - 95_000 - 100 - 50 - 25, 1e-6);
    }
}
