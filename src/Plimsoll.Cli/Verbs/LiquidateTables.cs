using System.Globalization;
using System.Text.Json;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary>A forecast of a liquidation as tables and as JSON.</summary>
internal static class LiquidateTables
{
    private const int MostRows = 12;

    public static void Show(Screen screen, VenueState venue, string name, LiquidationForecast forecast)
    {
        PhaseTerms phases = venue.Parameters!.Phases;
        Verdict before = forecast.Draft.Before;
        Table standing = Tables.New("", ">now", ">after the slices");
        standing.AddRow("equity", Figures.Usd(before.Equity), Figures.Usd(forecast.After.Equity));
        standing.AddRow("maintenance health", Figures.Usd(before.MaintenanceHealth), Figures.Usd(forecast.After.MaintenanceHealth));
        standing.AddRow($"{Word(forecast.Goal)} health", Figures.Usd(before.Health(forecast.Goal)), Figures.Usd(forecast.After.Health(forecast.Goal)));
        standing.AddRow("owed against what is at stake", Figures.Percent(forecast.Draft.Spiral.LoanToValue), $"selling makes it worse from {Figures.Percent(forecast.Draft.Spiral.Bound)}");
        screen.Page.Section(Markup.Escape(name), standing, "USD, at the prices now");
        if (!forecast.Slices.IsEmpty) Slices(screen, venue, phases, forecast);
        if (forecast.Estate is { } estate) Estate(screen, venue, phases, forecast, estate);
        screen.Verdict(forecast.Ending is ForecastEnding.NotNeeded or ForecastEnding.Restored ? "green" : "red", Sentence(name, phases, forecast));
    }

    public static object Answer(VenueState venue, string name, LiquidationForecast forecast) => new
    {
        account = name,
        goal = forecast.Goal,
        ending = forecast.Ending,
        before = Figures6(forecast.Draft.Before),
        after = Figures6(forecast.After),
        spiral = new { loanToValue = forecast.Draft.Spiral.LoanToValue, bound = forecast.Draft.Spiral.Bound, beyond = forecast.Draft.Spiral.IsBeyond },
        cost = forecast.Cost,
        slices = forecast.Slices.Select((slice, i) => new
        {
            period = i,
            notional = slice.Notional,
            cost = slice.Cost,
            trades = Trades(venue, slice.Plan).Select(trade => new { what = trade.What, size = trade.Size, price = trade.Price }),
            health = slice.Plan.After.MaintenanceHealth,
        }),
        auction = forecast.Ending == ForecastEnding.Auction && venue.Parameters!.Phases.Auction is { } auction
            ? new { paidIn = auction.PaidIn.Value, from = auction.StartDiscount, to = auction.EndDiscount, seconds = auction.Seconds, mark = forecast.After.Equity }
            : null,
        estate = forecast.Estate is { } estate
            ? new
            {
                outcome = estate.Plan.Outcome,
                deficit = estate.Deficit,
                insurance = estate.Insurance,
                unborne = estate.Unborne,
                trades = Trades(venue, estate.Plan).Select(trade => new { what = trade.What, size = trade.Size, price = trade.Price }),
                takeovers = estate.Plan.Takeovers.Select(taken => new { instrument = venue.Catalog[taken.Instrument].Id.Value, change = Signed(venue, taken.Instrument, taken.Change), price = taken.Price }),
            }
            : null,
    };

    private static void Slices(Screen screen, VenueState venue, PhaseTerms phases, LiquidationForecast forecast)
    {
        Table table = Tables.New(">slice", ">after", "trades", ">notional", ">cost", ">maint. health");
        int shown = forecast.Slices.Length <= MostRows ? MostRows : MostRows - 1;
        for (int i = 0; i < forecast.Slices.Length; i++)
        {
            if (i >= shown && i < forecast.Slices.Length - 1)
            {
                if (i == shown) table.AddRow("…", "", $"{forecast.Slices.Length - 1 - shown} more in between", "", "", "");
                continue;
            }

            SlicePlan slice = forecast.Slices[i];
            string trades = string.Join(", ", Trades(venue, slice.Plan).Select(trade => $"{trade.Size} {trade.What} at {trade.Price}"));
            table.AddRow($"{i + 1}", $"{i * phases.PeriodSeconds} s", Markup.Escape(trades), Figures.Usd(slice.Notional), Figures.Usd(slice.Cost), Figures.Usd(slice.Plan.After.MaintenanceHealth));
        }

        screen.Page.Section("Slices", table, phases.IsNone ? "no phases: all at once" : $"one in each period of {phases.PeriodSeconds} s; cost is slippage and penalty, USD");
    }

    private static void Estate(Screen screen, VenueState venue, PhaseTerms phases, LiquidationForecast forecast, EstateForecast estate)
    {
        Table table = Tables.New("who", "bears or takes", ">USD");
        if (forecast.Ending == ForecastEnding.Auction && phases.Auction is { } auction)
        {
            string bids = forecast.After.Equity > 0
                ? $"any part at the mark less {Figures.Percent((double)auction.StartDiscount)} to {Figures.Percent((double)auction.EndDiscount)} within {auction.Seconds} s"
                : $"all of it, paid from its debt to its whole requirement within {auction.Seconds} s";
            table.AddRow("bidders", bids, Figures.Usd(forecast.After.Equity));
        }

        if (phases.Backstop is { } backstop) table.AddRow(Markup.Escape(backstop.Account.Value), "what nobody bid for, at its marks, as far as its capital carries it", Figures.Usd(Math.Min(forecast.After.Notional, (double)backstop.MostNotional)));
        foreach ((string what, string size, string price) in Trades(venue, estate.Plan)) table.AddRow("the market", Markup.Escape($"{size} {what} at {price}"), "");
        table.AddRow("insurance", "what is missing then", Figures.Usd(estate.Insurance));
        foreach (PlannedTakeover taken in estate.Plan.Takeovers)
            table.AddRow("the other side", Markup.Escape($"takes over {Signed(venue, taken.Instrument, -taken.Change)} {venue.Catalog[taken.Instrument].Id} at {Plain(taken.Price)}"), "");
        table.AddRow("own funds, or everybody", "what nobody else bears", Figures.Usd(estate.Unborne));
        screen.Page.Section("If nobody bids", table, "who takes and who bears what, in that order");
    }

    private static string Sentence(string name, PhaseTerms phases, LiquidationForecast forecast) => forecast.Ending switch
    {
        ForecastEnding.NotNeeded => $"{name} lacks nothing: there is nothing to liquidate.",
        ForecastEnding.Restored when forecast.Goal == MarginLine.Initial => $"{name} is not under water; a call it does not meet restores its initial requirement in {forecast.Slices.Length} slices for {Figures.Usd(forecast.Cost)} USD.",
        ForecastEnding.Restored => $"{name} is restored in {forecast.Slices.Length} slices, {Math.Max(0, forecast.Slices.Length - 1) * phases.PeriodSeconds} s, for {Figures.Usd(forecast.Cost)} USD.",
        ForecastEnding.Auction => $"{name} goes to auction: {(forecast.Draft.Spiral.IsBeyond ? "selling it would make it worse" : "nothing that could be sold restores it")}.",
        ForecastEnding.LastResort => $"{name} goes to the last resort: nothing that could be sold restores it, and there is no auction.",
        _ => $"{name} goes on beyond {forecast.Slices.Length} slices.",
    };

    private static IEnumerable<(string What, string Size, string Price)> Trades(VenueState venue, LiquidationPlan plan)
    {
        foreach (PlannedClose close in plan.Closes) yield return (venue.Catalog[close.Instrument].Id.Value, Signed(venue, close.Instrument, close.Change), Math.Round(close.Price, close.Price > 100m ? 2 : 6).ToString("0.######", CultureInfo.InvariantCulture));
        foreach (PlannedConversion sale in plan.Conversions)
        {
            yield return ($"{venue.Catalog[sale.Sold].Id} for {venue.Catalog[sale.Bought].Id}", $"-{Figures.Coins(venue.Catalog[sale.Sold].Scale.ToModel(sale.Sell))}", venue.Catalog[sale.Bought].Scale.Format(sale.Buy));
        }
    }

    private static string Signed(VenueState venue, InstrumentIndex instrument, Lots change) =>
        change.ToSize(venue.Catalog[instrument].LotSize).ToString("+0.############;-0.############", CultureInfo.InvariantCulture);

    private static string Plain(decimal price) => Math.Round(price, 6).ToString("0.######", CultureInfo.InvariantCulture);

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static object Figures6(in Verdict verdict) => new
    {
        equity = verdict.Equity,
        counted = verdict.Counted,
        notional = verdict.Notional,
        initialHealth = verdict.InitialHealth,
        targetHealth = verdict.TargetHealth,
        maintenanceHealth = verdict.MaintenanceHealth,
    };
}
