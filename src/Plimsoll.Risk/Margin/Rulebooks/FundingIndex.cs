namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>
/// Funding by a growing index: what a position owes is its size times what the index has grown since it last paid. One
/// number serves all accounts, each settling when it is touched (dYdX, cross-margin-engine).
/// </summary>
public static class FundingIndex
{
    /// <summary>What the holder receives, negative when he pays: longs pay a rising index.</summary>
    /// <param name="size">Signed size in coins.</param>
    /// <param name="last">The index when the position last paid, in quote units per coin.</param>
    /// <param name="now">The index now.</param>
    public static decimal Payment(decimal size, decimal last, decimal now) => (last - now) * size;
}
