using System.Runtime.CompilerServices;

namespace Plimsoll.Risk.Margin;

/// <summary>The sums of one account by root, by expiry, by strike and by peg: each thread has one and uses it again.</summary>
internal sealed class RequirementTally
{
    /// <summary>Places in the sums of a root behind its gains.</summary>
    public const int RootDelta = ScenarioGrid.MaxScenarios, RootVega = RootDelta + 1;

    [ThreadStatic]
    private static RequirementTally? mine;

    private double[] pegs = [];

    /// <summary>By root: gains in every scenario, then delta and vega.</summary>
    public Slots Roots { get; } = new(RootVega + 1);

    /// <summary>By expiry: gains under drift up and down, tilt and curl.</summary>
    public Slots Groups { get; } = new(4);

    /// <summary>By strike: net options.</summary>
    public Slots Strikes { get; } = new(1);

    /// <summary>Gains when each peg breaks, down and up.</summary>
    public Span<double> Pegs => pegs;

    /// <summary>This thread's, with nothing in it.</summary>
    public static RequirementTally Fresh(MarginModel model)
    {
        RequirementTally tally = mine ??= new RequirementTally();
        tally.Roots.Clear(model.AssetCount);
        tally.Groups.Clear(model.Table.GroupCount);
        tally.Strikes.Clear(model.Table.StrikeCount);
        if (tally.pegs.Length != model.Table.PegStride) tally.pegs = new double[model.Table.PegStride];
        else Array.Clear(tally.pegs);

        return tally;
    }

    /// <summary>Adds a quantity times what one unit gains.</summary>
    public static void Add(double quantity, ReadOnlySpan<double> each, Span<double> sums)
    {
        for (int k = 0; k < each.Length; k++) sums[k] += quantity * each[k];
    }

    /// <summary>The first place of the least number.</summary>
    public static int LeastOf(ReadOnlySpan<double> gains)
    {
        int at = 0;
        for (int k = 1; k < gains.Length; k++)
            if (gains[k] < gains[at]) at = k;

        return at;
    }

    /// <summary>The loss of a gain: at least 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Loss(double gain) => gain < 0 ? -gain : 0;
}
