using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>One asset's price moved by a ratio, and with it every claim on that asset; all else stays where it is.</summary>
internal readonly struct PriceShift
{
    private readonly bool[]? moves;
    private readonly double ratio;

    public PriceShift(Catalog catalog, AssetIndex asset, double ratio)
    {
        this.ratio = ratio;
        moves = new bool[catalog.Assets.Count];
        for (int a = 0; a < moves.Length; a++) moves[a] = LeadsTo(catalog, a, asset.Value);
    }

    private PriceShift(bool[]? moves, double ratio) => (this.moves, this.ratio) = (moves, ratio);

    /// <summary>Nothing moves.</summary>
    public static PriceShift None => default;

    /// <summary>The same assets moved by another ratio.</summary>
    public PriceShift To(double other) => new(moves, other);

    /// <summary>Whether the asset moves.</summary>
    public bool Moves(int asset) => moves is not null && moves[asset];

    /// <summary>What the asset's price is multiplied by.</summary>
    public double Of(int asset) => Moves(asset) ? ratio : 1;

    private static bool LeadsTo(Catalog catalog, int asset, int goal)
    {
        // A chain of claims is at most as long as the list: a loop in the listing must not hang the judge.
        for (int steps = 0; steps <= catalog.Assets.Count; steps++)
        {
            if (asset == goal) return true;
            if (catalog.Assets[asset].Follows is not { } next) return false;
            asset = next.Value;
        }

        return false;
    }
}
