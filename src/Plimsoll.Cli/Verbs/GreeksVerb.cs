using System.CommandLine;
using System.Globalization;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Pricing.Options;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll greeks</c>: all Greeks of every position, or of every instrument listed, and their totals.</summary>
internal static class GreeksVerb
{
    private const string SampleBook = "samples/books/book.json";
    private const string SampleMarket = "samples/books/market.json";

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string?> book = new("BOOK") { Description = "The book file (docs/formats/book.md); without one, one unit of everything the market lists.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> market = new("--market") { Description = "The market file (docs/formats/market.md).", HelpName = "FILE" };
        Option<string?> account = new("--account") { Description = "Only this account.", HelpName = "NAME" };
        Option<bool> csv = new("--csv") { Description = "Comma-separated lines on the output, nothing else." };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "greeks",
            "Delta, gamma, vega, theta, rho, vanna, volga, charm and speed of every position, in USD and in coin, with totals by underlying.",
            $"greeks {SampleBook} --market {SampleMarket}",
            $"greeks {SampleBook} --market {SampleMarket} --account vol-seller --csv",
            $"greeks --market {SampleMarket} --json")
        {
            book, market, account, csv, json,
        };
        verb.SetAction(parsed =>
        {
            string marketPath = parsed.GetValue(market) ?? throw new InputException("--market", "is missing, expected a market file");
            if (parsed.GetValue(csv) && parsed.GetValue(json)) throw new InputException("--csv", "and --json exclude each other");

            IReadOnlyList<PositionGreeks> lines = PositionGreeks.Read(marketPath, parsed.GetValue(book), parsed.GetValue(account));
            IReadOnlyList<PositionGreeks> totals = PositionGreeks.Totals(lines);
            if (parsed.GetValue(json)) screen.Json(new { positions = lines, totals });
            else if (parsed.GetValue(csv)) Csv(screen, lines, totals);
            else Show(screen, lines, totals);

            return ExitCode.Good;
        });

        return verb;
    }

    private static void Csv(Screen screen, IReadOnlyList<PositionGreeks> lines, IReadOnlyList<PositionGreeks> totals)
    {
        const string names = "value,delta,gamma,vega,theta,rho,vanna,volga,charm,speed";
        screen.Line($"account,underlying,instrument,size,net_delta,{Prefixed("usd_")},{Prefixed("coin_")}");
        foreach (PositionGreeks line in lines.Concat(totals))
        {
            (OptionGreeks u, CoinGreeks c) = (line.Usd, line.Coin);
            double[] figures =
            [
                line.Size, line.NetDelta, u.Value, u.Delta, u.Gamma, u.Vega, u.Theta, u.Rho, u.Vanna, u.Volga, u.Charm, u.Speed,
                c.Value, c.Delta, c.Gamma, c.Vega, c.Theta, c.Rho, c.Vanna, c.Volga, c.Charm, c.Speed,
            ];
            screen.Line($"{line.Account},{line.Underlying},{line.Instrument},{string.Join(',', figures.Select(f => f.ToString("R", CultureInfo.InvariantCulture)))}");
        }

        static string Prefixed(string prefix) => string.Join(',', names.Split(',').Select(name => prefix + name));
    }

    private static void Show(Screen screen, IReadOnlyList<PositionGreeks> lines, IReadOnlyList<PositionGreeks> totals)
    {
        Table first = Tables.New("position", ">size", ">value", ">delta", ">net", ">gamma", ">vega", ">theta");
        Table second = Tables.New("position", ">rho", ">vanna", ">volga", ">charm", ">speed");
        Table coin = Tables.New("position", ">value", ">delta", ">gamma", ">vega", ">theta");
        Table coinSecond = Tables.New("position", ">rho", ">vanna", ">volga", ">charm", ">speed");
        string account = "";
        foreach (PositionGreeks line in lines.Concat(totals))
        {
            if (line.Account.Length > 0 && line.Account != account)
                foreach (Table table in new[] { first, second, coin, coinSecond }) table.AddRow(Figures.In("grey", line.Account));

            account = line.Account;
            string name = line.IsTotal ? $"{line.Underlying}, all" : line.Instrument;
            (OptionGreeks u, CoinGreeks c) = (line.Usd, line.Coin);
            Add(first, name, [line.IsTotal ? double.NaN : line.Size, u.Value, u.Delta, line.NetDelta, u.Gamma, u.Vega, u.Theta]);
            Add(second, name, [u.Rho, u.Vanna, u.Volga, u.Charm, u.Speed]);
            Add(coin, name, [c.Value, c.Delta, c.Gamma, c.Vega, c.Theta]);
            Add(coinSecond, name, [c.Rho, c.Vanna, c.Volga, c.Charm, c.Speed]);
        }

        screen.Page.Section("Greeks in USD", first, "delta in coins; net: less the premium in coin; vega per point, theta per day");
        screen.Page.Section("Of higher order in USD", second, "rho per 1 %, vanna and volga per point, charm per day, speed per USD");
        screen.Page.Section("Greeks in coin", coin, "of the worth in coins of the underlying, per USD of it");
        screen.Page.Section("Of higher order in coin", coinSecond);

        static void Add(Table table, string name, double[] figures) =>
            table.AddRow([Markup.Escape(name), .. figures.Select(f => double.IsNaN(f) ? Figures.None : Markup.Escape(Brief(f)))]);
    }

    /// <summary>Four digits that count, or powers of ten where there are too many zeros.</summary>
    private static string Brief(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1000 => Figures.Text(value, "#,##0"),
        >= 100 => Figures.Text(value, "0.0"),
        >= 1 => Figures.Text(value, "0.00"),
        >= 0.001 => Figures.Text(value, "0.0000"),
        _ => value.ToString("0.0e0", CultureInfo.InvariantCulture),
    };
}
