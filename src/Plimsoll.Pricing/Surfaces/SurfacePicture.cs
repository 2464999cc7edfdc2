using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Surfaces;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>A point of a smile's curve.</summary>
/// <param name="K">Log-moneyness.</param>
/// <param name="Strike">Strike, in quote units.</param>
/// <param name="Volatility">Annual volatility.</param>
public sealed record CurvePoint(double K, double Strike, double Volatility);

/// <summary>A quote beside the curve: a band from bid to ask.</summary>
/// <param name="Instrument">The option.</param>
/// <param name="Side">The right it gives.</param>
/// <param name="K">Log-moneyness.</param>
/// <param name="Strike">Strike, in quote units.</param>
/// <param name="Bid">Volatility of the bid.</param>
/// <param name="Mid">Volatility of the middle.</param>
/// <param name="Ask">Volatility of the ask.</param>
/// <param name="InBand">Whether the curve passes between bid and ask.</param>
/// <param name="OpenInterest">Contracts open, in coins; none where the chain does not say.</param>
public sealed record BandPoint(
    string Instrument, OptionSide Side, double K, double Strike, double Bid, double Mid, double Ask, bool InBand, double? OpenInterest);

/// <summary>The smile of one expiry, ready to be drawn.</summary>
/// <param name="Expiry">When its options end, ISO 8601.</param>
/// <param name="Days">Days to expiry.</param>
/// <param name="Forward">The forward, in quote units.</param>
/// <param name="ForwardFrom">Where the forward came from.</param>
/// <param name="AtTheMoney">Annual volatility at the money.</param>
/// <param name="Skew">Slope of volatility at the money, per unit of log-moneyness.</param>
/// <param name="Rmse">Root mean squared error of the curve, in volatility.</param>
/// <param name="RmseTicks">The same of prices, in ticks.</param>
/// <param name="OutOfBand">Share of the quotes whose band the curve misses.</param>
/// <param name="FreeRmse">Error of the raw SVI smile fitted without any condition, beside it.</param>
/// <param name="FreeOutOfBand">Share of the bands that one misses.</param>
/// <param name="LeastDensity">The least Durrleman g.</param>
/// <param name="CalendarStep">The least gain of total variance on the expiry before; none for the first.</param>
/// <param name="Origin">Where the slice came from.</param>
/// <param name="Curve">The curve, by strike.</param>
/// <param name="Bands">The quotes, by strike.</param>
/// <param name="Heat">Volatility at each of <see cref="SurfacePicture.Moneyness"/>; none beyond four total standard deviations.</param>
public sealed record SmilePicture(
    string Expiry, double Days, double Forward, ForwardSource ForwardFrom, double AtTheMoney, double Skew, double Rmse, double RmseTicks,
    double OutOfBand, double FreeRmse, double FreeOutOfBand, double LeastDensity, double? CalendarStep, SliceOrigin Origin,
    IReadOnlyList<CurvePoint> Curve, IReadOnlyList<BandPoint> Bands, IReadOnlyList<double?> Heat);

/// <summary>How many quotes met one fate.</summary>
/// <param name="Use">The fate.</param>
/// <param name="Quotes">How many.</param>
public sealed record UseCount(QuoteUse Use, int Quotes);

/// <summary>
/// A calibrated surface as a picture: the smiles with quotes and bands, a grid for a heat map, and what says how far to trust
/// it. Holds only what JSON can say: no NaN, no infinity, times as text.
/// </summary>
/// <param name="Surface">The surface's name.</param>
/// <param name="At">The moment it describes, ISO 8601.</param>
/// <param name="ArbitrageFree">Whether the check found nothing that could be traded against.</param>
/// <param name="LeastDensity">The least Durrleman g of any slice; none without slices.</param>
/// <param name="CalendarStep">The least gain of total variance from one expiry to the next; none with fewer than two.</param>
/// <param name="Rmse">Root mean squared error over all quotes used, in volatility.</param>
/// <param name="OutOfBand">Share of them whose band is missed.</param>
/// <param name="FreeRmse">The same error of raw SVI smiles without any condition.</param>
/// <param name="FreeOutOfBand">The share of bands those miss.</param>
/// <param name="FreeArbitrage">Whether those could be traded against.</param>
/// <param name="Moneyness">Strikes over forward of the heat map's columns.</param>
/// <param name="Smiles">The smiles, by expiry.</param>
/// <param name="Uses">What became of the quotes, fates without quotes left out.</param>
/// <param name="Notes">What was repaired, borrowed or left out.</param>
public sealed record SurfacePicture(
    string Surface, string At, bool ArbitrageFree, double? LeastDensity, double? CalendarStep, double Rmse, double OutOfBand,
    double FreeRmse, double FreeOutOfBand, bool FreeArbitrage, IReadOnlyList<double> Moneyness, IReadOnlyList<SmilePicture> Smiles,
    IReadOnlyList<UseCount> Uses, IReadOnlyList<string> Notes)
{
    private const int CurvePoints = 81;
    private const double CurveDeviations = 3;
    private const double HeatDeviations = 4;
    private static readonly double[] HeatMoneyness = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.975, 1, 1.025, 1.05, 1.1, 1.15, 1.2, 1.3, 1.5, 1.75, 2];

    /// <summary>The picture of a calibration.</summary>
    public static SurfacePicture Of(SurfaceFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var (published, free) = (fit.Published, fit.Free);
        return new SurfacePicture(
            fit.Surface.Name, fit.Surface.At.ToString(), fit.Arbitrage.IsFree, Finite(fit.Arbitrage.Density.Value), Finite(fit.Arbitrage.CalendarStep.Value),
            published.Volatility, published.OutOfBand, free.Volatility, free.OutOfBand, !fit.FreeArbitrage.IsFree, HeatMoneyness,
            [.. fit.Expiries.Select(Smile)],
            [.. Enum.GetValues<QuoteUse>().Select(use => new UseCount(use, fit.Quotes.Count(quote => quote.Use == use))).Where(count => count.Quotes > 0)],
            [.. fit.Notes.Select(note => $"{note.Expiry}: {note.Text}")]);
    }

    private static SmilePicture Smile(FittedExpiry fitted)
    {
        var slice = fitted.Slice;
        var reach = CurveDeviations * Math.Sqrt(slice.Smile.Variance(0));
        var (low, high) = (Math.Min(-reach, slice.LowestQuoted), Math.Max(reach, slice.HighestQuoted));
        var curve = Enumerable.Range(0, CurvePoints).Select(i => Point(slice, low + ((high - low) * i / (CurvePoints - 1)))).ToArray();
        return new SmilePicture(
            slice.Expiry.ToString(), slice.Years * 365, slice.Forward, fitted.Source, slice.AtTheMoney, slice.Skew,
            fitted.Published.Volatility, fitted.Published.Ticks, fitted.Published.OutOfBand, fitted.Free.Volatility, fitted.Free.OutOfBand,
            fitted.Density, Finite(fitted.Step), slice.Origin, curve, [.. fitted.Quotes.Select(quote => Band(slice, quote))],
            [.. HeatMoneyness.Select(moneyness => Heat(slice, Exact.Log(moneyness)))]);
    }

    private static CurvePoint Point(SurfaceSlice slice, double k) =>
        new(k, slice.Forward * Exact.Exp(k), slice.Smile.Volatility(k, slice.Years));

    private static BandPoint Band(SurfaceSlice slice, JudgedQuote quote)
    {
        var fitted = slice.Smile.Volatility(quote.K, slice.Years);
        return new BandPoint(
            quote.Quote.Instrument, quote.Quote.Side, quote.K, quote.Quote.Strike, quote.Bid, quote.Mid, quote.Ask,
            fitted >= quote.Bid && fitted <= quote.Ask, Finite(quote.Quote.OpenInterest));
    }

    private static double? Heat(SurfaceSlice slice, double k) =>
        Math.Abs(k) <= HeatDeviations * Math.Sqrt(slice.Smile.Variance(0)) ? slice.Smile.Volatility(k, slice.Years) : null;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
