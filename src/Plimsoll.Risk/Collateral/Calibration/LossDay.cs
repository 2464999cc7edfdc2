using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral.Calibration;

/// <summary>What one day, 00:00 to 24:00 UTC, did to somebody who held a coin through it.</summary>
/// <param name="At">When the day begins.</param>
/// <param name="Price">The last close at or before that moment.</param>
/// <param name="LogReturn">ln of the price a day later over this one.</param>
/// <param name="WorstLoss">1 − the day's lowest price over this one, not under 0; bad ticks cut.</param>
/// <param name="Variance">Sum of the squared log returns of the day's bars: realised variance.</param>
/// <param name="Volume">Coins traded in the day.</param>
/// <param name="IsWhole">Whether both prices were fresh when the day began and ended; a day of an outage is no fair test.</param>
public readonly record struct LossDay(Instant At, double Price, double LogReturn, double WorstLoss, double Variance, double Volume, bool IsWhole)
{
    /// <summary>The part of the value that was lost from close to close; negative where it rose.</summary>
    public double Loss => -Numerics.Exact.ExpMinusOne(LogReturn);
}
