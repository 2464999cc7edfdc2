using Plimsoll.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Markets.Oracles;

/// <summary>
/// What it takes to push a time-weighted average: of N blocks an attacker holds n, and wants the average at a multiple of
/// its true value. (Mackinga, Nadahalli and Wattenhofer, "TWAP Oracle Attacks: Easier Done than Said?", 2022.)
/// </summary>
public static class TwapManipulation
{
    private static readonly double LogOfTen = Exact.Log(10);

    /// <summary>By how much the spot price must be multiplied in each held block when the average is geometric: target^(N/n); +∞ beyond what a double holds.</summary>
    /// <param name="target">The multiple wanted, above 0.</param>
    /// <param name="blocks">N, at least 1.</param>
    /// <param name="held">n, 1 to N.</param>
    /// <exception cref="InputException">A figure out of its range.</exception>
    public static double Geometric(double target, int blocks, int held) => Exact.Exp(LogGeometric(target, blocks, held));

    /// <summary>The common logarithm of the same, which stays a number however absurd the ratio.</summary>
    /// <inheritdoc cref="Geometric"/>
    public static double GeometricDecades(double target, int blocks, int held) => LogGeometric(target, blocks, held) / LogOfTen;

    /// <summary>The same when the average is arithmetic: 1 + (target − 1)·N/n; none where no price above 0 pulls the average so far down.</summary>
    /// <inheritdoc cref="Geometric"/>
    public static double? Arithmetic(double target, int blocks, int held)
    {
        Check(target, blocks, held);
        double ratio = 1 + ((target - 1) * blocks / held);

        return ratio > 0 ? ratio : null;
    }

    /// <summary>Quote coins that move a full-range constant-product pool from one price to another: L·(√P′ − √P), negative where coins come out.</summary>
    /// <param name="liquidity">L, not below 0.</param>
    /// <param name="from">P, above 0.</param>
    /// <param name="to">P′, above 0.</param>
    /// <exception cref="InputException">A figure out of its range.</exception>
    public static double Capital(double liquidity, double from, double to)
    {
        if (!(liquidity >= 0) || !(from > 0) || !(to > 0)) throw new InputException("pool", "expected a liquidity of 0 or more and prices above 0");

        return liquidity * (Math.Sqrt(to) - Math.Sqrt(from));
    }

    private static double LogGeometric(double target, int blocks, int held)
    {
        Check(target, blocks, held);

        return Exact.Log(target) * blocks / held;
    }

    private static void Check(double target, int blocks, int held)
    {
        if (!(target > 0) || !double.IsFinite(target)) throw new InputException("target", $"found {target}, expected a number above 0");
        if (held < 1 || blocks < held) throw new InputException("blocks", $"found {held} of {blocks}, expected at least one and no more than there are");
    }
}
