namespace Plimsoll.Markets.Oracles;

/// <summary>Why a source's report was not used; the first that applies is named.</summary>
public enum ReportFault : byte
{
    /// <summary>It was used.</summary>
    None = 0,

    /// <summary>The price is 0, below 0, not a number, or higher than any price may be.</summary>
    NotPositive = 1,

    /// <summary>It was observed after now.</summary>
    FromTheFuture = 2,

    /// <summary>It is too old.</summary>
    TooOld = 3,

    /// <summary>The source is not sure enough of it, or its confidence is not a number.</summary>
    TooUncertain = 4,

    /// <summary>It stands at the least answer the source can give: the market may be anywhere below.</summary>
    AtTheLeastAnswer = 5,

    /// <summary>It comes from the venue's own book, which those who owe it can move.</summary>
    OwnBook = 6,

    /// <summary>It lies farther from the last price than any jump may, and too few others say so.</summary>
    Jump = 7,

    /// <summary>It lies too far from what the others say, measured by how far they lie from each other.</summary>
    Outlier = 8,

    /// <summary>The source has reported already at this time; its latest report counts.</summary>
    Repeated = 9,

    /// <summary>The source repeats one answer to the last digit while the others have moved on: it stands still.</summary>
    Frozen = 10,

    /// <summary>The source states no confidence, and none is assumed of it.</summary>
    WithoutConfidence = 11,
}
