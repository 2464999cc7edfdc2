using System.Runtime.InteropServices;
using System.Threading.Channels;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Units;

namespace Plimsoll.Engine.Hosting;

/// <summary>What became durable together.</summary>
/// <param name="Entries">The journal entries, in order.</param>
/// <param name="Outcomes">Their outcomes, in the same order.</param>
public sealed record Committed(IReadOnlyList<JournalEntry> Entries, IReadOnlyList<Outcome> Outcomes);

/// <summary>
/// One queue, one writer.
/// <list type="number">
/// <item>The deciding thread takes what waits, in order, and carries it out in memory.</item>
/// <item>The writing thread appends what came of it to the journal, all of a batch in one durable commit.</item>
/// <item>Only then is anything of the batch answered, shown or read: nobody sees what a crash could take back.</item>
/// </list>
/// While one batch is being written the next is being decided. When the journal cannot be written or a law is broken the
/// engine stops for good: nothing that was not durable is ever answered.
/// </summary>
public sealed class VenueEngine : IDisposable
{
    /// <summary>Batches decided ahead of the one being written.</summary>
    private const int BatchesAhead = 2;

    private readonly VenueKernel _kernel;
    private readonly IJournalStore _store;
    private readonly EngineOptions _options;
    private readonly Channel<Work> _queue;
    private readonly Channel<Batch> _decided;
    private readonly Thread _decider;
    private readonly Thread _writer;
    private volatile EngineHaltedException? _halted;
    private long _lastSnapshot;

    /// <summary>Starts an engine over a recovered kernel and its journal; the engine owns both from now on.</summary>
    public VenueEngine(VenueKernel kernel, IJournalStore store, EngineOptions options)
    {
        Law.Holds(kernel.Sequence == store.LastSequence && kernel.Hash == store.LastHash, "the kernel stands where its journal ends");
        (_kernel, _store, _options) = (kernel, store, options);
        _lastSnapshot = kernel.Sequence;
        kernel.State.Judgement.Threads = options.Threads;
        _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true });
        _decided = Channel.CreateBounded<Batch>(new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });
        _decider = new Thread(Decide) { Name = "plimsoll-decider", IsBackground = true };
        _writer = new Thread(Write) { Name = "plimsoll-writer", IsBackground = true };
        _decider.Start();
        _writer.Start();
    }

    /// <summary>Called on the writing thread after each durable commit that held entries, in order; must be quick and must not throw.</summary>
    public Action<Committed>? OnCommitted { get; set; }

    /// <summary>Why the engine has stopped; none while it runs.</summary>
    public EngineHaltedException? Halted => _halted;

    /// <summary>Asks for a command; answered when it is durable.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="id">His own name for it.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="at">The venue's time, where the one who asks owns it; otherwise the engine's clock is asked.</param>
    /// <exception cref="EngineHaltedException">The engine has stopped.</exception>
    public Task<Outcome> Submit(AccountId by, CommandId id, Command command, Instant? at = null)
    {
        var work = new CommandWork(at, by, id, command);
        if (_halted is null && _queue.Writer.TryWrite(work)) return work.Answered;

        return Waiting(work, work.Answered);
    }

    /// <summary>Asks a question of the state in its place among the commands; it must not change anything.</summary>
    /// <param name="question">Asked on the deciding thread.</param>
    /// <param name="seal">
    /// Puts the journal's hash at the question's place into the answer. Entries are chained after they are decided, so
    /// <see cref="VenueKernel.Hash"/> may lag behind within the question itself. Must be quick and must not throw.
    /// </param>
    /// <exception cref="EngineHaltedException">The engine has stopped.</exception>
    public Task<T> Ask<T>(Func<VenueKernel, T> question, Func<T, Hash256, T>? seal = null)
    {
        var work = new QuestionWork<T>(question, seal);

        return Waiting(work, work.Answered);
    }

    /// <summary>Carries out what waits, takes a last snapshot, and closes the journal.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _decider.Join();
        _writer.Join();
        _store.Dispose();
    }

    private async Task<T> Waiting<T>(Work work, Task<T> answered)
    {
        if (_halted is { } halted) throw halted;

        try
        {
            await _queue.Writer.WriteAsync(work).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw _halted ?? new EngineHaltedException("it was shut down");
        }

        return await answered.ConfigureAwait(false);
    }

    private void Decide()
    {
        var current = new Batch();
        try
        {
            while (Wait(_queue.Reader))
            {
                var batch = current = new Batch();
                while (batch.Works.Count < _options.MaxBatch && _queue.Reader.TryRead(out Work? work))
                {
                    batch.Works.Add(work);
                    work.Do(_kernel, _options.Clock);
                }

                bool due = _options.SnapshotEvery > 0 && _kernel.Sequence - _lastSnapshot >= _options.SnapshotEvery;
                if (due) Snapshot(batch);
                Pass(batch);
            }

            if (_halted is null && _kernel.Sequence > _lastSnapshot)
            {
                Snapshot(current = new Batch());
                Pass(current);
            }
        }
        catch (Exception fault)
        {
            Halt(fault);
            current.Fail(_halted!);
        }
        finally
        {
            _decided.Writer.TryComplete();
            FailWaiting();
        }
    }

    private void Write()
    {
        var current = new Batch();
        try
        {
            while (Wait(_decided.Reader))
            {
                while (_decided.Reader.TryRead(out Batch? batch))
                {
                    current = batch;
                    batch.Seal(_kernel.Seal);
                    if (batch.Entries.Count > 0) _store.Append(CollectionsMarshal.AsSpan(batch.Entries));
                    if (batch.Snapshot(_kernel.Seal) is { } snapshot) _store.SaveSnapshot(snapshot);
                    if (batch.Entries.Count > 0) OnCommitted?.Invoke(new Committed(batch.Entries, batch.Outcomes));
                    foreach (Work work in batch.Works) work.Answer(_store);
                }
            }
        }
        catch (Exception fault)
        {
            Halt(fault);
            current.Fail(_halted!);
            while (Wait(_decided.Reader))
            {
                while (_decided.Reader.TryRead(out Batch? batch)) batch.Fail(_halted!);
            }
        }
    }

    private void Snapshot(Batch batch)
    {
        _lastSnapshot = _kernel.Sequence;
        batch.TakeSnapshot(_kernel);
    }

    private void Pass(Batch batch)
    {
        // Blocks while the writer is two batches behind: memory stays bounded and the queue fills up instead.
        if (!_decided.Writer.TryWrite(batch)) _decided.Writer.WriteAsync(batch).AsTask().GetAwaiter().GetResult();
        if (_halted is { } halted) throw halted;
    }

    private void Halt(Exception fault)
    {
        _halted ??= fault as EngineHaltedException ?? new EngineHaltedException(fault.Message, fault);
        _queue.Writer.TryComplete();
    }

    private void FailWaiting()
    {
        while (_queue.Reader.TryRead(out Work? work)) work.Fail(_halted ?? new EngineHaltedException("it was shut down"));
    }

    private static bool Wait<T>(ChannelReader<T> reader) =>
        reader.WaitToReadAsync() is var ready && ready.IsCompletedSuccessfully ? ready.Result : ready.AsTask().GetAwaiter().GetResult();
}
