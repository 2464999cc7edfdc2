namespace Plimsoll.Markets.Depth;

/// <summary>
/// How long it takes to unwind a size, by two rules of which the slower counts: no more than a part of a thin day's volume,
/// and no faster than half the rate at which taken depth comes back.
/// </summary>
/// <param name="ByVolume">Days by the rule of volume: coins ÷ (participation × thin volume); none where no volume is known.</param>
/// <param name="ByResilience">
/// Days by the rule of resilience: coins ÷ (½·κ·D), D the coins of a thin moment's depth; none where none was measured.
/// Taking at rate u a book that refills at κ settles at D − u/κ: half of it is left standing.
/// </param>
public readonly record struct UnwindTime(double? ByVolume, double? ByResilience)
{
    private const double SecondsPerDay = 86_400;
    private const double TakenOfDepth = 0.5;

    /// <summary>The slower of both, in days; none where neither is known.</summary>
    public double? Days => (ByVolume, ByResilience) switch
    {
        ({ } volume, { } resilience) => Math.Max(volume, resilience),
        ({ } volume, null) => volume,
        (null, { } resilience) => resilience,
        _ => null,
    };

    /// <summary>The time of a size.</summary>
    /// <param name="profile">How liquid the asset is.</param>
    /// <param name="coins">Signed coins, finite: − sells.</param>
    /// <param name="participation">The part of a thin day's volume that may be ours, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number outside its range.</exception>
    public static UnwindTime Of(LiquidityProfile profile, double coins, double participation)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (!double.IsFinite(coins)) throw new ArgumentOutOfRangeException(nameof(coins), coins, "Expected a finite quantity.");
        if (participation is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(participation), participation, "Expected a part above 0 and at most 1.");

        double size = Math.Abs(coins);
        (DepthCurve? curve, Resilience? resilience) = coins < 0 ? (profile.Bids, profile.Resilience.Bids) : (profile.Asks, profile.Resilience.Asks);
        double rate = curve is { } depth && resilience is { } back ? TakenOfDepth * back.SlowestPerSecond * depth.Within / profile.Mid : 0;

        return new UnwindTime(
            profile.Day is { } day ? size / (participation * day.ThinVolume * (profile.Source == LiquiditySource.Volume ? VolumeFallback.CountedVolume : 1)) : null,
            rate > 0 ? size / rate / SecondsPerDay : null);
    }
}
