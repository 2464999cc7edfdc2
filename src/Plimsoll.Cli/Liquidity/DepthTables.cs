using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Depth;
using Spectre.Console;

namespace Plimsoll.Cli.Liquidity;

/// <summary>A measured market as tables, with its depth curve drawn.</summary>
internal static class DepthTables
{
    private const int BarWidth = 14;

    /// <summary>Shows a profile.</summary>
    public static void Show(Screen screen, LiquidityProfile profile, string source, double participation, IReadOnlyList<SizeRow> sizes)
    {
        screen.Page.Section($"Liquidity by {source}", FactsOf(profile));
        if (profile is { Bids: { } bids, Asks: { } asks }) screen.Page.Section("Depth curve", Curve(bids, asks), "quote units within a distance of the middle; thin: nine moments of ten show more");
        ShowResilience(screen, profile.Resilience);
        screen.Page.Section("Selling", Selling(sizes), $"at most {Figures.Percent(participation)} of a thin day's volume, half the book left standing");
        SizeRow last = sizes[^1];
        screen.Verdict(
            last.Unsold > 0 ? "yellow" : "green",
            last.Unsold > 0
                ? $"{Figures.Coins(last.Coins)} coins cannot be sold by what is known: {Figures.Coins(last.Unsold)} are more than the books show, and no law of impact was given (--volume)."
                : $"Selling {Figures.Coins(last.Coins)} coins costs {BasisPoints(last.CostPart)} bp, {Figures.Short(last.Cost)} of {Figures.Short(last.Notional)}{(last.Days is { } days ? $", and takes {Duration(days)}" : "")}.");
    }

    /// <summary>Days as a person says them.</summary>
    public static string Duration(double? days) => days switch
    {
        null => Figures.None,
        < 1.0 / 1440 => Figures.Text(days.Value * 86_400, "0.0") + " s",
        < 1.0 / 24 => Figures.Text(days.Value * 1440, "0.0") + " min",
        < 2 => Figures.Text(days.Value * 24, "0.0") + " h",
        _ => Figures.Text(days.Value, "#,##0.0") + " d",
    };

    /// <summary>A part in basis points.</summary>
    public static string BasisPoints(double part) => Figures.Text(part * 1e4, Math.Abs(part) < 0.00995 ? "0.00" : "#,##0");

    private static Grid FactsOf(LiquidityProfile profile)
    {
        Grid facts = Facts.New();
        if (profile.Moments > 0) facts.Fact("moments", $"{Figures.Count(profile.Moments)}, {profile.From} to {profile.To}");
        else facts.Fact("no book", "half of a thin day's volume counts, Y is 1, the spread a twentieth of a day's volatility: dearer and slower than books show");
        facts.Fact("price", Figures.Price(profile.Mid));
        facts.Fact("spread", $"{BasisPoints(profile.Spread.Median)} bp, in a bad moment {BasisPoints(profile.Spread.High)} bp");
        if (profile.SeenVolatility is { } seen) facts.Fact("volatility seen", $"{Figures.Text(100 * seen, "0.00")} % a day");
        if (profile.Day is { } day) facts.Fact("a day", $"volatility {Figures.Text(100 * day.Volatility, "0.00")} %, {Figures.Coins(day.Volume)} coins, {Figures.Coins(day.ThinVolume)} on a thin day");
        if (profile.Impact is { } fit) facts.Fact("impact", Impact(profile, fit));
        if (profile.Law is { } law && profile.Day is not null) facts.Fact("law used", $"Y {Figures.Text(law.Scale, "0.00")} on {Figures.Coins(law.DailyVolume)} coins a day");

        return facts;
    }

    private static string Impact(LiquidityProfile profile, ImpactFit fit)
    {
        string scale = DepthReport.ScaleOf(profile, fit.PerRootCoin) is { } y
            ? $"Y {Figures.Text(y, "0.00")} ({Figures.Text(DepthReport.ScaleOf(profile, fit.Low)!.Value, "0.00")} to {Figures.Text(DepthReport.ScaleOf(profile, fit.High)!.Value, "0.00")}), "
            : "";

        return $"{scale}{BasisPoints(fit.PerRootCoin)} bp for the first coin, × √coins ({BasisPoints(fit.Low)} to {BasisPoints(fit.High)}){(fit.Exponent is { } power ? $"; within the books as size to the power {Figures.Text(power, "0.0")}" : "")}";
    }

    private static Table Curve(DepthCurve bids, DepthCurve asks)
    {
        Table table = Tables.New(">bids", ">thin", ">seen", "", ">bp", "", ">seen", ">thin", ">asks");
        double[] distances = [.. bids.Points.Concat(asks.Points).Select(point => point.Distance).Distinct().Order()];
        double most = Math.Max(bids.Points.Max(point => point.Median), asks.Points.Max(point => point.Median));
        foreach (double distance in distances)
        {
            (DepthPoint bid, DepthPoint ask) = (At(bids, distance), At(asks, distance));
            table.AddRow(
                Figures.Short(bid.Median), Figures.Short(bid.Low), Share(bid.Reached), Figures.In("green", Bar(bid.Median, most).PadLeft(BarWidth)),
                Figures.Text(distance * 1e4, "0.0##"),
                Figures.In("red", Bar(ask.Median, most)), Share(ask.Reached), Figures.Short(ask.Low), Figures.Short(ask.Median));
        }

        return table;
    }

    /// <summary>A side at a distance: between two of its own points no more than the nearer one shows, seen as often as the farther.</summary>
    private static DepthPoint At(DepthCurve curve, double distance)
    {
        DepthPoint within = curve.Points.LastOrDefault(point => point.Distance <= distance);
        DepthPoint beyond = curve.Points.FirstOrDefault(point => point.Distance >= distance);

        return within with { Distance = distance, Reached = beyond.Reached };
    }

    private static string Share(double reached) => Figures.In(reached >= 0.9 ? "default" : "grey", Figures.Text(Math.Floor(reached * 100), "0") + " %");

    private static string Bar(double value, double most) => new('█', most > 0 ? (int)Math.Round(value / most * BarWidth) : 0);

    private static void ShowResilience(Screen screen, MarketResilience resilience)
    {
        (string Name, Resilience? Found)[] all = [("bids", resilience.Bids), ("asks", resilience.Asks), ("spread", resilience.Spread)];
        if (Array.TrueForAll(all, one => one.Found is null)) return;

        Table table = Tables.New("", ">half back in", ">from", ">to", ">times taken");
        foreach ((string name, Resilience? found) in all)
        {
            if (found is { } back) table.AddRow(name, Seconds(back.HalfLifeSeconds), Seconds(back.Low), Seconds(back.High), Figures.Count(back.Depletions));
            else table.AddRow(name, Figures.None, Figures.None, Figures.None, "too few");
        }

        screen.Page.Section("Resilience", table, "what comes back faster than moments follow one another is given as their distance");
    }

    private static string Seconds(double seconds) => Figures.Text(seconds, "0.0") + " s";

    private static Table Selling(IReadOnlyList<SizeRow> sizes)
    {
        Table table = Tables.New(">coins", ">notional", ">thin books", ">cost bp", ">cost", ">last bp", ">by volume", ">by refill", ">takes");
        foreach (SizeRow row in sizes)
        {
            table.AddRow(
                Figures.Coins(row.Coins), Figures.Short(row.Notional), row.OfThinBook is { } part ? Figures.Text(part, "#,##0.0") : Figures.None,
                BasisPoints(row.CostPart), Figures.Short(row.Cost), BasisPoints(row.LastCoin), Duration(row.DaysByVolume), Duration(row.DaysByResilience),
                row.Unsold > 0 ? Figures.In("yellow", "unsold") : Duration(row.Days));
        }

        return table;
    }
}
