using System.Numerics;

namespace Plimsoll.Risk.Margin.Rulebooks.Drift;

/// <summary>What an oracle price is good for; the worst fault found is named.</summary>
public enum OracleValidity : byte
{
    /// <summary>Good for everything.</summary>
    Valid = 0,

    /// <summary>Too old for the automated market maker, good for margin.</summary>
    StaleForAmm = 1,

    /// <summary>Too old for margin.</summary>
    StaleForMargin = 2,

    /// <summary>Its confidence interval is too wide.</summary>
    TooUncertain = 3,

    /// <summary>Too far from its own average.</summary>
    TooVolatile = 4,

    /// <summary>Zero or less.</summary>
    NonPositive = 5,
}

/// <summary>A price as an oracle gives it.</summary>
/// <param name="Price">Price, 10⁻⁶ quote units.</param>
/// <param name="Twap">Its own five-minute average, 10⁻⁶ quote units.</param>
/// <param name="Confidence">Half the confidence interval, 10⁻⁶ quote units.</param>
/// <param name="Delay">Age in slots.</param>
public readonly record struct OracleReading(BigInteger Price, BigInteger Twap, BigInteger Confidence, BigInteger Delay);

/// <summary>
/// Whether an oracle's price may be used. Source: Drift protocol-v2, <c>math/oracle.rs</c>, <c>oracle_validity</c>, in
/// whole-number arithmetic that rounds down.
/// </summary>
/// <param name="TooVolatileRatio">The most the price may be a multiple of its average, or the average of it.</param>
/// <param name="MaxConfidencePpm">The widest confidence interval, in millionths of the price.</param>
/// <param name="ConfidenceMultiplier">By what the market's tier widens it: 1 for the safest.</param>
/// <param name="StaleForMargin">The most slots for margin.</param>
/// <param name="StaleForAmm">The most slots for the automated market maker.</param>
public readonly record struct OracleGuard(
    BigInteger TooVolatileRatio, BigInteger MaxConfidencePpm, BigInteger ConfidenceMultiplier, BigInteger StaleForMargin, BigInteger StaleForAmm)
{
    private static readonly BigInteger Million = 1_000_000;

    /// <summary>What the reading is good for.</summary>
    public OracleValidity Judge(OracleReading reading)
    {
        if (reading.Price.Sign <= 0) return OracleValidity.NonPositive;

        BigInteger high = BigInteger.Max(reading.Price, reading.Twap);
        BigInteger low = BigInteger.Max(BigInteger.Min(reading.Price, reading.Twap), 1);
        if (WholeNumbers.FloorDivide(high, low) > TooVolatileRatio) return OracleValidity.TooVolatile;
        if (WholeNumbers.FloorDivide(reading.Confidence * Million, reading.Price) > MaxConfidencePpm * ConfidenceMultiplier) return OracleValidity.TooUncertain;
        if (reading.Delay > StaleForMargin) return OracleValidity.StaleForMargin;

        return reading.Delay > StaleForAmm ? OracleValidity.StaleForAmm : OracleValidity.Valid;
    }

    /// <summary>How far the venue's own mark lies from the oracle, in millionths of the mark, rounded down.</summary>
    /// <param name="mark">The mark, 10⁻⁶ quote units, above 0.</param>
    /// <param name="oracle">The oracle's price, 10⁻⁶ quote units.</param>
    public static BigInteger SpreadPpm(BigInteger mark, BigInteger oracle) =>
        WholeNumbers.FloorDivide(BigInteger.Abs(mark - oracle) * Million, mark);
}
