using Plimsoll.Markets.Chains;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>
/// The smallest steps of a chain's prices, as its own quotes show them: the greatest common divisor of all bids and asks below
/// a threshold, and of those above. Venues use a finer step for cheap options and have changed both over the years.
/// </summary>
/// <param name="Fine">Step below the threshold, in coin.</param>
/// <param name="Coarse">Step from the threshold on, in coin.</param>
public readonly record struct TickLadder(double Fine, double Coarse)
{
    /// <summary>Prices below this, in coin, may have the finer step.</summary>
    public const double Threshold = 0.005;

    private const int FewestPrices = 8;
    private const double Unit = 1e-6;

    /// <summary>The steps of a chain; the usual ones where too few prices show them.</summary>
    /// <param name="quotes">The quotes of one surface.</param>
    /// <param name="forwardOf">The forward of each, in quote units; not above 0 where it is not known.</param>
    /// <param name="usual">The usual steps.</param>
    public static TickLadder Seen(IReadOnlyList<OptionQuote> quotes, Func<OptionQuote, double> forwardOf, TickLadder usual)
    {
        ArgumentNullException.ThrowIfNull(quotes);
        ArgumentNullException.ThrowIfNull(forwardOf);
        var (fine, coarse) = (new Step(), new Step());
        foreach (var quote in quotes)
        {
            var scale = quote.Unit == PriceUnit.Coin ? 1 : forwardOf(quote);
            if (!(scale > 0)) continue;
            foreach (var price in (ReadOnlySpan<double>)[quote.Bid, quote.Ask])
            {
                if (!(price > 0 && price / scale < 100)) continue;
                var step = price / scale < Threshold ? fine : coarse;
                step.Add((long)Math.Round(price / (quote.Unit == PriceUnit.Coin ? Unit : Unit * 1e4)), quote.Unit == PriceUnit.Coin ? Unit : Unit * 1e4 / scale);
            }
        }

        var large = coarse.Of(usual.Coarse);
        return new TickLadder(Math.Min(large, fine.Of(Math.Min(large, usual.Fine))), large);
    }

    /// <summary>The step of a price.</summary>
    /// <param name="price">A price in coin.</param>
    public double At(double price) => price < Threshold ? Fine : Coarse;

    private sealed class Step
    {
        private long _divisor;
        private double _unit;
        private int _prices;

        public void Add(long price, double unit)
        {
            (_divisor, _unit) = (Divisor(_divisor, price), unit);
            _prices++;
        }

        public double Of(double usual) => _prices >= FewestPrices && _divisor > 0 ? _divisor * _unit : usual;

        private static long Divisor(long one, long other)
        {
            while (other != 0) (one, other) = (other, one % other);
            return one;
        }
    }
}
