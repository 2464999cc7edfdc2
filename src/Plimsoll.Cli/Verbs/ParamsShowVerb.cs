using System.CommandLine;
using System.Text.Json;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll params show</c>: the set in force in a venue's file, what waits, and what was.</summary>
internal static class ParamsShowVerb
{
    private const int HistoryShown = 12;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        var venue = new Argument<string>("VENUE") { Description = "A venue's file." };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "show",
            "The parameters in force with their number and hash, those that wait for their time, and those before.",
            "demo --accounts 400 --journal crash.venue",
            "params show crash.venue")
        {
            venue, json,
        };
        verb.SetAction(parsed =>
        {
            VenueState state = ExposedBook.Venue(parsed.GetRequiredValue(venue));
            RiskParameters inForce = state.Parameters ?? throw new InputException(parsed.GetRequiredValue(venue), "no risk parameters have been set yet");
            if (parsed.GetValue(json)) screen.Json(Answer(state, inForce));
            else Show(screen, state, inForce);
        });

        return verb;
    }

    private static object Answer(VenueState state, RiskParameters inForce)
    {
        using JsonDocument parameters = JsonDocument.Parse(inForce.ToJson());

        return new
        {
            at = state.Now.ToString(),
            current = Of(state.ParameterSets.Current!),
            proposals = state.ParameterSets.Proposals.Select(p => new
            {
                version = p.Version,
                hash = p.Hash.ToString(),
                effectiveAt = p.EffectiveAt.ToString(),
                reason = p.Reason,
                maxLiquidations = p.MaxLiquidations,
                held = p.IsHeld,
            }),
            history = state.ParameterSets.History.Select(Of),
            parameters = parameters.RootElement.Clone(),
        };
    }

    private static object Of(ParameterVersion version) =>
        new { version = version.Version, hash = version.Hash.ToString(), appliedAt = version.AppliedAt.ToString(), reason = version.Reason };

    private static void Show(Screen screen, VenueState state, RiskParameters inForce)
    {
        ParameterVersion current = state.ParameterSets.Current!;
        Grid facts = Facts.New();
        facts.Fact("version", Figures.Count(current.Version));
        facts.Fact("hash", current.Hash.ToString());
        facts.Fact("in force since", current.AppliedAt.ToString());
        if (current.Reason is { } reason) facts.Fact("because", reason);
        screen.Page.Write(facts);
        ShowSet(screen, inForce);
        ShowProposals(screen, state.ParameterSets);
        ShowHistory(screen, state.ParameterSets);
    }

    private static void ShowSet(Screen screen, RiskParameters set)
    {
        Table lines = Tables.New("line", ">of the worst loss", ">of the notional");
        foreach ((string name, Threshold line) in ((string, Threshold)[])[("initial", set.Initial), ("target", set.Target), ("maintenance", set.Maintenance)])
            lines.AddRow(name, Part(line.Factor), Part(line.Floor));
        screen.Page.Section("Requirements", lines, $"called from {Part(set.CallAt)} of what counts; {set.ScenarioCount} scenarios");

        Table collateral = Tables.New("asset", ">haircut", ">rising to", ">tiers", ">cap");
        foreach (CollateralTerms terms in set.Collateral)
            collateral.AddRow(Figures.In("default", terms.Asset.Value), Part(terms.Tiers[0].Haircut), Part(terms.Tiers[^1].Haircut), Figures.Count(terms.Tiers.Length), terms.Cap is { } cap ? Figures.Short((double)cap) : Figures.None);
        screen.Page.Section("Collateral", collateral, "USD");
    }

    private static void ShowProposals(Screen screen, ParameterSets sets)
    {
        if (sets.Proposals.Count == 0) return;

        Table table = Tables.New(">version", "takes force", ">may liquidate", "", "because");
        foreach (ParameterProposal p in sets.Proposals)
            table.AddRow(Figures.Count(p.Version), p.EffectiveAt.ToString(), p.MaxLiquidations is { } most ? Figures.Count(most) : Figures.None, p.IsHeld ? Figures.In("red", "held") : "waits", Markup.Escape(p.Reason));
        screen.Page.Section("Proposed", table);
    }

    private static void ShowHistory(Screen screen, ParameterSets sets)
    {
        Table table = Tables.New(">version", "in force since", "hash", "because");
        foreach (ParameterVersion v in sets.History.TakeLast(HistoryShown))
            table.AddRow(Figures.Count(v.Version), v.AppliedAt.ToString(), v.Hash.ToString()[..12], Markup.Escape(v.Reason ?? Figures.None));
        screen.Page.Section("History", table, sets.History.Count > HistoryShown ? $"the latest {HistoryShown} of {sets.History.Count}" : null);
    }

    private static string Part(decimal part) => Figures.Text((double)part * 100, "0.##") + " %";
}
