using Plimsoll.Engine;
using Plimsoll.Engine.Hosting;
using Plimsoll.Engine.Journal;
using Plimsoll.Server.Access;
using Plimsoll.Server.Calls;
using Plimsoll.Server.Demo;
using Plimsoll.Server.Projections;
using Plimsoll.Server.Stream;
using Plimsoll.Units;

namespace Plimsoll.Server.Hosting;

/// <summary>A story and how far it is.</summary>
internal sealed class StoryPlayer(CommandIntake intake, Pace pace)
{
    public CommandIntake Intake => intake;

    public Pace Pace => pace;

    public volatile bool HasEnded;
}

/// <summary>The parts a served venue is made of, as the routes see them.</summary>
internal sealed class VenueServices
{
    private VenueServices(ServerOptions options, ApiKeys keys, VenueEngine engine, Chronicle chronicle, CallDesk calls, StoryPlayer? story)
    {
        (Options, Keys, Engine, Chronicle, Calls, Story) = (options, keys, engine, chronicle, calls, story);
        Desk = new TreasuryDesk(engine, options, chronicle);
        Exposure = new ExposureDesk(engine, options, Desk);
        Collateral = new CollateralDesk(engine, options, Desk, chronicle);
        Surfaces = new SurfaceDesk(engine, options);
        Projector = new Projector(engine, options, chronicle, Desk, AgeingClock, Demo);
        Streams = new StreamHub(Projector, chronicle.Feed, options.Clock);
    }

    public ServerOptions Options { get; }

    public ApiKeys Keys { get; }

    public VenueEngine Engine { get; }

    public Chronicle Chronicle { get; }

    public CallDesk Calls { get; }

    public StoryPlayer? Story { get; }

    public TreasuryDesk Desk { get; }

    public ExposureDesk Exposure { get; }

    public CollateralDesk Collateral { get; }

    public SurfaceDesk Surfaces { get; }

    public Projector Projector { get; }

    public StreamHub Streams { get; }

    /// <summary>Starts the engine over a recovered kernel and puts the parts together.</summary>
    public static VenueServices Compose(ServerOptions options, ApiKeys keys, VenueKernel kernel, IJournalStore store, Chronicle chronicle, CallDesk calls)
    {
        Instant durable = kernel.State.Now;
        long sequence = kernel.Sequence;
        bool storyOwnsTheClock = OwnsTheClock(options);
        var engine = new VenueEngine(kernel, store, new EngineOptions
        {
            // Where a story owns the clock, a command that brings no time gets the venue's own: that of the tick before it.
            Clock = () => storyOwnsTheClock ? default : Now(options.Clock),
            Threads = options.Threads,
        })
        {
            OnCommitted = committed => Tell(chronicle, calls, committed, options),
        };
        StoryPlayer? story = null;
        if (options.Source is not null)
        {
            var pace = new Pace(options.Clock, options.Demo?.Speed ?? 1);
            story = new StoryPlayer(new CommandIntake(engine, pace, durable, sequence), pace);
        }

        return new VenueServices(options, keys, engine, chronicle, calls, story);
    }

    /// <summary>Tells the one who started the server.</summary>
    public void Say(string sentence) => Options.Log?.Invoke(sentence);

    /// <summary>What is played, if anything is.</summary>
    public DemoFigures? Demo() => Options.Demo is not { } demo || Story is not { } story ? null : new DemoFigures(
        !story.HasEnded && story.Pace.Speed > 0, story.Pace.Speed, story.Intake.Progress, demo.Label, demo.Synthetic);

    // What is told of the journal is not the journal: a line that cannot be written must not stop the venue.
    private static void Tell(Chronicle chronicle, CallDesk calls, Committed committed, ServerOptions options)
    {
        try
        {
            chronicle.Take(committed);
            if (committed.Entries.Count > 0) calls.Took(committed.Entries[^1].Sequence);
        }
        catch (Exception fault)
        {
            options.Log?.Invoke($"The feed could not tell of entry {committed.Entries[0].Sequence} and after. {fault.Message}");
        }
    }

    /// <summary>Who lets time pass; none where a story owns it.</summary>
    public Timekeeper? Timekeeper => OwnsTheClock(Options) ? null : new Timekeeper(Engine, () => Now(Options.Clock), Options.Clock);

    private Instant AgeingClock(Instant venue) => OwnsTheClock(Options) ? venue : Now(Options.Clock);

    private static bool OwnsTheClock(ServerOptions options) => options is { Demo: not null, Source: not null };

    private static Instant Now(TimeProvider clock) => new((clock.GetUtcNow().Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
}
