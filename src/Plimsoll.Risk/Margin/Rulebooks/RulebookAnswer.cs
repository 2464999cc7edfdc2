using System.Collections.Immutable;

namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>What a rulebook says of an account, in the numeraire.</summary>
public sealed record RulebookAnswer
{
    /// <summary>Why the rulebook cannot take the account at all; none if it can, and then the figures count.</summary>
    public string? NotApplicable { get; private init; }

    /// <summary>What adds up to both health figures.</summary>
    public ImmutableArray<RulebookLine> Lines { get; private init; } = [];

    /// <summary>What of this account the rulebook does not count.</summary>
    public ImmutableArray<string> Uncounted { get; private init; } = [];

    /// <summary>Counted collateral less the maintenance requirement: below 0 it is liquidated.</summary>
    public double MaintenanceHealth { get; private init; }

    /// <summary>Counted collateral less the initial requirement: at or above 0 it may open.</summary>
    public double InitialHealth { get; private init; }

    /// <summary>The rulebook cannot take the account.</summary>
    /// <param name="reason">Why, in a few words.</param>
    public static RulebookAnswer No(string reason) => new() { NotApplicable = reason };

    /// <summary>An answer made of its lines.</summary>
    /// <param name="lines">What adds up to both health figures.</param>
    /// <param name="uncounted">What of the account is not counted.</param>
    public static RulebookAnswer Of(IEnumerable<RulebookLine> lines, IEnumerable<string> uncounted)
    {
        ImmutableArray<RulebookLine> all = [.. lines];

        return new RulebookAnswer
        {
            Lines = all,
            Uncounted = [.. uncounted],
            MaintenanceHealth = all.Sum(l => l.Maintenance),
            InitialHealth = all.Sum(l => l.Initial),
        };
    }
}
