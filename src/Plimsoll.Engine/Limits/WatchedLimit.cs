using Plimsoll.Risk.Exposure;
using Plimsoll.Risk.Limits;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>What a group of accounts holds together, in whole lots: exact, so that it does not depend on how it came about.</summary>
internal sealed class GroupLots(int instruments)
{
    /// <summary>Longs less shorts, by instrument.</summary>
    public long[] Net { get; } = new long[instruments];

    /// <summary>Longs and shorts, by instrument.</summary>
    public long[] Gross { get; } = new long[instruments];

    /// <summary>Whether somebody in it has changed since its limits were last looked at.</summary>
    public bool Changed { get; set; }

    public void Count(int instrument, long lots, int sign)
    {
        Net[instrument] += sign * lots;
        Gross[instrument] += sign * Math.Abs(lots);
    }
}

/// <summary>A limit resolved against what is listed.</summary>
internal sealed class WatchedLimit(LimitTerms terms, GroupLots? group, bool[] covers)
{
    private readonly int[] _instruments = [.. Enumerable.Range(0, covers.Length).Where(i => covers[i])];
    private readonly int _column = Column(terms);

    public LimitTerms Terms => terms;

    /// <summary>The group it holds together; none where it holds every account by itself, or what is held.</summary>
    public GroupLots? Group => group;

    /// <summary>Whether an instrument counts.</summary>
    public bool Covers(int instrument) => covers[instrument];

    /// <summary>What the group is measured at, with so many lots more.</summary>
    public double Of(GreekMatrix matrix, double[] lotSizes, LotChanges? changes = null)
    {
        double sum = 0;
        foreach (int i in _instruments)
        {
            long lots = terms.Gross ? group!.Gross[i] + (changes?.Gross[i] ?? 0) : group!.Net[i] + (changes?.Net[i] ?? 0);
            if (lots != 0) sum += lots * lotSizes[i] * matrix.Responses.Row(i)[_column];
        }

        return Size(sum);
    }

    /// <summary>What an account is measured at by itself.</summary>
    public double Of(ReadOnlySpan<int> instruments, ReadOnlySpan<double> quantities, GreekMatrix matrix)
    {
        double sum = 0;
        for (int i = 0; i < instruments.Length; i++)
        {
            if (covers[instruments[i]]) sum += (terms.Gross ? Math.Abs(quantities[i]) : quantities[i]) * matrix.Responses.Row(instruments[i])[_column];
        }

        return Size(sum);
    }

    // What is beyond all numbers is beyond every line, and is written down as the largest there is.
    private static double Size(double sum) => double.IsFinite(sum) ? Math.Abs(sum) : double.MaxValue;

    // The columns without signs follow those with.
    private static int Column(LimitTerms terms) => terms.Measure == Measured.Held ? 0 : (int)terms.Measure + (terms.Gross ? Greeks.Count : 0);
}

/// <summary>Lots that have not been traded: what a group would hold more of, by instrument.</summary>
internal sealed class LotChanges(int instruments)
{
    private readonly List<int> _touched = [];

    public long[] Net { get; } = new long[instruments];

    public long[] Gross { get; } = new long[instruments];

    public void Add(int instrument, long held, long lots)
    {
        _touched.Add(instrument);
        Net[instrument] += lots;
        Gross[instrument] += Math.Abs(held + lots) - Math.Abs(held);
    }

    public void Clear()
    {
        foreach (int instrument in _touched) (Net[instrument], Gross[instrument]) = (0, 0);
        _touched.Clear();
    }
}
