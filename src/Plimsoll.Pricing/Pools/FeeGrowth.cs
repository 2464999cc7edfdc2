using System.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Pools;

/// <summary>
/// Fees per unit of liquidity in whole smallest units of one asset, counted in parts of 2⁻¹²⁸ as Uniswap v3 does
/// ("Uniswap v3 Core", 2021, §6.2.2). The door back to money rounds down: nobody is owed what was not paid.
/// </summary>
/// <param name="Parts">Smallest units per unit of liquidity, times 2¹²⁸.</param>
public readonly record struct FeeGrowth(BigInteger Parts)
{
    private const int Bits = 128;

    /// <summary>What a fee adds for each unit of the liquidity it is shared by, rounded down.</summary>
    /// <param name="fee">At least 0.</param>
    /// <param name="liquidity">Whole units of liquidity in range, above 0.</param>
    public static FeeGrowth Of(Amount fee, Int128 liquidity)
    {
        Law.Holds(fee.Sign >= 0 && liquidity > 0, "a fee is paid to somebody");

        return new FeeGrowth(((BigInteger)fee.Units << Bits) / liquidity);
    }

    /// <summary>What so many units of liquidity are owed, rounded down to whole smallest units.</summary>
    /// <param name="liquidity">At least 0.</param>
    public Amount OwedTo(Int128 liquidity)
    {
        Law.Holds(Parts.Sign >= 0 && liquidity >= 0, "fees inside a range only grow");

        return new Amount((Int128)((Parts * liquidity) >> Bits));
    }

    /// <summary>Growth on top of growth.</summary>
    public static FeeGrowth operator +(FeeGrowth left, FeeGrowth right) => new(left.Parts + right.Parts);

    /// <summary>Growth since.</summary>
    public static FeeGrowth operator -(FeeGrowth left, FeeGrowth right) => new(left.Parts - right.Parts);
}
