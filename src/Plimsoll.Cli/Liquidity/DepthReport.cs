using Plimsoll.Markets.Depth;

namespace Plimsoll.Cli.Liquidity;

/// <summary>What selling one size costs and how long it takes.</summary>
/// <param name="Coins">The size.</param>
/// <param name="Notional">Its value, in quote units.</param>
/// <param name="Unsold">Coins nobody would buy by what is known.</param>
/// <param name="CostPart">The average loss, as a part of the price.</param>
/// <param name="Cost">The loss, in quote units.</param>
/// <param name="LastCoin">How far under the middle the last coin goes, as a part of it.</param>
/// <param name="OfThinBook">The size over what a thin moment's bids show; none without a book.</param>
/// <param name="DaysByVolume">Days by the rule of volume; none where no volume is known.</param>
/// <param name="DaysByResilience">Days by the rule of resilience; none where none was measured.</param>
/// <param name="Days">The slower of both.</param>
internal sealed record SizeRow(double Coins, double Notional, double Unsold, double CostPart, double Cost, double LastCoin, double? OfThinBook, double? DaysByVolume, double? DaysByResilience, double? Days)
{
    /// <summary>Selling coins into a profile.</summary>
    public static SizeRow Of(LiquidityProfile profile, double coins, double participation)
    {
        UnwindCost cost = profile.Cost(-coins);
        UnwindTime time = profile.Time(-coins, participation);

        return new SizeRow(
            coins, coins * profile.Mid, cost.Unfilled, cost.AverageAt(profile.Mid), cost.Cost, cost.Worst,
            profile.Bids is { Within: > 0 } bids ? coins * profile.Mid / bids.Within : null,
            time.ByVolume, time.ByResilience, time.Days);
    }
}

/// <summary>A measured market as one JSON document.</summary>
internal static class DepthReport
{
    /// <summary>The document.</summary>
    public static object Of(LiquidityProfile profile, string source, double participation, IReadOnlyList<SizeRow> sizes) => new
    {
        source,
        measured = profile.Source,
        moments = profile.Moments,
        from = profile.Moments > 0 ? profile.From.ToString() : null,
        to = profile.Moments > 0 ? profile.To.ToString() : null,
        mid = profile.Mid,
        spread = profile.Spread,
        seenVolatility = profile.SeenVolatility,
        day = profile.Day,
        bids = profile.Bids,
        asks = profile.Asks,
        impact = profile.Impact is { } fit
            ? new { fit.PerRootCoin, fit.Low, fit.High, fit.Exponent, fit.Samples, Scale = ScaleOf(profile, fit.PerRootCoin), ScaleLow = ScaleOf(profile, fit.Low), ScaleHigh = ScaleOf(profile, fit.High) }
            : null,
        law = profile.Law is { } law ? new { law.Scale, law.DailyVolatility, law.DailyVolume } : null,
        resilience = profile.Resilience,
        participation,
        selling = sizes,
    };

    /// <summary>Y of a coefficient; none where no day's volume is known.</summary>
    public static double? ScaleOf(LiquidityProfile profile, double perRootCoin) =>
        profile.Day is { } day ? ImpactFit.Scale(perRootCoin, day.Volatility, day.Volume) : null;
}
