using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// One asset's price moved by a ratio, and with it every claim on that asset; all else stays where it is, or where a
/// market that is asked about has it.
/// </summary>
internal readonly struct PriceShift
{
    private readonly bool[]? moves;
    private readonly double ratio;
    private readonly MarketShift? beneath;

    public PriceShift(Catalog catalog, AssetIndex asset, double ratio, MarketShift? beneath = null)
    {
        (this.ratio, this.beneath) = (ratio, beneath);
        moves = MovedBy(catalog, asset);
    }

    /// <summary>The market that is asked about, nothing moved further.</summary>
    public PriceShift(MarketShift? beneath) => (ratio, this.beneath) = (1, beneath);

    private PriceShift(bool[]? moves, double ratio, MarketShift? beneath) => (this.moves, this.ratio, this.beneath) = (moves, ratio, beneath);

    /// <summary>Nothing moves.</summary>
    public static PriceShift None => default;

    /// <summary>How much time goes by.</summary>
    public TimeSpan Later => beneath?.Later ?? TimeSpan.Zero;

    /// <summary>The same assets moved by another ratio.</summary>
    public PriceShift To(double other) => new(moves, other, beneath);

    /// <summary>Whether the asset moves.</summary>
    public bool Moves(int asset) => moves is not null && moves[asset];

    /// <summary>What the asset's price is multiplied by.</summary>
    public double Of(int asset) => beneath is null
        ? Moves(asset) ? ratio : 1
        : Moves(asset) ? ratio * beneath.RatioOf(asset) : beneath.RatioOf(asset);

    /// <summary>The volatility of an option on an underlying.</summary>
    public double VolatilityOf(int underlying, double volatility) => beneath is null ? volatility : beneath.VolatilityOf(underlying, volatility);

    /// <summary>By asset: whether it is the one named or a claim on it.</summary>
    public static bool[] MovedBy(Catalog catalog, AssetIndex asset) =>
        [.. Enumerable.Range(0, catalog.Assets.Count).Select(a => LeadsTo(catalog, a, asset.Value))];

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
