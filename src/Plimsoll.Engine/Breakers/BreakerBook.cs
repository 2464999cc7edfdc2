using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation.Breakers;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// Which instruments are traded now, whether the whole venue is, and how much may still be liquidated and deleveraged in this
/// period: a part of the state, changed by events alone.
/// </summary>
/// <remarks>
/// Laws: prices are facts and are never refused; deposits, repayments and cancellations are always possible; what waits for a
/// pause or for a period has a time at which it goes on, see <see cref="NextDue"/>; every trip, batch and reopening is an event
/// that says why. Of the instruments only those with a band are remembered.
/// </remarks>
public sealed class BreakerBook
{
    private readonly VenueState _venue;
    private readonly SortedDictionary<int, TradingBreaker> _breakers = [];
    private readonly SortedSet<int> _held = [];
    private readonly List<BreakerLine?> _lines = [];
    private bool _isBroken;

    internal BreakerBook(VenueState venue)
    {
        _venue = venue;
        Venue = new VenueBreaker(venue);
        Throttle = new ThrottleUsage(venue);
    }

    /// <summary>The whole venue's breaker.</summary>
    public VenueBreaker Venue { get; }

    /// <summary>What of this period's throttles is used up.</summary>
    public ThrottleUsage Throttle { get; }

    /// <summary>Instruments with a band that have had a price, by ordinal.</summary>
    public IEnumerable<(InstrumentIndex Instrument, TradingBreaker Breaker)> All => _breakers.Select(one => (new InstrumentIndex(one.Key), one.Value));

    /// <summary>The terms in force.</summary>
    public BreakerTerms Terms => _venue.Parameters?.Breakers ?? BreakerTerms.None;

    /// <summary>Notional that may still be liquidated in this period, in the numeraire; infinite where the rulebook does not say.</summary>
    public double LiquidationRoom => Throttle.LiquidationRoom;

    /// <summary>The same when nothing of the period is used; +∞ without a throttle.</summary>
    public double WholeLiquidationRoom => Throttle.WholeLiquidationRoom;

    /// <summary>Notional that may still be deleveraged in this period, in the numeraire; infinite where the rulebook does not say.</summary>
    public double AdlRoom => Throttle.AdlRoom;

    /// <summary>When a pause, a batch, a halt or a period that was used ends next by itself; none where none does.</summary>
    public Instant? NextDue
    {
        get
        {
            Instant? next = Venue.NextDue;
            if (Throttle.NextDue is { } period && !(next <= period)) next = period;
            foreach (int held in _held)
            {
                // Nothing reopens while the venue stands still.
                Instant at = _breakers[held].Until;
                if (Venue.IsStill && at < Venue.Until) at = Venue.Until;
                if (!(next <= at)) next = at;
            }

            return next;
        }
    }

    /// <summary>Whether an instrument is traded now, and accounts liquidated in it; always where the rulebook has no breakers.</summary>
    public bool Allows(InstrumentIndex instrument) => !Venue.IsStill && !_held.Contains(instrument.Value);

    /// <summary>The breaker of an instrument; none before its first price, and without a line.</summary>
    public TradingBreaker? Of(InstrumentIndex instrument) => _breakers.GetValueOrDefault(instrument.Value);

    /// <summary>Whether an instrument is paused, traded, or in between, now.</summary>
    public BreakerPhase PhaseOf(InstrumentIndex instrument) => Of(instrument)?.PhaseAt(_venue.Now) ?? BreakerPhase.Trading;

    /// <summary>The line of an instrument; none where it is never paused by its price.</summary>
    public BreakerLine? LineOf(InstrumentIndex instrument)
    {
        for (int i = _lines.Count; i <= instrument.Value; i++)
        {
            Instrument terms = _venue.Catalog[new InstrumentIndex(i)];
            _lines.Add(Terms.Of(terms.Id, _venue.Catalog[terms.Underlying].Class));
        }

        return _lines[instrument.Value];
    }

    /// <summary>
    /// Whether an order may be placed: always one that makes a position smaller; one that opens not in a pause, nor while the
    /// venue is halted. In a batch both, since a batch is what they gather for.
    /// </summary>
    internal Decision? WithOrder(AccountIndex account, InstrumentIndex instrument, Lots lots)
    {
        bool isPaused = Of(instrument) is { Phase: BreakerPhase.Paused };
        if ((!isPaused && !Venue.IsHalted) || Closes(account, instrument, lots)) return null;

        return isPaused ? Paused(instrument) : Venue.Refuse();
    }

    /// <summary>Whether a fill may be reported: none in a pause or a batch; while the venue is halted, after its pause, such as leave no more open.</summary>
    internal Decision? WithFill(AccountIndex buyer, AccountIndex seller, InstrumentIndex instrument, Lots lots)
    {
        if (_held.Contains(instrument.Value)) return Paused(instrument);
        if (!Venue.IsHalted) return null;

        bool leavesLess = _venue.Catalog[instrument].HasPositions
            && (Reduces(_venue.Position(buyer, instrument).Lots, lots) || Reduces(_venue.Position(seller, instrument).Lots, -lots));

        return Venue.IsStill || !leavesLess ? Venue.Refuse() : null;
    }

    /// <summary>Takes the prices of now; to be called by every event that moves one.</summary>
    internal void See()
    {
        if (Terms.IsNone) return;

        for (int i = 0; !Terms.Lines.IsEmpty && i < _venue.Catalog.Instruments.Count; i++)
        {
            var instrument = new InstrumentIndex(i);
            if (LineOf(instrument) is not { } line) continue;
            if (_venue.Catalog[instrument].Expiry <= _venue.Now)
            {
                if (!_held.Contains(i)) _breakers.Remove(i);
                continue;
            }

            double price = _venue.Market.ForwardOf(instrument);
            if (!(price > 0) || !double.IsFinite(price)) continue;
            if (!_breakers.TryGetValue(i, out TradingBreaker? breaker)) _breakers.Add(i, breaker = new TradingBreaker());
            breaker.See(line, _venue.Now, price);
            _isBroken |= breaker.Broken is not null;
        }

        Venue.See();
    }

    /// <summary>Another rulebook is in force: a line that changed begins anew with the price of now, one that stayed goes on.</summary>
    internal void Restart(BreakerTerms before)
    {
        BreakerLine?[] old = [.. _lines];
        _lines.Clear();
        foreach ((int i, TradingBreaker breaker) in _breakers.ToArray())
        {
            if (breaker.IsHeld || (i < old.Length && old[i] is { } line && line == LineOf(new InstrumentIndex(i)))) continue;
            _breakers.Remove(i);
        }

        Throttle.Restart(before.Throttles);
        Venue.Restart(before.Venue);
        See();
    }

    internal void Pause(InstrumentIndex instrument, Instant until, int level, string reason)
    {
        _breakers[instrument.Value].Pause(until, level, reason);
        _held.Add(instrument.Value);
    }

    internal void Reopen(InstrumentIndex instrument, double reference, Instant until, string reason)
    {
        TradingBreaker breaker = _breakers[instrument.Value];
        breaker.Reopen(LineOf(instrument), _venue.Now, reference, until, reason);
        _held.Remove(instrument.Value);
        if (LineOf(instrument) is null) _breakers.Remove(instrument.Value);

        // Whoever waited in it is looked at again.
        _venue.Judgement.Touch(instrument);
    }

    /// <summary>Lets what has come to the end of its time go on, before a command is decided; says whether anything did.</summary>
    internal bool Pass(Action<Event> happen)
    {
        if (Terms.IsNone && _held.Count == 0) return false;

        bool any = Throttle.Pass(happen) | Venue.Pass(happen);
        if (Venue.IsStill) return any;

        foreach (int held in _held.ToArray())
        {
            var instrument = new InstrumentIndex(held);
            TradingBreaker breaker = _breakers[held];
            if (_venue.Now < breaker.Until) continue;

            any = true;
            InstrumentId name = _venue.Catalog[instrument].Id;
            if (breaker.Phase == BreakerPhase.Paused && LineOf(instrument) is { AuctionSeconds: > 0 } line)
                happen(new BatchOpened(name, _venue.Now + TimeSpan.FromSeconds(line.AuctionSeconds), BreakerWords.Gathering(line.AuctionSeconds)));
            else
                Reopening.Carry(_venue, instrument, breaker, happen);
        }

        return any;
    }

    /// <summary>Reopens at once what another rulebook had paused and the one in force says nothing of; to be called before anybody is judged by it.</summary>
    internal void Release(Action<Event> happen)
    {
        if (_held.Count > 0)
        {
            foreach (int held in _held.Where(i => LineOf(new InstrumentIndex(i)) is null).ToArray())
                Reopening.Carry(_venue, new InstrumentIndex(held), _breakers[held], happen);
        }

        Venue.Release(happen);
    }

    /// <summary>Pauses what the prices ask to be paused, before anybody is liquidated at them, and stops or resumes the venue.</summary>
    internal void Follow(Action<Event> happen)
    {
        if (_isBroken) Trip(happen);
        Venue.Follow(happen);
    }

    private void Trip(Action<Event> happen)
    {
        _isBroken = false;
        foreach ((int i, TradingBreaker breaker) in _breakers)
        {
            if (breaker.Broken is null || LineOf(new InstrumentIndex(i)) is not { } line || breaker.Asks(line, _venue.Now) is not { } asked) continue;

            happen(new BreakerTripped(_venue.Catalog[new InstrumentIndex(i)].Id, asked.Broken.Band, asked.Broken.Price, asked.Broken.Reference, asked.Broken.Width, asked.Level, asked.Until, asked.Reason));
        }
    }

    /// <summary>Has everybody judged again who may have waited.</summary>
    internal void LookAgain()
    {
        ReadOnlySpan<Verdict> verdicts = _venue.Judgement.Verdicts;
        for (int i = 0; i < verdicts.Length; i++)
            if (verdicts[i].IsLiquidatable) _venue.Judgement.Touch(new AccountIndex(i));
    }

    internal void Restore(InstrumentIndex instrument, TradingBreaker breaker)
    {
        _breakers.Add(instrument.Value, breaker);
        if (breaker.IsHeld) _held.Add(instrument.Value);
    }

    /// <summary>Whether an order only makes a position smaller, whatever else of its side stands.</summary>
    private bool Closes(AccountIndex account, InstrumentIndex instrument, Lots lots)
    {
        Lots all = lots;
        foreach (Order order in _venue.Orders.Of(account))
            if (order.Instrument == instrument && order.Lots.Sign == lots.Sign) all += order.Lots;

        return Reduces(_venue.Position(account, instrument).Lots, all);
    }

    private static bool Reduces(Lots held, Lots change) => held.Sign == -change.Sign && !held.IsZero && held.Size.Count >= change.Size.Count;

    private Decision Paused(InstrumentIndex instrument)
    {
        TradingBreaker breaker = _breakers[instrument.Value];
        string phase = breaker.Phase == BreakerPhase.Batch ? "gathers orders" : "is paused";

        return Decision.Refuse(Refusal.TradingPaused, $"{_venue.Catalog[instrument].Id} {phase} until {breaker.Until}: {breaker.Reason}");
    }
}
