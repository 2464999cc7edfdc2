using Plimsoll.Engine;
using Plimsoll.Engine.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Demo;

/// <summary>A story's way into the engine: in order, pipelined, and bounded.</summary>
internal sealed class CommandIntake(VenueEngine engine, Pace pace, Instant durableTime, long durableSequence) : ICommandSink, IDisposable
{
    private const int MostUnderWay = 4096;

    private readonly SemaphoreSlim _room = new(MostUnderWay);
    private volatile Exception? _fault;
    private double _progress;

    public Instant DurableTime => durableTime;

    public long DurableSequence => durableSequence;

    public Pace Pace => pace;

    public double Progress => Volatile.Read(ref _progress);

    public async ValueTask Post(Envelope envelope, CancellationToken cancellation = default)
    {
        if (_fault is { } fault) throw fault;

        await _room.WaitAsync(cancellation).ConfigureAwait(false);
        _ = Follow(engine.Submit(envelope.By, envelope.Id, envelope.Command, envelope.At));
    }

    public async Task<Outcome> Submit(Envelope envelope, CancellationToken cancellation = default) =>
        await engine.Submit(envelope.By, envelope.Id, envelope.Command, envelope.At).WaitAsync(cancellation).ConfigureAwait(false);

    public Task<T> Ask<T>(Func<VenueKernel, T> question) => engine.Ask(question);

    public async Task Drain(CancellationToken cancellation = default)
    {
        // A question is answered when everything asked before it is durable.
        await engine.Ask(kernel => kernel.Sequence).WaitAsync(cancellation).ConfigureAwait(false);
        if (_fault is { } fault) throw fault;
    }

    public void Report(double progress) => Volatile.Write(ref _progress, Math.Clamp(progress, 0, 1));

    public void Dispose() => _room.Dispose();

    private async Task Follow(Task<Outcome> answer)
    {
        try
        {
            await answer.ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            _fault ??= fault;
        }
        finally
        {
            _room.Release();
        }
    }
}
