using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Rows;
using Plimsoll.Units.State;

namespace Plimsoll.Ledger.Positions;

/// <summary>
/// Every account's positions, by account and by instrument, with totals per instrument kept with every fill.
/// One writer, no locks. A position of no lots is kept nowhere, so the encoding depends on the positions alone.
/// </summary>
public sealed class PositionBook
{
    /// <summary>The most positions of one account.</summary>
    public const int MaxPositions = 2048;

    /// <summary>The most instruments ever listed.</summary>
    public const int MaxInstruments = 1 << 20;

    /// <summary>The most lots open on one side of one instrument.</summary>
    public const long MaxOpenInterest = 4_000_000_000_000_000_000;

    private readonly AccountRows _rows = new();
    private readonly Column<Lots> _lots;
    private readonly Column<Amount> _costs;
    private readonly ChangedAccounts _changed = new();
    private InstrumentTotals[] _totals = [];
    private HolderList?[] _holders = [];
    private int[] _scratch = [];

    /// <summary>A book without positions.</summary>
    public PositionBook()
    {
        _lots = _rows.AddColumn<Lots>();
        _costs = _rows.AddColumn<Amount>();
    }

    /// <summary>Accounts whose positions changed since <see cref="ClearChanged"/>, each once, in the order of their first change.</summary>
    public ReadOnlySpan<int> Changed => _changed.Accounts;

    /// <summary>Whether an account is among <see cref="Changed"/>.</summary>
    public bool HasChanged(AccountIndex account) => _changed.Has(account.Value);

    /// <summary>Whether an account changed since it was last seen, or since <see cref="ClearChanged"/>.</summary>
    public bool IsUnseen(AccountIndex account) => _changed.IsUnseen(account.Value);

    /// <summary>Notes that an account was seen as it is; it stays among <see cref="Changed"/>.</summary>
    public void See(AccountIndex account) => _changed.See(account.Value);

    /// <summary>One above the highest account that has room for positions; no part of the state.</summary>
    internal int Accounts => _rows.Accounts;

    /// <summary>One above the highest instrument filled since the book was made or read; no part of the state.</summary>
    internal int Instruments => _totals.Length;

    /// <summary>
    /// One side of a fill. Opening or increasing adds the value to the cost; reducing releases the closed share of the cost;
    /// crossing zero releases all of it and opens the rest at the rest of the value. <see cref="FillEffect"/> says how it rounds.
    /// <para>Law: the cost moves by exactly <paramref name="value"/> plus the profit returned.</para>
    /// </summary>
    /// <param name="account">Whose position.</param>
    /// <param name="instrument">In which instrument.</param>
    /// <param name="change">Lots, + bought, − sold; not zero.</param>
    /// <param name="value">What the lots are worth at the fill's price in the settlement asset, signed by the change: of a linear contract + for the buyer.</param>
    /// <returns>The realised profit, + a profit: what the account is owed now and <see cref="Fund.Clearing"/> owes.</returns>
    /// <exception cref="LawBrokenException">No such account or instrument, no lots, or a limit would be passed. Nothing changed.</exception>
    public Amount Fill(AccountIndex account, InstrumentIndex instrument, Lots change, Amount value)
    {
        Law.Holds(account.Value is >= 0 and < GeneralLedger.MaxAccounts, "an account's index lies between 0 and the most accounts");
        Law.Holds(instrument.Value is >= 0 and < MaxInstruments, "an instrument's index lies between 0 and the most instruments");
        int place = _rows.Find(account.Value, instrument.Value);
        Position before = place >= 0 ? At(account.Value, place) : new(instrument, default, Amount.Zero);
        FillEffect effect = FillEffect.Of(before, change, value);
        Law.Holds(place >= 0 || _rows.Count(account.Value) < MaxPositions, "an account has no more than the most positions");
        InstrumentTotals totals = Totals(instrument).After(before, effect.After);

        MakeInstrument(instrument.Value);
        _totals[instrument.Value] = totals;
        Set(account.Value, place, effect.After);
        _changed.Mark(account.Value);

        return effect.Realised;
    }

    /// <summary>An account's positions; empty for an account that never had one.</summary>
    public PositionRows Rows(AccountIndex account) =>
        new(_rows.Keys(account.Value), _rows.Values(account.Value, _lots), _rows.Values(account.Value, _costs));

    /// <summary>An account's position in one instrument, where it has one.</summary>
    public bool TryGet(AccountIndex account, InstrumentIndex instrument, out Position position)
    {
        int place = _rows.Find(account.Value, instrument.Value);
        position = place >= 0 ? At(account.Value, place) : default;

        return place >= 0;
    }

    /// <summary>All long lots of an instrument; once both sides of every fill are in, the short ones are as many.</summary>
    public Lots OpenInterest(InstrumentIndex instrument) => new(Totals(instrument).Long);

    /// <summary>The costs of all positions in an instrument, kept with every fill: what the clearing law sums.</summary>
    public Amount CostTotal(InstrumentIndex instrument) => Totals(instrument).Cost;

    /// <summary>How many accounts hold an instrument.</summary>
    public int HolderCount(InstrumentIndex instrument) => List(instrument)?.Count ?? 0;

    /// <summary>
    /// The accounts that hold an instrument, ascending; the next fill makes the span stale. Costs a merge where holders
    /// changed since the last time, nothing otherwise.
    /// </summary>
    public ReadOnlySpan<int> HoldersOf(InstrumentIndex instrument) => List(instrument) is { } list ? list.Sorted(ref _scratch) : default;

    /// <summary>Forgets what changed.</summary>
    public void ClearChanged() => _changed.Clear();

    /// <summary>
    /// Recounts every position: as many lots long as short in each instrument, totals and holders as kept. Only between
    /// trades: after one side of a fill the book does not balance yet.
    /// </summary>
    /// <exception cref="LawBrokenException">Names the instrument and the difference.</exception>
    public void Audit() => new BookAudit(this).Agrees(this);

    /// <summary>Writes the canonical encoding: positions by account and instrument.</summary>
    public void Write(StateWriter writer) => BookEncoding.Write(this, writer);

    /// <summary>Reads what <see cref="Write"/> wrote; nothing is marked as changed.</summary>
    /// <exception cref="InputException">The bytes are not a book with as many lots long as short.</exception>
    public static PositionBook Read(StateReader reader) => BookEncoding.Read(reader);

    /// <summary>The totals of an instrument.</summary>
    internal InstrumentTotals Totals(InstrumentIndex instrument) =>
        unchecked((uint)instrument.Value) < (uint)_totals.Length ? _totals[instrument.Value] : default;

    /// <summary>Adds a position behind an account's last one, from an encoding, without the totals.</summary>
    internal void Restore(int account, Position position)
    {
        MakeInstrument(position.Instrument.Value);
        Set(account, ~_rows.Count(account), position);
    }

    /// <summary>Sets the totals to what a recount found.</summary>
    internal void Restore(BookAudit recount)
    {
        for (int i = 0; i < _totals.Length; i++) _totals[i] = recount.Totals(i);
    }

    private HolderList? List(InstrumentIndex instrument) =>
        unchecked((uint)instrument.Value) < (uint)_holders.Length ? _holders[instrument.Value] : null;

    private Position At(int account, int place)
    {
        int address = _rows.Start(account) + place;

        return new(new(_rows.Keys(account)[place]), _lots[address], _costs[address]);
    }

    private void Set(int account, int place, Position position)
    {
        int instrument = position.Instrument.Value;
        if (place >= 0 && position.Lots.IsZero)
        {
            _rows.Remove(account, place);
            _holders[instrument]!.Note(account, -1, ref _scratch);

            return;
        }

        if (place < 0) (_holders[instrument] ??= new()).Note(account, +1, ref _scratch);
        int address = place >= 0 ? _rows.Start(account) + place : _rows.Insert(account, ~place, instrument);
        _lots[address] = position.Lots;
        _costs[address] = position.Cost;
    }

    private void MakeInstrument(int instrument)
    {
        if (instrument < _totals.Length) return;

        int size = Math.Max(instrument + 1, _totals.Length + (_totals.Length / 4));
        Array.Resize(ref _totals, size);
        Array.Resize(ref _holders, size);
    }
}
