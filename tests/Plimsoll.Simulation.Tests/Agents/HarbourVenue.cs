using System.Collections.Immutable;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Json;
using Plimsoll.Simulation.Stories;
using Plimsoll.Simulation.Tests.Paths;

namespace Plimsoll.Simulation.Tests.Agents;

/// <summary>The sample venue, small, and an engine in memory that lives it.</summary>
internal static class HarbourVenue
{
    public static string File { get; } = SharedFolder.Sample("harbour", "venue.json");

    public static VenueStory Story(int accounts = 400, ulong? seed = null, TimeSpan? step = null) =>
        VenueStory.Open(File, new StoryOptions { Accounts = accounts, Seed = seed, Step = step });

    public static IEnumerable<Envelope> Building(VenueStory story) => story.Commands().TakeWhile(envelope => envelope.At == story.Path.Start);

    public static ImmutableArray<Outcome> Live(VenueKernel kernel, IEnumerable<Envelope> commands)
    {
        ImmutableArray<Outcome>.Builder outcomes = ImmutableArray.CreateBuilder<Outcome>();
        foreach (Envelope envelope in commands)
        {
            kernel.Execute(envelope, out Outcome outcome);
            outcomes.Add(outcome);
        }

        return outcomes.ToImmutable();
    }

    /// <summary>A whole story with what goes on between its commands.</summary>
    public static ImmutableArray<Outcome> Live(VenueKernel kernel, VenueStory story)
    {
        ImmutableArray<Outcome>.Builder outcomes = ImmutableArray.CreateBuilder<Outcome>();
        Meanwhile between = story.Between();
        foreach (Envelope envelope in story.Commands())
        {
            while (envelope.At > story.Path.Start && between.Next(kernel.State, envelope.At) is { } next) Do(next);
            Do(envelope);
        }

        return outcomes.ToImmutable();

        void Do(Envelope envelope)
        {
            kernel.Execute(envelope, out Outcome outcome);
            outcomes.Add(outcome);
        }
    }

    public static string Text(Envelope envelope) =>
        $"{envelope.At} {envelope.By} {envelope.Id} {System.Text.Encoding.UTF8.GetString(Wire.Write(envelope.Command))}";
}
