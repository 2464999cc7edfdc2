using System.Runtime.ExceptionServices;
using Plimsoll.Engine;
using Plimsoll.Engine.Hosting;

namespace Plimsoll.Server.Hosting;

/// <summary>Looks at the engine's state for a reader's sake.</summary>
internal static class Looking
{
    /// <summary>
    /// Asks a question that only reads. The engine stops when one of its own questions breaks, and it should; a view that
    /// cannot be drawn is no reason to stop a venue, so here the fault goes to the one who looked.
    /// </summary>
    public static async Task<T> Look<T>(this VenueEngine engine, Func<VenueKernel, T> question)
    {
        (T? seen, ExceptionDispatchInfo? fault) = await engine.Ask<(T?, ExceptionDispatchInfo?)>(kernel =>
        {
            try
            {
                return (question(kernel), null);
            }
            catch (Exception broken)
            {
                return (default, ExceptionDispatchInfo.Capture(broken));
            }
        }).ConfigureAwait(false);
        fault?.Throw();

        return seen!;
    }
}
