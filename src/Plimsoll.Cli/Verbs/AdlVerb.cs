using System.CommandLine;
using System.Globalization;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Deleveraging;
using Plimsoll.Risk.Liquidation.Deleveraging;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll adl</c>: a bankrupt position shared among the other side under every policy, side by side.</summary>
internal static class AdlVerb
{
    private const int MostRows = 12;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        var file = new Argument<string?>("COUNTERPARTIES") { Description = "The other side as CSV: account,size,entry,equity and, if known, exposure (docs/formats/losses.md).", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> venue = new("--venue") { Description = "Take the other side from a venue's file instead; needs --instrument and --side.", HelpName = "FILE" };
        Option<string?> instrument = new("--instrument") { Description = "The contract, of a venue.", HelpName = "NAME" };
        Option<string?> side = new("--side") { Description = "The side that is asked, of a venue: long or short.", HelpName = "SIDE" };
        Option<string?> mark = new("--mark") { Description = "The mark; of a venue its own without it.", HelpName = "PRICE" };
        Option<string?> bankruptcy = new("--bankruptcy") { Description = "The price at which the position is taken over.", HelpName = "PRICE" };
        Option<string?> deficit = new("--deficit") { Description = "What must be covered by it, USD; sizes the takeover.", HelpName = "USD" };
        Option<string?> size = new("--size") { Description = "How much is taken over, in the contract's unit; the size the deficit needs without it.", HelpName = "SIZE" };
        Option<string?> lot = new("--lot") { Description = "The smallest size, of a file; 0.001 without it.", HelpName = "SIZE" };
        var spare = new Option<bool>("--spare-hedged") { Description = "Ask accounts whose position hedges another last." };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "adl",
            "Share a bankrupt position among the other side under every policy, with how fairly each does it.",
            "adl samples/losses/counterparties.csv --mark 30000 --bankruptcy 31200 --deficit 60000",
            "adl samples/losses/counterparties.csv --mark 30000 --bankruptcy 31200 --size 50 --spare-hedged --json",
            "demo --accounts 400 --journal crash.venue",
            "adl --venue crash.venue --instrument BTC_USDC-PERPETUAL --side short --bankruptcy 8000 --deficit 100000")
        {
            file, venue, instrument, side, mark, bankruptcy, deficit, size, lot, spare, json,
        };
        verb.SetAction(parsed =>
        {
            Takeover asked = parsed.GetValue(venue) is { } path
                ? OfVenue(path, parsed.GetValue(instrument), parsed.GetValue(side), parsed.GetValue(mark), parsed.GetValue(file))
                : OfFile(parsed.GetValue(file), parsed.GetValue(mark), parsed.GetValue(lot));
            double price = Price("--bankruptcy", parsed.GetValue(bankruptcy)) ?? throw new InputException("--bankruptcy", "is missing: the price at which the position is taken over");
            double perLot = asked.PerLot(price);
            double? needs = Positive("--deficit", parsed.GetValue(deficit));
            long wanted = asked.Lots(Positive("--size", parsed.GetValue(size)), needs, perLot);
            Compared[] all = [.. Enum.GetValues<DeleveragingPolicy>().Select(policy => Compare(asked, policy, parsed.GetValue(spare), wanted, perLot, needs ?? wanted * perLot))];
            if (parsed.GetValue(json)) screen.Json(Answer(asked, wanted, price, all));
            else Show(screen, asked, wanted, price, all);

            return all[0].Report.Unshared > 0 ? ExitCode.BadNews : ExitCode.Good;
        });

        return verb;
    }

    private static Compared Compare(Takeover asked, DeleveragingPolicy policy, bool spare, long wanted, double perLot, double deficit)
    {
        AdlCandidate[] holders = [.. asked.Holders.Select(h => h.Holder)];
        long[] taken = AdlAllocation.Share(new DeleveragingTerms(policy, spare), holders, wanted);

        return new Compared(policy, taken, AdlReport.Of(holders, taken, wanted, perLot, deficit));
    }

    private static Takeover OfFile(string? path, string? mark, string? lot)
    {
        if (path is null) throw new InputException("COUNTERPARTIES", "is missing: a file, or --venue");
        double at = Price("--mark", mark) ?? throw new InputException("--mark", "is missing");
        double smallest = Price("--lot", lot) ?? 0.001;

        return new Takeover(LossFiles.Counterparties(path, at, smallest), at, smallest, smallest * at, Inverse: false);
    }

    private static Takeover OfVenue(string path, string? instrument, string? side, string? mark, string? file)
    {
        if (file is not null) throw new InputException("--venue", "stands in place of a file of counterparties");
        VenueState state = ExposedBook.Venue(path);
        if (instrument is null || !Identifier.IsValid(instrument) || !state.Catalog.TryFind(new InstrumentId(instrument), out InstrumentIndex index))
            throw new InputException("--instrument", $"found '{instrument}', expected a listed contract");
        if (side is not ("long" or "short")) throw new InputException("--side", $"found '{side}', expected long or short");
        if (state.Judgement.Responses is not { } responses) throw new InputException(path, "no risk parameters have been set yet");

        Markets.Instruments.Instrument terms = state.Catalog[index];
        double lot = (double)terms.LotSize;
        List<NamedHolder> holders = [.. DeleveragingQueues.Of(state, index, side == "long" ? 1 : -1).OrderBy(p => p.Holder.Account)
            .Select(p => new NamedHolder(state.Accounts[p.Holder.Account].Value, p.Holder))];
        if (holders.Count == 0) throw new InputException("--instrument", $"nobody is {side} {instrument}");

        return new Takeover(
            holders,
            Price("--mark", mark) ?? (terms.PaysPremium ? responses.UnitValues[index.Value] : (double)state.MarkOf(index).Value),
            lot,
            lot * responses.UnitNotionals[index.Value],
            terms is { Payoff: Markets.Instruments.Payoff.Inverse, PaysPremium: false });
    }

    private static void Show(Screen screen, Takeover asked, long wanted, double price, Compared[] all)
    {
        Table table = Tables.New("policy", ">given up", ">beyond need", ">accounts", ">largest", ">Gini", ">Jain", ">hedges", ">leverage");
        foreach (Compared one in all)
            table.AddRow(
                Title(one.Policy),
                Figures.Short(one.Report.GivenUp),
                Figures.Short(one.Report.Overshoot),
                Figures.Count(one.Report.Touched),
                Figures.Percent(one.Report.Largest),
                Figures.Text(one.Report.Fairness.Gini, "0.000"),
                Figures.Text(one.Report.Fairness.Jain, "0.000"),
                $"{one.Report.HedgesBroken} of {one.Report.Hedged}",
                double.IsFinite(one.Report.MaxLeverage) ? Figures.Text(one.Report.MaxLeverage, "0.0") : Figures.None);
        screen.Page.Section("Under every policy", table, "USD; hedges broken, and the highest leverage left");

        Table shares = Tables.New(["account", ">held", ">lev.", .. all.Select(one => $">{Title(one.Policy)}")]);
        int[] shown = [.. Enumerable.Range(0, asked.Holders.Count).OrderByDescending(i => all.Max(one => one.Taken[i])).ThenBy(i => i).Take(MostRows).Order()];
        foreach (int i in shown)
        {
            AdlCandidate holder = asked.Holders[i].Holder;
            shares.AddRow([
                Markup.Escape(asked.Holders[i].Name),
                Size(asked, holder.Lots),
                double.IsFinite(holder.Leverage) ? Figures.Text(holder.Leverage, "0.0") : Figures.None,
                .. all.Select(one => one.Taken[i] == 0 ? "" : Size(asked, one.Taken[i]))]);
        }

        screen.Page.Section("Who takes over how much", shares, "in the contract's unit");
        if (asked.Holders.Count > shown.Length) screen.Page.MarkupLine(Figures.In("grey", $"and {asked.Holders.Count - shown.Length} more; --json has them all"));
        long unshared = all[0].Report.Unshared;
        screen.Verdict(unshared > 0 ? "red" : "green", unshared > 0
            ? $"{Size(asked, unshared)} of {Size(asked, wanted)} nobody holds the other side of: the liquidity provider keeps it at the mark and the loss is borne."
            : $"{Size(asked, wanted)} is taken over at {Figures.Price(price)} against a mark of {Figures.Price(asked.Mark)}; equal parts for equal holders is pro rata, the highest geared first is water filling.");
    }

    private static object Answer(Takeover asked, long wanted, double price, Compared[] all) => new
    {
        mark = asked.Mark,
        bankruptcy = price,
        size = wanted * asked.Lot,
        policies = all.Select(one => new
        {
            policy = one.Policy,
            givenUp = one.Report.GivenUp,
            overshoot = one.Report.Overshoot,
            touched = one.Report.Touched,
            largest = one.Report.Largest,
            gini = one.Report.Fairness.Gini,
            jain = one.Report.Fairness.Jain,
            hedged = one.Report.Hedged,
            hedgesBroken = one.Report.HedgesBroken,
            maxLeverage = double.IsFinite(one.Report.MaxLeverage) ? one.Report.MaxLeverage : (double?)null,
            profitLost = one.Report.ProfitLost,
            unshared = one.Report.Unshared * asked.Lot,
            taken = asked.Holders.Select((holder, i) => new { account = holder.Name, size = one.Taken[i] * asked.Lot }).Where(share => share.size > 0),
        }),
    };

    private static string Title(DeleveragingPolicy policy) => policy switch
    {
        DeleveragingPolicy.ProRata => "pro rata",
        DeleveragingPolicy.ProRataProfit => "by profit",
        DeleveragingPolicy.BitMex => "BitMEX",
        DeleveragingPolicy.Hyperliquid => "Hyperliq.",
        DeleveragingPolicy.Binance => "Binance",
        _ => "levelled",
    };

    private static string Size(Takeover asked, long lots) => Figures.Coins(lots * asked.Lot);

    private static double? Price(string option, string? text) => Positive(option, text);

    private static double? Positive(string option, string? text)
    {
        if (text is null) return null;

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value)
            ? value
            : throw new InputException(option, $"found '{text}', expected a number above 0");
    }

    private sealed record Compared(DeleveragingPolicy Policy, long[] Taken, AdlReport Report);

    /// <summary>What is taken over, and from whom it can be.</summary>
    private sealed record Takeover(IReadOnlyList<NamedHolder> Holders, double Mark, double Lot, double LotNotional, bool Inverse)
    {
        /// <summary>What taking over one lot loses against the mark: shorts buy above it, longs sell below it.</summary>
        public double PerLot(double price)
        {
            double beyond = Inverse ? 1 - (Mark / price) : (price / Mark) - 1;
            double lost = (Holders[0].Holder.Side < 0 ? 1 : -1) * beyond * LotNotional;

            return lost > 0 ? lost : throw new InputException("--bankruptcy", $"gives nothing up: {(Holders[0].Holder.Side < 0 ? "shorts buy above" : "longs sell below")} the mark of {Mark.ToString(CultureInfo.InvariantCulture)}");
        }

        public long Lots(double? size, double? deficit, double perLot)
        {
            double lots = size is { } asked ? Math.Round(asked / Lot) : deficit is { } needed ? Math.Ceiling(needed / perLot) : throw new InputException("--deficit", "is missing: a deficit, or --size");

            return lots is >= 1 and < 1e15 ? (long)lots : throw new InputException("--size", $"comes to {lots.ToString(CultureInfo.InvariantCulture)} lots, expected at least one");
        }
    }
}
