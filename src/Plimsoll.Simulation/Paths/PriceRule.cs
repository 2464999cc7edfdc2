using Plimsoll.Units;

namespace Plimsoll.Simulation.Paths;

/// <summary>How an asset without prices of its own is priced: fixed, or led by another asset.</summary>
/// <remarks>
/// The price at a moment is <c>start × (leader ÷ leader at the first tick)^beta</c>, then times
/// <c>1 − discount − widening × fall</c>, where fall is how far the leader lies below its first price, 0 to 1: a claim on
/// a staked coin sells at a discount that widens as everyone sells. Without a leader the price is the start.
/// </remarks>
public sealed record PriceRule
{
    private PriceRule(AssetId asset) => Asset = asset;

    /// <summary>The asset priced.</summary>
    public AssetId Asset { get; }

    /// <summary>The asset it is led by; none for a fixed price.</summary>
    public AssetId? Leader { get; private init; }

    /// <summary>Share of the leader's log return it takes.</summary>
    public double Beta { get; private init; } = 1;

    /// <summary>The price at the first tick before any discount; none means the leader's own first price.</summary>
    public decimal? Start { get; private init; }

    /// <summary>Constant part missing from the leader's price, 0 to below 1.</summary>
    public decimal Discount { get; private init; }

    /// <summary>Further part missing for each whole fall of the leader.</summary>
    public decimal Widening { get; private init; }

    /// <summary>An asset whose price stands still: a stablecoin that keeps its promise.</summary>
    public static PriceRule Fixed(AssetId asset, decimal price) => new(asset) { Start = new Price(price).Value };

    /// <summary>An asset that takes a share of another's log returns.</summary>
    /// <param name="asset">The asset priced.</param>
    /// <param name="leader">The asset it is led by.</param>
    /// <param name="beta">Share of the leader's log return; −5 to 5.</param>
    /// <param name="start">Its price at the first tick.</param>
    /// <exception cref="InputException">A parameter lies outside its range.</exception>
    public static PriceRule Following(AssetId asset, AssetId leader, double beta, decimal start)
    {
        if (!double.IsFinite(beta) || Math.Abs(beta) > 5) throw new InputException($"rule {asset} beta", $"found {beta}, expected -5 to 5");

        return new(asset) { Leader = leader, Beta = beta, Start = new Price(start).Value };
    }

    /// <summary>A claim on another asset that sells below it.</summary>
    /// <param name="asset">The asset priced.</param>
    /// <param name="leader">The asset it is a claim on.</param>
    /// <param name="discount">Constant part missing; 0 to below 1.</param>
    /// <param name="widening">Further part missing for each whole fall of the leader; with the discount below 1.</param>
    /// <exception cref="InputException">A parameter lies outside its range.</exception>
    public static PriceRule Discounted(AssetId asset, AssetId leader, decimal discount, decimal widening = 0)
    {
        if (discount < 0 || widening < 0 || discount + widening >= 1)
            throw new InputException($"rule {asset} discount", $"found {discount} and widening {widening}, expected 0 or more and together below 1");

        return new(asset) { Leader = leader, Discount = discount, Widening = widening };
    }
}
