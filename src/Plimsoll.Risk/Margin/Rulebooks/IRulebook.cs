using System.Collections.Immutable;

namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>
/// A venue's rules, which can be asked what any account would need there. Answers are estimates of the published rules under
/// the parameters stated, not quotes of the venue.
/// </summary>
public interface IRulebook
{
    /// <summary>Its name as typed, for instance <c>derive-srm</c>.</summary>
    string Name { get; }

    /// <summary>Where the rules are published.</summary>
    string Source { get; }

    /// <summary>Which parameters stand in the rules, and where they come from.</summary>
    string Parameters { get; }

    /// <summary>What these rules never look at.</summary>
    string Blind { get; }

    /// <summary>Judges an account.</summary>
    /// <exception cref="Units.InputException">A price or size has no meaning.</exception>
    RulebookAnswer Judge(Portfolio portfolio);
}
