using Plimsoll.Units;

namespace Plimsoll.Markets.Depth;

/// <summary>A price at which somebody waits.</summary>
/// <param name="Price">In quote units, above 0.</param>
/// <param name="Size">Coins, above 0.</param>
public readonly record struct DepthLevel(double Price, double Size);

/// <summary>What a market shows: bids downwards and asks upwards from the middle. It never changes.</summary>
public sealed class DepthBook
{
    private readonly DepthLevel[] bids;
    private readonly DepthLevel[] asks;

    /// <summary>A book.</summary>
    /// <param name="bids">Best first, prices strictly falling.</param>
    /// <param name="asks">Best first, prices strictly rising.</param>
    /// <exception cref="InputException">A side is empty, out of order, crossed, or has a number that is not above 0 and finite.</exception>
    public DepthBook(IEnumerable<DepthLevel> bids, IEnumerable<DepthLevel> asks)
    {
        (this.bids, this.asks) = ([.. bids], [.. asks]);
        Check(this.bids, "bids", -1);
        Check(this.asks, "asks", 1);
        if (this.bids[0].Price >= this.asks[0].Price) throw new InputException("depth", $"the best bid {this.bids[0].Price} is not under the best ask {this.asks[0].Price}");
    }

    /// <summary>Who buys, best first.</summary>
    public ReadOnlySpan<DepthLevel> Bids => bids;

    /// <summary>Who sells, best first.</summary>
    public ReadOnlySpan<DepthLevel> Asks => asks;

    /// <summary>Halfway between best bid and best ask.</summary>
    public double Mid => bids[0].Price + ((asks[0].Price - bids[0].Price) / 2);

    /// <summary>The side an order takes from: bids for a sale, asks for a purchase.</summary>
    /// <param name="sign">The order's sign: + buys.</param>
    public ReadOnlySpan<DepthLevel> Against(int sign) => sign < 0 ? bids : asks;

    private static void Check(DepthLevel[] levels, string side, int direction)
    {
        if (levels.Length == 0) throw new InputException($"depth {side}", "expected at least one level");
        for (int i = 0; i < levels.Length; i++)
        {
            if (!(levels[i].Price > 0) || !double.IsFinite(levels[i].Price)) throw new InputException($"depth {side}[{i}].price", $"found {levels[i].Price}, expected a number above 0");
            if (!(levels[i].Size > 0) || !double.IsFinite(levels[i].Size)) throw new InputException($"depth {side}[{i}].size", $"found {levels[i].Size}, expected a number above 0");
            if (i > 0 && (levels[i].Price - levels[i - 1].Price) * direction <= 0) throw new InputException($"depth {side}[{i}].price", "the prices do not lead away from the middle");
        }
    }
}
