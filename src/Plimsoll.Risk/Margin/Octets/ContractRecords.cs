using Plimsoll.Pricing.Responses;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// What the judgement of eight accounts at once reads of each contract beside its row of scenarios: two cache lines, cut
/// in quarters of four numbers that are turned into lanes together.
/// </summary>
/// <remarks>Behind the contracts lie <see cref="Pads"/> empty ones: an account with fewer positions than its neighbours holds none of them.</remarks>
internal sealed class ContractRecords
{
    /// <summary>Numbers of a contract.</summary>
    public const int Stride = 16;

    /// <summary>Quarter 0: worth of one unit, its size held long and short, and <see cref="OctetKeys"/>.</summary>
    public const int Value = 0, Long = 1, Short = 2, Keys = 3;

    /// <summary>Quarter 1: the first tier's rates, and growth of the initial one.</summary>
    public const int Initial = 4, Target = 5, Maintenance = 6, Growth = 7;

    /// <summary>Quarter 2: gain per relative move, least and most gain of any scenario, and what drift, tilt and curl can cost at most.</summary>
    public const int Delta = 8, Least = 9, Most = 10, Bound = 11;

    /// <summary>Quarter 3: gain per vol point, price of the underlying under an option, what doubt asks, and the size up to which the record tells all.</summary>
    public const int Vega = 12, Spot = 13, Doubt = 14, Limit = 15;

    /// <summary>Most contracts whose places in bytes fit in 32 bits.</summary>
    public const int MostContracts = 0x1000000 - 16;

    /// <summary>Most positions of an account that is judged so.</summary>
    public const int Pads = 8;

    private const double RoundedUp = 1 + 1e-9;

    private readonly MarginModel model;
    private readonly ResponseMatrix records;
    private readonly double[] pegPairs;

    public ContractRecords(MarginModel model)
    {
        this.model = model;
        records = new ResponseMatrix(model.InstrumentCount + Pads, Stride);
        pegPairs = new double[2 * model.InstrumentCount];
        for (int p = 0; p < Pads; p++) records.Row(model.InstrumentCount + p)[Keys] = BitConverter.Int64BitsToDouble(OctetKeys.OfPad(p));
    }

    /// <summary>All records, one behind the other.</summary>
    public ReadOnlySpan<double> All => PricedColumns.Rows(records);

    /// <summary>Gains of each contract when the first peg breaks, down and up: most rulebooks have one, and a row of eight numbers would be fetched for two.</summary>
    public ReadOnlySpan<double> PegPairs => pegPairs;

    /// <summary>A contract's numbers have been set elsewhere: takes them over.</summary>
    /// <param name="i">Its ordinal.</param>
    /// <param name="value">Worth of one unit.</param>
    /// <param name="held">Size of one unit held long.</param>
    /// <param name="sold">Size of one unit held short.</param>
    /// <param name="side">What the optional sections read of it.</param>
    /// <param name="pegs">Its gains when pegs break.</param>
    public void Set(int i, double value, double held, double sold, ReadOnlySpan<double> side, ReadOnlySpan<double> pegs)
    {
        if (!pegs.IsEmpty) pegs[..2].CopyTo(pegPairs.AsSpan(2 * i));
        Span<double> record = records.Row(i);
        (record[Value], record[Long], record[Short]) = (value, held, sold);
        record[Keys] = BitConverter.Int64BitsToDouble(OctetKeys.OfContract(model.Table.RootOfContract(i), model.Contract(i).Settlement, model.Table.Strikes[i]));
        side[SideColumns.Initial..(SideColumns.Maintenance + 1)].CopyTo(record[Initial..]);
        record[Growth] = side[SideColumns.Growth];
        (record[Delta], record[Least], record[Most]) = (side[SideColumns.Delta], side[SideColumns.Least], side[SideColumns.Most]);

        // Rounded up once, so that no order of adding such terms can end above the same sum of bounds.
        double drift = Math.Max(Math.Abs(side[SideColumns.Up]), Math.Abs(side[SideColumns.Down]));
        record[Bound] = Math.Max(drift, Math.Max(Math.Abs(side[SideColumns.Tilt]), Math.Abs(side[SideColumns.Curl]))) * RoundedUp;
        (record[Vega], record[Spot], record[Doubt]) = (side[SideColumns.Vega], side[SideColumns.Spot], side[SideColumns.Doubt]);
        record[Limit] = Math.Min(side[SideColumns.End], side[SideColumns.Free]);
    }
}
