using System.Text.Json;
using Plimsoll.Cli.Demo;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Hosting;
using Plimsoll.Engine.Journal;
using Plimsoll.Risk.Thresholds;
using Plimsoll.Simulation.Cascades;
using Plimsoll.Simulation.Stories;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary>Runs a rehearsal and shows what it came to.</summary>
internal static class RehearsalOutput
{
    /// <summary>Runs and shows it.</summary>
    public static int Run(Screen screen, string? venue, RehearsalAsked asked, bool json)
    {
        SnapshotRecord snapshot = Watch.Over(screen, "copying the venue", _ => Copy(venue, asked.Accounts));
        RehearsalReport report = Watch.Over(screen, "rehearsing", _ => Rehearsal.Of(snapshot, asked.Ask));
        (GuardSwitch Guard, RehearsalReport Report)[] without = asked.Guards
            ? Watch.Over(screen, "rehearsing without each guard", _ => GuardSwitch.All.Select(guard => (guard, Rehearsal.Of(snapshot, asked.Ask, guard))).ToArray())
            : [];
        VenueState state = Snapshots.Restore(snapshot).State;
        CascadeMap[] cascades = [.. asked.Ask.Moves.Keys.Select(asset => CascadeMap.Of(state, asset))];
        if (json) screen.Json(Answer(report, without, cascades));
        else Show(screen, report, without, cascades);

        return report.Bearers.Deficit > 0 ? ExitCode.BadNews : ExitCode.Good;
    }

    private static SnapshotRecord Copy(string? venue, int? accounts)
    {
        if (venue is not null)
        {
            using SqliteJournalStore store = SqliteJournalStore.Open(venue, readOnly: true);

            return Snapshots.Take(Recovery.Recover(store));
        }

        VenueStory story = VenueStory.Open(Samples.Venue(Samples.Harbour), new StoryOptions { Accounts = accounts });
        var kernel = new VenueKernel();
        foreach (Envelope envelope in story.Commands().TakeWhile(envelope => envelope.At <= story.Path.Start)) kernel.Execute(envelope, out _);

        return Snapshots.Take(kernel);
    }

    private static void Show(Screen screen, RehearsalReport report, (GuardSwitch Guard, RehearsalReport Report)[] without, CascadeMap[] cascades)
    {
        Table stages = Tables.New("accounts", ">before", ">after");
        foreach (AccountPhase phase in Enum.GetValues<AccountPhase>())
        {
            (int before, int after) = (report.Before.GetValueOrDefault(phase), report.After.GetValueOrDefault(phase));
            if (before + after > 0) stages.AddRow(JsonNamingPolicy.KebabCaseLower.ConvertName(phase.ToString()), Figures.Count(before), Figures.Count(after));
        }

        screen.Page.Section("Stages", stages);
        Table what = Tables.New("what followed", ">figure", "unit");
        what.AddRow("accounts liquidated", Figures.Count(report.Fallen.Length), "");
        what.AddRow("still under way", Figures.Count(report.Waiting), "");
        what.AddRow("notional liquidated", Figures.Short(report.Liquidated), "USD");
        what.AddRow("cost of slices, expected", Figures.Short(report.ExpectedCost), "USD");
        what.AddRow("cost of slices, realised", Figures.Short(report.RealisedCost), "USD");
        what.AddRow("insurance, before and after", $"{Figures.Short(report.FundBefore)} → {Figures.Short(report.FundAfter)}", "USD");
        what.AddRow("counterparties deleveraged", Figures.Count(report.Deleveragings), "");
        what.AddRow("bad debt", Figures.In(report.Bearers.Deficit > 0 ? "red" : "green", Figures.Short(report.Bearers.Deficit)), "USD");
        what.AddRow("  paid by insurance", Figures.Short(report.Bearers.Insured), "USD");
        what.AddRow("  borne by the venue", Figures.Short(report.Bearers.OwnFunds), "USD");
        what.AddRow("  shared by accounts", Figures.Short(report.Bearers.Socialised), "USD");
        what.AddRow("  given up by the other side", Figures.Short(report.Bearers.Deleveraged), "USD");
        what.AddRow("liquidity provider", Figures.Short(report.Provider), "USD");
        what.AddRow("backstop", Figures.Short(report.Backstop), "USD");
        screen.Page.Section("What followed", what);
        if (without.Length > 0) ShowGuards(screen, report, without);
        foreach (CascadeMap cascade in cascades) ShowCascade(screen, cascade);
    }

    private static void ShowGuards(Screen screen, RehearsalReport report, (GuardSwitch Guard, RehearsalReport Report)[] without)
    {
        Table table = Tables.New("rulebook", ">bad debt", ">insured", ">own", ">ADL", ">provider", ">sold", ">fallen");
        foreach ((string name, RehearsalReport run) in without.Select(one => (one.Guard.Without, one.Report)).Prepend(("as it is", report)))
        {
            table.AddRow(
                Markup.Escape(name),
                Figures.Short(run.Bearers.Deficit), Figures.Short(run.Bearers.Insured), Figures.Short(run.Bearers.OwnFunds), Figures.Short(run.Bearers.Deleveraged),
                Figures.Short(run.Provider), Figures.Short(run.Liquidated), Figures.Count(run.Fallen.Length));
        }

        screen.Page.Section("The same shock with each guard switched off", table, "USD");
        screen.Page.MarkupLine(Figures.In("grey", "own: borne by the venue's own funds; ADL: given up by the other side;\nprovider: won or lost by who fills liquidations; sold: notional liquidated;\nfallen: accounts liquidated."));
    }

    private static void ShowCascade(Screen screen, CascadeMap cascade)
    {
        Table table = Tables.New(">first move", ">forced", ">extra move", ">multiplier");
        foreach ((string sign, CascadeStep step) in cascade.Down.Select(step => ("-", step)).Concat(cascade.Up.Select(step => ("+", step))))
        {
            if (step.Forced == 0) continue;
            table.AddRow(
                $"{sign}{Figures.Percent(step.Shock)}",
                Figures.Short(step.Forced),
                Figures.Percent(step.Extra),
                step.Diverges ? Figures.In("red", "diverges") : Figures.Text(step.Multiplier, "0.000"));
        }

        screen.Page.Section($"How far moves of {cascade.Asset} feed themselves", table, "USD");
    }

    private static object Answer(RehearsalReport report, (GuardSwitch Guard, RehearsalReport Report)[] without, CascadeMap[] cascades) => new
    {
        rehearsal = Sums(report),
        without = without.Select(one => new { guard = one.Guard.Name, without = one.Guard.Without, rehearsal = Sums(one.Report) }),
        cascades = cascades.Select(cascade => new { asset = cascade.Asset.Value, price = cascade.Price, impact = cascade.Impact, depth = cascade.Depth, down = cascade.Down.Select(Step), up = cascade.Up.Select(Step) }),
    };

    private static object Step(CascadeStep step) => new { shock = step.Shock, forced = step.Forced, extra = step.Extra, multiplier = step.Diverges ? (double?)null : step.Multiplier, diverges = step.Diverges, rounds = step.Rounds };

    private static object Sums(RehearsalReport report) => new
    {
        accounts = report.Accounts,
        before = report.Before.ToDictionary(one => JsonNamingPolicy.KebabCaseLower.ConvertName(one.Key.ToString()), one => one.Value),
        after = report.After.ToDictionary(one => JsonNamingPolicy.KebabCaseLower.ConvertName(one.Key.ToString()), one => one.Value),
        liquidated = report.Liquidated,
        fallen = report.Fallen.Length,
        waiting = report.Waiting,
        expectedCost = report.ExpectedCost,
        realisedCost = report.RealisedCost,
        badDebt = report.Bearers.Deficit,
        insured = report.Bearers.Insured,
        ownFunds = report.Bearers.OwnFunds,
        socialised = report.Bearers.Socialised,
        deleveraged = report.Bearers.Deleveraged,
        deleveragings = report.Deleveragings,
        fund = new { before = report.FundBefore, after = report.FundAfter },
        provider = report.Provider,
        backstop = report.Backstop,
    };
}
