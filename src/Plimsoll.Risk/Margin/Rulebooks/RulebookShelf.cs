using System.Collections.Immutable;
using Plimsoll.Risk.Margin.Rulebooks.Aave;
using Plimsoll.Risk.Margin.Rulebooks.Binance;
using Plimsoll.Risk.Margin.Rulebooks.Bybit;
using Plimsoll.Risk.Margin.Rulebooks.Deribit;
using Plimsoll.Risk.Margin.Rulebooks.Derive;
using Plimsoll.Risk.Margin.Rulebooks.Drift;
using Plimsoll.Risk.Margin.Rulebooks.Dydx;
using Plimsoll.Risk.Margin.Rulebooks.Hyperliquid;
using Plimsoll.Risk.Margin.Rulebooks.Mango;
using Plimsoll.Risk.Margin.Rulebooks.Okx;
using Plimsoll.Risk.Margin.Rulebooks.Vega;

namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>The rulebooks of other venues, each under the parameters it states.</summary>
public static class RulebookShelf
{
    /// <summary>All of them, by name.</summary>
    public static ImmutableArray<IRulebook> All { get; } =
    [
        new AaveRulebook(),
        BinanceRulebook.Futures,
        BybitRulebook.Unified,
        DeribitRulebook.Published,
        PortfolioRulebook.Published,
        StandardRulebook.Published,
        new DriftRulebook(),
        new DydxRulebook(),
        HyperliquidRulebook.Cross,
        new MangoRulebook(),
        OkxRulebook.MultiCurrency,
        new VegaRulebook(),
    ];

    /// <summary>The rulebook of that name; none if there is none.</summary>
    public static IRulebook? Find(string name) => All.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.Ordinal));
}
