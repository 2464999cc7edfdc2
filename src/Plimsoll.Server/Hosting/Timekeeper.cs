using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Hosting;

/// <summary>
/// Tells the venue that time has passed when something of it has fallen due and nothing else arrived: deadlines, slices,
/// auctions. The kernel has no timers; this is the one clock it hears. Where a story owns the time, the story does it.
/// </summary>
/// <param name="engine">The venue.</param>
/// <param name="now">The time.</param>
/// <param name="clock">How long to wait between two looks.</param>
internal sealed class Timekeeper(VenueEngine engine, Func<Instant> now, TimeProvider clock)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    /// <summary>How long what stays due although time passed is left alone: a price or a person holds it, and time alone will not help.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Instant? _passed;
    private Instant _passedAt;

    /// <summary>Keeps time until stopped, or until the engine has.</summary>
    public async Task Run(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(Beat, clock, stop).ConfigureAwait(false);
                await Look().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The server is stopping.
        }
        catch (EngineHaltedException)
        {
            // Who has stopped hears no clock.
        }
    }

    /// <summary>Looks once; whether time had to pass.</summary>
    public async Task<bool> Look()
    {
        Instant at = now();
        (Instant? due, long sequence) = await engine.Look(kernel => (kernel.State.NextDue, kernel.Sequence)).ConfigureAwait(false);
        if (!(due <= at) || (due == _passed && at < _passedAt + Patience)) return false;

        (_passed, _passedAt) = (due, at);

        // Named after the entry it follows, so that two who look at once let time pass once.
        await engine.Submit(Envelope.Venue, new CommandId($"pass-{sequence}"), new PassTime(), at).ConfigureAwait(false);

        return true;
    }
}
