namespace Plimsoll.Risk.Listing;

/// <summary>How a check ended; of several the worst is the whole's.</summary>
public enum ListingGrade : byte
{
    /// <summary>As it should be.</summary>
    Pass = 0,

    /// <summary>Somebody should look at it.</summary>
    Warn = 1,

    /// <summary>It must not be listed so.</summary>
    Refuse = 2,
}

/// <summary>One check.</summary>
/// <param name="Check">What was checked.</param>
/// <param name="Grade">How it ended.</param>
/// <param name="Measured">What was found; none where it is no number.</param>
/// <param name="Reason">In a sentence, with the line it was held to.</param>
public sealed record ListingFinding(string Check, ListingGrade Grade, decimal? Measured, string Reason);

/// <summary>What became of a proposal.</summary>
/// <param name="Grade">The worst of the findings.</param>
/// <param name="Findings">Every check, in order.</param>
public sealed record ListingVerdict(ListingGrade Grade, IReadOnlyList<ListingFinding> Findings);
