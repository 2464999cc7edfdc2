using System.Collections.Immutable;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Simulation.Cascades;

/// <summary>A guard of the rulebook that a rehearsal may do without.</summary>
/// <param name="Name">Its name, such as <c>phases</c>.</param>
/// <param name="Without">What is done without it, in words.</param>
/// <param name="Off">The rulebook without it; the same where it has none.</param>
public sealed record GuardSwitch(string Name, string Without, Func<RiskParameters, RiskParameters> Off)
{
    /// <summary>Every guard that can be switched off, each alone.</summary>
    public static ImmutableArray<GuardSwitch> All { get; } =
    [
        new("dynamic-haircuts", "static haircuts", rules => rules with { CollateralPolicy = rules.CollateralPolicy with { Dynamic = null } }),
        new("phases", "no phases, all at once", rules => rules with { Phases = PhaseTerms.None }),
        new("halt", "no halt rule", rules => rules with { Phases = rules.Phases with { Halt = false } }),
        new("auction", "no auction", rules => rules with { Phases = rules.Phases with { Auction = null, Halt = false } }),
        new("backstop", "no backstop", rules => rules with { Phases = rules.Phases with { Backstop = null } }),
        new("breakers", "no breakers, throttles", rules => rules with { Breakers = BreakerTerms.None }),
        new("oracles", "no oracle rules", rules => rules with { Oracles = OracleRules.None }),
    ];
}
