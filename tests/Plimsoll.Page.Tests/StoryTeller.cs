using Plimsoll.Engine.Commands;
using Plimsoll.Server.Demo;
using Plimsoll.Simulation.Stories;
using Plimsoll.Units;

namespace Plimsoll.Page.Tests;

/// <summary>Plays a story at the pace its readers choose, and takes it up again where a restarted venue left it.</summary>
internal sealed class StoryTeller(VenueStory story) : ICommandSource
{
    public async Task Run(ICommandSink sink, CancellationToken cancellation)
    {
        Instant last = default;
        foreach (var command in story.Commands(sink.DurableSequence == 0 ? null : sink.DurableTime))
        {
            if (command.At != last)
            {
                await sink.Pace.WaitFor(command.At, cancellation);
                sink.Report(story.Path.ProgressAt(command.At));
                last = command.At;
            }

            await sink.Post(command, cancellation);
        }

        await sink.Drain(cancellation);
    }
}
