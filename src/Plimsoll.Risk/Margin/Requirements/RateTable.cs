using Plimsoll.Markets.Instruments;

namespace Plimsoll.Risk.Margin;

/// <summary>The least part of each contract's notional that each line requires: tiers in columns, one contract after another.</summary>
internal sealed class RateTable
{
    private readonly int[] first;
    private readonly double[] from;
    private readonly LineFigures[] rate;
    private readonly LineFigures[] below;

    public RateTable(Catalog catalog, RiskParameters rules)
    {
        var floors = new LineFigures((double)rules.Initial.Floor, (double)rules.Target.Floor, (double)rules.Maintenance.Floor);
        var (starts, rates, sums) = (new List<double>(), new List<LineFigures>(), new List<LineFigures>());
        first = new int[catalog.Instruments.Count + 1];
        Caps = new (double Lower, double Upper)[catalog.Instruments.Count];
        IsUsed = !rules.Leverage.IsEmpty || !rules.OpenInterest.IsEmpty;
        for (int i = 0; i < catalog.Instruments.Count; i++)
        {
            Instrument instrument = catalog.Instruments[i];
            AssetClass underlying = catalog[instrument.Underlying].Class;
            Caps[i] = Find(rules.OpenInterest, o => (o.Instrument, o.Class), instrument, underlying) is { } caps
                ? ((double)caps.Lower, (double)caps.Upper)
                : (double.PositiveInfinity, double.PositiveInfinity);
            LineFigures sum = default;
            foreach (LeverageTier tier in Find(rules.Leverage, l => (l.Instrument, l.Class), instrument, underlying)?.Tiers ?? [])
            {
                if (starts.Count > first[i]) sum += ((double)tier.FromNotional - starts[^1]) * rates[^1];
                Add((double)tier.FromNotional, new LineFigures(tier.Rates), sum);
            }

            if (starts.Count == first[i]) Add(0, floors, default);
            first[i + 1] = starts.Count;
        }

        (from, rate, below) = ([.. starts], [.. rates], [.. sums]);

        void Add(double start, LineFigures each, LineFigures before)
        {
            starts.Add(start);
            rates.Add(each);
            sums.Add(before);
        }
    }

    /// <summary>Whether any contract has rates of its own, or rates that grow with open interest.</summary>
    public bool IsUsed { get; }

    /// <summary>By contract: open interest in the numeraire at which its initial rate begins to grow, and ends.</summary>
    public (double Lower, double Upper)[] Caps { get; }

    /// <summary>The notional up to which a contract's first tier decides alone.</summary>
    public double FirstEnd(int contract) => first[contract] + 1 < first[contract + 1] ? from[first[contract] + 1] : double.PositiveInfinity;

    /// <summary>The rates of a contract's first tier.</summary>
    public LineFigures FirstRates(int contract) => rate[first[contract]];

    /// <summary>How far a contract's initial rate has grown towards the whole notional, 0 to 1.</summary>
    public double Growth(int contract, double openInterest)
    {
        (double lower, double upper) = Caps[contract];

        return openInterest > lower ? Math.Min(1, (openInterest - lower) / (upper - lower)) : 0;
    }

    /// <summary>What a position of so much notional requires at least, its initial rate grown by so much.</summary>
    public LineFigures Required(int contract, double notional, double growth)
    {
        int tier = first[contract];
        int end = first[contract + 1] - 1;
        while (tier < end && notional > from[tier + 1]) tier++;

        return Grown(below[tier] + ((notional - from[tier]) * rate[tier]), notional, growth);
    }

    /// <summary>The initial figure moved towards the whole notional.</summary>
    public static LineFigures Grown(LineFigures required, double notional, double growth) =>
        required with { Initial = required.Initial + (double.MaxNative(0, notional - required.Initial) * growth) };

    private static T? Find<T>(
        IEnumerable<T> lines, Func<T, (Units.InstrumentId? Instrument, AssetClass? Class)> of, Instrument instrument, AssetClass underlying) where T : class
    {
        T? found = null;
        foreach (T line in lines)
        {
            (Units.InstrumentId? named, AssetClass? ofClass) = of(line);
            if (named == instrument.Id) return line;
            if (ofClass == underlying) found = line;
        }

        return found;
    }
}
