using System.Collections.Immutable;
using System.Text.Json;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Cascades;

/// <summary>A command of an incident that the venue refused.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who asked.</param>
/// <param name="Command">What was asked, as journals have it; cut after 160 characters.</param>
/// <param name="What">The same in words: the command's name, and whom and what it is about.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="Detail">More about it, where there is more.</param>
public sealed record RefusedCommand(Instant At, AccountId By, string Command, string What, Refusal Refusal, string? Detail);

/// <summary>What one run of an incident came to; money in the numeraire.</summary>
/// <param name="Guards">The guards that were on.</param>
/// <param name="Harm">What is held against the reported loss.</param>
/// <param name="Bearers">Who bore the bad debt.</param>
/// <param name="AttackersGave">What of it the attackers' own accounts bore by being deleveraged; it is nobody else's loss and no part of the harm.</param>
/// <param name="Provider">What the liquidity provider won or lost since the first step, at the last prices.</param>
/// <param name="Backstop">What the backstop won or lost.</param>
/// <param name="FundBefore">What the insurance fund held when the first step was over.</param>
/// <param name="FundAfter">What it holds at the end.</param>
/// <param name="Fallen">Accounts that were liquidated.</param>
/// <param name="Liquidated">Notional closed and sold.</param>
/// <param name="Deleveragings">Counterparties that took positions over.</param>
/// <param name="Refused">Commands that were refused, in order.</param>
/// <param name="Journal">The run's journal.</param>
/// <param name="Hash">The hash of the state it ends in.</param>
public sealed record IncidentOutcome(
    ImmutableArray<string> Guards,
    double Harm,
    LossBearers Bearers,
    double AttackersGave,
    double Provider,
    double Backstop,
    double FundBefore,
    double FundAfter,
    ImmutableArray<AccountId> Fallen,
    double Liquidated,
    long Deleveragings,
    ImmutableArray<RefusedCommand> Refused,
    ImmutableArray<JournalEntry> Journal,
    Hash256 Hash);

/// <summary>Lives an incident through the engine that decides live: listing, rulebook, then step by step.</summary>
public sealed class IncidentRun
{
    private readonly Incident incident;
    private readonly ImmutableArray<IncidentGuard> guards;
    private readonly VenueKernel kernel = new();
    private readonly LossLedger losses;
    private readonly List<JournalEntry> journal = [];
    private readonly List<RefusedCommand> refused = [];
    private int asked;

    private IncidentRun(Incident incident, ImmutableArray<IncidentGuard> guards)
    {
        (this.incident, this.guards) = (incident, guards);
        losses = new LossLedger(kernel.State, incident.Attackers.Select(name => new AccountId(name)).ToHashSet());
    }

    /// <summary>Runs an incident.</summary>
    /// <param name="incident">What happens.</param>
    /// <param name="guards">The guards that are on; each one of the incident's.</param>
    /// <exception cref="InputException">The scenario itself cannot be told: a listing or a rulebook is refused, a price is missing.</exception>
    public static IncidentOutcome Of(Incident incident, IEnumerable<IncidentGuard> guards) => new IncidentRun(incident, [.. guards]).Live();

    private IncidentOutcome Live()
    {
        VenueState venue = kernel.State;
        Instant start = incident.Steps[0].Moment;
        for (int i = 0; i < incident.Listing.Length; i++)
        {
            (AccountId by, Command command) = IncidentFile.ReadCommand($"listing[{i}]", incident.Listing[i]);
            Must($"listing[{i}]", Ask(start, by, command));
        }

        Must("rules", Ask(start, Envelope.Venue, new SetParameters(Rules())));
        Step(0);
        double fundBefore = Worth.OfFund(venue);
        double[] before = [Worth.OfProvider(venue), Worth.OfBackstop(venue)];
        for (int step = 1; step < incident.Steps.Length; step++) Step(step);

        LossBearers bearers = LossBearers.Of(venue);
        double provider = Worth.OfProvider(venue) - before[0], backstop = Worth.OfBackstop(venue) - before[1];

        return new IncidentOutcome(
            [.. guards.Select(guard => guard.Guard)],
            Harm(bearers, provider, backstop),
            bearers,
            losses.AttackersGave,
            provider,
            backstop,
            fundBefore,
            Worth.OfFund(venue),
            losses.Fallen,
            losses.Liquidated,
            venue.Tally.Deleveragings,
            [.. refused],
            [.. journal],
            Snapshots.HashOf(venue));
    }

    private double Harm(in LossBearers bearers, double provider, double backstop) => incident.Counts switch
    {
        HarmMeasure.Deficit => bearers.Deficit - losses.AttackersGave,

        // What provider and backstop gave up by taking over is in what they lost, and counts once.
        HarmMeasure.Inherited => bearers.Deficit - losses.AttackersGave - losses.HeirsGave + Math.Max(0, -provider) + Math.Max(0, -backstop),
        HarmMeasure.Underpriced => losses.Underpriced(),
        _ => losses.Liquidated,
    };

    private RiskParameters Rules()
    {
        RiskParameters rules = MergedRules.Over(RiskParameters.Default(kernel.State.Catalog), incident.Rules);

        return guards.Aggregate(rules, (sum, guard) => MergedRules.Over(sum, guard.Rules));
    }

    private void Step(int place)
    {
        IncidentStep step = incident.Steps[place];
        Instant at = step.Moment;
        PassTimeUntil(at);
        if (step.Prices is not null)
        {
            foreach (Command told in QuotedPrices.Told(incident, place, kernel.State)) Ask(at, Envelope.Venue, told);
        }

        if (step.Change is { } change) Propose(at, step.Says, change);
        All(at, $"steps[{place}].commands", step.Commands);
        if (!step.Guards) return;

        foreach (IncidentGuard guard in guards) All(at, $"guards {guard.Guard}", guard.Commands);
    }

    private void All(Instant at, string field, IReadOnlyList<JsonElement>? commands)
    {
        for (int i = 0; i < commands?.Count; i++)
        {
            (AccountId by, Command command) = IncidentFile.ReadCommand($"{field}[{i}]", commands[i]);
            Ask(at, by, command);
        }
    }

    private void Propose(Instant at, string reason, JsonElement change)
    {
        int? most = guards.Select(guard => guard.MaxLiquidations).Min();
        Ask(at, Envelope.Venue, new ProposeParameters(MergedRules.Over(kernel.State.Parameters!, change), reason, at, most));
    }

    /// <summary>Between two steps whatever falls due happens when it does, as at a venue whose host keeps the time.</summary>
    private void PassTimeUntil(Instant at)
    {
        while (kernel.State.NextDue is { } due && due < at)
        {
            Instant now = due > kernel.State.Now ? due : kernel.State.Now + TimeSpan.FromSeconds(1);
            if (now >= at) return;

            Ask(now, Envelope.Venue, new PassTime());
        }
    }

    private Outcome Ask(Instant at, AccountId by, Command command)
    {
        journal.Add(kernel.Execute(new Envelope(at, by, new CommandId($"incident-{++asked}"), command), out Outcome outcome));
        Audit.Full(kernel.State);
        losses.Observe(outcome.Events);
        if (!outcome.Accepted) refused.Add(Refused(at, by, command, outcome));

        return outcome;
    }

    private static RefusedCommand Refused(Instant at, AccountId by, Command command, Outcome outcome)
    {
        const int Most = 160;
        string text = System.Text.Encoding.UTF8.GetString(Engine.Json.Wire.Write(command));
        using JsonDocument parsed = JsonDocument.Parse(text);
        IEnumerable<string> words = ((string[])["type", "account", "instrument", "asset"])
            .Select(name => parsed.RootElement.TryGetProperty(name, out JsonElement word) && word.ValueKind == JsonValueKind.String ? word.GetString()! : "")
            .Where(word => word.Length > 0);

        return new RefusedCommand(at, by, text.Length > Most ? $"{text[..Most]}…" : text, string.Join(' ', words), outcome.Refusal, outcome.Detail);
    }

    private static void Must(string field, Outcome outcome)
    {
        if (!outcome.Accepted) throw new InputException(field, $"refused as {outcome.Refusal} {outcome.Detail}");
    }
}
