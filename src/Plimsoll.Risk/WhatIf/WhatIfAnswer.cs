using System.Collections.Immutable;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.WhatIf;

/// <summary>What one line says before and after; all in the numeraire.</summary>
/// <param name="Line">The line.</param>
/// <param name="CountedBefore">Collateral counted before.</param>
/// <param name="CountedAfter">Collateral counted after.</param>
/// <param name="RequirementBefore">What the line required.</param>
/// <param name="RequirementAfter">What it would require.</param>
/// <param name="HealthBefore">Counted less required, before.</param>
/// <param name="HealthAfter">Counted less required, after.</param>
public readonly record struct LineChange(
    MarginLine Line,
    double CountedBefore,
    double CountedAfter,
    double RequirementBefore,
    double RequirementAfter,
    double HealthBefore,
    double HealthAfter)
{
    internal static LineChange Of(MarginLine line, in Verdict before, in Verdict after) => new(
        line, before.Counted, after.Counted, before.Counted - before.Health(line), after.Counted - after.Health(line), before.Health(line), after.Health(line));
}

/// <summary>Where one step of a what-if left the account.</summary>
/// <param name="Step">Place of the change in the list that was asked; after the last of them the market's move.</param>
/// <param name="Verdict">The verdict after it.</param>
public readonly record struct WhatIfStep(int Step, Verdict Verdict);

/// <summary>What would become of one account.</summary>
/// <param name="Before">The account as it stands, explained.</param>
/// <param name="After">The account as it would stand, explained.</param>
/// <param name="Book">What it would hold.</param>
public sealed record WhatIfAnswer(Explanation Before, Explanation After, WhatIfBook Book)
{
    /// <summary>Initial, target, maintenance.</summary>
    public ImmutableArray<LineChange> Lines =>
    [
        LineChange.Of(MarginLine.Initial, Before.Verdict, After.Verdict),
        LineChange.Of(MarginLine.Target, Before.Verdict, After.Verdict),
        LineChange.Of(MarginLine.Maintenance, Before.Verdict, After.Verdict),
    ];
}
