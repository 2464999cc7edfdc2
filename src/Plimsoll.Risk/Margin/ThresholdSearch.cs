using System.Collections.Immutable;
using Plimsoll.Pricing.Valuation;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// Looks for every stretch of one underlying's price at which an account is below a line, by judging it again and again
/// through the same code.
/// </summary>
/// <remarks>
/// <para>(1) The account is judged at a grid of prices, at every strike and pool end, and where a scenario takes the price
/// to one: health can only bend upwards there. (2) Between two neighbours on the same side of the line the chords of the
/// stretches before and behind are prolonged; where they meet beyond the line, it is judged there too, until no two chords
/// do. (3) Each change of side is narrowed until it is 10⁻¹³ of the price wide; the end that counts is the healthy one.</para>
/// <para>A dip is found if health bends one way between the four prices around it, and always where it contains a price of
/// the grid. What can still be missed is a stretch between two neighbours of the grid, within which health bends down, up
/// and down again without a strike, such as that of an option hours from its expiry far from its own strike.</para>
/// </remarks>
internal sealed class ThresholdSearch
{
    private const double Width = 1e-13;
    private const double NarrowestGap = 1e-9;
    private const int MostKinks = 1536;
    private const int MostSplits = 1024;
    private const double StepNear = 1.08;
    private const double StepFar = 1.25;
    private const double Near = 4;

    private readonly ShiftedBook book;
    private readonly List<Probe> probes = [];
    private int splits;

    public ThresholdSearch(ShiftedBook book, ReadOnlySpan<double> kinks)
    {
        this.book = book;
        double step = kinks.IsEmpty ? StepFar : StepNear;
        var ratios = new SortedSet<double> { LiquidationPrice.LowestRatio, 1, LiquidationPrice.HighestRatio };
        for (double r = 1 / step; r > LiquidationPrice.LowestRatio; r /= r > 1 / Near ? step : StepFar) ratios.Add(r);
        for (double r = step; r < LiquidationPrice.HighestRatio; r *= r < Near ? step : StepFar) ratios.Add(r);
        foreach (double r in kinks)
        {
            if (r is > LiquidationPrice.LowestRatio and < LiquidationPrice.HighestRatio) ratios.Add(r);
        }

        foreach (double r in ratios) probes.Add(Ask(r));
    }

    /// <summary>Today's verdict, where the price is not moved.</summary>
    public Verdict Today => probes[Place(1)].Verdict;

    /// <summary>The prices, as parts of the one asked from, at which a contract's worth bends, in a scenario or as it is.</summary>
    public static double[] Kinks(in Holdings holdings, MarginModel model, Func<int, double> forwardOf, Func<int, bool> moves)
    {
        var kinks = new SortedSet<double>();
        var later = new List<(int Instrument, double Ratio)>();
        foreach (int i in holdings.Instruments)
        {
            ref readonly ContractTerms terms = ref model.Contract(i);
            double forward = forwardOf(i);
            if (!moves(terms.Underlying) || !(forward > 0)) continue;
            if (terms.IsOption) later.Add((i, terms.Strike / forward));
            if (terms.Shape == ContractShape.Pool && terms.Range.RootLower > 0) later.AddRange([(i, terms.Range.Lower / forward), (i, terms.Range.Upper / forward)]);
        }

        foreach ((_, double ratio) in later) kinks.Add(ratio);
        foreach ((int i, double ratio) in later)
        {
            foreach (Pricing.Responses.Shock shock in model.Shocks(model.Contract(i).Underlying))
            {
                if (kinks.Count >= MostKinks) return [.. kinks];
                kinks.Add(ratio / (1 + shock.Spot));
            }
        }

        return [.. kinks];
    }

    /// <summary>The stretches of prices below a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="price">The price that ratio 1 stands for.</param>
    public LineThresholds Under(MarginLine line, double price)
    {
        Refine(line);
        var under = ImmutableArray.CreateBuilder<PriceInterval>();
        double? from = null;
        bool sunk = probes[0].Verdict.Health(line) < 0;
        int thresholds = 0;
        for (int p = 1; p < probes.Count; p++)
        {
            if (probes[p].Verdict.Health(line) < 0 == sunk) continue;

            double edge = price * Narrowed(line, probes[p - 1], probes[p]);
            thresholds++;
            if (sunk) under.Add(new PriceInterval(from, edge));
            else from = edge;
            sunk = !sunk;
        }

        if (sunk) under.Add(new PriceInterval(from, null));
        ThresholdState state = Today.Health(line) < 0
            ? ThresholdState.Already
            : thresholds switch { 0 => ThresholdState.None, 1 => ThresholdState.One, _ => ThresholdState.Several };

        return new LineThresholds(line, state, under.ToImmutable());
    }

    /// <summary>Judges between neighbours until no prolonged chords meet beyond the line.</summary>
    private void Refine(MarginLine line)
    {
        for (int p = 1; p + 2 < probes.Count; p++)
        {
            while (splits < MostSplits && Meets(line, p) is { } at)
            {
                splits++;
                probes.Insert(p + 1, Ask(at));
                // What lies before may now be seen to bend.
                p = Math.Max(1, p - 1);
            }
        }
    }

    /// <summary>Where between probe p and the next the chords around meet on the other side of the line; none if they do not.</summary>
    private double? Meets(MarginLine line, int p)
    {
        (double a, double fa) = At(line, p - 1);
        (double b, double fb) = At(line, p);
        (double c, double fc) = At(line, p + 1);
        (double d, double fd) = At(line, p + 2);
        if (fb < 0 != fc < 0 || c - b <= NarrowestGap * b) return null;

        double side = fb < 0 ? -1 : 1;
        double before = side * (fb - fa) / (b - a);
        double behind = side * (fd - fc) / (d - c);
        if (before >= 0 || behind <= 0) return null;

        double meet = ((side * (fc - fb)) + (before * b) - (behind * c)) / (before - behind);
        if (!(meet > b && meet < c) || (side * fb) + (before * (meet - b)) >= 0) return null;

        double margin = 0.1 * (c - b);

        return Math.Clamp(meet, b + margin, c - margin);
    }

    /// <summary>
    /// The healthy end of a bracket narrowed to the last digits, by steps that trust the chord and never leave the middle
    /// (Oliveira and Takahashi, ITP, 2020): as sure as halving and much sooner where health is nearly straight.
    /// </summary>
    private double Narrowed(MarginLine line, in Probe left, in Probe right)
    {
        (double low, double high) = (left.Ratio, right.Ratio);
        (double atLow, double atHigh) = (left.Verdict.Health(line), right.Verdict.Health(line));
        double tolerance = Width * high / 2;
        int most = Math.ILogB((high - low) / (2 * tolerance)) + 2;
        double room = tolerance * Math.ScaleB(1, Math.Min(most, 1000));
        while (high - low > 2 * tolerance)
        {
            double middle = low + ((high - low) / 2);
            double reach = Math.Max(0, room - ((high - low) / 2));
            room /= 2;
            double chord = ((atHigh * low) - (atLow * high)) / (atHigh - atLow);
            double pull = 0.2 / (right.Ratio - left.Ratio) * (high - low) * (high - low);
            double side = Math.Sign(middle - chord);
            double truncated = pull <= Math.Abs(middle - chord) ? chord + (side * pull) : middle;
            double next = Math.Abs(truncated - middle) <= reach ? truncated : middle - (side * reach);
            if (!(next > low && next < high)) next = middle;
            if (next == low || next == high) break;

            double health = book.At(next).Health(line);
            if (health < 0 == atLow < 0) (low, atLow) = (next, health);
            else (high, atHigh) = (next, health);
        }

        return atLow < 0 ? high : low;
    }

    private (double Ratio, double Health) At(MarginLine line, int place) => (probes[place].Ratio, probes[place].Verdict.Health(line));

    private int Place(double ratio)
    {
        for (int p = 0; p < probes.Count; p++)
        {
            if (probes[p].Ratio == ratio) return p;
        }

        return 0;
    }

    private Probe Ask(double ratio) => new(ratio, book.At(ratio));

    private readonly record struct Probe(double Ratio, Verdict Verdict);
}
