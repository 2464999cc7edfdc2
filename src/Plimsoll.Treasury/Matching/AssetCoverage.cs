using System.Numerics;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Matching;

/// <summary>What the venue holds of an asset at one place.</summary>
/// <param name="Place">Where.</param>
/// <param name="Amount">How much; negative where the place is overdrawn.</param>
/// <param name="AvailableAt">When it can be paid out, if it is called now.</param>
public readonly record struct PlaceHolding(Fund Place, Amount Amount, Instant AvailableAt);

/// <summary>What can be paid out of an asset by some hour.</summary>
/// <param name="Hours">Hours from now.</param>
/// <param name="Available">All that is available by then, whether or not it was used before.</param>
/// <param name="Coverage"><paramref name="Available"/> ÷ claims; none where nothing is claimed.</param>
public readonly record struct LadderRung(int Hours, Amount Available, double? Coverage);

/// <summary>
/// One asset's claims against its holdings, in kind: no other asset's surplus is counted, at whatever price.
/// </summary>
/// <param name="Asset">The asset.</param>
/// <param name="Claims">What customers could ask for: the sum of their positive net equities in this asset.</param>
/// <param name="Deficit">What customers owe in this asset, positive; reported, never set against the claims.</param>
/// <param name="Holdings">What the venue holds over all places.</param>
/// <param name="ByPlace">The holdings place by place, in the order of <see cref="Funds.Places"/>.</param>
/// <param name="Hourly">What is available by 0, 1, 4, 24, 72, 168 and 336 hours.</param>
/// <param name="SurvivalHours">
/// Hours until a stressed run has asked for more than has become available, to the microsecond; none if that does not
/// happen within <see cref="HorizonHours"/>.
/// </param>
public sealed record AssetCoverage(
    Asset Asset,
    Amount Claims,
    Amount Deficit,
    Amount Holdings,
    IReadOnlyList<PlaceHolding> ByPlace,
    IReadOnlyList<LadderRung> Hourly,
    double? SurvivalHours)
{
    /// <summary>How far a run is followed: 30 days.</summary>
    public const int HorizonHours = Survival.HorizonHours;

    private static readonly int[] Rungs = [0, 1, 4, 24, 72, 168, 336];

    /// <summary>Holdings ÷ claims, as a model number; none where nothing is claimed.</summary>
    public double? Coverage => Ratio(Holdings, Claims);

    /// <summary>Whether the venue holds at least what is claimed, exactly.</summary>
    public bool IsCovered => Holdings >= Claims;

    /// <summary>Whether the asset outlasts the run.</summary>
    public bool Survives => SurvivalHours is null;

    /// <summary>Sets an asset's claims against what the ledger says the venue holds of it.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="index">Its place in the catalog.</param>
    /// <param name="claims">What customers are owed of it.</param>
    /// <param name="ledger">Where the venue's places are booked.</param>
    /// <param name="rules">How soon each place pays.</param>
    /// <param name="run">The run to survive.</param>
    /// <param name="now">When everything is called and the run begins.</param>
    public static AssetCoverage Measure(
        Asset asset, AssetIndex index, CustomerClaims claims, GeneralLedger ledger, AvailabilityRules rules, StressedRun run, Instant now)
    {
        var places = new PlaceHolding[Funds.Places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            Fund place = Funds.Places[i];
            Amount held = ledger.Held(place, index);
            // A place that is overdrawn is owed for at once, however slow it is to pay.
            places[i] = new PlaceHolding(place, held, held.Sign < 0 ? now : rules.AvailableAt(place, asset.Id, now));
        }

        return Of(asset, claims, places, run, now);
    }

    /// <summary>Sets an asset's claims against holdings whose availability is known.</summary>
    public static AssetCoverage Of(Asset asset, CustomerClaims claims, IReadOnlyList<PlaceHolding> places, StressedRun run, Instant now)
    {
        Amount holdings = Amount.Zero;
        foreach (PlaceHolding place in places) holdings += place.Amount;
        (long, Amount)[] arrivals = [.. places.Select(place => (place.AvailableAt.UnixMicroseconds - now.UnixMicroseconds, place.Amount))];
        long? survival = Survival.Microseconds(claims.Claims, arrivals, run);

        return new AssetCoverage(
            asset, claims.Claims, claims.Deficit, holdings, places, Array.ConvertAll(Rungs, hours => Rung(hours, claims.Claims, places, now)),
            survival / (double)Instant.MicrosecondsPerHour);
    }

    /// <summary>Orders by coverage, exactly: below 0 where this asset is covered worse. Nothing claimed is covered best.</summary>
    internal int CompareCoverage(AssetCoverage other)
    {
        if (Claims.IsZero || other.Claims.IsZero) return (Claims.IsZero ? 1 : 0) - (other.Claims.IsZero ? 1 : 0);

        return ((BigInteger)Holdings.Units * (BigInteger)other.Claims.Units).CompareTo((BigInteger)other.Holdings.Units * (BigInteger)Claims.Units);
    }

    private static LadderRung Rung(int hours, Amount claims, IReadOnlyList<PlaceHolding> places, Instant now)
    {
        Amount available = Amount.Zero;
        foreach (PlaceHolding place in places)
            if (place.AvailableAt <= now + TimeSpan.FromHours(hours)) available += place.Amount;

        return new LadderRung(hours, available, Ratio(available, claims));
    }

    private static double? Ratio(Amount part, Amount whole) => whole.IsZero ? null : (double)part.Units / (double)whole.Units;
}
