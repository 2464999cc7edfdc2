using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Stories;

/// <summary>What falls due in a venue between two commands of a story: the kernel has no timers, so the story tells it the time.</summary>
public static class PassedTime
{
    /// <summary>The most times that time passes between two commands; whatever is due then waits for the next.</summary>
    public const int Most = 100_000;

    /// <summary>
    /// Commands that let what is due before a moment happen when it is due; each must be carried out before the next is asked for.
    /// </summary>
    /// <param name="venue">The venue, as it stands whenever the next is asked for.</param>
    /// <param name="until">The story's next moment.</param>
    public static IEnumerable<Envelope> Before(VenueState venue, Instant until)
    {
        for (int i = 0; i < Most && At(venue, until) is { } at; i++)
        {
            yield return Command(at);

            // What is due still after it was due waits for something else than time.
            if (venue.NextDue <= at) yield break;
        }
    }

    /// <summary>The next moment before another at which something is due; none where nothing is.</summary>
    public static Instant? At(VenueState venue, Instant until)
    {
        if (venue.NextDue is not { } due) return null;

        Instant at = due > venue.Now ? due : venue.Now;

        return at < until ? at : null;
    }

    /// <summary>Time passing to a moment.</summary>
    public static Envelope Command(Instant at) => new(at, Envelope.Venue, new CommandId($"pass-{at.UnixMicroseconds}"), new PassTime());
}
