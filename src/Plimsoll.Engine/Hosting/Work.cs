using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Units;

namespace Plimsoll.Engine.Hosting;

/// <summary>Something in the engine's queue: done on the deciding thread, answered when everything before it is durable.</summary>
internal abstract class Work
{
    /// <summary>Does it.</summary>
    public abstract void Do(VenueKernel kernel, Func<Instant> clock);

    /// <summary>Chains what there is to journal of it, and adds it to the batch.</summary>
    public abstract void Seal(JournalSeal seal, Batch batch);

    /// <summary>Answers, everything before it being durable.</summary>
    public abstract void Answer(IJournalStore store);

    /// <summary>Answers that it will never be durable.</summary>
    public abstract void Fail(Exception reason);
}

/// <summary>A command in the queue.</summary>
internal sealed class CommandWork(Instant? at, AccountId by, CommandId id, Command command) : Work
{
    private readonly TaskCompletionSource<Outcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Worked out where the command is asked, so that the one deciding thread need not.
    private readonly ReadOnlyMemory<byte> _json = Json.Wire.Text(command);
    private readonly UInt128 _key = CommandMemory.KeyOf(by, id);
    private ReadOnlyMemory<byte> _events;
    private Outcome? _outcome;
    private long _firstSequence;

    public Task<Outcome> Answered => _answer.Task;

    public override void Do(VenueKernel kernel, Func<Instant> clock)
    {
        if (kernel.State.Memory.TryFind(_key, out _firstSequence)) return;

        Instant now = at ?? Later(clock(), kernel.State.Now);
        _outcome = kernel.Decide(new Envelope(now, by, id, command), _key);
        _events = Json.Wire.Text(_outcome.Events, kernel.State.Judgement.Threads);
    }

    public override void Seal(JournalSeal seal, Batch batch)
    {
        if (_outcome is { } fresh) batch.Add(seal.Seal(fresh, by, id, _json, _events), fresh);
    }

    public override void Answer(IJournalStore store)
    {
        if (_outcome is { } fresh)
        {
            _answer.SetResult(fresh);

            return;
        }

        // Asked before: the first outcome is in the journal, durable by now, whoever asked it.
        JournalEntry first = store.ReadFrom(_firstSequence).First();
        _answer.SetResult(new Outcome(first.Sequence, first.At, (Refusal)first.Outcome, null, Json.Wire.ReadEvents(first.Events.Span), Repeated: true));
    }

    public override void Fail(Exception reason) => _answer.TrySetException(reason);

    // A clock that was set back must not stop the venue: time stands still until it has caught up.
    private static Instant Later(Instant left, Instant right) => left > right ? left : right;
}

/// <summary>A question to the state, in its place among the commands.</summary>
/// <param name="question">Asked on the deciding thread.</param>
/// <param name="seal">Given the answer and the hash of the last entry before the question, on the writing thread: only there is it known.</param>
internal sealed class QuestionWork<T>(Func<VenueKernel, T> question, Func<T, Hash256, T>? seal) : Work
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _value = default!;
    private Exception? _fault;

    public Task<T> Answered => _answer.Task;

    public override void Do(VenueKernel kernel, Func<Instant> clock)
    {
        try
        {
            _value = question(kernel);
        }
        catch (Exception fault) when (fault is not LawBrokenException)
        {
            // A question changes nothing, so what goes wrong in it concerns only who asked.
            _fault = fault;
        }
    }

    public override void Seal(JournalSeal journal, Batch batch)
    {
        if (seal is not null && _fault is null) _value = seal(_value, journal.Hash);
    }

    public override void Answer(IJournalStore store)
    {
        if (_fault is { } fault) _answer.SetException(fault);
        else _answer.SetResult(_value);
    }

    public override void Fail(Exception reason) => _answer.TrySetException(reason);
}
