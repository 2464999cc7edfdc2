using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Units;

namespace Plimsoll.Risk.Shadow;

/// <summary>Assets that move at once, and with each the claims on it that do not move by themselves.</summary>
/// <param name="Moves">Asset and move, −0.3 for a fall by 30 %; −0.999 to 10, each asset once.</param>
/// <param name="Volatility">Move of every implied volatility, 0.5 for half as much again; above −1 and at most 10.</param>
public sealed record MarketShock(IReadOnlyList<(AssetId Asset, decimal Move)> Moves, double Volatility = 0)
{
    /// <summary>Nothing moves.</summary>
    public static MarketShock None { get; } = new([]);

    /// <summary>Whether nothing moves.</summary>
    public bool IsNone => Moves.Count == 0 && Volatility == 0;

    /// <summary>A market as it would stand after the shock; the market given stays as it is.</summary>
    /// <param name="catalog">What is listed.</param>
    /// <param name="market">What it is worth now.</param>
    /// <exception cref="InputException">A move is of no listed asset, named twice, or outside its limits.</exception>
    public MarketState On(Catalog catalog, MarketState market)
    {
        decimal[] ratios = Ratios(catalog);
        if (!(Volatility > -1 && Volatility <= 10)) throw new InputException("shock vol", $"found {Volatility}, expected above -1 and at most 10");

        var shocked = new MarketState(catalog);
        shocked.MoveTo(market.At);
        for (int a = 0; a < ratios.Length; a++)
        {
            if (market.Quote(new AssetIndex(a)) is { } quote) shocked.Apply(quote with { Price = Moved(quote.Price, ratios[a]) });
        }

        for (int i = 0; i < catalog.Instruments.Count; i++)
        {
            var index = new InstrumentIndex(i);
            Instrument terms = catalog[index];
            decimal ratio = ratios[terms.Underlying.Value] / (terms.Quote is { } quoted ? ratios[quoted.Value] : 1m);
            double? volatility = terms.Kind == InstrumentKind.Option && Volatility != 0
                ? Math.Min(market.VolatilityOf(index) * (1 + Volatility), MarketState.MaxVolatility)
                : market.QuotedVolatility(index);
            shocked.Apply(new InstrumentQuote(index, market.QuotedForward(index) is { } forward ? Moved(forward, ratio) : null, volatility));
        }

        return shocked;
    }

    private static Price Moved(Price price, decimal ratio) =>
        ratio == 1m ? price : new Price(Math.Clamp(price.Value * ratio, Price.Min, Price.Max));

    private decimal[] Ratios(Catalog catalog)
    {
        decimal?[] own = new decimal?[catalog.Assets.Count];
        foreach ((AssetId asset, decimal move) in Moves)
        {
            if (!catalog.TryFind(asset, out AssetIndex index)) throw new InputException($"shock {asset}", "is not listed");
            if (move is < -0.999m or > 10m) throw new InputException($"shock {asset}", $"found {move}, expected -0.999 to 10");
            if (own[index.Value] is not null) throw new InputException($"shock {asset}", "is named twice");
            own[index.Value] = 1m + move;
        }

        decimal[] ratios = new decimal[own.Length];
        for (int a = 0; a < ratios.Length; a++) ratios[a] = RatioOf(catalog, own, a);

        return ratios;
    }

    private static decimal RatioOf(Catalog catalog, decimal?[] own, int asset)
    {
        // A chain of claims is at most as long as the list.
        for (int steps = 0; steps <= own.Length; steps++)
        {
            if (own[asset] is { } ratio) return ratio;
            if (catalog.Assets[asset].Follows is not { } next) return 1m;
            asset = next.Value;
        }

        return 1m;
    }
}
