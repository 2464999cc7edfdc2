using Plimsoll.Units;

namespace Plimsoll.Markets.Depth;

/// <summary>What a liquidity profile rests on.</summary>
public enum LiquiditySource
{
    /// <summary>Order books, moment after moment.</summary>
    Books = 1,

    /// <summary>Traded volume and volatility alone: <see cref="VolumeFallback"/>.</summary>
    Volume = 2,
}

/// <summary>A market's day, from its bars.</summary>
/// <param name="Volatility">Standard deviation of a day's log return, above 0 and at most 10.</param>
/// <param name="Volume">Coins of a usual day, above 0.</param>
/// <param name="ThinVolume">Coins of a thin day (the tenth percentile of the last thirty), above 0 and at most <paramref name="Volume"/>.</param>
public readonly record struct MarketDay(double Volatility, double Volume, double ThinVolume)
{
    internal void Check()
    {
        if (Volatility is not (> 0 and <= 10)) throw new InputException("market day volatility", $"found {Volatility}, expected a number above 0 and at most 10");
        if (!(Volume > 0) || !double.IsFinite(Volume)) throw new InputException("market day volume", $"found {Volume}, expected a number above 0");
        if (!(ThinVolume > 0) || ThinVolume > Volume) throw new InputException("market day thinVolume", $"found {ThinVolume}, expected a number above 0 and at most {Volume}");
    }
}

/// <summary>
/// How liquid one asset is, as measured: what selling a size costs and how long it takes. Made by <see cref="LiquidityMeter"/>
/// from books or by <see cref="VolumeFallback"/> from volume alone. It never changes.
/// </summary>
public sealed record LiquidityProfile
{
    /// <summary>
    /// The least Y that is used, whatever a book promises: half of what metaorders show on average. Books of a quiet hour price
    /// sizes they never saw.
    /// </summary>
    public const double LeastScale = 0.5;

    /// <summary>What it rests on.</summary>
    public required LiquiditySource Source { get; init; }

    /// <summary>The first moment; the day's, where there was no book.</summary>
    public Instant From { get; init; }

    /// <summary>The last moment.</summary>
    public Instant To { get; init; }

    /// <summary>Moments measured; 0 without a book.</summary>
    public int Moments { get; init; }

    /// <summary>The price, in quote units: the median middle, above 0.</summary>
    public required double Mid { get; init; }

    /// <summary>The gap between bid and ask.</summary>
    public required SpreadWidth Spread { get; init; }

    /// <summary>What waits on the bid side, for sales; none without a book.</summary>
    public DepthCurve? Bids { get; init; }

    /// <summary>What waits on the ask side, for purchases; none without a book.</summary>
    public DepthCurve? Asks { get; init; }

    /// <summary>How sizes press the price, by the books; none without them, or where every moment shows one level only.</summary>
    public ImpactFit? Impact { get; init; }

    /// <summary>How fast the books come back.</summary>
    public MarketResilience Resilience { get; init; }

    /// <summary>A day's volatility and volume; none where nobody told.</summary>
    /// <exception cref="InputException">A number of the day is out of its range.</exception>
    public MarketDay? Day
    {
        get;
        init
        {
            value?.Check();
            field = value;
        }
    }

    /// <summary>Volatility of a day as the moments themselves show it, a part of the price; none without books or with fewer than three.</summary>
    public double? SeenVolatility { get; init; }

    /// <summary>
    /// The law that prices what the book does not show, at the upper end of the measured coefficient and never under
    /// <see cref="LeastScale"/>; none where neither book nor day tells anything.
    /// </summary>
    public ImpactLaw? Law => (Impact, Day) switch
    {
        ({ } fit, { } day) => new ImpactLaw(Math.Clamp(ImpactFit.Scale(fit.High, day.Volatility, day.ThinVolume), LeastScale, 100), day.Volatility, day.ThinVolume),
        // Without a day the coefficient stands for itself: a volatility of c and a volume of one coin.
        ({ } fit, null) => new ImpactLaw(1, Math.Min(fit.High, 10), 1),
        (null, { } day) => new ImpactLaw(VolumeFallback.Scale, day.Volatility, day.ThinVolume * VolumeFallback.CountedVolume),
        _ => null,
    };

    /// <summary>Half the spread of a bad moment, as a part of the price: what the first coin costs.</summary>
    public double HalfSpread => Spread.High / 2;

    /// <summary>
    /// The same market at another price: depth and impact stay what they were for a value, so that books of one day can be
    /// asked about the coins of another.
    /// </summary>
    /// <param name="price">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The price is not above 0 and finite.</exception>
    public LiquidityProfile AtPrice(double price)
    {
        if (!(price > 0) || !double.IsFinite(price)) throw new ArgumentOutOfRangeException(nameof(price), price, "Expected a price above 0.");
        double perCoin = Math.Sqrt(price / Mid);

        return this with
        {
            Mid = price,
            Impact = Impact is { } fit ? fit with { PerRootCoin = fit.PerRootCoin * perCoin, Low = fit.Low * perCoin, High = fit.High * perCoin } : null,
        };
    }

    /// <summary>
    /// What selling (−) or buying (+) so many coins at once costs: the worse of walking the thin book, coin by coin no better
    /// than the law, and half the spread with the law on top of it.
    /// </summary>
    /// <param name="coins">Signed coins, finite.</param>
    public UnwindCost Cost(double coins)
    {
        UnwindCost walked = Unwinding.Cost(coins, Mid, ThinBook, Law);
        // A sale cannot bring less than nothing; a purchase may cost any multiple.
        (double most, double farthest) = coins < 0 ? (Mid * walked.Filled, 1) : (double.PositiveInfinity, double.PositiveInfinity);
        UnwindCost pressed = Law is { } law ? Unwinding.Cost(coins, Mid, null, law) : walked with { Cost = 0, Worst = 0 };

        return walked with
        {
            Cost = Math.Max(walked.Cost, Math.Min(most, pressed.Cost + (HalfSpread * Mid * walked.Filled))),
            Worst = Math.Max(walked.Worst, Math.Min(farthest, pressed.Worst + HalfSpread)),
        };
    }

    /// <summary>How long selling (−) or buying (+) so many coins takes.</summary>
    /// <param name="coins">Signed coins, finite.</param>
    /// <param name="participation">The part of a thin day's volume that may be ours, above 0 and at most 1.</param>
    public UnwindTime Time(double coins, double participation) => UnwindTime.Of(this, coins, participation);

    /// <summary>The book of a bad moment: the tenth percentile of depth at every measured distance; none without books.</summary>
    public DepthBook? ThinBook => Bids is { } bids && Asks is { } asks && Side(bids, -1) is { Length: > 0 } buys && Side(asks, 1) is { Length: > 0 } sells
        ? new DepthBook(buys, sells)
        : null;

    private DepthLevel[] Side(DepthCurve curve, int sign)
    {
        var levels = new List<DepthLevel>();
        double below = 0;
        foreach (DepthPoint point in curve.Points)
        {
            double price = Mid * (1 + (sign * point.Distance));
            double size = (point.Low - below) / price;
            // Each coin is taken at the far end of its stretch. A stretch that adds nothing is no level.
            if (!(size > 0) || !(price > 0)) continue;
            levels.Add(new DepthLevel(price, size));
            below = point.Low;
        }

        return [.. levels];
    }
}
