using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Risk.Exposure;

/// <summary>What it is that may fail.</summary>
public enum BucketKind : byte
{
    /// <summary>A contract on a chain: a staking or lending protocol.</summary>
    Protocol = 0,

    /// <summary>Another venue that holds assets or trades.</summary>
    Venue = 1,

    /// <summary>A chain.</summary>
    Chain = 2,

    /// <summary>Whoever promises to redeem an asset.</summary>
    Issuer = 3,

    /// <summary>A source of prices.</summary>
    Oracle = 4,
}

/// <summary>How likely a bucket fails and what is then lost.</summary>
/// <param name="Intensity">Failures a year, 0 to 100.</param>
/// <param name="LossGivenFailure">The part of what is in it that a failure takes, 0 to 1.</param>
public readonly record struct FailureTerms(double Intensity, double LossGivenFailure)
{
    /// <summary>The most failures a year.</summary>
    public const double MaxIntensity = 100;

    /// <summary>Whether both numbers are in their ranges.</summary>
    public bool IsValid => Intensity is >= 0 and <= MaxIntensity && LossGivenFailure is >= 0 and <= 1;
}

/// <summary>What it takes to push a price an oracle reads: its market's law of impact and the move that is enough.</summary>
/// <param name="Move">How far the price must be pushed before the oracle's guards would stop it, above 0 to 1.</param>
/// <param name="DailyVolume">What the oracle's market trades in a day, in the numeraire, above 0.</param>
/// <param name="DailyVolatility">Its volatility of a day, above 0 to 10.</param>
public readonly record struct ManipulationTerms(double Move, double DailyVolume, double DailyVolatility)
{
    /// <summary>Whether all numbers are in their ranges.</summary>
    public bool IsValid => Move is > 0 and <= 1 && DailyVolatility is > 0 and <= 10 && DailyVolume > 0 && double.IsFinite(DailyVolume);

    /// <summary>
    /// What the push costs: by the square-root law it takes Q = V·(m/σ)² to move the price by m, at an average of ⅔·m.
    /// </summary>
    public double Cost => 2.0 / 3 * Move * DailyVolume * (Move / DailyVolatility) * (Move / DailyVolatility);
}

/// <summary>
/// A risk bucket: everything that is lost together when one protocol, venue, chain, issuer or oracle fails.
/// </summary>
/// <remarks>Law: of one kind, nothing is in two buckets; so the buckets of a kind, with what is in none, partition the venue.</remarks>
/// <param name="Id">Its name.</param>
/// <param name="Kind">What may fail.</param>
/// <param name="Assets">Assets in it, wherever they lie.</param>
/// <param name="Instruments">Contracts in it.</param>
/// <param name="Places">Places in it: all that the venue holds there.</param>
/// <param name="Failure">Failure of the contract, issuer or venue itself.</param>
/// <param name="Oracle">Manipulation of the prices it hangs on.</param>
/// <param name="Manipulation">What manipulating costs; none when that is not known, so that it is taken to pay always.</param>
public sealed record RiskBucket(
    BucketId Id,
    BucketKind Kind,
    IReadOnlyList<AssetId> Assets,
    IReadOnlyList<InstrumentId> Instruments,
    IReadOnlyList<Fund> Places,
    FailureTerms Failure,
    FailureTerms Oracle,
    ManipulationTerms? Manipulation = null);
