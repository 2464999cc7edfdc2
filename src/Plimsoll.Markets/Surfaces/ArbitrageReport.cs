using Plimsoll.Units;

namespace Plimsoll.Markets.Surfaces;

/// <summary>The worst place of a surface on its grids.</summary>
/// <param name="Value">The least value found; positive infinity where there was nothing to look at.</param>
/// <param name="K">The log-moneyness it was found at.</param>
/// <param name="Expiry">The expiry, or the earlier one of two.</param>
public readonly record struct WorstPlace(double Value, double K, Instant Expiry);

/// <summary>
/// Whether a surface can be traded against: every slice and every mixture of neighbours on
/// <see cref="SmileGrid.Points"/> log-moneynesses within three total standard deviations, and the wings beyond.
/// </summary>
/// <param name="Density">The least Durrleman g of any slice; below 0 is butterfly arbitrage.</param>
/// <param name="DensityBetween">The same of smiles interpolated between expiries.</param>
/// <param name="CalendarStep">The least gain of total variance from one expiry to the next; below 0 is calendar arbitrage.</param>
/// <param name="SteepestWing">The steepest wing, in total variance per unit of log-moneyness; above 2 breaks Lee's bound.</param>
/// <param name="WingsInOrder">Whether no wing is flatter than the same wing of the expiry before, so that none cross far out.</param>
public sealed record ArbitrageReport(
    WorstPlace Density, WorstPlace DensityBetween, WorstPlace CalendarStep, double SteepestWing, bool WingsInOrder)
{
    /// <summary>How far below 0 rounding alone may lead.</summary>
    public const double Rounding = 1e-12;

    private const int PlacesBetween = 3;

    /// <summary>Whether nothing was found that could be traded against.</summary>
    public bool IsFree => Density.Value >= 0 && DensityBetween.Value >= 0 && CalendarStep.Value >= -Rounding && SteepestWing <= 2 && WingsInOrder;

    /// <summary>Examines slices in order of expiry.</summary>
    public static ArbitrageReport Of(IReadOnlyList<SurfaceSlice> slices)
    {
        ArgumentNullException.ThrowIfNull(slices);
        var nowhere = new WorstPlace(double.PositiveInfinity, 0, default);
        var (density, between, step, steepest, ordered) = (nowhere, nowhere, nowhere, 0.0, true);
        for (var i = 0; i < slices.Count; i++)
        {
            var (far, expiry) = (slices[i].Smile, slices[i].Expiry);
            density = Worse(density, SmileGrid.LeastDensity(far), expiry);
            steepest = Math.Max(steepest, Math.Max(far.Svi.LeftWing, far.Svi.RightWing));
            if (i == 0) continue;

            var (near, before) = (slices[i - 1].Smile, slices[i - 1].Expiry);
            step = Worse(step, SmileGrid.LeastStep(near, far), before);
            ordered &= far.Svi.LeftWing >= near.Svi.LeftWing - Rounding && far.Svi.RightWing >= near.Svi.RightWing - Rounding;
            for (var place = 1; place <= PlacesBetween; place++)
                between = Worse(between, SmileGrid.LeastDensityBetween(near, far, place / (PlacesBetween + 1.0)), before);
        }

        return new ArbitrageReport(density, between, step, steepest, ordered);
    }

    // What cannot be told counts as the worst: not (a number at least as good).
    private static WorstPlace Worse(WorstPlace worst, GridLow found, Instant expiry) =>
        found.Value >= worst.Value ? worst : new WorstPlace(double.IsNaN(found.Value) ? double.NegativeInfinity : found.Value, found.K, expiry);
}
