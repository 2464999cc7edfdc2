using System.Numerics;

namespace Plimsoll.Risk.Margin.Rulebooks.Dydx;

/// <summary>
/// The initial margin fraction grows from its base to all of the notional while open interest grows from the lower to the
/// upper cap; maintenance does not move with it. Source: dYdX v4-chain, <c>x/perpetuals/types/liquidity_tier.go</c>,
/// <c>GetAdjustedInitialMarginPpm</c>.
/// </summary>
/// <param name="BasePpm">Initial margin in millionths of the notional.</param>
/// <param name="LowerCap">Open interest up to which the base holds, in whole quote quantums (10⁻⁶ USDC).</param>
/// <param name="UpperCap">Open interest from which all of the notional is asked for; 0 turns the scaling off.</param>
public readonly record struct OpenInterestScaling(BigInteger BasePpm, BigInteger LowerCap, BigInteger UpperCap)
{
    /// <summary>One, in millionths.</summary>
    public const int Million = 1_000_000;

    /// <summary>The fraction at an open interest, in millionths, rounded down.</summary>
    /// <param name="openInterest">Open interest in quote quantums.</param>
    public BigInteger AdjustedPpm(BigInteger openInterest)
    {
        if (UpperCap.IsZero || openInterest <= LowerCap) return BasePpm;
        if (openInterest >= UpperCap) return Million;

        return BasePpm + WholeNumbers.FloorDivide((Million - BasePpm) * (openInterest - LowerCap), UpperCap - LowerCap);
    }

    /// <summary>Initial margin of a position, rounded up to whole quote quantums.</summary>
    /// <param name="notional">Notional in quote quantums, without sign.</param>
    /// <param name="openInterest">Open interest in quote quantums.</param>
    public BigInteger InitialMargin(BigInteger notional, BigInteger openInterest) =>
        WholeNumbers.CeilingDivide(notional * AdjustedPpm(openInterest), Million);
}
