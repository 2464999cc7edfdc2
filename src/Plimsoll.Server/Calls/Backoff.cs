using Plimsoll.Numerics;

namespace Plimsoll.Server.Calls;

/// <summary>
/// How long to wait before the next attempt: twice as long each time up to a most, and of that a part between a half and
/// the whole, so that many who failed together do not come back together.
/// </summary>
/// <param name="First">After the first failure, at most.</param>
/// <param name="Longest">The most.</param>
/// <param name="Seed">The seed of the parts: equal seeds wait equally.</param>
public sealed record Backoff(TimeSpan First, TimeSpan Longest, ulong Seed = 0)
{
    /// <summary>The wait after an attempt failed.</summary>
    /// <param name="name">What failed: a stream of its own.</param>
    /// <param name="attempts">How many attempts have failed, from 1.</param>
    public TimeSpan After(ulong name, int attempts)
    {
        double whole = Math.Min(Longest.TotalSeconds, First.TotalSeconds * (1L << Math.Clamp(attempts - 1, 0, 40)));
        double part = 0.5 + (0.5 * new SeededStream(Seed, name) { Position = (ulong)Math.Max(0, attempts) }.NextDouble());

        return TimeSpan.FromSeconds(whole * part);
    }
}
