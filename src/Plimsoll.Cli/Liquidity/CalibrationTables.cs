using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Depth;
using Plimsoll.Numerics;
using Plimsoll.Risk.Collateral.Calibration;
using Spectre.Console;

namespace Plimsoll.Cli.Liquidity;

/// <summary>Calibrated haircuts as tables.</summary>
internal static class CalibrationTables
{
    /// <summary>A p-value under this one speaks against a haircut.</summary>
    public const double Rejected = 0.05;

    private const int FewestDue = 5;

    /// <summary>Shows assets.</summary>
    public static void Show(Screen screen, CalibratedAsset[] assets, CalibrationAsk ask, bool years)
    {
        screen.Page.Section($"Haircuts of {Level(ask.Level)} against the next day's loss", Backtests(assets), "out of sample: each known before its day; per cent; flat: one for all days with as many exceptions, known in hindsight");
        foreach (CalibratedAsset asset in assets)
        {
            screen.Page.Section($"{asset.Asset}: safety against what may be lent", Trade(asset), $"{Basis(asset)}; lent a unit of collateral, excess of a day over it, mean loss of the loan");
            if (years) screen.Page.Section($"{asset.Asset}: year by year at {Level(ask.Level)}", Years(asset.Main!.Backtest));
        }

        screen.Page.Section($"Selling a holding of {Figures.Short(ask.Holding)}, and lending against it at {Level(ask.Level)}", Loans(assets), $"haircut at the next day's volatility, loans at the highest of the last year; from the opening LTV a call comes within {Figures.Text(ask.CallDays, "0.#")} day in {Figures.Text(100 * (1 - ask.CallLevel), "0.##")} of 100");
        Verdict(screen, assets);
    }

    private static void Verdict(Screen screen, CalibratedAsset[] assets)
    {
        string[] failing = [.. assets.Where(asset => asset.Main!.Backtest.Test.Kupiec.Probability <= Rejected).Select(asset => asset.Asset)];
        string[] untold = [.. assets.Where(asset => asset.Main!.Backtest is var one && one.Test.Trials * (1 - one.Level) < FewestDue).Select(asset => asset.Asset).Except(failing)];
        string[] held = [.. assets.Select(asset => asset.Asset).Except(failing).Except(untold)];
        string[] said =
        [
            .. failing.Length > 0 ? [$"{string.Join(", ", failing)}: NOT covered as often as said (Kupiec, two-sided, p of 5 % or less)."] : Array.Empty<string>(),
            .. untold.Length > 0 ? [$"{string.Join(", ", untold)}: too few days to tell, under {FewestDue} exceptions due."] : Array.Empty<string>(),
            .. held.Length > 0 ? [$"{string.Join(", ", held)}: covered as often as said (Kupiec, two-sided, p over 5 %)."] : Array.Empty<string>(),
        ];
        screen.Verdict(failing.Length > 0 ? "red" : untold.Length > 0 ? "yellow" : "green", string.Join(' ', said));
    }

    private static Table Backtests(CalibratedAsset[] assets)
    {
        Table table = Tables.New("asset", ">days", ">over", ">due", ">coverage", ">Kupiec p", ">clusters p", ">mean", ">flat", ">next", ">from", ">to");
        foreach (CalibratedAsset asset in assets)
        {
            HaircutBacktest backtest = asset.Main!.Backtest;
            NextHaircut next = backtest.Next;
            table.AddRow(
                asset.Asset, Figures.Count(backtest.Test.Trials), Figures.Count(backtest.Test.Exceptions), Figures.Text(backtest.Test.Trials * (1 - backtest.Level), "0.0"),
                Points(backtest.Test.Coverage), Chance(backtest.Test.Kupiec), Chance(backtest.Test.Independence), Points(backtest.MeanHaircut), Points(backtest.FlatHaircut),
                Points(next.Over(1)), Points(HaircutCalibration.Haircut(next.MultiplierLow, next.Volatility, 1)), Points(HaircutCalibration.Haircut(next.MultiplierHigh, next.Volatility, 1)));
        }

        return table;
    }

    private static Table Trade(CalibratedAsset asset)
    {
        Table table = Tables.New(">level", ">mean", ">flat", ">covered", ">from", ">to", ">Kupiec p", ">clusters p", ">lent", ">excess", ">bp lost");
        foreach (TradeRung rung in asset.Trade)
        {
            HaircutBacktest backtest = rung.Backtest;
            (double low, double high) = backtest.Test.CoverageInterval;
            table.AddRow(
                Level(backtest.Level), Points(backtest.MeanHaircut), Points(backtest.FlatHaircut), Points(backtest.Test.Coverage), Points(low), Points(high),
                Chance(backtest.Test.Kupiec), Chance(backtest.Test.Independence), Figures.Text(backtest.Efficiency, "0.000"), Points(backtest.MeanExcess),
                Figures.Text(backtest.ShortfallOfLoan * 1e4, "0.0"));
        }

        return table;
    }

    private static Table Years(HaircutBacktest backtest)
    {
        Table table = Tables.New("year", ">days", ">over", ">due", ">Kupiec p", ">mean haircut", ">over the flat one");
        foreach (BacktestPeriod year in backtest.Years)
        {
            table.AddRow(
                year.Name, Figures.Count(year.Test.Trials), Figures.Count(year.Test.Exceptions), Figures.Text(year.Test.Trials * (1 - backtest.Level), "0.0"),
                Chance(year.Test.Kupiec), Points(year.MeanHaircut), Figures.Count(year.FlatExceptions));
        }

        return table;
    }

    private static Table Loans(CalibratedAsset[] assets)
    {
        Table table = Tables.New("asset", "measured by", ">takes", ">cost bp", ">haircut", ">bonus", ">threshold", ">SmartLTV", ">opening LTV");
        foreach (CalibratedAsset asset in assets)
        {
            TradeRung rung = asset.Main!;
            string source = asset.Profile?.Source switch { LiquiditySource.Books => "books", LiquiditySource.Volume => "volume alone", _ => "nothing" };
            table.AddRow(
                asset.Asset, asset.Sale.Unsold > 0 ? Figures.In("yellow", source) : source, asset.Profile is null ? Figures.None : DepthTables.Duration(asset.Sale.Days), DepthTables.BasisPoints(asset.Sale.Cost),
                Points(rung.Sized), Points(rung.Loan.Bonus), Points(rung.Loan.Threshold), Points(rung.Loan.SmartLoanToValue), Points(rung.Loan.LoanToValue));
        }

        return table;
    }

    private static string Basis(CalibratedAsset asset)
    {
        DailyLosses losses = asset.Calibration.Losses;
        int broken = losses.Days.Count(day => !day.IsWhole);

        return $"{Figures.Count(losses.Days.Length)} days from {losses.Days[0].At.ToString()[..10]}"
            + (broken > 0 ? $", {broken} left out for outages" : "")
            + (losses.BadTicks > 0 ? $", {losses.BadTicks} bad tick{(losses.BadTicks > 1 ? "s" : "")} cut" : "");
    }

    private static string Chance(RatioTest test) => Figures.In(test.Probability > Rejected ? "default" : "red", Figures.Text(test.Probability, "0.000"));

    private static string Level(double level) => Figures.Text(level * 100, "0.##") + " %";

    private static string Points(double part) => Figures.Text(part * 100, "0.00");
}
