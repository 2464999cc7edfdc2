using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Breakers;

/// <summary>A limit order in a batch.</summary>
/// <param name="Owner">Whose; nobody trades with himself: what his own orders would trade with one another stands aside.</param>
/// <param name="Lots">Signed: + buys. Not 0.</param>
/// <param name="Limit">The most a buyer pays, the least a seller takes.</param>
public readonly record struct BatchOrder(int Owner, long Lots, decimal Limit);

/// <summary>A trade of a batch.</summary>
/// <param name="Buy">Which of the orders buys.</param>
/// <param name="Sell">Which sells.</param>
/// <param name="Lots">How much, above 0.</param>
public readonly record struct BatchFill(int Buy, int Sell, long Lots);

/// <summary>How a batch crosses.</summary>
/// <param name="Price">The one price; none where nothing crosses.</param>
/// <param name="Lots">What is bought at it, and sold.</param>
/// <param name="Imbalance">What more is bid for than offered at the price, signed.</param>
/// <param name="Fills">Who trades with whom.</param>
public sealed record BatchCross(decimal? Price, Int128 Lots, Int128 Imbalance, ImmutableArray<BatchFill> Fills);

/// <summary>
/// Crosses orders at one price: the one at which most is traded; of several the one that leaves least on one side; of several
/// the one nearest to the reference; of two the lower. Better limits are filled first, equal ones in the order they are given.
/// </summary>
/// <remarks>
/// Bids at a price are the buy orders that would pay it, offers the sell orders that would take it. Both change at limits alone,
/// so that the price lies on a limit, one tick beside one, or at the reference: those are asked, and no others.
/// Source: the uncrossing of opening auctions (Xetra, CME): executable volume, surplus, reference price.
/// </remarks>
public static class BatchAuction
{
    /// <summary>Crosses a batch.</summary>
    /// <param name="orders">In the order of their priority among equal limits.</param>
    /// <param name="reference">The price it is drawn to, above 0.</param>
    /// <param name="tick">The step between prices that are not a limit, above 0.</param>
    /// <exception cref="InputException">An order of nothing, or a price or a tick that is not above 0.</exception>
    public static BatchCross Cross(ReadOnlySpan<BatchOrder> orders, decimal reference, decimal tick)
    {
        if (reference <= 0m) throw new InputException("batch reference", $"found {reference}, expected above 0");
        if (tick <= 0m) throw new InputException("batch tick", $"found {tick}, expected above 0");
        for (int i = 0; i < orders.Length; i++)
        {
            if (orders[i].Lots == 0) throw new InputException($"batch order {i}", "found no lots, expected some");
            if (orders[i].Limit <= 0m) throw new InputException($"batch order {i}", $"found a limit of {orders[i].Limit}, expected above 0");
        }

        long[] left = WithoutOwn(orders);
        int[] buys = Sorted(orders, left, 1);
        int[] sells = Sorted(orders, left, -1);
        if (buys.Length == 0 || sells.Length == 0 || orders[buys[0]].Limit < orders[sells[0]].Limit) return new BatchCross(null, 0, 0, []);

        var bids = new Depth(orders, left, buys);
        var offers = new Depth(orders, left, sells);
        (decimal price, Int128 imbalance) = BestPrice(orders, bids, offers, reference, tick);
        ImmutableArray<BatchFill> fills = Pair(orders, left, buys, sells, price);
        Int128 lots = 0;
        foreach (BatchFill fill in fills) lots += fill.Lots;

        return new BatchCross(fills.IsEmpty ? null : price, lots, imbalance, fills);
    }

    private static (decimal Price, Int128 Imbalance) BestPrice(ReadOnlySpan<BatchOrder> orders, Depth bids, Depth offers, decimal reference, decimal tick)
    {
        (decimal Price, Int128 Volume, Int128 Imbalance, decimal Distance)? best = null;
        foreach (decimal price in Candidates(orders, reference, tick))
        {
            Int128 bid = bids.At(limit => limit >= price), offered = offers.At(limit => limit <= price);
            (decimal Price, Int128 Volume, Int128 Imbalance, decimal Distance) one = (price, Int128.Min(bid, offered), bid - offered, Math.Abs(price - reference));
            if (best is not { } known || IsBetter(one, known)) best = one;
        }

        return (best!.Value.Price, best.Value.Imbalance);
    }

    // Candidates come in ascending order, so that of two that are equal in all the lower stands.
    private static bool IsBetter(
        (decimal Price, Int128 Volume, Int128 Imbalance, decimal Distance) one, (decimal Price, Int128 Volume, Int128 Imbalance, decimal Distance) known)
    {
        if (one.Volume != known.Volume) return one.Volume > known.Volume;
        if (Int128.Abs(one.Imbalance) != Int128.Abs(known.Imbalance)) return Int128.Abs(one.Imbalance) < Int128.Abs(known.Imbalance);

        return one.Distance < known.Distance;
    }

    private static SortedSet<decimal> Candidates(ReadOnlySpan<BatchOrder> orders, decimal reference, decimal tick)
    {
        var prices = new SortedSet<decimal>();
        // A grid too fine to count steps on is as good as none.
        decimal under = tick < 1m && reference > tick * 1e27m ? reference : decimal.Floor(reference / tick) * tick;
        Add(under, prices);
        Add(under + tick, prices);
        foreach (BatchOrder order in orders)
        {
            Add(order.Limit, prices);
            Add(order.Limit - tick, prices);
            Add(order.Limit + tick, prices);
        }

        return prices;

        static void Add(decimal price, SortedSet<decimal> prices)
        {
            if (price > 0m) prices.Add(price);
        }
    }

    /// <summary>Sizes of the orders, less what orders of one owner would trade with one another: at no price is he on both sides then.</summary>
    private static long[] WithoutOwn(ReadOnlySpan<BatchOrder> orders)
    {
        long[] left = new long[orders.Length];
        var own = new SortedDictionary<int, List<int>>();
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = Math.Abs(orders[i].Lots);
            if (!own.TryGetValue(orders[i].Owner, out List<int>? his)) own.Add(orders[i].Owner, his = []);
            his.Add(i);
        }

        foreach (List<int> his in own.Values)
        {
            int[] buys = Sorted(orders, his, 1), sells = Sorted(orders, his, -1);
            for (int b = 0, s = 0; b < buys.Length && s < sells.Length && orders[buys[b]].Limit >= orders[sells[s]].Limit;)
            {
                long lots = Math.Min(left[buys[b]], left[sells[s]]);
                left[buys[b]] -= lots;
                left[sells[s]] -= lots;
                if (left[buys[b]] == 0) b++;
                else s++;
            }
        }

        return left;
    }

    private static int[] Sorted(ReadOnlySpan<BatchOrder> orders, long[] left, int side) => Sorted(orders, Enumerable.Range(0, left.Length).Where(i => left[i] > 0), side);

    /// <summary>One side, the best limit first.</summary>
    private static int[] Sorted(ReadOnlySpan<BatchOrder> orders, IEnumerable<int> among, int side)
    {
        var found = new List<(decimal Key, int At)>();
        foreach (int i in among)
            if (Math.Sign(orders[i].Lots) == side) found.Add((-side * orders[i].Limit, i));
        found.Sort();

        return [.. found.Select(one => one.At)];
    }

    private static ImmutableArray<BatchFill> Pair(ReadOnlySpan<BatchOrder> orders, long[] left, int[] buys, int[] sells, decimal price)
    {
        var fills = ImmutableArray.CreateBuilder<BatchFill>();
        int first = 0;
        foreach (int buy in buys)
        {
            if (orders[buy].Limit < price) break;

            while (left[buy] > 0 && first < sells.Length && orders[sells[first]].Limit <= price)
            {
                int sell = sells[first];
                long lots = Math.Min(left[buy], left[sell]);
                left[buy] -= lots;
                left[sell] -= lots;
                fills.Add(new BatchFill(buy, sell, lots));
                if (left[sell] == 0) first++;
            }
        }

        return fills.ToImmutable();
    }

    /// <summary>Lots of one side, summed from the best limit on.</summary>
    private sealed class Depth
    {
        private readonly decimal[] _limits;
        private readonly Int128[] _sums;

        public Depth(ReadOnlySpan<BatchOrder> orders, long[] left, int[] sorted)
        {
            _limits = new decimal[sorted.Length];
            _sums = new Int128[sorted.Length + 1];
            for (int i = 0; i < sorted.Length; i++)
            {
                _limits[i] = orders[sorted[i]].Limit;
                _sums[i + 1] = _sums[i] + left[sorted[i]];
            }
        }

        /// <summary>What is there of limits that hold; those that hold come first.</summary>
        public Int128 At(Predicate<decimal> holds)
        {
            (int from, int to) = (0, _limits.Length);
            while (from < to)
            {
                int middle = (from + to) / 2;
                if (holds(_limits[middle])) from = middle + 1;
                else to = middle;
            }

            return _sums[from];
        }
    }
}
