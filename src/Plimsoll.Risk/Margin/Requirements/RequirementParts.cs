namespace Plimsoll.Risk.Margin;

/// <summary>What an account is required to have, before it is set against what counts.</summary>
/// <param name="Worst">The losses that compete.</param>
/// <param name="Binding">Place of the binding scenario, or which other term binds: see <see cref="Verdict.BindingScenario"/>.</param>
/// <param name="Floor">The least each line asks, by size.</param>
/// <param name="Body">The larger of the line's part of the worst loss and its floor; of an account that offsets nothing, instrument by instrument.</param>
/// <param name="NakedWorth">Worth of the coins under options sold and not bought back.</param>
/// <param name="ClosingCost">What closing everything costs.</param>
/// <param name="Doubt">What unsure prices ask of the initial line.</param>
/// <param name="Excess">What concentration asks of the initial line.</param>
internal readonly record struct RequirementParts(
    WorstCase Worst, short Binding, LineFigures Floor, LineFigures Body, double NakedWorth, double ClosingCost, double Doubt, double Excess)
{
    /// <summary>What each line requires: body, then naked shorts and close-out, then what the initial line alone asks.</summary>
    public LineFigures Total(RequirementTable table)
    {
        LineFigures everywhere = AddedEverywhere(table);

        return Body + (everywhere with { Initial = everywhere.Initial + (Doubt + Excess) });
    }

    private LineFigures AddedEverywhere(RequirementTable table) => (NakedWorth * table.Naked) + (ClosingCost * table.CloseOutParts);
}
