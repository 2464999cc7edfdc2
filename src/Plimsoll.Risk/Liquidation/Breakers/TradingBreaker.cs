using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Risk.Liquidation.Breakers;

/// <summary>A pause that a price asks for.</summary>
/// <param name="Broken">The band and the price.</param>
/// <param name="Level">The how many-th of a row of trips it is, from 1: what the pause grows by.</param>
/// <param name="Until">When the pause ends.</param>
/// <param name="Reason">Why, in words and figures.</param>
public sealed record PauseAsked(BandTrip Broken, int Level, Instant Until, string Reason);

/// <summary>
/// The breaker of one instrument: trading → paused → batch → reopened → trading. It takes every price, says what the bands ask
/// for, and is told what was done about it; the venue and a price path out of a file are run by the same one.
/// </summary>
/// <remarks>
/// Laws: no price is refused; in a pause and a batch no band is asked; after a reopening the reference is the reopening price,
/// the moving band has no other past, and for the least time open nothing trips. So it cannot flap: between two trips lie a
/// pause, a batch and the least time open, whatever the prices do.
/// </remarks>
public sealed class TradingBreaker
{
    private const int MostLevel = 64;
    private const int MostReason = 1024;

    private DynamicBand? _moving;

    /// <summary>The phase that was entered last; see <see cref="PhaseAt"/>.</summary>
    public BreakerPhase Phase { get; private set; }

    /// <summary>When the pause, the batch or the least time open ends.</summary>
    public Instant Until { get; private set; }

    /// <summary>Why the phase was entered; empty before the first trip.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The how many-th of a row the last trip was; 0 before the first.</summary>
    public int Level { get; private set; }

    /// <summary>How often it has tripped.</summary>
    public long Trips { get; private set; }

    /// <summary>When it last reopened.</summary>
    public Instant ReopenedAt { get; private set; }

    /// <summary>The price the static band lies around; 0 before the first.</summary>
    public double Reference { get; private set; }

    /// <summary>The last price; 0 before the first.</summary>
    public double Price { get; private set; }

    /// <summary>When that was.</summary>
    public Instant SeenAt { get; private set; }

    /// <summary>What the last prices broke and nobody has acted upon yet.</summary>
    public BandTrip? Broken { get; private set; }

    /// <summary>Whether nothing is traded: paused, or in a batch.</summary>
    public bool IsHeld => Phase is BreakerPhase.Paused or BreakerPhase.Batch;

    /// <summary>The phase at a moment: what was reopened is simply traded once its least time open is over.</summary>
    public BreakerPhase PhaseAt(Instant now) => Phase == BreakerPhase.Reopened && now >= Until ? BreakerPhase.Trading : Phase;

    /// <summary>Between which prices nothing trips: within all bands there are; none before the first price.</summary>
    public (double Low, double High)? Bounds(BreakerLine line)
    {
        if (!(Reference > 0)) return null;

        (double low, double high) = (0, double.PositiveInfinity);
        if (line.Static is { } still) (low, high) = (Reference * (1 - (double)still.Width), Reference * (1 + (double)still.Width));
        if (line.Dynamic is { } moving && _moving is { Highest: { } highest, Lowest: { } lowest })
            (low, high) = (Math.Max(low, highest * (1 - (double)moving.Width)), Math.Min(high, lowest * (1 + (double)moving.Width)));

        return double.IsFinite(high) ? (low, high) : null;
    }

    /// <summary>Takes a price. What is no price, and what is not later than the last, changes no band.</summary>
    public void See(BreakerLine line, Instant at, double price)
    {
        if (!(price > 0) || !double.IsFinite(price) || at < SeenAt) return;

        if (Reference == 0) Reference = price;
        else if (line.Static is { Seconds: > 0 } still && Begun(at, still.Seconds) > Begun(SeenAt, still.Seconds) && Price > 0) Reference = Price;

        if (!IsHeld)
        {
            // The moving band takes every price, also one that breaks the static band, and also while nothing trips.
            BandTrip? moved = DynamicTrip(line, at, price);
            if (PhaseAt(at) == BreakerPhase.Trading) Broken ??= StaticTrip(line, price) ?? moved;
        }

        (Price, SeenAt) = (price, at);
    }

    /// <summary>The pause the prices ask for; none where no band is broken.</summary>
    public PauseAsked? Asks(BreakerLine line, Instant now)
    {
        if (Broken is not { } broken || IsHeld) return null;

        bool isFurther = line.Escalation is { } row && Trips > 0 && now.UnixMicroseconds - ReopenedAt.UnixMicroseconds <= 1_000_000L * row.Seconds;
        int level = isFurther ? Math.Min(Level + 1, MostLevel) : 1;
        long pause = line.PauseMicroseconds(level);

        return new PauseAsked(broken, level, new Instant(now.UnixMicroseconds + pause), BreakerWords.Of(broken, level, pause));
    }

    /// <summary>Nothing is traded from now on.</summary>
    public void Pause(Instant until, int level, string reason)
    {
        Law.Holds(!IsHeld, "what is traded is paused");
        (Phase, Until, Level, Reason) = (BreakerPhase.Paused, until, level, reason);
        Trips++;
        (Broken, _moving) = (null, null);
    }

    /// <summary>Orders gather from now on.</summary>
    public void OpenBatch(Instant until, string reason)
    {
        Law.Holds(Phase == BreakerPhase.Paused, "a batch follows a pause");
        (Phase, Until, Reason) = (BreakerPhase.Batch, until, reason);
    }

    /// <summary>It is traded again, by the bands of a line, from a price on; 0 where there is none.</summary>
    public void Reopen(BreakerLine? line, Instant at, double reference, Instant until, string reason)
    {
        Law.Holds(IsHeld, "what is not traded is reopened");
        (Phase, Until, Reason, ReopenedAt) = (BreakerPhase.Reopened, until, reason, at);
        Broken = null;
        if (!(reference > 0)) return;

        (Reference, Price, SeenAt) = (reference, reference, at);
        _moving = line?.Moving();
        _moving?.Begin(at, reference);
    }

    /// <summary>Writes everything it remembers, but not its terms.</summary>
    public void Write(StateWriter writer)
    {
        writer.WriteByte((byte)Phase);
        writer.WriteInstant(Until);
        writer.WriteText(Reason);
        writer.WriteInt(Level);
        writer.WriteLong(Trips);
        writer.WriteInstant(ReopenedAt);
        writer.WriteDouble(Reference);
        writer.WriteDouble(Price);
        writer.WriteInstant(SeenAt);
        writer.WriteBool(_moving is not null);
        _moving?.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, under the terms it was written under.</summary>
    /// <exception cref="InputException">What is read is no breaker.</exception>
    public static TradingBreaker Read(StateReader reader, BreakerLine line)
    {
        var breaker = new TradingBreaker
        {
            Phase = (BreakerPhase)reader.ReadByte(),
            Until = reader.ReadInstant(),
            Reason = reader.ReadText(4 * MostReason),
            Level = reader.ReadInt(),
            Trips = reader.ReadLong(),
            ReopenedAt = reader.ReadInstant(),
            Reference = reader.ReadDouble(),
            Price = reader.ReadDouble(),
            SeenAt = reader.ReadInstant(),
        };
        bool isSound = Enum.IsDefined(breaker.Phase) && breaker.Level is >= 0 and <= MostLevel && breaker.Trips >= 0
            && breaker.Reference >= 0 && double.IsFinite(breaker.Reference) && breaker.Price >= 0 && double.IsFinite(breaker.Price);
        if (!isSound) throw reader.Fault("a breaker's phase, trips and prices");
        if (!reader.ReadBool()) return breaker;

        breaker._moving = line.Moving() ?? throw reader.Fault("a moving band only where the rulebook has one");
        breaker._moving.Read(reader);

        return breaker;
    }

    private static long Begun(Instant at, int seconds) => at.UnixMicroseconds / (1_000_000L * seconds);

    private BandTrip? StaticTrip(BreakerLine line, double price) =>
        line.Static is { } still && Math.Abs(price - Reference) > (double)still.Width * Reference
            ? new BandTrip(BandKind.Static, price, Reference, (double)still.Width, still.Seconds)
            : null;

    private BandTrip? DynamicTrip(BreakerLine line, Instant at, double price)
    {
        if (line.Dynamic is not { } moving) return null;

        _moving ??= line.Moving()!;

        return _moving.Broken(at, price) is { } extreme ? new BandTrip(BandKind.Dynamic, price, extreme, (double)moving.Width, moving.Seconds) : null;
    }
}
