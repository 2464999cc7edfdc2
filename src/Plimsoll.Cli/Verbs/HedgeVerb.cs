using System.CommandLine;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Bars;
using Plimsoll.Risk.Hedging;
using Plimsoll.Simulation.Hedging;
using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll hedge</c>: the cheapest trades that bring a book inside its bands.</summary>
internal static class HedgeVerb
{
    private const string SampleBook = "samples/books/book.json";
    private const string SampleMarket = "samples/books/market.json";
    private const string SamplePlan = "samples/books/hedge.json";
    private const string SamplePrices = "samples/prices/btc-hourly.csv";
    private const long MostBytes = 16 << 20;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string?> book = new("BOOK") { Description = "The book file (docs/formats/book.md).", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> market = new("--market") { Description = "The market file (docs/formats/market.md).", HelpName = "FILE" };
        Option<string?> plan = new("--plan") { Description = "Bands, instruments, costs and depth (docs/formats/hedge.md); without it delta within its no-trade band at usual costs.", HelpName = "FILE" };
        Option<string?> account = new("--account") { Description = "Only this account; all together without it.", HelpName = "NAME" };
        Option<string?> replay = new("--replay") { Description = "Replay a short straddle, rolled every week and hedged every hour, on a file of hourly prices instead.", HelpName = "PRICES" };
        Option<string?> funding = new("--funding") { Description = "Funding payments of the perpetual for --replay: ts_ms,funding_rate.", HelpName = "FILE" };
        Option<Instant?> from = Asked.Time("--from", "When the first straddle of --replay is sold; the first Friday at 08:00 with 30 days before it.");
        Option<Instant?> to = Asked.Time("--to", "When the last straddle of --replay has ended; the end of the file.");
        Option<bool> coin = new("--in-coin") { Description = "Options and perpetual of --replay settle in coin." };
        Option<double?> aversion = Asked.Number("--aversion", "N", 0.01, 1e6, "Risk aversion times notional of --replay, 50 without it: smaller means a wider band.");
        Option<bool> rolls = new("--rolls") { Description = "Show every roll of --replay." };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "hedge",
            "Propose the trades that bring a book's Greeks inside their bands at the least cost; exit code 1 where a band stays breached.",
            $"hedge {SampleBook} --market {SampleMarket}",
            $"hedge {SampleBook} --market {SampleMarket} --account vol-seller --plan {SamplePlan}",
            $"hedge --replay {SamplePrices}")
        {
            book, market, plan, account, replay, funding, from, to, coin, aversion, rolls, json,
        };
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(replay) is { } prices)
            {
                if (parsed.GetValue(book) is not null) throw new InputException("BOOK", "does not go with --replay, which sells a straddle of its own");
                KlineFile file = KlineFile.Open(prices);
                StraddleTerms terms = Terms(file, parsed.GetValue(from), parsed.GetValue(to)) with { InCoin = parsed.GetValue(coin) };
                if (parsed.GetValue(aversion) is { } stated) terms = terms with { RelativeRiskAversion = stated };
                StraddleReplay replayed = StraddleReplay.Run(file, terms, parsed.GetValue(funding) is { } payments ? FundingFile.Read(payments) : null);
                if (parsed.GetValue(json)) screen.Json(Answer(replayed));
                else ReplayTables.Show(screen, file, replayed, parsed.GetValue(rolls));

                return ExitCode.Good;
            }

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

    /// <summary>Without times: every Friday at 08:00 UTC, as weekly options expire, that has a month of prices before it.</summary>
    private static StraddleTerms Terms(KlineFile file, Instant? from, Instant? to)
    {
        var terms = new StraddleTerms { From = from ?? default, To = to ?? file.Last };
        if (from is not null) return terms;

        DateTime earliest = (file.First + terms.VolatilityWindow).ToDateTime();
        DateTime friday = earliest.Date.AddDays(((int)DayOfWeek.Friday - (int)earliest.DayOfWeek + 7) % 7).AddHours(8);
        if (friday < earliest) friday = friday.AddDays(7);

        return terms with { From = Instant.Utc(friday.Year, friday.Month, friday.Day, 8) };
    }

    private static object Answer(StraddleReplay replay) => new
    {
        from = replay.Terms.From.ToString(),
        to = replay.Terms.To.ToString(),
        unit = replay.Terms.InCoin ? "coin" : "quote",
        costs = new { fee = replay.Terms.FeeRate, halfSpread = replay.Terms.HalfSpreadRate, option = replay.Terms.OptionFeeRate },
        relativeRiskAversion = replay.Terms.RelativeRiskAversion,
        periods = replay.Periods.Select(p => new
        {
            period = p.Name,
            rolls = p.Rolls,
            mean = new { unhedged = p.MeanUnhedged, hedged = p.MeanHedged },
            variance = new { unhedged = Finite(p.VarianceUnhedged), hedged = Finite(p.VarianceHedged), timesLower = Finite(p.VarianceRatio) },
            trackingErrorPerHour = p.TrackingError,
            cost = p.HedgeCost,
            funding = p.Funding,
            trades = p.Trades,
            barsMissing = p.Missing,
        }),
        rolls = replay.Rolls.Select(r => new
        {
            at = r.At.ToString(),
            ended = r.Ended.ToString(),
            strike = r.Strike,
            volatility = r.Volatility,
            premium = r.Premium,
            payoff = r.Payoff,
            optionFees = r.OptionFees,
            hedgeGain = r.HedgeGain,
            cost = r.HedgeCost,
            funding = r.Funding,
            unhedged = r.Unhedged,
            hedged = r.Hedged,
            trackingErrorPerHour = r.TrackingError,
            trades = r.Trades,
            barsMissing = r.Missing,
        }),
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

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
