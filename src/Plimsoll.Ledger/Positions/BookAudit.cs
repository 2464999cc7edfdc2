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
    private readonly InstrumentTotals[] _counted;
    private readonly int[] _holders;

    /// <summary>Counts every position.</summary>
    /// <exception cref="LawBrokenException">A row is out of order, or a list of holders disagrees with the rows.</exception>
    public BookAudit(PositionBook book)
    {
        _counted = new InstrumentTotals[book.Instruments];
        _holders = new int[book.Instruments];
        for (int account = 0; account < book.Accounts; account++) Count(book, account);
    }

    /// <summary>As many lots are long as short in each instrument.</summary>
    /// <exception cref="LawBrokenException">Names the instrument and the difference.</exception>
    public void Balances()
    {
        for (int i = 0; i < _counted.Length; i++)
        {
            long off = _counted[i].Long - _counted[i].Short;
            if (off != 0) throw new LawBrokenException($"as many lots are long as short; instrument {i} is off by {off}");
        }
    }

    /// <summary>What was counted is what the book's totals and lists say, and balances.</summary>
    /// <exception cref="LawBrokenException">Names the instrument and the difference.</exception>
    public void Agrees(PositionBook book)
    {
        Balances();
        for (int i = 0; i < _counted.Length; i++)
        {
            InstrumentTotals kept = book.Totals(new(i));
            if (_counted[i] != kept) throw new LawBrokenException($"the positions sum to their control totals; instrument {i} counts {_counted[i]} and keeps {kept}");
            if (_holders[i] != book.HoldersOf(new(i)).Length) throw new LawBrokenException($"the list of holders names who has a position; that of instrument {i} names {book.HoldersOf(new(i)).Length - _holders[i]} too many");
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
            _counted[instrument] = _counted[instrument].After(default, position);
            before = instrument;
        }
    }
}
