using Plimsoll.Simulation.Paths;

namespace Plimsoll.Simulation.Stories;

/// <summary>What of a venue's story is told otherwise than its file says.</summary>
public sealed record StoryOptions
{
    /// <summary>How many accounts; none means as many as the file says.</summary>
    public int? Accounts { get; init; }

    /// <summary>The seed; none means the file's.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Another price path; assets it does not price follow the file's rules. None means the file's own.</summary>
    public PricePath? Path { get; init; }

    /// <summary>Log returns of the path are multiplied by it; 1.35 is a heavier crash. See <see cref="BentPath.Heavier"/>.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The longest time between two ticks; none means the path's own.</summary>
    public TimeSpan? Step { get; init; }

    /// <summary>Part of the accounts that take their money out while prices fall; none means the file's.</summary>
    public double? Runners { get; init; }
}
