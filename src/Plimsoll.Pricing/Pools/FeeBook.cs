using Plimsoll.Units;

namespace Plimsoll.Pricing.Pools;

/// <summary>
/// Which fees were earned inside which range: the fee accounting of a Uniswap v3 pool for one of its two assets, in whole
/// units of liquidity and whole smallest units of the asset.
/// <list type="number">
/// <item>One global sum of fees per unit of liquidity grows with every fee.</item>
/// <item>Each tick at which a range ends keeps what grew on its far side, seen from the current tick; crossing it turns
/// that into what grew on the other side.</item>
/// <item>Growth inside a range is the global sum less what grew below its lower and above its upper end; a position is
/// owed its liquidity times the growth inside since it was last asked.</item>
/// </list>
/// </summary>
/// <remarks>
/// Laws: what all positions together are owed never exceeds what was paid in, and falls short of it by less than one
/// smallest unit for each position and each time it was asked, and 2⁻¹²⁸ of a unit for each unit of liquidity and fee. A
/// tick lies inside a range from its lower end up to, but not including, its upper end.
/// </remarks>
public sealed class FeeBook
{
    private readonly SortedDictionary<int, (Int128 Net, Int128 Gross, FeeGrowth Outside)> ends = [];
    private FeeGrowth whole;

    /// <summary>A pool at a tick without liquidity.</summary>
    public FeeBook(int tick) => Tick = tick;

    /// <summary>Where the pool's price lies.</summary>
    public int Tick { get; private set; }

    /// <summary>Liquidity of the ranges the tick lies in.</summary>
    public Int128 Active { get; private set; }

    /// <summary>Adds liquidity to a range, or takes it away.</summary>
    /// <param name="lower">First tick of the range.</param>
    /// <param name="upper">First tick above it, above <paramref name="lower"/>.</param>
    /// <param name="change">Whole units; negative takes away, at most what is there.</param>
    public void Move(int lower, int upper, Int128 change)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(upper, lower);
        End(lower, change, change);
        End(upper, -change, change);
        if (lower <= Tick && Tick < upper) Active += change;
        Law.Holds(Active >= 0, "liquidity in range is never negative");
    }

    /// <summary>Shares a fee among the liquidity in range.</summary>
    /// <returns>Whether there was any; without it nobody earns and the fee must not have been taken.</returns>
    public bool Accrue(Amount fee)
    {
        if (Active <= 0) return false;

        whole += FeeGrowth.Of(fee, Active);

        return true;
    }

    /// <summary>Takes the price to another tick, past every end in between.</summary>
    public void MoveTo(int tick)
    {
        (int low, int high, int way) = tick > Tick ? (Tick, tick, 1) : (tick, Tick, -1);
        foreach ((int at, (Int128 net, Int128 gross, FeeGrowth outside)) in ends.Where(e => e.Key > low && e.Key <= high).ToArray())
        {
            ends[at] = (net, gross, whole - outside);
            Active += way * net;
        }

        Tick = tick;
    }

    /// <summary>
    /// Fees per unit of liquidity inside a range, counted from an arbitrary beginning: only the difference of two readings
    /// means something.
    /// </summary>
    /// <exception cref="ArgumentException">No liquidity has ever ended there.</exception>
    public FeeGrowth Inside(int lower, int upper)
    {
        if (!ends.TryGetValue(lower, out var low) || !ends.TryGetValue(upper, out var high)) throw new ArgumentException($"No range from {lower} to {upper} is known.", nameof(lower));

        FeeGrowth below = Tick >= lower ? low.Outside : whole - low.Outside;
        FeeGrowth above = Tick < upper ? high.Outside : whole - high.Outside;

        return whole - below - above;
    }

    private void End(int tick, Int128 net, Int128 gross)
    {
        // By convention all growth so far happened below a tick that nobody used: only differences are ever paid.
        (Int128 Net, Int128 Gross, FeeGrowth Outside) end = ends.GetValueOrDefault(tick, (0, 0, tick <= Tick ? whole : default));
        Law.Holds(end.Gross + gross >= 0, "no more liquidity is taken away than is there");
        ends[tick] = (end.Net + net, end.Gross + gross, end.Outside);
    }
}
