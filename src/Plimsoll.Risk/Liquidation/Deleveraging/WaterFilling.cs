using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Deleveraging;

/// <summary>A holder and what stands behind his position.</summary>
/// <param name="Size">Coins held on the side to be reduced, not below 0.</param>
/// <param name="Equity">What stands behind them, in the numeraire; nothing where it is not above 0.</param>
public readonly record struct GearedHolder(double Size, double Equity);

/// <summary>How a reduction is shared.</summary>
/// <param name="Leverage">The leverage nobody exceeds afterwards; +∞ where only those were reduced behind whom nothing stands.</param>
/// <param name="Reductions">Coins taken of each, in the order given.</param>
public sealed record Levelled(double Leverage, double[] Reductions);

/// <summary>
/// Levels leverage: the highest geared are reduced first, all to one leverage l* with Σ max(0, qᵢ − l*·eᵢ ÷ p) = Q. Whoever
/// lies below l* loses nothing. (Rule: arXiv:2603.15963.)
/// </summary>
/// <remarks>
/// Sorted by leverage, the total is a straight line between two neighbours' leverages: the segment is found by walking down,
/// and its line is solved exactly. Holders of equal leverage are levelled together, whatever their order. Those behind whom
/// nothing stands have no leverage to be levelled to: they go first, each in proportion to his size.
/// </remarks>
public static class WaterFilling
{
    /// <summary>Shares a reduction; all is taken of everybody where they hold no more than that.</summary>
    /// <param name="holders">Who can be reduced.</param>
    /// <param name="price">Price of a coin, above 0.</param>
    /// <param name="wanted">Coins to be taken, not below 0.</param>
    /// <exception cref="InputException">A figure out of its range.</exception>
    public static Levelled Reduce(IReadOnlyList<GearedHolder> holders, double price, double wanted)
    {
        if (!(price > 0) || !double.IsFinite(price)) throw new InputException("price", $"found {price}, expected a number above 0");
        if (!(wanted >= 0)) throw new InputException("reduction", $"found {wanted}, expected 0 or more");
        if (holders.Any(h => !(h.Size >= 0) || !double.IsFinite(h.Size) || double.IsNaN(h.Equity))) throw new InputException("holders", "expected sizes of 0 or more and equities");

        double[] room = [.. holders.Select(h => Math.Max(h.Equity, 0) / price)];
        double bare = Enumerable.Range(0, room.Length).Where(i => room[i] == 0).Sum(i => holders[i].Size);
        if (wanted <= bare) return new Levelled(double.PositiveInfinity, [.. holders.Select((h, i) => room[i] == 0 && bare > 0 ? h.Size * (wanted / bare) : 0)]);

        double level = Level(holders, room, wanted - bare);

        return new Levelled(level, [.. holders.Select((h, i) => Math.Max(0, h.Size - (level * room[i])))]);
    }

    /// <summary>The leverage at which so much is taken of those something stands behind.</summary>
    private static double Level(IReadOnlyList<GearedHolder> holders, double[] room, double wanted)
    {
        (double size, double behind) = (0, 0);
        int[] order = [.. Enumerable.Range(0, room.Length).Where(i => room[i] > 0).OrderByDescending(Leverage)];
        for (int k = 0; k < order.Length; k++)
        {
            size += holders[order[k]].Size;
            behind += room[order[k]];
            double level = (size - wanted) / behind;
            if (level >= (k + 1 < order.Length ? Leverage(order[k + 1]) : 0)) return level;
        }

        return 0;

        double Leverage(int i) => holders[i].Size / room[i];
    }
}
