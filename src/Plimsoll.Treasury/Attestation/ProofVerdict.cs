namespace Plimsoll.Treasury.Attestation;

/// <summary>What is wrong with a proof.</summary>
public enum ProofFault : byte
{
    /// <summary>Nothing: the balance is inside the stated liabilities.</summary>
    None = 0,

    /// <summary>A part is missing, out of its range, or of another length than the rest says.</summary>
    Incomplete = 1,

    /// <summary>A balance or a sum beside the path is negative: it could lower the liabilities.</summary>
    NegativeSum = 2,

    /// <summary>A sum reaches the limit, where it could wrap.</summary>
    SumTooLarge = 3,

    /// <summary>Places that hold no account hold an amount.</summary>
    PaddingHolds = 4,

    /// <summary>Balance and siblings do not add up to the stated liabilities.</summary>
    WrongTotal = 5,

    /// <summary>The path does not lead to the stated root: some part of the proof was changed.</summary>
    RootMismatch = 6,

    /// <summary>The proof is sound, but of another root than the one published.</summary>
    OtherRoot = 7,

    /// <summary>Tag or salt do not come from the reader's own key: the leaf is somebody else's.</summary>
    NotYours = 8,
}

/// <summary>Whether a proof holds and, where not, why.</summary>
/// <param name="Fault">The first fault found.</param>
/// <param name="Reason">One sentence for the reader; empty where nothing is wrong.</param>
public readonly record struct ProofVerdict(ProofFault Fault, string Reason)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool Holds => Fault == ProofFault.None;
}
