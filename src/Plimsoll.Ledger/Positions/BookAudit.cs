using Plimsoll.Ledger.Rows;

namespace Plimsoll.Ledger.Positions;

/// <summary>
/// The full recount of a <see cref="PositionBook"/>:
/// <list type="number">
/// <item>every row is in order, without positions of no lots, inside the limits;</item>
/// <item>walking the accounts upwards, each position finds its account next in its instrument's list of holders;</item>
/// <item>lots and costs of each instrument are its totals, as many lots long as short.</item>
/// </list>
/// </summary>
internal sealed class BookAudit
{
    private readonly int[] _holders;
    private readonly long[] _long;
    private readonly long[] _short;
    private readonly ExactSum[] _costs;

    /// <summary>Counts every position.</summary>
    /// <exception cref="LawBrokenException">A row is out of order, or a list of holders disagrees with the rows.</exception>
    public BookAudit(PositionBook book)
    {
        _holders = new int[book.Instruments];
        _long = new long[book.Instruments];
        _short = new long[book.Instruments];
        _costs = new ExactSum[book.Instruments];
        for (int account = 0; account < book.Accounts; account++) Count(book, account);
    }

    /// <summary>The totals as counted.</summary>
    public InstrumentTotals Totals(int instrument) => new(_long[instrument], _short[instrument], new(_costs[instrument].Value));

    /// <summary>As many lots are long as short in each instrument, and its costs sum to less than the limit.</summary>
    /// <exception cref="LawBrokenException">Names the instrument and the difference.</exception>
    public void Balances()
    {
        for (int i = 0; i < _holders.Length; i++)
        {
            if (_long[i] != _short[i]) throw new LawBrokenException($"as many lots are long as short; instrument {i} is off by {_long[i] - _short[i]}");
            if (!_costs[i].IsInside) throw new LawBrokenException($"an instrument's costs sum to less than the limit of 10^36 units; those of instrument {i} do not");
        }
    }

    /// <summary>What was counted is what the book's totals and lists say, and balances.</summary>
    /// <exception cref="LawBrokenException">Names the instrument and the difference.</exception>
    public void Agrees(PositionBook book)
    {
        Balances();
        for (int i = 0; i < _holders.Length; i++)
        {
            InstrumentTotals kept = book.Totals(new(i));
            int listed = book.HoldersOf(new(i)).Length;
            if (Totals(i) != kept) throw new LawBrokenException($"the positions sum to their control totals; instrument {i} counts {Totals(i)} and keeps {kept}");
            if (_holders[i] != listed) throw new LawBrokenException($"the list of holders names who has a position; that of instrument {i} names {listed - _holders[i]} too many");
        }
    }

    private void Count(PositionBook book, int account)
    {
        PositionRows rows = book.Rows(new(account));
        int before = -1;
        for (int i = 0; i < rows.Count; i++)
        {
            Position position = rows[i];
            int instrument = position.Instrument.Value;
            bool sound = instrument > before && position.Lots.Count is not 0 and >= -Lots.Max and <= Lots.Max && FillEffect.IsInside(position.Cost);
            if (!sound) throw new LawBrokenException($"a row is in order, without positions of no lots, inside the limits; account {account} is not at instrument {instrument}");

            ReadOnlySpan<int> holders = book.HoldersOf(position.Instrument);
            int next = _holders[instrument]++;
            if (next >= holders.Length || holders[next] != account) throw new LawBrokenException($"the list of holders names who has a position; that of instrument {instrument} does not name account {account} in its place");
            if (position.Lots.Count > 0) _long[instrument] += position.Lots.Count;
            else _short[instrument] -= position.Lots.Count;
            Law.Holds(_long[instrument] <= PositionBook.MaxOpenInterest && _short[instrument] <= PositionBook.MaxOpenInterest, "an instrument's open interest stays below the most");
            _costs[instrument].Add(position.Cost.Units);
            before = instrument;
        }
    }
}
