using Plimsoll.Cli.Terminal;
using Plimsoll.Numerics;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Collateral.Calibration;
using Plimsoll.Units;

namespace Plimsoll.Cli.Liquidity;

/// <summary>Calibrated haircuts as one JSON document.</summary>
internal static class CalibrationReport
{
    // Falls of a twentieth a day: slow enough that a calm week after a storm frees little.
    private const decimal UsualFallPerDay = 0.05m;

    /// <summary>The whole answer.</summary>
    public static object Of(CalibratedAsset[] assets, CalibrationAsk ask, CalibrationSettings settings) => new
    {
        level = ask.Level,
        holding = ask.Holding,
        sale = ask.Sale,
        settings = new { settings.Decay, settings.LongRunPart, settings.Window, settings.Warmup },
        assets = assets.Select(asset => new
        {
            asset = asset.Asset,
            file = asset.Path,
            days = asset.Calibration.Losses.Days.Length,
            leftOut = asset.Calibration.Losses.Days.Count(day => !day.IsWhole),
            badTicks = asset.Calibration.Losses.BadTicks,
            stressedVolatility = asset.Calibration.StressedVolatility,
            liquidity = asset.Profile?.Source,
            sale = asset.Sale,
            main = Rung(asset.Main!),
            years = asset.Main!.Backtest.Years.Select(year => new { year = year.Name, test = Test(year.Test), year.MeanHaircut, year.FlatExceptions }),
            trade = asset.Trade.Select(Rung),
        }),
    };

    /// <summary>The sections of a rulebook that say how far these assets count: tiers, and the dynamic haircut's terms.</summary>
    public static string Parameters(CalibratedAsset[] assets, CalibrationAsk ask, CalibrationSettings settings) => Screen.ToJson(new
    {
        collateral = assets.Select(asset => asset.Schedule(new AssetId(asset.Asset))).Select(terms => new
        {
            asset = terms.Asset.Value,
            tiers = terms.Tiers.Select(tier => new { tier.FromValue, tier.Haircut }),
            cap = terms.Cap,
        }),
        collateralPolicy = new
        {
            dynamic = new
            {
                // One multiplier for all: the largest, an expected shortfall, as the section means it.
                multiplier = assets.Max(asset => CalibratedAsset.Up(asset.Main!.Backtest.Next.ShortfallMultiplier, 2)),
                detectionDays = (decimal)ask.Sale.DetectionDays,
                participation = (decimal)ask.Sale.Participation,
                fee = (decimal)ask.Sale.Fee,
                floor = 0,
                fallPerDay = UsualFallPerDay,
                sampleMinutes = 60,
                decay = (decimal)settings.Decay,
                markets = assets.Select(asset => asset.Market(new AssetId(asset.Asset))).OfType<HaircutMarket>().Select(market => new
                {
                    asset = market.Scope.Asset!.Value.Value,
                    market.Volatility,
                    market.Stressed,
                    market.DailyVolume,
                    market.Spread,
                    market.Impact,
                    market.Jump,
                }),
            },
        },
    });

    private static object Rung(TradeRung rung) => new
    {
        level = rung.Backtest.Level,
        test = Test(rung.Backtest.Test),
        meanHaircut = rung.Backtest.MeanHaircut,
        efficiency = rung.Backtest.Efficiency,
        meanExcess = rung.Backtest.MeanExcess,
        shortfallOfLoan = rung.Backtest.ShortfallOfLoan,
        worstCoverage = rung.Backtest.WorstCoverage,
        flat = new { haircut = rung.Backtest.FlatHaircut, test = Test(rung.Backtest.FlatTest) },
        next = new
        {
            rung.Backtest.Next.Volatility,
            rung.Backtest.Next.Multiplier,
            rung.Backtest.Next.MultiplierLow,
            rung.Backtest.Next.MultiplierHigh,
            rung.Backtest.Next.ShortfallMultiplier,
            haircut = rung.Backtest.Next.Over(1),
        },
        sizedHaircut = rung.Sized,
        loan = rung.Loan,
    };

    private static object Test(ExceptionTest test) => new
    {
        days = test.Trials,
        exceptions = test.Exceptions,
        coverage = test.Coverage,
        coverageLow = test.CoverageInterval.Low,
        coverageHigh = test.CoverageInterval.High,
        kupiec = test.Kupiec.Probability,
        independence = test.Independence.Probability,
        conditionalCoverage = test.ConditionalCoverage.Probability,
    };
}
