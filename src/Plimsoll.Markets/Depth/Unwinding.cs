namespace Plimsoll.Markets.Depth;

/// <summary>What it takes to trade a quantity at once.</summary>
/// <param name="Filled">Coins that found a price, without sign.</param>
/// <param name="Unfilled">Coins that did not: more than the book shows, and no law says what lies beyond.</param>
/// <param name="Cost">What was lost against the middle, in quote units.</param>
/// <param name="Worst">How far from the middle the last coin went, as a part of it.</param>
public readonly record struct UnwindCost(double Filled, double Unfilled, double Cost, double Worst)
{
    /// <summary>The average distance from the middle that was paid, as a part of it; 0 for nothing.</summary>
    /// <param name="mid">The middle.</param>
    public double AverageAt(double mid) => Filled > 0 ? Cost / Filled / mid : 0;
}

/// <summary>
/// Unwinds a quantity into a market, coin by coin.
/// <list type="number">
/// <item>The visible levels are walked; beyond the last the book says nothing better than the last.</item>
/// <item>Each coin goes at the worse of the book's level and the law's move so far: what the book shows can be pulled, and
/// what the law says cannot be had better than by the book.</item>
/// <item>A sale never brings less than nothing.</item>
/// </list>
/// So the cost is never under the book's own nor under the law's, and both marginal and average cost rise with the size.
/// </summary>
public static class Unwinding
{
    /// <summary>The cost of trading a quantity.</summary>
    /// <param name="coins">Signed: + buys, − sells; finite.</param>
    /// <param name="mid">The price the quantity is valued at, above 0.</param>
    /// <param name="book">The visible depth, if any; its distances are taken from its own middle.</param>
    /// <param name="law">The law of impact, if any.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quantity is not finite, or the price not above 0.</exception>
    public static UnwindCost Cost(double coins, double mid, DepthBook? book, ImpactLaw? law)
    {
        if (!double.IsFinite(coins)) throw new ArgumentOutOfRangeException(nameof(coins), coins, "Expected a finite quantity.");
        if (!(mid > 0) || !double.IsFinite(mid)) throw new ArgumentOutOfRangeException(nameof(mid), mid, "Expected a price above 0.");

        var walk = new Walk(law, coins < 0 ? 1 : double.PositiveInfinity);
        double size = Math.Abs(coins);
        double distance = 0;
        foreach (DepthLevel level in book is null ? [] : book.Against(Math.Sign(coins)))
        {
            distance = Math.Abs(level.Price - book!.Mid) / book.Mid;
            walk.Take(Math.Min(size - walk.Done, level.Size), distance);
            if (walk.Done >= size) break;
        }

        if (law is not null && walk.Done < size) walk.Take(size - walk.Done, distance);

        // A law leaves nothing; without one the last digit of the sum of levels is no coin.
        return new UnwindCost(walk.Done, law is null ? Math.Max(0, size - walk.Done) : 0, walk.Sum * mid, walk.Worst);
    }

    /// <summary>The way so far.</summary>
    private struct Walk(ImpactLaw? law, double most)
    {
        public double Done;
        public double Sum;
        public double Worst;

        /// <summary>Takes coins at a level's distance, or at the law's where that is farther.</summary>
        public void Take(double coins, double distance)
        {
            double end = Done + coins;
            distance = Math.Min(distance, most);
            double meets = law is null ? end : Within(law.CoinsFor(distance), end);
            double tops = law is null ? end : Within(law.CoinsFor(most), end);
            Sum += (meets - Done) * distance;
            if (law is not null) Sum += law.Paid(meets, Math.Max(meets, tops));
            if (tops < end) Sum += (end - Math.Max(meets, tops)) * most;
            Worst = Math.Max(Worst, Math.Min(most, law is null ? distance : Math.Max(distance, law.Move(end))));
            Done = end;
        }

        private readonly double Within(double place, double end) => double.IsNaN(place) ? end : Math.Clamp(place, Done, end);
    }
}
