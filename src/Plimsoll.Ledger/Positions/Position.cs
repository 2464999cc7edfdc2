namespace Plimsoll.Ledger.Positions;

/// <summary>An account's position in one instrument.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Lots">The size, + long, − short; never zero.</param>
/// <param name="Cost">
/// What the open lots were worth when they were opened, signed, in the settlement asset: + for what a long of a linear contract paid.
/// The unrealised profit is the position's worth now less this.
/// </param>
public readonly record struct Position(InstrumentIndex Instrument, Lots Lots, Amount Cost);

/// <summary>
/// An account's positions, ordered by instrument. A view without a copy: the next fill makes it stale.
/// </summary>
public readonly ref struct PositionRows
{
    private readonly ReadOnlySpan<int> _instruments;
    private readonly ReadOnlySpan<Lots> _lots;
    private readonly ReadOnlySpan<Amount> _costs;

    internal PositionRows(ReadOnlySpan<int> instruments, ReadOnlySpan<Lots> lots, ReadOnlySpan<Amount> costs)
    {
        _instruments = instruments;
        _lots = lots;
        _costs = costs;
    }

    /// <summary>How many positions are open.</summary>
    public int Count => _instruments.Length;

    /// <summary>A whole row.</summary>
    public Position this[int row] => new(new(_instruments[row]), _lots[row], _costs[row]);

    /// <summary>The instrument of a row.</summary>
    public InstrumentIndex Instrument(int row) => new(_instruments[row]);

    /// <summary>The size of a row, never zero.</summary>
    public Lots Lots(int row) => _lots[row];

    /// <summary>The cost of a row.</summary>
    public Amount Cost(int row) => _costs[row];
}
