using Plimsoll.Risk.Collateral;

namespace Plimsoll.Risk.Margin;

/// <summary>What one account holds, as the judge reads it.</summary>
internal readonly ref struct Holdings(ReadOnlySpan<int> instruments, ReadOnlySpan<double> quantities, ReadOnlySpan<int> assets, ReadOnlySpan<double> money)
{
    /// <summary>Instruments held, ascending.</summary>
    public readonly ReadOnlySpan<int> Instruments = instruments;

    /// <summary>A signed quantity for each.</summary>
    public readonly ReadOnlySpan<double> Quantities = quantities;

    /// <summary>Assets owned or owed, ascending.</summary>
    public readonly ReadOnlySpan<int> Assets = assets;

    /// <summary>Coins of each.</summary>
    public readonly ReadOnlySpan<double> Money = money;

    /// <summary>The mode the account is in.</summary>
    public MarginMode Mode { get; init; }

    /// <summary>What the owner has in his other accounts; none where this is his only one.</summary>
    public OthersHoldings? Others { get; init; }

    /// <summary>Instruments of <see cref="Costs"/>, ascending: those among the held whose profit counts only in part.</summary>
    public ReadOnlySpan<int> CostsOf { get; init; }

    /// <summary>What each of those positions cost, in settlement coins.</summary>
    public ReadOnlySpan<double> Costs { get; init; }
}
