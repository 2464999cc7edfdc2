using Plimsoll.Engine;
using Plimsoll.Simulation.Agents;

namespace Plimsoll.Simulation.Stories;

/// <summary>A command that was asked, and what came of it.</summary>
/// <param name="Asked">The command.</param>
/// <param name="Outcome">What came of it.</param>
public readonly record struct LivedCommand(Envelope Asked, Outcome Outcome);

/// <summary>
/// An engine that lives a story with policies in it: each command of the story is carried out, then each policy is asked, in order,
/// and what it asks for is carried out before the story goes on. The same story, policies and engine give the same journal.
/// </summary>
public static class Lived
{
    /// <summary>Carries everything out, as it is enumerated.</summary>
    /// <param name="kernel">The engine.</param>
    /// <param name="story">Its commands, in the order of time.</param>
    /// <param name="policies">Who watches; they are not asked about each other's commands, so none can keep another busy for ever.</param>
    public static IEnumerable<LivedCommand> By(VenueKernel kernel, IEnumerable<Envelope> story, IReadOnlyList<IVenuePolicy> policies)
    {
        var between = new Meanwhile();
        foreach (Envelope told in story)
        {
            while (between.Next(kernel.State, told.At) is { } passed)
            {
                kernel.Execute(passed, out Outcome later);
                yield return new LivedCommand(passed, later);
            }

            kernel.Execute(told, out Outcome outcome);
            yield return new LivedCommand(told, outcome);
            foreach (IVenuePolicy policy in policies)
            {
                foreach (Envelope asked in policy.After(told, kernel.State))
                {
                    kernel.Execute(asked, out Outcome answered);
                    yield return new LivedCommand(asked, answered);
                }
            }
        }
    }
}
