using System.Globalization;
using Plimsoll.Cli.Terminal;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Demo;

/// <summary>What happened when, as lines of bars over the story's time.</summary>
internal static class Timeline
{
    private const int MostColumns = 60;

    /// <summary>The lines, one per figure, all over the same hours.</summary>
    public static Table Of(DemoReport report, IReadOnlyList<StoryMoment> moments)
    {
        var start = new Instant(moments[0].At.UnixMicroseconds);
        double hours = Math.Max(1, (moments[^1].At - start).TotalHours);
        double width = Math.Max(1, Math.Ceiling(hours / MostColumns));
        int columns = (int)Math.Min(MostColumns, Math.Ceiling(hours / width));
        int Column(Instant at) => Math.Clamp((int)((at - start).TotalHours / width), 0, columns - 1);

        Table table = Tables.New("", $"{Figures.Moment(start)} to {Figures.Moment(moments[^1].At)}, {width.ToString("0", CultureInfo.InvariantCulture)} h a bar", ">most in a bar");
        string first = report.Story.Prices[0].Asset;
        Add(table, $"{first} price", "aqua", Lowest(moments, columns, Column, moment => moment.Price), fromZero: false, report.Story.Prices[0] is var p ? $"{Figures.Brief(p.First)} ▸ {Figures.Brief(p.Lowest)}" : "");
        Add(table, "fund, USD", "aqua", Lowest(moments, columns, Column, moment => moment.Fund), fromZero: false, $"{Figures.Short(report.Fund.Before)} ▸ {Figures.Short(report.Fund.After)}");
        Count(table, "calls", "yellow", Sum(report, columns, Column, hour => hour.Calls));
        Count(table, "liquidations", "red", Sum(report, columns, Column, hour => hour.Liquidations));
        Count(table, "closed, USD", "red", Sum(report, columns, Column, hour => hour.Notional));
        Count(table, "auctions", "red", Sum(report, columns, Column, hour => hour.Auctions));
        Count(table, "fund paid, USD", "red", Sum(report, columns, Column, hour => hour.FundDrawn));
        Count(table, "ADL takeovers", "red", Sum(report, columns, Column, hour => hour.Deleveragings));

        return table;
    }

    private static void Count(Table table, string name, string colour, double[] figures) =>
        Add(table, name, colour, figures, fromZero: true, figures.Max() > 0 ? Figures.Short(figures.Max()) : "none");

    private static void Add(Table table, string name, string colour, double[] figures, bool fromZero, string most) =>
        table.AddRow(Markup.Escape(name), Figures.In(colour, Sparkline.Of(figures, fromZero)), Markup.Escape(most));

    private static double[] Sum(DemoReport report, int columns, Func<Instant, int> column, Func<HourFacts, double> figure)
    {
        double[] sums = new double[columns];
        foreach (HourFacts hour in report.Hours)
        {
            if (Instant.TryParse(hour.Hour, out Instant at)) sums[column(at)] += figure(hour);
        }

        return sums;
    }

    private static double[] Lowest(IReadOnlyList<StoryMoment> moments, int columns, Func<Instant, int> column, Func<StoryMoment, double> figure)
    {
        double[] lowest = new double[columns];
        Array.Fill(lowest, double.NaN);
        foreach (StoryMoment moment in moments)
        {
            int at = column(moment.At);
            lowest[at] = double.IsNaN(lowest[at]) ? figure(moment) : Math.Min(lowest[at], figure(moment));
        }

        // A bar without a tick of its own shows the last one.
        for (int i = 0; i < columns; i++)
        {
            if (double.IsNaN(lowest[i])) lowest[i] = i > 0 ? lowest[i - 1] : figure(moments[0]);
        }

        return lowest;
    }
}
