using System.Text.Json;

namespace Plimsoll.Risk.Exposure;

/// <summary>
/// The greeks of positions in USD. Delta: worth of the coins that move alike. Gamma and speed: change of delta and of gamma
/// per 1 %. Vega, vanna, volga: per vol point. Theta, charm: per day. Rho: per 1 % of rate. Coins: worth of the coins owned
/// and owed, that of positions settling in them included; what they add to delta.
/// </summary>
public sealed record GreekFigures(
    double Delta, double Gamma, double Vega, double Theta, double Rho, double Vanna, double Volga, double Charm, double Speed,
    double Value, double Notional, double Coins)
{
    /// <summary>The figures of greeks.</summary>
    public static GreekFigures Of(in Greeks g) =>
        new(g.Delta, g.Gamma, g.Vega, g.Theta, g.Rho, g.Vanna, g.Volga, g.Charm, g.Speed, g.Value, g.Notional, g.Coins);

    /// <summary>The figures of greeks, where there are any.</summary>
    public static GreekFigures? Of(Greeks? g) => g is { } some ? Of(some) : null;
}

/// <summary>Longs less shorts, and sizes whatever the side, in USD.</summary>
public sealed record ExposedFigures(GreekFigures Net, GreekFigures Gross)
{
    /// <summary>The figures of an exposure.</summary>
    public static ExposedFigures Of(in Exposed exposed) => new(GreekFigures.Of(exposed.Net), GreekFigures.Of(exposed.Gross));
}

/// <summary>What unwinding one underlying's delta and vega costs, in USD.</summary>
/// <param name="Coins">The delta unwound, coins of the underlying, + long.</param>
/// <param name="DeltaCost">For trading the delta away.</param>
/// <param name="VegaCost">Half a spread of volatility on the gross vega.</param>
/// <param name="Unfilled">Coins nobody would take.</param>
/// <param name="Worst">How far the last coin went from the mark, as a part of it.</param>
public sealed record UnwoundFigures(double Coins, double DeltaCost, double VegaCost, double Unfilled, double Worst)
{
    /// <summary>The figures of an unwinding.</summary>
    public static UnwoundFigures Of(in Unwound unwound) => new(unwound.Coins, unwound.DeltaCost, unwound.VegaCost, unwound.Unfilled, unwound.Worst);
}

/// <summary>The exposure to one underlying, in USD and in coins of it.</summary>
/// <param name="Underlying">The asset.</param>
/// <param name="Price">Its price in USD.</param>
/// <param name="Net">Longs less shorts, USD.</param>
/// <param name="Gross">Sizes, USD.</param>
/// <param name="NetCoin">Net at the price, coins; none without a price.</param>
/// <param name="GrossCoin">Gross at the price, coins.</param>
/// <param name="Unwound">What unwinding it costs.</param>
public sealed record UnderlyingFigures(
    string Underlying, double Price, GreekFigures Net, GreekFigures Gross, GreekFigures? NetCoin, GreekFigures? GrossCoin, UnwoundFigures Unwound);

/// <summary>One cell of the heat map.</summary>
/// <param name="Underlying">The row.</param>
/// <param name="Expiry">The column: one of <c>expiries</c>.</param>
/// <param name="Net">Longs less shorts.</param>
/// <param name="Gross">Sizes.</param>
public sealed record CellFigures(string Underlying, string Expiry, GreekFigures Net, GreekFigures Gross);

/// <summary>Options of one underlying whose strikes lie alike against their forwards.</summary>
/// <param name="Underlying">The underlying.</param>
/// <param name="Strike">One of <c>strikes</c>.</param>
/// <param name="Net">Longs less shorts.</param>
/// <param name="Gross">Sizes.</param>
public sealed record StrikeFigures(string Underlying, string Strike, GreekFigures Net, GreekFigures Gross);

/// <summary>One class of accounts together.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Accounts">How many.</param>
/// <param name="Net">Longs less shorts.</param>
/// <param name="Gross">Sizes.</param>
/// <param name="Underlyings">By underlying.</param>
/// <param name="Cells">By underlying and expiry.</param>
/// <param name="Strikes">Options by underlying and strike against forward.</param>
public sealed record ClassFigures(
    string Class,
    int Accounts,
    GreekFigures Net,
    GreekFigures Gross,
    IReadOnlyList<UnderlyingFigures> Underlyings,
    IReadOnlyList<CellFigures> Cells,
    IReadOnlyList<StrikeFigures> Strikes);

/// <summary>USD a year.</summary>
/// <param name="Failure">For failure: intensity × loss given failure × what is at stake.</param>
/// <param name="Oracle">For manipulation of its prices.</param>
/// <param name="Pays">How far manipulating pays, 0 to 1.</param>
/// <param name="Total">Both premia.</param>
public sealed record PremiumFigures(double Failure, double Oracle, double Pays, double Total);

/// <summary>A risk bucket and what is in it.</summary>
/// <param name="Bucket">Its name.</param>
/// <param name="Kind"><c>protocol</c>, <c>venue</c>, <c>chain</c>, <c>issuer</c> or <c>oracle</c>.</param>
/// <param name="Held">What the venue holds in it, USD; 0 for one account.</param>
/// <param name="Positions">What accounts have in it: coins, worth of bought options, size of the rest.</param>
/// <param name="Cap">The most it can lose: held and positions.</param>
/// <param name="LossIfFails">What its failure takes: loss given failure × cap.</param>
/// <param name="Premium">What its risks are worth a year.</param>
/// <param name="Net">Longs less shorts.</param>
/// <param name="Gross">Sizes.</param>
public sealed record BucketFigures(
    string Bucket, string Kind, double Held, double Positions, double Cap, double LossIfFails, PremiumFigures Premium, GreekFigures Net, GreekFigures Gross);

/// <summary>What would be left if all were unwound.</summary>
/// <param name="Equity">What is owned less what is owed, at the marks, USD.</param>
/// <param name="Cost">What unwinding costs.</param>
/// <param name="Adjusted">What is left.</param>
/// <param name="VegaHalfSpread">Vol points assumed for half the spread of options.</param>
/// <param name="Depth">Where the depth comes from: <c>rulebook</c> (slippage of liquidations) or <c>book</c> (as given).</param>
public sealed record LiquidityFigures(double Equity, double Cost, double Adjusted, double VegaHalfSpread, string Depth);

/// <summary>All that a group of accounts is exposed to.</summary>
/// <param name="Accounts">How many accounts.</param>
/// <param name="Whole">Everything together.</param>
/// <param name="Underlyings">By underlying, those with something in them, in the order of listing.</param>
/// <param name="Cells">By underlying and expiry: the heat map.</param>
/// <param name="Strikes">Options by underlying and strike against forward.</param>
/// <param name="Buckets">By risk bucket, all there are.</param>
/// <param name="Liquidity">Once unwound.</param>
public sealed record GroupFigures(
    int Accounts,
    ExposedFigures Whole,
    IReadOnlyList<UnderlyingFigures> Underlyings,
    IReadOnlyList<CellFigures> Cells,
    IReadOnlyList<StrikeFigures> Strikes,
    IReadOnlyList<BucketFigures> Buckets,
    LiquidityFigures Liquidity);

/// <summary>Words of the exposure as the API says them.</summary>
public static class ExposureNames
{
    /// <summary>The columns of the heat map, in order.</summary>
    public static string[] Expiries { get; } = Enum.GetNames<ExpiryBucket>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName).ToArray();

    /// <summary>The strike buckets, in order; the first is of what has no strike.</summary>
    public static string[] Strikes { get; } = ["none", "under-50", "50-80", "80-95", "95-105", "105-125", "125-200", "over-200"];

    /// <summary>The greeks, in order.</summary>
    public static string[] Greeks { get; } = Enum.GetNames<Greek>().Select(JsonNamingPolicy.CamelCase.ConvertName).ToArray();
}
