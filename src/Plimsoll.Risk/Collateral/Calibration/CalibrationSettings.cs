using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral.Calibration;

/// <summary>
/// How haircuts are calibrated. Every usual value was chosen for the reason stated with it and before it was tested; none is
/// fitted to the series, so nothing but prices of days gone by enters a day's haircut.
/// </summary>
public sealed record CalibrationSettings
{
    /// <summary>The weight of a day's variance against the next one's: 0.94, as RiskMetrics (1996) has it for daily data.</summary>
    public double Decay
    {
        get;
        init => field = value is >= 0.5 and <= 0.999 ? value : throw new InputException("calibration decay", $"found {value}, expected 0.5 to 0.999");
    } = 0.94;

    /// <summary>
    /// The part of variance that is the long run's while the market is calmer than that: a quarter, the least weight of stressed
    /// observations that EMIR (delegated regulation 153/2013, article 28) asks of a margin model. It keeps the haircut of a
    /// calm market from falling as far as the market's calm.
    /// </summary>
    public double LongRunPart
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new InputException("calibration longRunPart", $"found {value}, expected 0 to 1");
    } = 0.25;

    /// <summary>Days of residuals and of the long run: four years, the length crypto's cycles have had, so that a window holds a whole one.</summary>
    public int Window
    {
        get;
        init => field = value is >= 100 and <= 36_500 ? value : throw new InputException("calibration window", $"found {value} days, expected 100 to 36500");
    } = 1461;

    /// <summary>Days of residuals before the first haircut: 500, so that five lie beyond a quantile of 99 %.</summary>
    public int Warmup
    {
        get;
        init => field = value is >= 20 and <= 36_500 ? value : throw new InputException("calibration warmup", $"found {value} days, expected 20 to 36500");
    } = 500;

    /// <summary>Resamples of the bootstrap.</summary>
    public int Resamples
    {
        get;
        init => field = value is >= 20 and <= 100_000 ? value : throw new InputException("calibration resamples", $"found {value}, expected 20 to 100000");
    } = 1000;

    /// <summary>Mean length of a block of the bootstrap, in days.</summary>
    public double MeanBlock
    {
        get;
        init => field = value is >= 1 and <= 1000 ? value : throw new InputException("calibration meanBlock", $"found {value} days, expected 1 to 1000");
    } = 10;

    /// <summary>The bootstrap's seed.</summary>
    public ulong Seed { get; init; } = 1;
}
