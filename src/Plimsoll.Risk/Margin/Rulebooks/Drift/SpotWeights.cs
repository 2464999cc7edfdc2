using System.Numerics;

namespace Plimsoll.Risk.Margin.Rulebooks.Drift;

/// <summary>
/// Weights of deposits and borrows in ten-thousandths of their value, in the chain's whole-number arithmetic: each step is
/// rounded down. Large sizes are worth less and cost more, by the square root of the size. Source: Drift protocol-v2,
/// <c>state/spot_market.rs</c> and <c>math/margin.rs</c>, <c>calculate_size_discount_asset_weight</c> and
/// <c>calculate_size_premium_liability_weight</c>.
/// </summary>
/// <param name="Initial">Initial weight, 10⁻⁴.</param>
/// <param name="Maintenance">Maintenance weight, 10⁻⁴.</param>
/// <param name="SizeFactor">"imf factor", 10⁻⁶; 0 for a weight that does not know the size.</param>
/// <param name="Decimals">Decimals of the token.</param>
public readonly record struct SpotWeights(BigInteger Initial, BigInteger Maintenance, BigInteger SizeFactor, int Decimals)
{
    private static readonly BigInteger Million = 1_000_000;

    /// <summary>The venue-wide deposits, in 10⁻⁶ quote units, from which the initial asset weight falls; 0 for never.</summary>
    public BigInteger ScaleStart { get; init; }

    /// <summary>
    /// The weight of a deposit: min(w, 1.1 ÷ (1 + factor × √size)), where the initial w has been scaled by start ÷ deposits once
    /// the venue's deposits reach the start.
    /// </summary>
    /// <param name="size">Tokens in their smallest unit, not below 0.</param>
    /// <param name="depositValue">The venue's deposits of the token, in 10⁻⁶ quote units.</param>
    /// <param name="kind">Which question is asked.</param>
    public BigInteger Asset(BigInteger size, BigInteger depositValue, MarginKind kind)
    {
        BigInteger initial = ScaleStart.IsZero || depositValue < ScaleStart ? Initial : WholeNumbers.FloorDivide(Initial * ScaleStart, depositValue);
        BigInteger weight = Choose(initial, kind);
        if (SizeFactor.IsZero) return weight;

        BigInteger slope = WholeNumbers.FloorDivide(RootOfSize(size) * SizeFactor, 100_000);

        return BigInteger.Min(weight, WholeNumbers.FloorDivide(1_100_000 * (BigInteger)10_000, Million + slope));
    }

    /// <summary>The weight of a borrow: max(w, 0.8 w + factor × √size).</summary>
    /// <param name="size">Tokens in their smallest unit, not below 0.</param>
    /// <param name="kind">Which question is asked.</param>
    public BigInteger Liability(BigInteger size, MarginKind kind)
    {
        BigInteger weight = Choose(Initial, kind);
        if (SizeFactor.IsZero) return weight;

        BigInteger premium = WholeNumbers.FloorDivide(RootOfSize(size) * SizeFactor, 100_000 * Million / 10_000);

        return BigInteger.Max(weight, weight - WholeNumbers.FloorDivide(weight, 5) + premium);
    }

    private BigInteger Choose(BigInteger initial, MarginKind kind) => kind switch
    {
        MarginKind.Initial => initial,
        MarginKind.Fill => WholeNumbers.FloorDivide(initial + Maintenance, 2),
        _ => Maintenance,
    };

    // √(10 × size + 1), the size brought to nine decimals.
    private BigInteger RootOfSize(BigInteger size)
    {
        BigInteger nine = WholeNumbers.FloorDivide(size * BigInteger.Pow(10, 9), BigInteger.Pow(10, Decimals));

        return WholeNumbers.Root((nine * 10) + 1);
    }
}
