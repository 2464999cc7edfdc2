namespace Plimsoll.Numerics;

/// <summary>How a search for a root ended.</summary>
public enum RootStatus
{
    /// <summary>The root lies within the tolerance of the value.</summary>
    Found = 0,

    /// <summary>The function has the same sign at both ends; nothing was searched.</summary>
    NotBracketed = 1,

    /// <summary>The limit of evaluations was reached; the value is the best so far.</summary>
    LimitReached = 2,

    /// <summary>The function gave NaN; the value is where.</summary>
    NotANumber = 3,
}

/// <summary>The outcome of a search for a root.</summary>
/// <param name="Value">The root, or the best so far.</param>
/// <param name="Evaluations">How often the function was asked.</param>
/// <param name="Status">How the search ended.</param>
public readonly record struct Root(double Value, int Evaluations, RootStatus Status)
{
    /// <summary>Whether the root was found.</summary>
    public bool IsFound => Status == RootStatus.Found;
}
