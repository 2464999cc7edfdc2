namespace Plimsoll.Risk.Margin;

/// <summary>
/// What the optional sections read of each contract and asset beside its row of scenarios, by place; all in the numeraire
/// and for one unit.
/// </summary>
internal readonly ref struct SideColumns
{
    /// <summary>Numbers of a contract: two cache lines.</summary>
    public const int Stride = 16;

    /// <summary>Gains when the forward drifts and when the smile tilts or curls.</summary>
    public const int Up = 0, Down = 1, Tilt = 2, Curl = 3;

    /// <summary>Gain per relative move of the underlying, and per vol point.</summary>
    public const int Delta = 4, Vega = 5;

    /// <summary>The least and the most gain of any scenario, and of none.</summary>
    public const int Least = 6, Most = 7;

    /// <summary>The first tier's rates, and what doubt asks of the notional.</summary>
    public const int Initial = 8, Target = 9, Maintenance = 10, Doubt = 11;

    /// <summary>Growth of the initial rate, where the first tier ends, the free notional, and for an option that can be sold naked the underlying's price, else 0.</summary>
    public const int Growth = 12, End = 13, Free = 14, Spot = 15;

    /// <summary>The numbers of each contract.</summary>
    public required ReadOnlySpan<double> Sides { get; init; }

    /// <summary>Gains when each peg breaks, down and up.</summary>
    public required ReadOnlySpan<double> Pegs { get; init; }

    /// <summary>The same of a coin of each asset.</summary>
    public required ReadOnlySpan<double> AssetPegs { get; init; }

    /// <summary>What doubt asks of the worth of each asset.</summary>
    public required ReadOnlySpan<double> AssetDoubts { get; init; }

    /// <summary>The least and the most gain of a coin of each asset in any scenario, and of none.</summary>
    public required ReadOnlySpan<double> AssetBounds { get; init; }

    /// <summary>The contract at each place; empty where places are ordinals.</summary>
    public required ReadOnlySpan<int> Listed { get; init; }

    public ReadOnlySpan<double> Side(int place) => Sides.Slice(place * Stride, Stride);

    public int Contract(int place) => Listed.IsEmpty ? place : Listed[place];
}
