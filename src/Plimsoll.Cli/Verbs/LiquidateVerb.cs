using System.CommandLine;
using System.Globalization;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Liquidations;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll liquidate</c>: the plan that would run now for an account, its cost, and who bears what.</summary>
internal static class LiquidateVerb
{
    private const int MostSlices = 1000;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string?> file = new("FILE") { Description = "A book file with --market (docs/formats/book.md), or a venue's file without; a rehearsal without one takes the sample venue.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> rehearse = new("--rehearse") { Description = "Live a shock on a copy of the venue instead, to the last resort." };
        var shock = new RehearsalOptions();
        Option<string?> market = new("--market") { Description = "The market file of a book (docs/formats/market.md).", HelpName = "FILE" };
        Option<string?> parameters = new("--parameters") { Description = "Risk parameters of a book; the house's own without it.", HelpName = "FILE" };
        Option<string?> account = new("--account") { Description = "The account; may be left out where the book has one.", HelpName = "NAME" };
        Option<double> insurance = new("--insurance") { Description = "What the insurance may give, USD; a venue's file knows its own.", HelpName = "USD" };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "liquidate",
            "The liquidation of an account as it would go from now on if no price moved: slices, cost, and who bears what; or a shock to a whole venue. Changes nothing.",
            "liquidate samples/books/sunk.json --market samples/books/market.json --parameters samples/parameters/whole.json --account whale",
            "liquidate samples/books/sunk.json --market samples/books/market.json --account broke --insurance 20000",
            "liquidate --rehearse --accounts 400 --price BTC=-30% --guards")
        {
            file, market, parameters, account, insurance, rehearse, json,
        };
        shock.AddTo(verb);
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(rehearse)) return RehearsalOutput.Run(screen, parsed.GetValue(file), shock.Read(parsed), parsed.GetValue(json));

            string named = parsed.GetValue(file) ?? throw new InputException("FILE", "expected a book or a venue's file, or --rehearse with --price ASSET=-30%");
            double fund = parsed.GetValue(insurance);
            if (!(fund >= 0) || !double.IsFinite(fund)) throw new InputException("--insurance", $"found {fund.ToString(CultureInfo.InvariantCulture)}, expected 0 or more");

            (VenueState venue, string name, LiquidationForecast forecast) = parsed.GetValue(market) is { } listed
                ? OfBook(JudgedBook.Read(named, listed, parsed.GetValue(parameters)), parsed.GetValue(account), fund)
                : OfVenue(named, parsed.GetValue(account), parsed.GetValue(parameters));
            if (parsed.GetValue(json)) screen.Json(LiquidateTables.Answer(venue, name, forecast));
            else LiquidateTables.Show(screen, venue, name, forecast);

            return forecast.Ending == ForecastEnding.NotNeeded ? ExitCode.Good : ExitCode.BadNews;
        });

        return verb;
    }

    private static (VenueState Venue, string Name, LiquidationForecast Forecast) OfBook(JudgedBook book, string? name, double fund)
    {
        int account = book.Named(name);

        return (book.Market, book.Accounts[account], book.Forecast(account, fund, MostSlices));
    }

    private static (VenueState Venue, string Name, LiquidationForecast Forecast) OfVenue(string path, string? name, string? parameters)
    {
        if (parameters is not null) throw new InputException("--parameters", "a venue's file has its own: plimsoll params shadow asks what others would do");
        if (!File.Exists(path)) throw new InputException(path, "there is no such venue");
        if (name is null) throw new InputException("--account", "expected the name of an account");

        using SqliteJournalStore store = SqliteJournalStore.Open(path, readOnly: true);
        VenueState venue = Engine.Hosting.Recovery.Recover(store).State;
        if (!Identifier.IsValid(name) || !venue.Accounts.TryFind(new AccountId(name), out AccountIndex account)) throw new InputException("--account", $"the venue has no account {name}");

        return (venue, name, LiquidationDesk.Forecast(venue, account, MostSlices));
    }
}
