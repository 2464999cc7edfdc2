using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Simulation.Standing;
using Plimsoll.Simulation.Stories;
using Plimsoll.Treasury.Matching;
using Plimsoll.Units;

namespace Plimsoll.Cli.Demo;

/// <summary>What the report shows of one tick.</summary>
internal readonly record struct StoryMoment(Instant At, double Price, double Fund);

/// <summary>
/// Lives a story in a kernel of its own, as fast as it goes; with a store, every command is journaled in the order it was
/// decided, so that the file can be replayed, verified and served.
/// </summary>
internal sealed class StoryRun
{
    private const int BatchSize = 2048;

    private readonly VenueStory _story;
    private readonly IJournalStore? _store;
    private readonly AvailabilityRules _rules;
    private readonly List<JournalEntry> _unwritten = [];
    private readonly List<StoryMoment> _moments = [];

    /// <summary>A run of a story, in memory or into an empty store.</summary>
    public StoryRun(VenueStory story, IJournalStore? store, int threads)
    {
        (_story, _store) = (story, store);
        _rules = VenueAvailability.For(story.File);
        Kernel.State.Judgement.Threads = threads;
    }

    /// <summary>The venue.</summary>
    public VenueKernel Kernel { get; } = new();

    /// <summary>What happened.</summary>
    public StoryRecord Record { get; } = new();

    /// <summary>What everyone had at the opening.</summary>
    public OpeningBook Opening { get; private set; } = null!;

    /// <summary>How the venue stood at the opening.</summary>
    public VenueStanding Before { get; private set; } = null!;

    /// <summary>What each layer of insurance held at the opening, in the numeraire; the fund alone where the rulebook has no layers.</summary>
    public IReadOnlyList<(InsuranceLayer Layer, double Worth)> Layers { get; private set; } = [];

    /// <summary>How it stands at the end.</summary>
    public VenueStanding After { get; private set; } = null!;

    /// <summary>Price of the first asset and worth of the fund, tick by tick.</summary>
    public IReadOnlyList<StoryMoment> Moments => _moments;

    /// <summary>Commands that built the venue, and all of them.</summary>
    public (long Opening, long All) Commands { get; private set; }

    /// <summary>What happened while it was built, which no report of the story counts.</summary>
    public long RefusedAtOpening { get; private set; }

    /// <summary>Lives the whole story.</summary>
    public void Live(Action<double, string> progress, CancellationToken stop)
    {
        bool opened = false;
        Meanwhile between = _story.Between();
        string first = _story.File.Assets[0].Asset;
        foreach (Envelope envelope in _story.Commands())
        {
            stop.ThrowIfCancellationRequested();
            if (opened)
            {
                while (between.Next(Kernel.State, envelope.At) is { } passed) Record.Observe(Kernel.State, Execute(passed));
            }

            if (!opened && envelope.At > _story.Path.Start)
            {
                opened = true;
                Open();
            }

            if (!opened && Kernel.Sequence % BatchSize == 0) progress(0, $"building the venue: {Kernel.State.Accounts.Count:N0} accounts");
            Outcome outcome = Execute(envelope);
            if (opened) Record.Observe(Kernel.State, outcome);
            else if (!outcome.Accepted) RefusedAtOpening++;
            if (!opened || envelope.Command is not MovePrices) continue;

            Remember(envelope.At);
            progress(_story.Path.ProgressAt(envelope.At), $"{envelope.At.ToDateTime():d MMM yyyy HH:mm}  {first} {_moments[^1].Price:N0}");
        }

        if (!opened) Open();
        Close();
    }

    private Outcome Execute(in Envelope envelope)
    {
        JournalEntry entry = Kernel.Execute(envelope, out Outcome outcome);
        if (_store is null) return outcome;

        _unwritten.Add(entry);
        if (_unwritten.Count >= BatchSize) Write();

        return outcome;
    }

    private void Open()
    {
        Commands = (Kernel.Sequence, 0);
        Opening = new OpeningBook(Kernel.State);
        Before = Standing();
        Layers = [.. Kernel.State.Insurance.Terms.Layers.Select(terms => (terms.Layer, DemoReporter.Worth(Kernel.State, terms.Layer)))];
        Record.Begin(Kernel.State);
        Remember(Kernel.State.Now);
    }

    private void Close()
    {
        Commands = (Commands.Opening, Kernel.Sequence);
        After = Standing();
        if (_store is null)
        {
            Audit.Full(Kernel.State);

            return;
        }

        Write();
        _store.SaveSnapshot(Snapshots.Take(Kernel));
    }

    private void Write()
    {
        _store!.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_unwritten));
        _unwritten.Clear();
    }

    private VenueStanding Standing() => VenueStanding.Of(Kernel.State, _rules, StressedRun.Ftx2022);

    private void Remember(Instant at)
    {
        VenueState venue = Kernel.State;
        double fund = 0;
        for (int i = 0; i < venue.Catalog.Assets.Count; i++)
        {
            var asset = new AssetIndex(i);
            fund += venue.Catalog[asset].Scale.ToModel(venue.Ledger.Balance(Fund.InsuranceFund, asset)) * venue.Market.PriceOf(asset);
        }

        _moments.Add(new StoryMoment(at, venue.Market.PriceOf(new AssetIndex(0)), fund));
    }
}
