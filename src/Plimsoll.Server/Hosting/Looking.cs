using System.Runtime.ExceptionServices;
using Plimsoll.Engine;
using Plimsoll.Engine.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Hosting;

/// <summary>Looks at the engine's state for a reader's sake.</summary>
internal static class Looking
{
    /// <summary>
    /// Asks a question that only reads. The engine stops when one of its own questions breaks, and it should; a view that
    /// cannot be drawn is no reason to stop a venue, so here the fault goes to the one who looked.
    /// </summary>
    public static async Task<T> Look<T>(this VenueEngine engine, Func<VenueKernel, T> question, Func<T, Hash256, T>? seal = null)
    {
        (T? seen, ExceptionDispatchInfo? fault) = await engine.Ask<(T?, ExceptionDispatchInfo?)>(Answer, Seal).ConfigureAwait(false);
        fault?.Throw();

        return seen!;

        (T?, ExceptionDispatchInfo?) Answer(VenueKernel kernel)
        {
            try
            {
                return (question(kernel), null);
            }
            catch (Exception broken)
            {
                return (default, ExceptionDispatchInfo.Capture(broken));
            }
        }

        (T?, ExceptionDispatchInfo?) Seal((T? Seen, ExceptionDispatchInfo? Fault) answer, Hash256 hash) =>
            seal is null || answer.Fault is not null ? answer : (seal(answer.Seen!, hash), null);
    }
}
