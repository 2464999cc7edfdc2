using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Lending;

/// <summary>
/// What borrowing costs a year by how much is lent already: gently rising up to the optimal utilisation, steeply beyond it, so
/// that the last coins are dear before they are gone. The kinked curve of on-chain lending markets (Aave v2 white paper, §3.3).
/// </summary>
/// <param name="Base">Annual rate at no utilisation, 0.02 for 2 %.</param>
/// <param name="Slope1">What it rises by up to the kink.</param>
/// <param name="Optimal">Utilisation at the kink, above 0 to 1.</param>
/// <param name="Slope2">What it rises by from the kink to full utilisation.</param>
public sealed record RateCurve(decimal Base, decimal Slope1, decimal Optimal, decimal Slope2)
{
    /// <summary>The highest annual rate a curve may reach: 1,000 %.</summary>
    public const decimal MaxRate = 10m;

    /// <summary>The annual rate at a utilisation; simple, not compounded.</summary>
    /// <param name="utilisation">What is lent ÷ what customers hold, 0 to 1; beyond that it counts as 1.</param>
    public decimal RateAt(decimal utilisation)
    {
        decimal used = Math.Clamp(utilisation, 0m, 1m);

        return used <= Optimal
            ? Base + (Slope1 * (used / Optimal))
            : Base + Slope1 + (Slope2 * ((used - Optimal) / (1m - Optimal)));
    }

    internal void Check(string field)
    {
        Ranges.Check($"{field}.base", Base, 0m, MaxRate);
        Ranges.Check($"{field}.slope1", Slope1, 0m, MaxRate);
        Ranges.CheckAbove($"{field}.optimal", Optimal, 0m, 1m);
        Ranges.Check($"{field}.slope2", Slope2, 0m, MaxRate);
        Ranges.Check($"{field}.slope2", Base + Slope1 + Slope2, 0m, MaxRate);
    }

    internal RateCurve Canonical() => new(Price.Canonical(Base), Price.Canonical(Slope1), Price.Canonical(Optimal), Price.Canonical(Slope2));
}
