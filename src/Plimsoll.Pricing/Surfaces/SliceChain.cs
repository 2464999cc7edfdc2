using Plimsoll.Markets.Surfaces;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>Fits the smiles of a chain, and chooses what to publish.</summary>
internal sealed class SliceChain(List<ExpiryQuotes> expiries, SurfaceSettings settings, TickLadder ticks, List<SurfaceNote> notes)
{
    /// <summary>A twentieth of a volatility point: farther than this no desk looks.</summary>
    private const double NearEnough = 0.0005;

    /// <summary>Fits, checks, compares.</summary>
    public SurfaceFit Publish(string name, Instant at, IReadOnlyList<JudgedQuote> judged)
    {
        var free = expiries.Select(expiry => SmileFit.Free(expiry.Target) ?? Flat(expiry.Target.AtTheMoney)).ToArray();
        var essvi = Essvi();
        var (published, draft) = Best([Backward, Forward, () => new Draft(essvi, expiries), Level], Error([.. Enumerable.Range(0, free.Length).Select(i => Slice(i, free[i], SliceOrigin.Fitted))]));
        notes.AddRange(draft.Notes);
        if (Array.Exists(published, slice => slice.Origin == SliceOrigin.Essvi))
            notes.Add(new SurfaceNote(published[0].Expiry, "extended SSVI for all expiries: no freer smiles were nearer and without arbitrage"));

        var fitted = new FittedExpiry[published.Length];
        for (var i = 0; i < fitted.Length; i++)
        {
            var (quotes, smile) = (expiries[i].Quotes, published[i].Smile);
            fitted[i] = new FittedExpiry(
                published[i], expiries[i].Forward.Source, quotes,
                Error(quotes, smile, i), Error(quotes, free[i], i), free[i], Error(quotes, essvi[i], i),
                SmileGrid.LeastDensity(smile).Value, SmileGrid.LeastDensity(free[i]).Value,
                i == 0 ? double.PositiveInfinity : SmileGrid.LeastStep(published[i - 1].Smile, smile).Value);
        }

        var surface = new VolSurface(name, at, settings.Clock, published);
        return new SurfaceFit(
            surface, fitted, judged, ArbitrageReport.Of(published),
            ArbitrageReport.Of([.. Enumerable.Range(0, free.Length).Select(i => Slice(i, free[i], SliceOrigin.Fitted))]), notes);
    }

    /// <summary>
    /// Of the drafts without arbitrage the one nearest to the quotes. One hardly farther from them than smiles without any
    /// condition ends the search. Smiles that are level are the last of them, so there always is one.
    /// </summary>
    private (SurfaceSlice[] Slices, Draft Draft) Best(ReadOnlySpan<Func<Draft>> drafts, double freeError)
    {
        (SurfaceSlice[] Slices, Draft Draft, double Error)? best = null;
        foreach (var make in drafts)
        {
            var draft = make();
            var slices = Enumerable.Range(0, expiries.Count).Select(i => Slice(i, draft.Smiles[i], draft.Origins[i])).ToArray();
            var error = Error(slices);
            if (ArbitrageReport.Of(slices).IsFree && (best is not { } other || error < other.Error)) best = (slices, draft, error);
            if (best is { } found && found.Draft.Notes.Count == 0 && found.Error <= (1.2 * freeError) + NearEnough) break;
        }

        Law.Holds(best is not null, "Level smiles that rise with expiry have no arbitrage.");
        return (best!.Value.Slices, best.Value.Draft);
    }

    private double Error(SurfaceSlice[] slices) =>
        FitError.Together(Enumerable.Range(0, slices.Length).Select(i => Error(expiries[i].Quotes, slices[i].Smile, i))).Volatility;

    private SviSlice[] Essvi()
    {
        var chain = new SviSlice[expiries.Count];
        EssviSlice? before = null;
        for (var i = 0; i < chain.Length; i++)
        {
            // Where nothing better is left, the same slice again is always allowed.
            before = EssviFit.After(expiries[i].Target, before) ?? before ?? new EssviSlice(expiries[i].Target.AtTheMoney, 0, 1e-3 * expiries[i].Target.AtTheMoney);
            chain[i] = before.Value.ToRaw() ?? Flat(before.Value.Theta);
        }

        return chain;
    }

    /// <summary>Level smiles, none below the one before: for quotes that contradict each other beyond any repair.</summary>
    private Draft Level()
    {
        var draft = new Draft(expiries.Count);
        var least = 0.0;
        for (var i = 0; i < expiries.Count; i++)
        {
            least = Math.Max(least, expiries[i].Target.AtTheMoney);
            draft.Put(i, found: null, expiries[i], Flat(least));
        }

        return draft;
    }

    /// <summary>From the farthest expiry to the nearest, each below the next.</summary>
    private Draft Backward()
    {
        var draft = new Draft(expiries.Count);
        Smile? later = null;
        for (var i = expiries.Count - 1; i >= 0; i--)
        {
            var target = expiries[i].Target;
            var room = later is { } ceiling ? SmileRoom.Below(target.Deviation, ceiling) : SmileRoom.Open(target.Deviation, settings.SteepestWing);
            var found = SmileFit.Within(target, room, settings.BendAbove) is { } smile && Lowered(smile, later) is var low && IsButterflyFree(low) ? low : (Smile?)null;
            later = draft.Put(i, found, expiries[i], later is { } shape ? shape.Scaled(Math.Min(1, target.AtTheMoney / shape.Variance(0))) : Alone(target));
        }

        return draft;
    }

    /// <summary>From the nearest expiry to the farthest, each above the one before.</summary>
    private Draft Forward()
    {
        var draft = new Draft(expiries.Count);
        Smile? earlier = null;
        for (var i = 0; i < expiries.Count; i++)
        {
            var target = expiries[i].Target;
            var room = earlier is { } floor ? SmileRoom.Above(target.Deviation, floor, settings.SteepestWing) : SmileRoom.Open(target.Deviation, settings.SteepestWing);
            var found = SmileFit.Within(target, room, settings.BendAbove) is { } smile && Lifted(smile, earlier) is var high && IsButterflyFree(high) ? high : (Smile?)null;
            earlier = draft.Put(i, found, expiries[i], earlier is { } shape ? shape.Raised(Math.Max(0, target.AtTheMoney - shape.Variance(0))) : Alone(target));
        }

        return draft;
    }

    private static bool IsButterflyFree(Smile smile) => SmileGrid.LeastDensity(smile).Value >= 0;

    /// <summary>What stands in for an expiry without neighbours: its raw smile repaired in closed form, else a flat one.</summary>
    private static Smile Alone(SmileTarget target) =>
        SmileFit.Free(target) is { } raw && ButterflyRepair.Nearest(SviJumpWings.Of(raw, 1), 4)?.ToRaw() is { } repaired && repaired.KeepsLeesBound
            ? repaired
            : Flat(target.AtTheMoney);

    /// <summary>Scaled by what it has too much on the checking grid, which lies between the points of the fitting one.</summary>
    private static Smile Lowered(Smile smile, Smile? later)
    {
        if (later is not { } ceiling) return smile;
        var factor = 1.0;
        var reach = Math.Max(SmileGrid.Reach(smile), SmileGrid.Reach(ceiling));
        for (var i = 0; i < SmileGrid.Points; i++)
        {
            var k = SmileGrid.K(reach, i);
            factor = Math.Min(factor, ceiling.Variance(k) / smile.Variance(k));
        }

        return factor < 1 ? smile.Scaled(factor * (1 - 1e-12)) : smile;
    }

    /// <summary>Raised by what it lacks on the checking grid.</summary>
    private static Smile Lifted(Smile smile, Smile? earlier)
    {
        if (earlier is not { } floor) return smile;
        var step = SmileGrid.LeastStep(floor, smile).Value;
        return step >= 0 ? smile : smile.Raised(-step * (1 + 1e-9));
    }

    private static SviSlice Flat(double variance) => new(variance * 0.999, variance * 1e-3, 0, 0, 1);

    private SurfaceSlice Slice(int i, Smile smile, SliceOrigin origin)
    {
        var (expiry, k) = (expiries[i], expiries[i].Target.K);
        return new SurfaceSlice(expiry.Expiry, expiry.Forward.Value, expiry.Years, expiry.EventYears, smile, k[0], k[^1], origin);
    }

    private static double MidInCoin(JudgedQuote quote) =>
        quote.Quote.InQuoteUnits((quote.Quote.Bid + quote.Quote.Ask) / 2, quote.Forward) / quote.Forward;

    private FitError Error(IReadOnlyList<JudgedQuote> quotes, Smile smile, int i)
    {
        if (quotes.Count == 0) return default;
        var (volatility, steps, outside) = (0.0, 0.0, 0);
        foreach (var quote in quotes)
        {
            var fitted = smile.Volatility(quote.K, expiries[i].Years);
            var gap = fitted - quote.Mid;
            var price = MidInCoin(quote);
            var inTicks = gap * 100 * quote.Vega / (ticks.At(price) * quote.Forward);
            volatility += gap * gap;
            steps += inTicks * inTicks;
            if (fitted < quote.Bid || fitted > quote.Ask) outside++;
        }

        return new FitError(quotes.Count, Math.Sqrt(volatility / quotes.Count), Math.Sqrt(steps / quotes.Count), outside / (double)quotes.Count);
    }
}
