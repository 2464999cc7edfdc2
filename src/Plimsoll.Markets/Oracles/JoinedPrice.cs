using Plimsoll.Units;

namespace Plimsoll.Markets.Oracles;

/// <summary>A price made of many reports, as bare figures; the default is no price at all.</summary>
/// <param name="Status">How far it may be relied on.</param>
/// <param name="Price">In the numeraire; the last one where none was made, 0 where there never was one.</param>
/// <param name="Confidence">Half the width of what the sources together are sure of, as a part of the price.</param>
/// <param name="ObservedAt">When the oldest report that carries it was seen.</param>
/// <param name="Sources">How many reports carry it; 0 where the last one stands.</param>
/// <param name="Divergence">How far the farthest report that was used lies from it, as a part of it.</param>
public readonly record struct JoinedPrice(OracleStatus Status, double Price, double Confidence, Instant ObservedAt, int Sources, double Divergence)
{
    /// <summary>Half the width of what contradicting sources said together, as a part of their median; 0 where they do not.</summary>
    public double Apart { get; init; }

    /// <summary>The figures of a price.</summary>
    public static JoinedPrice From(OraclePrice price) =>
        new(price.Status, price.Price, price.Confidence, price.ObservedAt, price.Sources, price.Divergence) { Apart = price.Apart };

    /// <summary>The same price where nothing carries it any more: it stands, and ages.</summary>
    /// <param name="terms">How long.</param>
    /// <param name="now">The venue's time.</param>
    public JoinedPrice Held(OracleTerms terms, Instant now) => Price > 0
        ? this with { Status = terms.IsGone(ObservedAt, now) ? OracleStatus.Halted : OracleStatus.Stale, Sources = 0, Apart = 0 }
        : new JoinedPrice(OracleStatus.Halted, 0, 0, now, 0, 0);
}
