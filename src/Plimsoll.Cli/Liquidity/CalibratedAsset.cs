using Plimsoll.Markets.Depth;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Collateral.Calibration;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Cli.Liquidity;

/// <summary>What is asked of every asset.</summary>
/// <param name="Level">The probability that a haircut holds.</param>
/// <param name="Holding">The holding to be sold, in quote units.</param>
/// <param name="Sale">How it is sold.</param>
/// <param name="CallLevel">The probability that a borrower is not called within <paramref name="CallDays"/>.</param>
/// <param name="CallDays">Days a borrower has to answer.</param>
internal sealed record CalibrationAsk(double Level, double Holding, SaleTerms Sale, double CallLevel, double CallDays);

/// <summary>One rung of the trade between safety and what may be lent.</summary>
/// <param name="Backtest">How the haircut held.</param>
/// <param name="Sized">The haircut of the next day with the holding's sale in it.</param>
/// <param name="Loan">What may be lent against the holding.</param>
internal sealed record TradeRung(HaircutBacktest Backtest, double Sized, OptimalLoan Loan);

/// <summary>An asset, calibrated.</summary>
internal sealed class CalibratedAsset
{
    private static readonly double[] Levels = [0.9, 0.95, 0.975, 0.99, 0.995, 0.999];
    private static readonly decimal[] TierEnds = [1_000_000, 10_000_000, 50_000_000, 200_000_000, 1_000_000_000];

    private readonly SaleTerms _terms;

    /// <summary>Calibrates.</summary>
    /// <param name="prices">Its bars.</param>
    /// <param name="book">Its liquidity as measured from books, whose day is not known yet; volume alone without it.</param>
    /// <param name="ask">What is asked.</param>
    /// <param name="settings">How.</param>
    public CalibratedAsset(PriceBars prices, LiquidityProfile? book, CalibrationAsk ask, CalibrationSettings settings)
    {
        (Asset, Path, _terms) = (prices.Asset, prices.Path, ask.Sale);
        var losses = DailyLosses.Of(prices.Bars);
        Calibration = new HaircutCalibration(losses, settings);
        MarketDay? day = losses.LastMonth(Calibration.NextVolatility);
        // Books are of their own day; what is sold is sold at the price the bars end in.
        Profile = book is not null ? book.AtPrice(losses.LastPrice) with { Day = day } : day is { } known ? VolumeFallback.Of(losses.LastPrice, known) : null;
        Sale = Profile is { } profile
            ? Sale.Of(profile, ask.Holding / profile.Mid, ask.Sale)
            : new Sale(0, 0, ask.Sale.DetectionDays, ask.Sale.Fee, 0);
        NextHaircut? call = Calibration.At(ask.CallLevel)?.Next;
        Main = Rung(ask.Level, call, ask.CallDays);
        Trade = [.. Levels.Append(ask.Level).Distinct().Order().Select(level => level == ask.Level ? Main : Rung(level, call, ask.CallDays)).OfType<TradeRung>()];
    }

    /// <summary>Its name.</summary>
    public string Asset { get; }

    /// <summary>The file its prices came from.</summary>
    public string Path { get; }

    /// <summary>The filtered series.</summary>
    public HaircutCalibration Calibration { get; }

    /// <summary>How liquid it is; none where the bars hold no volume and there is no book.</summary>
    public LiquidityProfile? Profile { get; }

    /// <summary>The holding's sale.</summary>
    public Sale Sale { get; }

    /// <summary>At the level asked for; none where the prices are too few for it.</summary>
    public TradeRung? Main { get; }

    /// <summary>At every level the prices allow, from the least safe.</summary>
    public IReadOnlyList<TradeRung> Trade { get; }

    /// <summary>Tiers and cap for a schedule that stays as it is: at the highest volatility of the last year.</summary>
    public CollateralTerms Schedule(Units.AssetId asset)
    {
        double multiplier = Main!.Backtest.Next.Multiplier;
        if (Profile is not { } profile) return new CollateralTerms(asset, [new CollateralTier(0, Math.Min(1, Up(SizedHaircut.Of(multiplier, Calibration.StressedVolatility, Sale), 3)))]);

        (var tiers, decimal cap) = SizedHaircut.Tiers(multiplier, Calibration.StressedVolatility, profile, _terms, TierEnds);

        return new CollateralTerms(asset, tiers, cap);
    }

    /// <summary>The market as the dynamic haircut needs to know it; none where no volume is known.</summary>
    public HaircutMarket? Market(Units.AssetId asset)
    {
        if (Profile is not { Day: not null, Law: { } law } profile) return null;

        return new HaircutMarket(
            new AssetScope(asset, null), Up(Calibration.LongRunVolatility, 4), Up(Calibration.StressedVolatility, 4), Math.Floor((decimal)(law.DailyVolume * profile.Mid)),
            Up(profile.Spread.High, 5), Up(law.Scale, 2), Jump: 0);
    }

    /// <summary>Rounded up: a parameter that was rounded down would promise more than was measured.</summary>
    public static decimal Up(double value, int digits)
    {
        decimal rounded = Math.Round((decimal)value, digits);

        return rounded < (decimal)value ? rounded + new decimal(1, 0, 0, false, (byte)digits) : rounded;
    }

    private TradeRung? Rung(double level, NextHaircut? call, double callDays) => Calibration.At(level) is { } backtest
        ? new TradeRung(backtest, SizedHaircut.Of(backtest.Next.Multiplier, backtest.Next.Volatility, Sale), OptimalLoan.For(Stressed(backtest.Next), Stressed(call ?? backtest.Next), callDays, Sale))
        : null;

    /// <summary>A loan's terms outlive the day: they must stand the highest volatility of the last year.</summary>
    private NextHaircut Stressed(NextHaircut next) => next with { Volatility = Calibration.StressedVolatility };
}
