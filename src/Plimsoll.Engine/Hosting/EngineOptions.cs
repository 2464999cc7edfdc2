using Plimsoll.Units;

namespace Plimsoll.Engine.Hosting;

/// <summary>How the engine runs. None of this changes what is decided.</summary>
public sealed record EngineOptions
{
    /// <summary>The venue's clock: asked for the time of a command that brings none. The only clock the engine ever sees.</summary>
    public required Func<Instant> Clock { get; init; }

    /// <summary>The most commands made durable together.</summary>
    public int MaxBatch { get; init; } = 2048;

    /// <summary>The most commands waiting; who asks beyond it waits.</summary>
    public int QueueLimit { get; init; } = 65_536;

    /// <summary>Entries between snapshots; 0 takes none but the last.</summary>
    public int SnapshotEvery { get; init; } = 250_000;

    /// <summary>Threads that judge accounts.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>The engine has stopped because it could not go on honestly; the message says why.</summary>
public sealed class EngineHaltedException(string reason, Exception? cause = null) : Exception($"The engine has stopped: {reason}", cause);
