using Plimsoll.Pricing.Surfaces;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Volatility;

/// <summary>What a spread of implied over realised volatility is measured against.</summary>
public enum SpreadBasis
{
    /// <summary>Too little history for a score.</summary>
    TooShort = 0,

    /// <summary>Earlier spreads of the same venue and tenor.</summary>
    Spreads = 1,

    /// <summary>Realised volatilities of the same length in the past: how often was so much realised?</summary>
    Realised = 2,
}

/// <summary>What one venue asks for volatility at one tenor.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="At">When.</param>
/// <param name="Expiry">When the options end.</param>
/// <param name="Bid">At-the-money volatility one can sell at.</param>
/// <param name="Mid">At-the-money volatility of the surface.</param>
/// <param name="Ask">At-the-money volatility one can buy at.</param>
/// <param name="Forward">The forward, in quote units.</param>
/// <param name="Vega">What a volatility point moves an at-the-money option by, in quote units per coin.</param>
public sealed record ImpliedTenor(string Venue, Instant At, Instant Expiry, double Bid, double Mid, double Ask, double Forward, double Vega)
{
    /// <summary>Days to expiry.</summary>
    public double Days => At.YearsUntil(Expiry) * 365;

    /// <summary>The tenors of a calibrated surface; bid and ask are those of the quote nearest the money.</summary>
    public static IReadOnlyList<ImpliedTenor> Of(string venue, SurfaceFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var tenors = new List<ImpliedTenor>();
        foreach (var expiry in fit.Expiries)
        {
            var (slice, nearest) = (expiry.Slice, expiry.Quotes.MinBy(quote => Math.Abs(quote.K)));
            var half = nearest is null ? double.NaN : (nearest.Ask - nearest.Bid) / 2;
            var vega = Options.Black76.Greeks(new Options.OptionInputs(
                Markets.Instruments.OptionSide.Call, slice.Forward, slice.Forward, slice.Years, slice.AtTheMoney)).Vega;
            tenors.Add(new ImpliedTenor(
                venue, fit.Surface.At, slice.Expiry, slice.AtTheMoney - half, slice.AtTheMoney, slice.AtTheMoney + half, slice.Forward, vega));
        }

        return tenors;
    }
}

/// <summary>Implied against realised volatility at one venue and tenor.</summary>
/// <param name="Implied">What the venue asks.</param>
/// <param name="Window">Days realised volatility was measured over: the tenor, at least a day, at most what the prices hold.</param>
/// <param name="Realised">Realised volatility of that window.</param>
/// <param name="Spread">Implied less realised.</param>
/// <param name="Score">Standard deviations of the spread from what is usual; NaN where history is too short.</param>
/// <param name="Basis">What is usual was taken from.</param>
/// <param name="SellEdge">What selling at the bid and hedging earns after costs, in volatility, should what was realised be realised again.</param>
/// <param name="BuyEdge">The same of buying at the ask.</param>
public sealed record VolatilitySpread(
    ImpliedTenor Implied, double Window, RealisedEstimate Realised, double Spread, double Score, SpreadBasis Basis, double SellEdge, double BuyEdge)
{
    /// <summary>The better edge, below 0 where neither side pays; NaN where it cannot be told.</summary>
    public double Edge => Math.Max(SellEdge, BuyEdge);

    /// <summary>Whether the better side is to sell.</summary>
    public bool Sells => SellEdge >= BuyEdge;

    /// <summary>That edge in quote units per coin of an at-the-money option.</summary>
    public double EdgePerCoin => Edge * 100 * Implied.Vega;
}

/// <summary>
/// The volatility-arbitrage monitor: what venues ask for volatility beside what the price has done, tenor by tenor.
/// <list type="number">
/// <item>Realised volatility over the trailing window as long as the tenor.</item>
/// <item>The spread's score: against earlier spreads where those are given, else against all windows of that length in the
/// prices, a day apart.</item>
/// <item>The edge: bid or ask against the realised volatility at which hedging breaks even, less the option's fee.</item>
/// </list>
/// </summary>
public sealed class VolatilityMonitor(BarSeries prices, VolatilityEstimator estimator, HedgingCost cost)
{
    private const double LeastWindow = 1;
    private const int FewestSpreads = 10;

    /// <summary>Windows overlap; with fewer than this many that do not, their deviation says nothing.</summary>
    private const double FewestApart = 4;

    /// <summary>Looks at one tenor.</summary>
    /// <param name="implied">What a venue asks.</param>
    /// <param name="earlier">Earlier observations of the same venue and tenor, for the score; may be empty.</param>
    public VolatilitySpread Look(ImpliedTenor implied, IReadOnlyList<ImpliedTenor> earlier)
    {
        ArgumentNullException.ThrowIfNull(implied);
        ArgumentNullException.ThrowIfNull(earlier);
        var until = implied.At < prices.End ? implied.At : prices.End;
        var held = prices.Bars.Count == 0 ? 0 : prices.Bars[0].At.YearsUntil(until) * 365;
        var window = Math.Min(Math.Max(LeastWindow, implied.Days), Math.Max(held, 0));
        var realised = Trailing(until, window);
        var spread = implied.Mid - realised.Volatility;

        var past = earlier.Where(one => one.At < implied.At).Select(one => one.Mid - Trailing(one.At, window).Volatility).Where(double.IsFinite).ToList();
        var (score, basis) = past.Count >= FewestSpreads
            ? (Score(spread, past), SpreadBasis.Spreads)
            : held >= FewestApart * window && window > 0 ? (Score(implied.Mid, History(until, window)), SpreadBasis.Realised) : (double.NaN, SpreadBasis.TooShort);

        // A fee of so many quote units is worth so many volatility points of vega.
        var fee = implied.Vega > 0 ? cost.OptionFee * implied.Forward / implied.Vega / 100 : double.NaN;
        return new VolatilitySpread(
            implied, window, realised, spread, score, double.IsNaN(score) ? SpreadBasis.TooShort : basis,
            implied.Bid - cost.ForSeller(realised.Volatility) - fee,
            cost.ForBuyer(realised.Volatility) - implied.Ask - fee);
    }

    private RealisedEstimate Trailing(Instant until, double days) => RealisedVolatility.Of(prices, estimator, until + TimeSpan.FromDays(-days), until);

    private List<double> History(Instant until, double window)
    {
        var history = new List<double>();
        for (var end = until; end + TimeSpan.FromDays(-window) >= prices.Bars[0].At; end += TimeSpan.FromDays(-1))
            if (Trailing(end, window) is { HasValue: true } one) history.Add(one.Volatility);
        return history;
    }

    private static double Score(double value, List<double> sample)
    {
        if (sample.Count < 2) return double.NaN;
        var mean = sample.Average();
        var variance = sample.Sum(one => (one - mean) * (one - mean)) / (sample.Count - 1);
        return variance > 0 ? (value - mean) / Math.Sqrt(variance) : double.NaN;
    }
}
