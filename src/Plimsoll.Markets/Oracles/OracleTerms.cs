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
    /// <summary>An age, in heartbeats, from which a report is not used.</summary>
    public double MostAge { get; init; } = 1.5;

    /// <summary>An age of the price itself, in heartbeats, from which nothing is left to go by.</summary>
    public double HaltAge { get; init; } = 24;

    /// <summary>The widest confidence of a report that is used, as a part of the price.</summary>
    public double MostConfidence { get; init; } = 0.05;

    /// <summary>The widest confidence of the joint price that is still live.</summary>
    public double LiveConfidence { get; init; } = 0.01;

    /// <summary>The fewest sources of a price that is not stale.</summary>
    public int LeastSources { get; init; } = 1;

    /// <summary>The fewest sources of a price that is live.</summary>
    public int LiveSources { get; init; } = 2;

    /// <summary>The farthest a report may lie from the last price, as a part of it, unless two thirds of the sources say so; none for any distance.</summary>
    public double? MostJump { get; init; }

    /// <summary>The score beyond which a report is an outlier: 0.6745·|p − median| ÷ MAD (Iglewicz and Hoaglin 1993).</summary>
    public double OutlierScore { get; init; } = 3.5;

    /// <summary>The least price the feeds can answer; a report at or under it is not believed.</summary>
    public double? LeastAnswer { get; init; }

    /// <summary>The venue's own book as a source: it never makes a price alone, and never more than a third of one.</summary>
    public AccountId? OwnBook { get; init; }

    /// <summary>What the asset can be redeemed for.</summary>
    public RedemptionAnchor? Anchor { get; init; }

    /// <summary>The same terms, if they make sense.</summary>
    /// <exception cref="InputException">They do not: which, and what was expected.</exception>
    public OracleTerms Checked()
    {
        if (Heartbeat <= 0) throw new InputException("oracle heartbeat", $"found {Heartbeat}, expected above 0");
        if (!(MostAge >= 1)) throw new InputException("oracle mostAge", $"found {MostAge}, expected 1 heartbeat or more");
        if (!(HaltAge >= MostAge)) throw new InputException("oracle haltAge", $"found {HaltAge}, expected {MostAge} or more");
        if (MostConfidence is not (> 0 and <= 1)) throw new InputException("oracle mostConfidence", $"found {MostConfidence}, expected above 0 and at most 1");
        if (!(LiveConfidence > 0) || LiveConfidence > MostConfidence) throw new InputException("oracle liveConfidence", $"found {LiveConfidence}, expected above 0 and at most {MostConfidence}");
        if (LeastSources < 1) throw new InputException("oracle leastSources", $"found {LeastSources}, expected 1 or more");
        if (LiveSources < LeastSources) throw new InputException("oracle liveSources", $"found {LiveSources}, expected {LeastSources} or more");
        if (MostJump is { } jump && !(jump > 0)) throw new InputException("oracle mostJump", $"found {jump}, expected above 0");
        if (!(OutlierScore > 0)) throw new InputException("oracle outlierScore", $"found {OutlierScore}, expected above 0");
        if (LeastAnswer is { } least && !(least >= 0)) throw new InputException("oracle leastAnswer", $"found {least}, expected 0 or more");
        if (Anchor is { } anchor && (!(anchor.Value > 0) || !double.IsFinite(anchor.Value) || anchor.Weight is not (>= 0 and <= 1)))
            throw new InputException("oracle anchor", "expected a value above 0 and a weight of 0 to 1");

        return this;
    }
}
