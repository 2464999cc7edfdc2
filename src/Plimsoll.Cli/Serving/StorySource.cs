using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Engine.Json;
using Plimsoll.Server.Demo;
using Plimsoll.Simulation.Stories;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Cli.Serving;

/// <summary>
/// Plays a venue's story into the server: it is built at once, then the path's time runs at the pace's speed. After a restart
/// the story goes on from the venue's own time, and what it repeats does nothing twice.
/// </summary>
internal sealed class StorySource(VenueStory story) : ICommandSource
{
    private const int EntriesCompared = 256;

    /// <summary>Refuses a file that another story has built.</summary>
    /// <exception cref="InputException">The file's first entries are not this story's first commands.</exception>
    public void MustHaveBuilt(string venueFile)
    {
        if (!File.Exists(venueFile)) return;

        using SqliteJournalStore store = SqliteJournalStore.Open(venueFile, readOnly: true);
        foreach ((JournalEntry entry, Envelope envelope) in store.ReadFrom(1).Zip(story.Commands()).Take(EntriesCompared))
        {
            bool same = entry.Id == envelope.Id && entry.At == envelope.At && entry.Command.Span.SequenceEqual(Wire.Write(envelope.Command));
            if (!same) throw new InputException($"--venue-file {venueFile}", $"found a venue that another story built (entry {entry.Sequence}), expected a new file or the same venue, accounts, seed and path");
        }
    }

    /// <inheritdoc/>
    public async Task Run(ICommandSink sink, CancellationToken cancellation)
    {
        Instant? from = sink.DurableSequence > 0 ? sink.DurableTime : null;
        Meanwhile between = story.Between();
        Instant at = default;
        foreach (Envelope envelope in story.Commands(from))
        {
            cancellation.ThrowIfCancellationRequested();
            if (envelope.At != at)
            {
                // What the last moment led to is durable before the next one comes, so that progress never runs ahead of the venue.
                await sink.Drain(cancellation).ConfigureAwait(false);
                if (envelope.At > story.Path.Start)
                {
                    await Live(sink, between, envelope.At, cancellation).ConfigureAwait(false);
                    await sink.Pace.WaitFor(envelope.At, cancellation).ConfigureAwait(false);
                }

                at = envelope.At;
            }

            await sink.Post(envelope, cancellation).ConfigureAwait(false);
            // The last tick's customers still have to run: the story is whole only when everything is durable.
            if (envelope.Command is MovePrices && envelope.At < story.Path.End) sink.Report(story.Path.ProgressAt(envelope.At));
        }

        await sink.Drain(cancellation).ConfigureAwait(false);
    }

    /// <summary>Lets what goes on before the story's next moment happen when it does.</summary>
    private static async Task Live(ICommandSink sink, Meanwhile between, Instant until, CancellationToken cancellation)
    {
        while (await sink.Ask(kernel => between.Next(kernel.State, until)).ConfigureAwait(false) is { } next)
        {
            await sink.Pace.WaitFor(next.At, cancellation).ConfigureAwait(false);
            await sink.Submit(next, cancellation).ConfigureAwait(false);
        }
    }
}
