using System.Globalization;
using Plimsoll.Markets.Bars;
using Plimsoll.Simulation.Hedging;
using Plimsoll.Simulation.Paths;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>A replayed hedge as tables: the variance with and without it, and what it cost.</summary>
internal static class ReplayTables
{
    /// <summary>Shows a replay.</summary>
    public static void Show(Screen screen, KlineFile file, StraddleReplay replay, bool everyRoll)
    {
        bool coin = replay.Terms.InCoin;
        string unit = coin ? "coin" : "quote currency";
        StraddlePeriod[] periods = [.. replay.Periods];
        Table variance = Tables.New("begun in", ">rolls", ">unhedged", ">hedged", ">times lower", ">tracking error", ">mean unhedged", ">mean hedged");
        foreach (StraddlePeriod p in periods)
        {
            variance.AddRow(
                p.Name, Figures.Count(p.Rolls), Variance(p.VarianceUnhedged), Variance(p.VarianceHedged),
                double.IsFinite(p.VarianceRatio) ? Figures.Text(p.VarianceRatio, "0.00") : Figures.None,
                Money(p.TrackingError, coin), Money(p.MeanUnhedged, coin), Money(p.MeanHedged, coin));
        }

        screen.Page.Section("Variance of a roll's gain", variance, $"{unit}, one coin a roll; tracking error per hour");
        Table costs = Tables.New("begun in", ">fees and spread", ">funding", ">trades", ">bars missing");
        foreach (StraddlePeriod p in periods)
            costs.AddRow(p.Name, Money(p.HedgeCost, coin), Money(p.Funding, coin), Figures.Count(p.Trades), Figures.Count(p.Missing));
        screen.Page.Section("What the hedge cost", costs, $"{unit}; funding + received");
        if (everyRoll) ShowRolls(screen, replay, coin, unit);
        screen.Verdict(
            replay.Whole.VarianceRatio > 1 ? "green" : "yellow",
            double.IsFinite(replay.Whole.VarianceRatio)
                ? $"{replay.Whole.Rolls} rolls of {Path.GetFileName(file.Path)}: hedging makes the variance of a roll {Figures.Text(replay.Whole.VarianceRatio, "0.00")} times lower."
                : $"{replay.Whole.Rolls} roll of {Path.GetFileName(file.Path)}: too few for a variance.");
    }

    private static void ShowRolls(Screen screen, StraddleReplay replay, bool coin, string unit)
    {
        Table rolls = Tables.New("sold", ">strike", ">vol", ">premium", ">payoff", ">unhedged", ">hedged", ">tracking", ">cost", ">trades", ">gaps");
        foreach (StraddleRoll roll in replay.Rolls)
        {
            rolls.AddRow(
                Figures.Moment(roll.At), Figures.Text(roll.Strike, "#,##0"), Figures.Text(roll.Volatility * 100, "0.0"),
                Money(roll.Premium, coin), Money(roll.Payoff, coin), Money(roll.Unhedged, coin), Money(roll.Hedged, coin), Money(roll.TrackingError, coin),
                Money(roll.HedgeCost - roll.Funding, coin), Figures.Count(roll.Trades), Figures.Count(roll.Missing));
        }

        screen.Page.Section("Every roll", rolls, $"{unit}; volatility in per cent, cost with funding, gaps in bars");
    }

    private static string Variance(double value) => double.IsFinite(value) ? value.ToString("0.000E+0", CultureInfo.InvariantCulture) : Figures.None;

    private static string Money(double value, bool coin) => Figures.Text(value, coin ? "0.0000" : Math.Abs(value) < 100 ? "0.00" : "#,##0");
}
