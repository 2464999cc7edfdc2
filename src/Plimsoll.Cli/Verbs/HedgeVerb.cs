using System.CommandLine;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Risk.Hedging;
using Plimsoll.Units;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll hedge</c>: the cheapest trades that bring a book inside its bands.</summary>
internal static class HedgeVerb
{
    private const string SampleBook = "samples/books/book.json";
    private const string SampleMarket = "samples/books/market.json";
    private const string SamplePlan = "samples/books/hedge.json";
    private const long MostBytes = 16 << 20;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string?> book = new("BOOK") { Description = "The book file (docs/formats/book.md).", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> market = new("--market") { Description = "The market file (docs/formats/market.md).", HelpName = "FILE" };
        Option<string?> plan = new("--plan") { Description = "Bands, instruments, costs and depth (docs/formats/hedge.md); without it delta within its no-trade band at usual costs.", HelpName = "FILE" };
        Option<string?> account = new("--account") { Description = "Only this account; all together without it.", HelpName = "NAME" };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "hedge",
            "Propose the trades that bring a book's Greeks inside their bands at the least cost; exit code 1 where a band stays breached.",
            $"hedge {SampleBook} --market {SampleMarket}",
            $"hedge {SampleBook} --market {SampleMarket} --account vol-seller --plan {SamplePlan}")
        {
            book, market, plan, account, json,
        };
        verb.SetAction(parsed =>
        {
            string bookPath = parsed.GetValue(book) ?? throw new InputException("BOOK", "is missing, expected a book file");
            string marketPath = parsed.GetValue(market) ?? throw new InputException("--market", "is missing, expected a market file");
            HedgePlan asked = parsed.GetValue(plan) is { } path ? Plan(path) : HedgePlan.Usual;
            JudgedBook judged = JudgedBook.Read(bookPath, marketPath, null);
            HedgeReport report = Propose(judged, asked, parsed.GetValue(account), parsed.GetValue(plan));
            if (parsed.GetValue(json)) screen.Json(report);
            else HedgeTables.Show(screen, report, parsed.GetValue(account) ?? "all accounts");

            return report.Hedges.All(hedge => hedge.Complete) ? ExitCode.Good : ExitCode.BadNews;
        });

        return verb;
    }

    private static HedgePlan Plan(string path)
    {
        try
        {
            return HedgePlan.FromJson(InputFile.Bytes(path, MostBytes));
        }
        catch (InputException fault) when (!fault.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InputException(path, fault.Message, fault);
        }
    }

    private static HedgeReport Propose(JudgedBook judged, HedgePlan plan, string? account, string? planPath)
    {
        int[] chosen = account is null ? [.. Enumerable.Range(0, judged.Accounts.Count)] : [judged.Accounts.ToList().IndexOf(account)];
        if (account is not null && chosen[0] < 0) throw new InputException("--account", $"the book has no account {account}");

        try
        {
            return HedgeDesk.Propose(judged.Hedged(chosen), plan);
        }
        catch (InputException fault) when (planPath is not null)
        {
            throw new InputException(planPath, fault.Message, fault);
        }
    }
}
