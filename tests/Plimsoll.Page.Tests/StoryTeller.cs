using Plimsoll.Engine.Commands;
using Plimsoll.Server.Demo;
using Plimsoll.Simulation.Stories;
using Plimsoll.Units;

namespace Plimsoll.Page.Tests;

/// <summary>Plays a story with what goes on between its commands at the pace its readers choose, and takes it up again where a restarted venue left it.</summary>
internal sealed class StoryTeller(VenueStory story) : ICommandSource
{
    public async Task Run(ICommandSink sink, CancellationToken cancellation)
    {
        Meanwhile between = story.Between();
        Instant last = default;
        foreach (var command in story.Commands(sink.DurableSequence == 0 ? null : sink.DurableTime))
        {
            if (command.At != last)
            {
                await sink.Drain(cancellation);
                while (command.At > story.Path.Start && await sink.Ask(kernel => between.Next(kernel.State, command.At)) is { } next)
                {
                    await sink.Pace.WaitFor(next.At, cancellation);
                    await sink.Submit(next, cancellation);
                }

                await sink.Pace.WaitFor(command.At, cancellation);
                sink.Report(story.Path.ProgressAt(command.At));
                last = command.At;
            }

            await sink.Post(command, cancellation);
        }

        await sink.Drain(cancellation);
    }
}
