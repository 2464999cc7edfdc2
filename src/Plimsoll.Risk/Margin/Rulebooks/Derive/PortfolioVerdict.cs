using System.Collections.Immutable;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>
/// What the portfolio risk manager says; margins at or above 0 are healthy.
/// </summary>
/// <param name="Initial">May it open?</param>
/// <param name="Maintenance">Must it be liquidated?</param>
/// <param name="MarkToMarket">Worth of everything, cash included.</param>
/// <param name="Basis">The charge for calendar spreads, which competes with the scenarios; not above 0.</param>
/// <param name="Scenarios">Gain in each scenario of the grid.</param>
/// <param name="Binding">Place of the worst scenario; none where the basis is worse, or nothing loses.</param>
/// <param name="Lines">What adds up to both margins.</param>
public sealed record PortfolioVerdict(
    double Initial,
    double Maintenance,
    double MarkToMarket,
    double Basis,
    ImmutableArray<double> Scenarios,
    int? Binding,
    ImmutableArray<RulebookLine> Lines);
