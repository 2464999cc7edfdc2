using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Insurance;
using Plimsoll.Engine.Journal;
using Plimsoll.Engine.Json;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// The deterministic heart: one command at a time, in one order.
/// <list type="number">
/// <item>Parameters whose time has come take force, overrides whose time is over end, and what was paused long enough goes on, so that the command is decided by what is in force.</item>
/// <item>The command decides against the state and changes nothing.</item>
/// <item>What it accepts is applied, event by event.</item>
/// <item>Whoever was touched is judged again, and what a price outside its bands asks to be paused is; what follows from that (calls, liquidations, the fund, deleveraging, breaches of limits) is applied too.</item>
/// <item>Command, outcome and events become one journal entry, chained by hash to the one before.</item>
/// </list>
/// The same commands at the same times give the same entries, to the bit, on any machine and for any thread count.
/// </summary>
public sealed class VenueKernel
{
    private readonly List<Event> _events = [];
    private readonly Action<Event> _happen;
    private bool _broken;

    /// <summary>A kernel over a state that the journal so far has led to.</summary>
    public VenueKernel(VenueState state, long sequence, Hash256 hash)
    {
        State = state;
        _happen = Happen;
        Sequence = sequence;
        Seal = new JournalSeal(hash);
    }

    /// <summary>A kernel before its first command.</summary>
    public VenueKernel() : this(new VenueState(), 0, Hash256.Zero)
    {
    }

    /// <summary>Everything the venue knows.</summary>
    public VenueState State { get; }

    /// <summary>The last journal sequence.</summary>
    public long Sequence { get; private set; }

    /// <summary>The hash of the last journal entry that was sealed.</summary>
    public Hash256 Hash => Seal.Hash;

    internal JournalSeal Seal { get; }

    /// <summary>Carries a command out and says what happened and what to journal.</summary>
    /// <exception cref="LawBrokenException">A law of the house was broken; the kernel must not be used any more.</exception>
    public JournalEntry Execute(in Envelope envelope, out Outcome outcome)
    {
        // What cannot be written down is not done either.
        ReadOnlyMemory<byte> command = Wire.Text(envelope.Command);
        outcome = Decide(envelope, CommandMemory.KeyOf(envelope.By, envelope.Id));

        return Seal.Seal(outcome, envelope.By, envelope.Id, command, Wire.Text(outcome.Events, State.Judgement.Threads));
    }

    /// <summary>Carries a command out in memory; whoever holds the seal must seal what was decided, in order.</summary>
    internal Outcome Decide(in Envelope envelope, UInt128 key)
    {
        RefuseBroken();
        Law.Holds(!State.Memory.TryFind(key, out _), "a command is answered once");
        Refusal refusal;
        string? detail;
        try
        {
            refusal = Carry(envelope, out detail);
        }
        catch
        {
            // Half of something may have happened, so nothing more is decided, and no snapshot is taken, from here.
            _broken = true;
            throw;
        }

        Event[] events = _events.Count == 0 ? [] : [.. _events];
        State.Memory.Remember(key, ++Sequence);

        return new Outcome(Sequence, State.Now, refusal, detail, events);
    }

    /// <summary>Applies what a journal entry says happened, without deciding it again.</summary>
    /// <exception cref="InputException">The entry does not follow the chain, or does not read.</exception>
    public void Replay(JournalEntry entry)
    {
        if (ChainFault.Between(Sequence, Hash, entry) is { } fault) throw new InputException("journal", fault.Reason);

        RefuseBroken();
        Event[] events = Wire.ReadEvents(entry.Events.Span);
        _broken = true;
        State.Now = entry.At;
        foreach (Event happened in events) happened.Apply(State);
        State.Judgement.Refresh();
        _broken = false;
        State.Memory.Remember(CommandMemory.KeyOf(entry.By, entry.Id), entry.Sequence);
        Sequence = entry.Sequence;
        Seal.Follow(entry);
    }

    /// <summary>Decides a journal entry's command again and demands the same outcome and events, to the byte.</summary>
    /// <exception cref="InputException">The entry does not follow the chain, or does not read.</exception>
    /// <exception cref="LawBrokenException">The decision differs from what was journaled.</exception>
    public void Verify(JournalEntry entry)
    {
        if (ChainFault.Between(Sequence, Hash, entry) is { } fault) throw new InputException("journal", fault.Reason);

        Command command = Wire.ReadCommand(entry.Command.Span);
        // What was asked for the past is journaled at the time the venue had then.
        Instant asked = entry.Outcome == (ushort)Refusal.TimeWentBack ? new Instant(entry.At.UnixMicroseconds - 1) : entry.At;
        JournalEntry again = Execute(new Envelope(asked, entry.By, entry.Id, command), out _);
        Law.Holds(again.Hash == entry.Hash, $"entry {entry.Sequence} decided again is the same entry");
    }

    private Refusal Carry(in Envelope envelope, out string? detail)
    {
        _events.Clear();
        detail = null;
        if (envelope.At < State.Now) return Refusal.TimeWentBack;

        State.Now = envelope.At;
        bool enacted = Proposals.Enact(State, _happen);
        bool ended = State.Overrides.Expire(_happen);
        State.Oracles.Follow(_happen);
        bool passed = State.Breakers.Pass(_happen);
        int[] waited = passed ? Refreshed() : [];
        Decision decision = Answer(envelope);
        detail = decision.Detail;
        if (decision.Refusal == Refusal.None)
        {
            if (decision.First is { } first) Happen(first);
            if (decision.Second is { } second) Happen(second);
            if (decision.Third is { } third) Happen(third);
        }
        else if (!enacted && !ended && !passed)
        {
            return decision.Refusal;
        }

        foreach (int account in waited) State.Judgement.Touch(new AccountIndex(account));

        // What follows from new parameters follows once, at the prices this command may have brought; for everybody.
        State.Oracles.Follow(_happen);
        if (enacted) State.Judgement.Relisted();
        State.Breakers.Release(_happen);
        State.Judgement.Refresh();
        State.Overrides.Follow(_happen);
        State.Breakers.Follow(_happen);
        Consequences.Follow(State, _happen);
        State.Breakers.Venue.Follow(_happen);
        State.Limits.Watch.Follow(_happen);

        return decision.Refusal;
    }

    /// <summary>Judges whom a batch has changed before a command is decided; whoever something could follow for, to be looked at again after it.</summary>
    private int[] Refreshed()
    {
        State.Judgement.Refresh();

        return [.. State.Judgement.Watched];
    }

    private Decision Answer(in Envelope envelope)
    {
        try
        {
            return envelope.Command.Decide(State, envelope.By, envelope.At);
        }
        catch (OverflowException)
        {
            // Deciding changes nothing, so a number that is too large for the books is an answer, not a fault.
            return Refusal.AmountTooLarge;
        }
    }

    /// <summary>Stops whoever would go on with a state that an exception left half changed.</summary>
    internal void RefuseBroken() => Law.Holds(!_broken, "a kernel that failed in the middle of a command is not used again");

    private void Happen(Event happened)
    {
        happened.Apply(State);
        _events.Add(happened);
        if (Feeds.Of(State, happened) is { } fed) Happen(fed);
    }
}
