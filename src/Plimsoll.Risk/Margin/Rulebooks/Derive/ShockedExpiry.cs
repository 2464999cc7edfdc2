using Plimsoll.Numerics;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>
/// One expiry of a portfolio: places its moved forward and volatilities in its part of the portfolio's columns, and reads
/// from them, once priced, what it gains.
/// </summary>
internal sealed class ShockedExpiry
{
    private const double SecondsPerDay = 86_400;
    private const double SecondsPerYear = 365 * SecondsPerDay;

    private readonly PortfolioParameters rules;
    private readonly SettlementAverage average;
    private readonly OptionBlock columns;
    private readonly int from;
    private readonly int count;
    private readonly double years;
    private readonly double discount;
    private readonly double markDown;
    private readonly double markUp;
    private readonly double rise;
    private readonly double fall;

    public ShockedExpiry(OptionExpiry expiry, PortfolioParameters rules, OptionBlock columns, int from)
    {
        (this.rules, this.columns, this.from, count) = (rules, columns, from, expiry.Options.Length);
        years = YearsOf(expiry);
        double rate = Math.Max(expiry.Rate, 0);
        average = SettlementAverage.Of(expiry.Forward.Price, expiry.Seconds);
        discount = Exact.Exp(-rate * years);

        StaticDiscount rated = rules.Discount;
        markDown = rated.Long * Exact.Exp(-years * ((rate * rated.LongRateScale) + rated.LongRateAdded));
        markUp = Math.Min(1 / discount, rated.Short * Exact.Exp(years * ((rate * rated.ShortRateScale) + rated.ShortRateAdded)));

        double days = expiry.Seconds / SecondsPerDay;
        (rise, fall) = (rules.Volatility.Up(days), rules.Volatility.Down(days));
    }

    /// <summary>Worth as marked, in the numeraire; set once the marks have been priced.</summary>
    public double Marked { get; set; }

    /// <summary>Worth as last priced.</summary>
    public double Worth => discount * columns.Worth(from, count);

    /// <summary>The part of a loss in the worse basis move that counts.</summary>
    public double BasisPart => rules.Basis.Added + (rules.Basis.PerYear * years);

    /// <summary>Years of 365 days to an expiry.</summary>
    public static double YearsOf(OptionExpiry expiry) => Math.Max(expiry.Seconds, 0) / SecondsPerYear;

    /// <summary>Places a moved forward and moved volatilities.</summary>
    public void Place(double spot, SurfaceMove move)
    {
        columns.Forwards.Slice(from, count).Fill(average.Moved(spot));
        Span<double> volatilities = columns.Volatilities.Slice(from, count);
        ReadOnlySpan<double> marked = columns.Marked.Slice(from, count);
        for (int i = 0; i < count; i++)
        {
            volatilities[i] = move switch
            {
                SurfaceMove.None => marked[i],
                SurfaceMove.Up => Math.Max(rules.Volatility.LeastShocked, marked[i] * rise),
                SurfaceMove.Down => marked[i] * fall,
                _ => marked[i] * Skewed(move, columns.Strikes[from + i]),
            };
        }
    }

    /// <summary>What the expiry gains in the scenario last priced, the static discount taken from its worth after the move.</summary>
    public double Change(SpotVolScenario scenario)
    {
        double moved = Worth;
        double change = ((moved >= 0 ? moved * markDown : moved * markUp) - Marked) * scenario.Dampening;

        return scenario.IsSkew ? -Math.Abs(change) : change;
    }

    private double Skewed(SurfaceMove move, double strike)
    {
        if (strike <= 0) return 1;

        double root = Math.Sqrt(years);
        double moneyness = Exact.Log(strike / average.Forward);
        double cap = (move == SurfaceMove.LinearSkew ? rules.Skew.Linear : rules.Skew.Absolute).At(root);
        if (move == SurfaceMove.AbsoluteSkew) moneyness = Math.Abs(moneyness);

        double reach = moneyness * cap;
        double width = rules.Skew.Width(root);
        double change = width != 0 ? reach / width : reach == 0 ? 0 : double.CopySign(double.PositiveInfinity, reach);

        return Math.Max(1 + (moneyness >= 0 ? Math.Min(cap, change) : Math.Max(-cap, change)), 0);
    }
}
