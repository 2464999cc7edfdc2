using System.Globalization;
using Plimsoll.Units;

namespace Plimsoll.Markets.Oracles;

/// <summary>What a pegged or wrapped asset can be redeemed for, whatever it trades at.</summary>
/// <param name="Value">In the numeraire, above 0.</param>
/// <param name="Weight">The part of the price that comes from it, 0 to 1; the rest from the markets.</param>
public readonly record struct RedemptionAnchor(double Value, double Weight);

/// <summary>How reports on one asset become one price.</summary>
/// <param name="Heartbeat">How often at least a source reports, in microseconds.</param>
public sealed record OracleTerms(long Heartbeat)
{
    /// <summary>The longest heartbeat: 366 days.</summary>
    public const long MostHeartbeat = 366 * Instant.MicrosecondsPerDay;

    /// <summary>An age, in heartbeats, from which a report is not used.</summary>
    public double MostAge { get; init; } = 1.5;

    /// <summary>An age of the price itself, in heartbeats, from which nothing is left to go by.</summary>
    public double HaltAge { get; init; } = 24;

    /// <summary>The widest confidence of a report that is used, as a part of the price.</summary>
    public double MostConfidence { get; init; } = 0.05;

    /// <summary>The widest confidence of the joint price that is still live.</summary>
    public double LiveConfidence { get; init; } = 0.01;

    /// <summary>The fewest sources that make a price; fewer leave the last one standing, stale.</summary>
    public int LeastSources { get; init; } = 1;

    /// <summary>The fewest sources of a price that is live.</summary>
    public int LiveSources { get; init; } = 2;

    /// <summary>The farthest a report may lie from the last price, as a part of it, unless two thirds of the sources say so; none for any distance.</summary>
    public double? MostJump { get; init; }

    /// <summary>The score beyond which a report is an outlier: 0.6745·|p − median| ÷ MAD (Iglewicz and Hoaglin 1993).</summary>
    public double OutlierScore { get; init; } = 3.5;

    /// <summary>The least price the feeds can answer; a report at or under it is not believed.</summary>
    public double? LeastAnswer { get; init; }

    /// <summary>How far the others may move, as a part of what they said, while a source repeats one answer; beyond it that source stands still. None for any distance.</summary>
    public double? FrozenMove { get; init; }

    /// <summary>The confidence taken of a source that states none (0), as a part of the price; none where such a report is not used.</summary>
    public double? AssumedConfidence { get; init; }

    /// <summary>The venue's own book as a source: it never makes a price alone, and never more than a third of one.</summary>
    public AccountId? OwnBook { get; init; }

    /// <summary>What the asset can be redeemed for.</summary>
    public RedemptionAnchor? Anchor { get; init; }

    /// <summary>Whether a report is too old to be used.</summary>
    public bool IsTooOld(Instant observedAt, Instant now) => now.UnixMicroseconds - observedAt.UnixMicroseconds > MostAge * Heartbeat;

    /// <summary>Whether a price that nothing carries any more is too old to go by.</summary>
    public bool IsGone(Instant observedAt, Instant now) => now.UnixMicroseconds - observedAt.UnixMicroseconds > HaltAge * Heartbeat;

    /// <summary>The first moment at which a report is too old.</summary>
    public Instant TooOldAt(Instant observedAt) => Beyond(observedAt, MostAge);

    /// <summary>The first moment at which a price that nothing carries is gone.</summary>
    public Instant GoneAt(Instant observedAt) => Beyond(observedAt, HaltAge);

    /// <summary>How far a price of so many sources, so sure, may be relied on.</summary>
    /// <param name="sources">At least 1.</param>
    /// <param name="width">Its confidence, as a part of it.</param>
    public OracleStatus StatusOf(int sources, double width) =>
        sources < LeastSources ? OracleStatus.Stale
        : sources < LiveSources || width > LiveConfidence ? OracleStatus.Degraded
        : OracleStatus.Live;

    /// <summary>What a report is sure to: what its source says, or what is assumed where it says nothing.</summary>
    public double ConfidenceOf(in PriceReport report) => report.Confidence == 0 ? AssumedConfidence ?? 0 : report.Confidence;

    /// <summary>The same terms, if they make sense.</summary>
    /// <exception cref="InputException">They do not: which, and what was expected.</exception>
    public OracleTerms Checked()
    {
        Check();

        return this;
    }

    /// <summary>Refuses terms that make no sense.</summary>
    /// <param name="field">Where they stand, for the message.</param>
    /// <exception cref="InputException">They do not: which, and what was expected.</exception>
    public void Check(string field = "oracle")
    {
        Expect(Heartbeat is > 0 and <= MostHeartbeat, $"{field} heartbeat", Heartbeat, "above 0 and at most 366 days of microseconds");
        Expect(MostAge is >= 1 and <= 1_000, $"{field} mostAge", MostAge, "1 to 1000 heartbeats");
        Expect(HaltAge >= MostAge && HaltAge <= 10_000, $"{field} haltAge", HaltAge, $"{MostAge} to 10000 heartbeats");
        Expect(MostConfidence is > 0 and <= 1, $"{field} mostConfidence", MostConfidence, "above 0 and at most 1");
        Expect(LiveConfidence > 0 && LiveConfidence <= MostConfidence, $"{field} liveConfidence", LiveConfidence, $"above 0 and at most {MostConfidence}");
        Expect(LeastSources >= 1, $"{field} leastSources", LeastSources, "1 or more");
        Expect(LiveSources >= LeastSources && LiveSources <= OracleAggregate.UsualReports, $"{field} liveSources", LiveSources, $"{LeastSources} to {OracleAggregate.UsualReports}");
        Expect(MostJump is null || IsAboveZero(MostJump.Value), $"{field} mostJump", MostJump, "above 0");
        Expect(IsAboveZero(OutlierScore), $"{field} outlierScore", OutlierScore, "above 0");
        Expect(LeastAnswer is null or (>= 0 and <= double.MaxValue), $"{field} leastAnswer", LeastAnswer, "0 or more");
        Expect(FrozenMove is null || IsAboveZero(FrozenMove.Value), $"{field} frozenMove", FrozenMove, "above 0");
        Expect(AssumedConfidence is null || (AssumedConfidence > 0 && AssumedConfidence <= MostConfidence), $"{field} assumedConfidence", AssumedConfidence, $"above 0 and at most {MostConfidence}");
        if (Anchor is { } anchor && (!IsAboveZero(anchor.Value) || anchor.Weight is not (>= 0 and <= 1)))
            throw new InputException($"{field} anchor", "expected a value above 0 and a weight of 0 to 1");
    }

    private static bool IsAboveZero(double value) => value > 0 && double.IsFinite(value);

    private static void Expect(bool holds, string field, object? found, string expected)
    {
        if (!holds) throw new InputException(field, string.Create(CultureInfo.InvariantCulture, $"found {found}, expected {expected}"));
    }

    // A whole number of microseconds is beyond the age as soon as it is beyond the age's whole part.
    private Instant Beyond(Instant observedAt, double heartbeats) => new(observedAt.UnixMicroseconds + (long)Math.Floor(heartbeats * Heartbeat) + 1);
}
