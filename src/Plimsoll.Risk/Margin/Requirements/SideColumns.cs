namespace Plimsoll.Risk.Margin;

/// <summary>
/// What the optional sections read of each contract and asset beside its row of scenarios, by place; all in the numeraire
/// and for one unit.
/// </summary>
internal readonly ref struct SideColumns
{
    /// <summary>Numbers of a contract in <see cref="Sides"/>.</summary>
    public const int Stride = 8;

    public const int Up = 0, Down = 1, Tilt = 2, Curl = 3, Delta = 4, Vega = 5, Least = 6, Most = 7;

    /// <summary>Numbers of a contract in <see cref="Openings"/>.</summary>
    public const int OpeningStride = 4;

    public const int Growth = 0, Doubt = 1, Free = 2, Spot = 3;

    /// <summary>Gains under drift up and down, tilt and curl; delta, vega; the least and the most gain of any scenario.</summary>
    public required ReadOnlySpan<double> Sides { get; init; }

    /// <summary>Growth of the initial rate, what doubt asks of the notional, the free notional, and the underlying's price.</summary>
    public required ReadOnlySpan<double> Openings { get; init; }

    /// <summary>Gains when each peg breaks, down and up.</summary>
    public required ReadOnlySpan<double> Pegs { get; init; }

    /// <summary>The same of a coin of each asset.</summary>
    public required ReadOnlySpan<double> AssetPegs { get; init; }

    /// <summary>What doubt asks of the worth of each asset.</summary>
    public required ReadOnlySpan<double> AssetDoubts { get; init; }

    /// <summary>The contract at each place; empty where places are ordinals.</summary>
    public required ReadOnlySpan<int> Listed { get; init; }

    public ReadOnlySpan<double> Side(int place) => Sides.Slice(place * Stride, Stride);

    public ReadOnlySpan<double> Opening(int place) => Openings.Slice(place * OpeningStride, OpeningStride);

    public int Contract(int place) => Listed.IsEmpty ? place : Listed[place];
}
