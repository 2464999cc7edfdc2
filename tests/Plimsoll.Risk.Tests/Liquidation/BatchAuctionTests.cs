using System.Collections.Immutable;
using Plimsoll.Risk.Liquidation.Breakers;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests.Liquidation;

public class BatchAuctionTests
{
    [Fact]
    public void The_price_is_the_one_at_which_most_is_traded()
    {
        // At 100 ten are bid and four offered, at 101 six and six, at 102 two and nine.
        BatchCross cross = Cross(100m, (1, 2, 102m), (2, 4, 101m), (3, 4, 100m), (4, -4, 100m), (5, -2, 101m), (6, -3, 102m));

        cross.Price.ShouldBe(101m);
        cross.Lots.ShouldBe((Int128)6);
        cross.Imbalance.ShouldBe((Int128)0);
    }

    [Fact]
    public void Of_prices_that_trade_as_much_the_one_that_leaves_least_wins_and_then_the_nearest_to_the_reference()
    {
        // Five trade at any price from 98 to 102; only up to 99 another buyer is left over.
        (int, long, decimal)[] orders = [(1, 5, 102m), (2, 3, 99m), (3, -5, 98m)];

        Cross(90m, orders).Price.ShouldBe(100m);
        Cross(101m, orders).Price.ShouldBe(101m);
        Cross(150m, orders).Price.ShouldBe(102m);
        Cross(101.5m, orders).Price.ShouldBe(101m);
    }

    [Fact]
    public void Better_limits_are_filled_first_and_equal_ones_in_the_order_they_came()
    {
        BatchCross cross = Cross(100m, (1, 3, 100m), (2, 3, 101m), (3, 3, 100m), (4, -5, 100m));

        cross.Fills.ShouldBe([new BatchFill(1, 3, 3), new BatchFill(0, 3, 2)]);
    }

    [Fact]
    public void Nobody_trades_with_himself()
    {
        Cross(100m, (1, 3, 101m), (1, -3, 99m)).Price.ShouldBeNull();
        Cross(100m, (1, 5, 101m), (1, -3, 99m), (2, -2, 100m), (3, -9, 102m)).Fills.ShouldBe([new BatchFill(0, 2, 2)]);
    }

    [Fact]
    public void Nothing_crosses_where_no_buyer_pays_what_a_seller_asks()
    {
        Cross(100m).ShouldBe(new BatchCross(null, 0, 0, []));
        Cross(100m, (1, 3, 99m), (2, -3, 101m)).Price.ShouldBeNull();
        Cross(100m, (1, 3, 99m)).Price.ShouldBeNull();
    }

    [Fact]
    public void What_is_no_order_is_refused()
    {
        Should.Throw<InputException>(() => Cross(0m, (1, 3, 99m)));
        Should.Throw<InputException>(() => Cross(1m, (1, 0, 99m)));
        Should.Throw<InputException>(() => Cross(1m, (1, 1, 0m)));
        Should.Throw<InputException>(() => BatchAuction.Cross([], 1m, 0m));
    }

    [Fact]
    public void Sizes_beyond_a_long_and_a_grid_too_fine_to_count_do_not_overflow()
    {
        long most = long.MaxValue;

        Cross(100m, (1, most, 100m), (2, most, 100m), (3, -most, 100m)).Lots.ShouldBe((Int128)most);
        BatchAuction.Cross([new BatchOrder(1, 1, 1e15m), new BatchOrder(2, -1, 1e15m)], 1e15m, 1e-20m).Price.ShouldBe(1e15m);
    }

    /// <summary>Against the definition: every price on the grid is tried, and none beats the one that was found.</summary>
    [Fact]
    public void No_other_price_on_the_grid_is_better()
    {
        for (ulong seed = 1; seed <= 300; seed++)
        {
            var chance = new Chance(seed);
            BatchOrder[] orders = [.. Enumerable.Range(0, 2 + chance.Below(12)).Select(i => new BatchOrder(i, (chance.Happens(0.5) ? 1 : -1) * (1 + chance.Below(5)), 90 + chance.Below(20)))];
            decimal reference = 85 + chance.Below(30);

            BatchCross cross = BatchAuction.Cross(orders, reference, 1m);

            (long Volume, long Imbalance, decimal Distance, decimal Price)[] all = [.. Enumerable.Range(80, 40).Select(p => Figures(orders, p, reference))];
            (long Volume, long Imbalance, decimal Distance, decimal Price) best = all.OrderByDescending(f => f.Volume).ThenBy(f => f.Imbalance).ThenBy(f => f.Distance).ThenBy(f => f.Price).First();
            if (best.Volume == 0) cross.Price.ShouldBeNull($"seed {seed}");
            else cross.Price.ShouldBe(best.Price, $"seed {seed}");
            cross.Lots.ShouldBe((Int128)best.Volume, $"seed {seed}");
            cross.Fills.ShouldAllBe(fill => orders[fill.Buy].Limit >= cross.Price && orders[fill.Sell].Limit <= cross.Price, $"seed {seed}");
        }
    }

    private static (long Volume, long Imbalance, decimal Distance, decimal Price) Figures(BatchOrder[] orders, decimal price, decimal reference)
    {
        long bid = orders.Where(o => o.Lots > 0 && o.Limit >= price).Sum(o => o.Lots);
        long offered = -orders.Where(o => o.Lots < 0 && o.Limit <= price).Sum(o => o.Lots);

        return (Math.Min(bid, offered), Math.Abs(bid - offered), Math.Abs(price - reference), price);
    }

    private static BatchCross Cross(decimal reference, params (int Owner, long Lots, decimal Limit)[] orders) =>
        BatchAuction.Cross([.. orders.Select(o => new BatchOrder(o.Owner, o.Lots, o.Limit))], reference, 1m);
}
