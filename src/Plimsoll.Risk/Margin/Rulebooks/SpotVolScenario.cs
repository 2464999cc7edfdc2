namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>What a scenario does to the volatility surface.</summary>
public enum SurfaceMove : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Every volatility rises by the shock of its term.</summary>
    Up = 1,

    /// <summary>Every volatility falls by the shock of its term.</summary>
    Down = 2,

    /// <summary>The smile tilts: volatility changes with log-moneyness.</summary>
    LinearSkew = 3,

    /// <summary>The smile bends: volatility changes with the size of log-moneyness.</summary>
    AbsoluteSkew = 4,
}

/// <summary>One row of a portfolio-margin grid: a joint move of spot and surface, and how much of its loss counts.</summary>
/// <param name="Spot">Spot as a multiple of today's: 0.82 is a fall by 18 %.</param>
/// <param name="Surface">What happens to volatilities.</param>
/// <param name="Dampening">The part of the change that counts: below 1 for tails.</param>
public readonly record struct SpotVolScenario(double Spot, SurfaceMove Surface, double Dampening)
{
    /// <summary>Whether the smile changes its shape rather than its level.</summary>
    public bool IsSkew => Surface is SurfaceMove.LinearSkew or SurfaceMove.AbsoluteSkew;
}
