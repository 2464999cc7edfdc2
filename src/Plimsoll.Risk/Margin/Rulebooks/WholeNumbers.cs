using System.Numerics;

namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>Quotients and roots of whole numbers that say which way they round, as rulebooks in whole units state them.</summary>
internal static class WholeNumbers
{
    /// <summary>The quotient rounded towards −∞.</summary>
    public static BigInteger FloorDivide(BigInteger above, BigInteger below)
    {
        BigInteger quotient = BigInteger.DivRem(above, below, out BigInteger rest);

        return !rest.IsZero && rest.Sign != below.Sign ? quotient - 1 : quotient;
    }

    /// <summary>The quotient rounded towards +∞.</summary>
    public static BigInteger CeilingDivide(BigInteger above, BigInteger below) => -FloorDivide(-above, below);

    /// <summary>The whole part of the square root of a number not below 0, by Newton's steps from above.</summary>
    public static BigInteger Root(BigInteger square)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(square);
        if (square < 2) return square;

        BigInteger guess = BigInteger.One << (int)((square.GetBitLength() + 1) / 2);
        while (true)
        {
            BigInteger next = (guess + (square / guess)) >> 1;
            if (next >= guess) return guess;

            guess = next;
        }
    }
}
