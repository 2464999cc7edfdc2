using System.Text.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Surfaces;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Surfaces;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>Draws a fitted surface: curves as points, the map of strike and expiry, and what was left out in words.</summary>
internal static class SurfaceDrawing
{
    private const int CurvePoints = 61;
    private const int MostStrikes = 18;

    /// <summary>A curve is drawn this part of its quoted width beyond its outermost strikes.</summary>
    private const double Beyond = 0.12;

    /// <summary>Where no strike is quoted a curve is drawn this many total standard deviations to either side.</summary>
    private const double Reach = 2;

    /// <summary>The picture of one fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="unreadable">Rows of the chain that could not even be read.</param>
    /// <param name="frame">The figures without a surface: its names and its source.</param>
    public static SurfaceFigures Of(SurfaceFit fit, int unreadable, SurfaceFigures frame)
    {
        SmileFigures[] smiles = [.. fit.Expiries.Select(Smile)];
        double[] strikes = Thinned([.. fit.Expiries.SelectMany(expiry => expiry.Quotes).Select(quote => quote.Quote.Strike).Distinct().Order()]);

        return frame with
        {
            Surface = fit.Surface.Name,
            At = fit.Surface.At.ToString(),
            ArbitrageFree = smiles.Length > 0 ? fit.Arbitrage.IsFree : null,
            Smiles = smiles,
            Strikes = strikes,
            Map = [.. fit.Expiries.Select(expiry => strikes.Select(strike => Cell(fit.Surface, expiry.Slice, strike)).ToArray())],
            Rejected = [.. Rejected(fit, unreadable)],
            Notes = [.. fit.Notes.Select(note => new NoteFigures(Day(note.Expiry), note.Text))],
            Reason = smiles.Length > 0 ? null : $"{fit.Surface.Name} has no expiry with enough usable strikes for a smile.",
        };
    }

    private static SmileFigures Smile(FittedExpiry fitted)
    {
        SurfaceSlice slice = fitted.Slice;

        return new SmileFigures(
            slice.Expiry.ToString(),
            Day(slice.Expiry),
            slice.Years,
            slice.Forward,
            fitted.Source.ToString().ToLowerInvariant(),
            slice.AtTheMoney,
            slice.Skew,
            JsonNamingPolicy.KebabCaseLower.ConvertName(slice.Origin.ToString()),
            fitted.Density,
            double.IsFinite(fitted.Step) ? fitted.Step : null,
            Error(fitted.Published),
            Error(fitted.Free),
            [.. fitted.Quotes.OrderBy(quote => quote.K).Select(quote => new SmileQuote(quote.Quote.Strike, quote.K, quote.Bid, quote.Mid, quote.Ask))],
            [.. Curve(slice)]);
    }

    private static IEnumerable<SmilePoint> Curve(SurfaceSlice slice)
    {
        bool quoted = slice.LowestQuoted < slice.HighestQuoted;
        double deviations = Reach * Math.Sqrt(slice.Smile.Variance(0));
        double margin = Beyond * (slice.HighestQuoted - slice.LowestQuoted);
        double low = quoted ? slice.LowestQuoted - margin : -deviations;
        double high = quoted ? slice.HighestQuoted + margin : deviations;
        for (int i = 0; i < CurvePoints; i++)
        {
            double k = low + ((high - low) * i / (CurvePoints - 1));
            yield return new SmilePoint(
                slice.Forward * Exact.Exp(k), k, slice.Smile.Volatility(k, slice.Years), k >= slice.LowestQuoted && k <= slice.HighestQuoted);
        }
    }

    private static MapCell Cell(VolSurface surface, SurfaceSlice slice, double strike)
    {
        SurfaceAnswer answer = surface.OfStrike(strike, slice.Forward, slice.Expiry);

        return new MapCell(answer.HasValue ? answer.Volatility : null, answer.Status == SurfaceStatus.Quoted);
    }

    private static double[] Thinned(double[] strikes) => strikes.Length <= MostStrikes
        ? strikes
        : [.. Enumerable.Range(0, MostStrikes).Select(i => strikes[i * (strikes.Length - 1) / (MostStrikes - 1)])];

    private static IEnumerable<RejectedFigures> Rejected(SurfaceFit fit, int unreadable)
    {
        // The other side of a strike says the same, and another underlying's row belongs elsewhere: neither is missed.
        foreach (var reason in fit.Quotes.Where(quote => quote.Use is not (QuoteUse.Used or QuoteUse.OtherSideUsed or QuoteUse.OtherUnderlying)).GroupBy(quote => quote.Use).OrderBy(group => group.Key))
            yield return new RejectedFigures(Words(reason.Key), reason.Count());
        if (unreadable > 0) yield return new RejectedFigures("not readable", unreadable);
    }

    private static string Words(QuoteUse use) => use switch
    {
        QuoteUse.Expired => "expired",
        QuoteUse.StrikeNotPositive => "without a strike above 0",
        QuoteUse.ForwardMissing => "without a forward",
        QuoteUse.NotANumber => "not a number",
        QuoteUse.NoQuote => "without a quote",
        QuoteUse.OneSided => "one-sided",
        QuoteUse.Crossed => "crossed",
        QuoteUse.BelowIntrinsic => "below intrinsic",
        QuoteUse.AboveMaximum => "above what they can pay",
        QuoteUse.AbsurdVolatility => "with an absurd volatility",
        QuoteUse.TooWide => "too wide",
        QuoteUse.TooLittleVega => "that volatility hardly moves",
        QuoteUse.Duplicate => "twice there",
        QuoteUse.TooFewStrikes => "of an expiry with too few strikes",
        _ => JsonNamingPolicy.KebabCaseLower.ConvertName(use.ToString()).Replace('-', ' '),
    };

    private static ErrorFigures Error(in FitError error) => new(error.Quotes, error.Volatility, error.OutOfBand);

    private static string Day(Instant expiry) => new InstrumentName(new AssetId("X"), null, InstrumentKind.Future, expiry).ToString()[2..];
}
