using Plimsoll.Units;

namespace Plimsoll.Simulation.Paths;

/// <summary>What every asset of a path is worth at one moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Prices">Prices in the numeraire, in the order of <see cref="PricePath.Assets"/>.</param>
public sealed record PriceTick(Instant At, IReadOnlyList<decimal> Prices);
