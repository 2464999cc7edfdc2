using Plimsoll.Markets.Surfaces;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>What one expiry of a chain gives a calibration: its quotes, its forward, and what its smile is fitted to.</summary>
internal sealed record ExpiryQuotes(
    Instant Expiry, ForwardOfExpiry Forward, double Years, double EventYears, IReadOnlyList<JudgedQuote> Quotes, SmileTarget Target, SliceOrigin Origin)
{
    /// <summary>Log-moneyness counts as at the money within this many total standard deviations.</summary>
    private const double NearTheMoney = 0.5;

    private const int ShapePoints = 21;
    private const double ShapeDeviations = 2.5;

    /// <summary>Gathers an expiry; none where neither quotes nor an earlier surface tell its smile.</summary>
    public static ExpiryQuotes? Of(
        Instant expiry, ForwardOfExpiry forward, Instant at, JudgedQuote[] judged, SurfaceSettings settings, VolSurface? earlier, List<SurfaceNote> notes)
    {
        var used = Enumerable.Range(0, judged.Length).Where(i => judged[i].Use == QuoteUse.Used && judged[i].Quote.Expiry == expiry).ToArray();
        var (years, eventYears) = (at.YearsUntil(expiry), settings.Clock.Years(at, expiry));
        var quotes = used.Select(i => judged[i]).OrderBy(quote => quote.K).ToList();
        if (quotes.Count >= settings.FewestStrikes)
        {
            var target = new SmileTarget(years, [.. quotes.Select(quote => (quote.K, quote.Mid, quote.Weight))]);
            return new ExpiryQuotes(expiry, forward, years, eventYears, quotes, target, SliceOrigin.Fitted);
        }

        foreach (var i in used) judged[i] = judged[i] with { Use = QuoteUse.TooFewStrikes };
        var old = earlier?.Slices.FirstOrDefault(slice => slice.Expiry == expiry);
        if (old is null)
        {
            notes.Add(new SurfaceNote(expiry, $"left out: {quotes.Count} usable strikes, {settings.FewestStrikes} needed, and no earlier surface to take a shape from"));
            return null;
        }

        return Stale(old, forward, years, eventYears, quotes, notes);
    }

    /// <summary>An earlier slice with its shape kept, its level moved to what is quoted near the money, else aged.</summary>
    private static ExpiryQuotes Stale(
        SurfaceSlice old, ForwardOfExpiry forward, double years, double eventYears, List<JudgedQuote> quotes, List<SurfaceNote> notes)
    {
        var aged = eventYears / old.EventYears;
        var smile = old.Smile.Rescaled(aged);
        var near = quotes.Where(quote => Math.Abs(quote.K) <= NearTheMoney * Math.Sqrt(smile.Variance(0))).ToList();
        var origin = near.Count > 0 ? SliceOrigin.Stale : SliceOrigin.Aged;
        if (near.Count > 0)
        {
            var (moved, weights) = (0.0, 0.0);
            foreach (var quote in near)
            {
                moved += quote.Weight * (quote.Mid * quote.Mid * years / smile.Variance(quote.K));
                weights += quote.Weight;
            }

            smile = smile.Rescaled(moved / weights);
        }

        notes.Add(new SurfaceNote(old.Expiry, near.Count > 0
            ? $"too few strikes: the earlier shape, moved to {near.Count} quotes near the money"
            : "no quote near the money: the earlier shape with the variance time has left"));
        var reach = ShapeDeviations * Math.Sqrt(smile.Variance(0));
        var points = Enumerable.Range(0, ShapePoints).Select(i => reach * ((2.0 * i / (ShapePoints - 1)) - 1)).Select(k => (k, smile.Volatility(k, years), 1.0));
        var value = double.IsNaN(forward.Value) ? forward with { Value = old.Forward } : forward;
        return new ExpiryQuotes(old.Expiry, value, years, eventYears, [], new SmileTarget(years, [.. points]), origin);
    }
}
