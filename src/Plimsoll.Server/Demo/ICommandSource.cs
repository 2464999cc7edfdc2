using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Units;

namespace Plimsoll.Server.Demo;

/// <summary>Plays a story into the venue: a simulation, a recording, a feed.</summary>
public interface ICommandSource
{
    /// <summary>
    /// Sends commands until the story ends or is cancelled. After a restart it is run again: it either sends the same
    /// commands under the same ids, which then do nothing twice, or goes on from <see cref="ICommandSink.DurableTime"/>.
    /// </summary>
    /// <param name="sink">Where commands go.</param>
    /// <param name="cancellation">Set when the server stops.</param>
    Task Run(ICommandSink sink, CancellationToken cancellation);
}

/// <summary>Takes a story's commands, in order, and lets no more of them be under way than the venue can hold.</summary>
public interface ICommandSink
{
    /// <summary>The venue's time of the last durable entry when the server started; <c>default</c> for a new venue.</summary>
    Instant DurableTime { get; }

    /// <summary>The last journal entry when the server started; 0 for a new venue.</summary>
    long DurableSequence { get; }

    /// <summary>The pace of the story, which a reader of the page may change.</summary>
    Pace Pace { get; }

    /// <summary>Sends a command and does not wait for its outcome; waits while too many are under way. Refusals are counted, not thrown.</summary>
    /// <exception cref="Engine.Hosting.EngineHaltedException">The engine has stopped.</exception>
    ValueTask Post(Envelope envelope, CancellationToken cancellation = default);

    /// <summary>Sends a command and waits until its outcome is durable.</summary>
    /// <exception cref="Engine.Hosting.EngineHaltedException">The engine has stopped.</exception>
    Task<Outcome> Submit(Envelope envelope, CancellationToken cancellation = default);

    /// <summary>Asks the venue a question in its place among the commands.</summary>
    Task<T> Ask<T>(Func<VenueKernel, T> question);

    /// <summary>Waits until everything posted is durable.</summary>
    Task Drain(CancellationToken cancellation = default);

    /// <summary>Says how far the story is, 0 to 1.</summary>
    void Report(double progress);
}
