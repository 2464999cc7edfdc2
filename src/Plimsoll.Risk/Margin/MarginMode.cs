namespace Plimsoll.Risk.Margin;

/// <summary>How far the positions of one account may speak for each other. Journaled: numbers are never reused.</summary>
public enum MarginMode : byte
{
    /// <summary>Everything is judged together over the joint scenarios: a hedge counts as one.</summary>
    Portfolio = 0,

    /// <summary>Collateral is shared, but every instrument is required for on its own: no position offsets another.</summary>
    Cross = 1,

    /// <summary>One instrument and one collateral asset in an account of their own, which can lose no more than lies in it; judged as <see cref="Cross"/>.</summary>
    Isolated = 2,
}
