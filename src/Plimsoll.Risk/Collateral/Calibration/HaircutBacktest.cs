using System.Collections.Immutable;
using Plimsoll.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral.Calibration;

/// <summary>A day's haircut, known before it, and what the day did.</summary>
/// <param name="At">When the day begins.</param>
/// <param name="Volatility">The volatility forecast for it.</param>
/// <param name="Multiplier">Of the volatility.</param>
/// <param name="Haircut">0 to 1.</param>
/// <param name="Loss">From close to close.</param>
/// <param name="WorstLoss">To the day's lowest price.</param>
public readonly record struct HaircutDay(Instant At, double Volatility, double Multiplier, double Haircut, double Loss, double WorstLoss)
{
    /// <summary>Whether the day lost more than the haircut held back.</summary>
    public bool IsException => Loss > Haircut;
}

/// <summary>What is asked for the day after the last.</summary>
/// <param name="Volatility">The forecast, a part of the price.</param>
/// <param name="Multiplier">The residuals' quantile at the level.</param>
/// <param name="MultiplierLow">The lower end of its 95 % interval, by the stationary bootstrap over the residuals.</param>
/// <param name="MultiplierHigh">The upper end.</param>
/// <param name="ShortfallMultiplier">The mean of the residuals in the tail beyond the level: the ES multiplier.</param>
public readonly record struct NextHaircut(double Volatility, double Multiplier, double MultiplierLow, double MultiplierHigh, double ShortfallMultiplier)
{
    /// <summary>The haircut over some days.</summary>
    public double Over(double days) => HaircutCalibration.Haircut(Multiplier, Volatility, days);
}

/// <summary>A part of a backtest.</summary>
/// <param name="Name">The year.</param>
/// <param name="Test">How the haircut held.</param>
/// <param name="MeanHaircut">Its mean.</param>
/// <param name="FlatExceptions">Exceptions of the flat haircut in the same days.</param>
public sealed record BacktestPeriod(string Name, ExceptionTest Test, double MeanHaircut, int FlatExceptions);

/// <summary>How a calibrated haircut held, day after day, out of sample.</summary>
public sealed class HaircutBacktest
{
    internal HaircutBacktest(double level, ImmutableArray<HaircutDay> days, NextHaircut next)
    {
        (Level, Days, Next) = (level, days, next);
        Test = Tested(days);
        MeanHaircut = days.Average(day => day.Haircut);

        // The flat one is told the losses beforehand: the least that lets as many days through as the calibrated one did.
        double[] losses = [.. days.Select(day => day.Loss).OrderDescending()];
        FlatHaircut = Math.Clamp(losses[Math.Min(Test.Exceptions, losses.Length - 1)], 0, 1);
        FlatTest = new ExceptionTest([.. days.Select(day => day.Loss > FlatHaircut)], 1 - level);
    }

    /// <summary>The probability with which a haircut should hold.</summary>
    public double Level { get; }

    /// <summary>The days tested, in order.</summary>
    public ImmutableArray<HaircutDay> Days { get; }

    /// <summary>What is asked for the day after the last.</summary>
    public NextHaircut Next { get; }

    /// <summary>Exceptions: days that lost more from close to close than the haircut held back.</summary>
    public ExceptionTest Test { get; }

    /// <summary>The mean of all days' haircuts.</summary>
    public double MeanHaircut { get; }

    /// <summary>The one haircut for all days that, known in hindsight, lets as many exceptions through.</summary>
    public double FlatHaircut { get; }

    /// <summary>How the flat one's exceptions lie.</summary>
    public ExceptionTest FlatTest { get; }

    /// <summary>The part of days on which even the day's lowest price stayed within the haircut.</summary>
    public double WorstCoverage => Days.Count(day => day.WorstLoss <= day.Haircut) / (double)Days.Length;

    /// <summary>What may be lent against a unit of collateral on the mean day: 1 − haircut.</summary>
    public double Efficiency => 1 - MeanHaircut;

    /// <summary>The mean over all days of what was lost beyond the haircut, a part of what was lent.</summary>
    public double ShortfallOfLoan => Days.Average(day => Math.Max(0, day.Loss - day.Haircut) / (1 - day.Haircut));

    /// <summary>The mean of what exceptions lost beyond the haircut, a part of the collateral; 0 without any.</summary>
    public double MeanExcess => Test.Exceptions == 0 ? 0 : Days.Where(day => day.IsException).Average(day => day.Loss - day.Haircut);

    /// <summary>The same, year by year.</summary>
    public ImmutableArray<BacktestPeriod> Years =>
    [
        .. Days.GroupBy(day => day.At.ToDateTime().Year).OrderBy(year => year.Key).Select(year => new BacktestPeriod(
            $"{year.Key}", Tested([.. year]), year.Average(day => day.Haircut), year.Count(day => day.Loss > FlatHaircut))),
    ];

    private ExceptionTest Tested(ImmutableArray<HaircutDay> days) => new([.. days.Select(day => day.IsException)], 1 - Level);
}
