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
                    await LetPass(sink, envelope.At, cancellation).ConfigureAwait(false);
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

    /// <summary>Lets what falls due before the story's next moment happen when it is due.</summary>
    private static async Task LetPass(ICommandSink sink, Instant until, CancellationToken cancellation)
    {
        for (int i = 0; i < PassedTime.Most; i++)
        {
            if (await sink.Ask<Instant?>(kernel => PassedTime.At(kernel.State, until)).ConfigureAwait(false) is not { } at) return;

            await sink.Pace.WaitFor(at, cancellation).ConfigureAwait(false);
            await sink.Submit(PassedTime.Command(at), cancellation).ConfigureAwait(false);
            if (await sink.Ask(kernel => kernel.State.NextDue <= at).ConfigureAwait(false)) return;
        }
    }
}
