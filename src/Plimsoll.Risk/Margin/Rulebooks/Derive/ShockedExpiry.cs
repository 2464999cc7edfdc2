using Plimsoll.Numerics;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>One expiry of a portfolio, ready to be asked what it gains in a scenario.</summary>
internal sealed class ShockedExpiry
{
    private const double SecondsPerDay = 86_400;
    private const double SecondsPerYear = 365 * SecondsPerDay;

    private readonly PortfolioParameters rules;
    private readonly SettlementAverage average;
    private readonly OptionBlock options;
    private readonly double[] volatilities;
    private readonly double discount;
    private readonly double markDown;
    private readonly double markUp;
    private readonly double rise;
    private readonly double fall;

    public ShockedExpiry(OptionExpiry expiry, PortfolioParameters rules)
    {
        this.rules = rules;
        double years = Math.Max(expiry.Seconds, 0) / SecondsPerYear;
        double rate = Math.Max(expiry.Rate, 0);
        average = SettlementAverage.Of(expiry.Forward.Price, expiry.Seconds);
        options = new OptionBlock(expiry.Options, years);
        volatilities = new double[options.Count];
        discount = Exact.Exp(-rate * years);

        StaticDiscount rated = rules.Discount;
        markDown = rated.Long * Exact.Exp(-years * ((rate * rated.LongRateScale) + rated.LongRateAdded));
        markUp = Math.Min(1 / discount, rated.Short * Exact.Exp(years * ((rate * rated.ShortRateScale) + rated.ShortRateAdded)));

        double days = expiry.Seconds / SecondsPerDay;
        (rise, fall) = (rules.Volatility.Up(days), rules.Volatility.Down(days));
        Worth = discount * options.Value(average.Forward, options.Marked);
    }

    /// <summary>Worth as marked, in the numeraire.</summary>
    public double Worth { get; }

    /// <summary>What the expiry gains in a scenario, the static discount taken from its worth after the move.</summary>
    public double Change(SpotVolScenario scenario)
    {
        // Upstream's skew scenarios leave the spot of options where it is.
        double spot = scenario.IsSkew ? 1 : scenario.Spot;
        double moved = discount * options.Value(average.Moved(spot), Shocked(scenario.Surface));
        double change = ((moved >= 0 ? moved * markDown : moved * markUp) - Worth) * scenario.Dampening;

        return scenario.IsSkew ? -Math.Abs(change) : change;
    }

    /// <summary>What the expiry adds to the charge for calendar spreads; not above 0.</summary>
    public double Basis()
    {
        BasisContingency basis = rules.Basis;
        double up = discount * options.Value(average.Moved(basis.SpotUp), options.Marked);
        double down = discount * options.Value(average.Moved(basis.SpotDown), options.Marked);

        return Math.Min(Math.Min(up, down) - Worth, 0) * (basis.Added + (basis.PerYear * options.Years));
    }

    private ReadOnlySpan<double> Shocked(SurfaceMove move)
    {
        if (move == SurfaceMove.None) return options.Marked;

        for (int i = 0; i < volatilities.Length; i++)
        {
            double marked = options.Volatility(i);
            volatilities[i] = move switch
            {
                SurfaceMove.Up => Math.Max(rules.Volatility.LeastShocked, marked * rise),
                SurfaceMove.Down => marked * fall,
                _ => marked * Skewed(move, options.Strike(i)),
            };
        }

        return volatilities;
    }

    private double Skewed(SurfaceMove move, double strike)
    {
        if (strike <= 0) return 1;

        double root = Math.Sqrt(options.Years);
        double moneyness = Exact.Log(strike / average.Forward);
        double cap = (move == SurfaceMove.LinearSkew ? rules.Skew.Linear : rules.Skew.Absolute).At(root);
        if (move == SurfaceMove.AbsoluteSkew) moneyness = Math.Abs(moneyness);

        double reach = moneyness * cap;
        double width = rules.Skew.Width(root);
        double change = width != 0 ? reach / width : reach == 0 ? 0 : double.CopySign(double.PositiveInfinity, reach);

        return Math.Max(1 + (moneyness >= 0 ? Math.Min(cap, change) : Math.Max(-cap, change)), 0);
    }
}
