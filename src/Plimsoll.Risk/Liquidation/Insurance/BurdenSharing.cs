using System.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Insurance;

/// <summary>Somebody who bears a part of a burden.</summary>
/// <param name="Weight">In proportion to which he bears it, above 0 and finite.</param>
/// <param name="Most">The most he can bear, in smallest units, not below 0.</param>
public readonly record struct BurdenBearer(double Weight, Int128 Most);

/// <summary>
/// Shares a burden in proportion to weights, exact to the unit.
/// </summary>
/// <remarks>
/// (1) Weights become whole numbers of 2⁻⁶⁰ of the largest. (2) Each bears ⌊burden × weight ÷ weights⌋, but no more than he
/// can; what those who reached their limit leave is shared among the others in the same way. (3) The units that rounding
/// leaves go one each to the first in the list who have room.
/// </remarks>
public static class BurdenSharing
{
    /// <summary>What each bears, in the order given; together the burden, or all they can bear where that is less.</summary>
    /// <exception cref="InputException">A weight or a limit out of its range.</exception>
    public static Int128[] Share(IReadOnlyList<BurdenBearer> bearers, Int128 burden)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(burden);
        foreach (BurdenBearer bearer in bearers)
        {
            if (!(bearer.Weight > 0) || !double.IsFinite(bearer.Weight)) throw new InputException("weight", $"found {bearer.Weight}, expected a number above 0");
            if (bearer.Most < 0) throw new InputException("most", $"found {bearer.Most}, expected 0 or more");
        }

        Int128[] parts = new Int128[bearers.Count];
        Int128[] weights = Whole(bearers);
        List<int> open = [.. Enumerable.Range(0, parts.Length).Where(i => bearers[i].Most > 0)];
        Int128 left = burden;
        while (left > 0 && open.Count > 0)
        {
            BigInteger all = BigInteger.Zero;
            foreach (int i in open) all += weights[i];
            Int128 whole = left;
            foreach (int i in open) left -= Give(i, (Int128)((BigInteger)whole * weights[i] / all));

            // Nobody reached his limit: what is left is what rounding left, less than one unit each.
            if (open.RemoveAll(i => parts[i] == bearers[i].Most) > 0) continue;
            foreach (int i in open) left -= Give(i, left > 0 ? 1 : 0);
            open.RemoveAll(i => parts[i] == bearers[i].Most);
        }

        return parts;

        Int128 Give(int i, Int128 wanted)
        {
            Int128 given = Int128.Min(wanted, bearers[i].Most - parts[i]);
            parts[i] += given;

            return given;
        }
    }

    private static Int128[] Whole(IReadOnlyList<BurdenBearer> bearers)
    {
        double largest = 0;
        foreach (BurdenBearer bearer in bearers) largest = Math.Max(largest, bearer.Weight);
        Int128[] weights = new Int128[bearers.Count];
        for (int i = 0; i < weights.Length; i++) weights[i] = Math.Max(1, (long)(bearers[i].Weight / largest * (1L << 60)));

        return weights;
    }
}
