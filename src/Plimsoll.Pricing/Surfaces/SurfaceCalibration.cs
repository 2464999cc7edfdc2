using Plimsoll.Markets.Chains;
using Plimsoll.Markets.Surfaces;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>
/// Makes a surface of a chain of quotes.
/// <list type="number">
/// <item>Every quote is judged; what cannot be used is named with the reason.</item>
/// <item>An expiry with too few strikes takes its shape from an earlier surface, moved to today's at-the-money quotes.</item>
/// <item>Three chains of smiles are fitted: raw SVI without conditions (to compare with), extended SSVI (free of arbitrage by
/// construction), and SVI within the room its predecessor leaves.</item>
/// <item>The last is published where the check finds it free of arbitrage and it is the nearer one, else extended SSVI.</item>
/// </list>
/// </summary>
public static class SurfaceCalibration
{
    /// <summary>Calibrates one surface of a chain.</summary>
    /// <param name="quotes">The chain; rows of other surfaces are flagged and left out.</param>
    /// <param name="surface">The surface's name, e.g. BTC or BTC_USDC.</param>
    /// <param name="settings">What is taken for granted; the usual values without it.</param>
    /// <param name="earlier">An earlier surface of the same name, for expiries that lack quotes today.</param>
    public static SurfaceFit Fit(IReadOnlyList<OptionQuote> quotes, string surface, SurfaceSettings? settings = null, VolSurface? earlier = null)
    {
        ArgumentNullException.ThrowIfNull(quotes);
        settings ??= new SurfaceSettings();
        var at = quotes.Where(quote => quote.Surface == surface).Select(quote => quote.At).DefaultIfEmpty().Max();
        var own = quotes.Where(quote => quote.Surface == surface && quote.Expiry > at).GroupBy(quote => quote.Expiry).OrderBy(group => group.Key).ToList();
        var forwards = own.ToDictionary(group => group.Key, group => ForwardOfExpiry.Of([.. group]));
        var ticks = TickLadder.Seen([.. own.SelectMany(group => group)], quote => forwards[quote.Expiry].Value, settings.Ticks);
        var judged = new QuoteJudge(surface, at, settings, ticks).Judge(quotes, forwards);
        var notes = new List<SurfaceNote>();
        var smiles = own.Select(group => ExpiryQuotes.Of(group.Key, forwards[group.Key], at, judged, settings, earlier, notes)).OfType<ExpiryQuotes>().ToList();
        var chain = new SliceChain(smiles, settings, ticks, notes);
        return chain.Publish(surface, at, [.. judged]);
    }
}
