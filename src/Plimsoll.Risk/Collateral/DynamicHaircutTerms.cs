using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral;

/// <summary>The market of one collateral asset, as the dynamic haircut needs to know it.</summary>
/// <param name="Scope">The asset, or a class.</param>
/// <param name="Volatility">The long-run volatility of a day, which the estimate never falls below, 0 to 10.</param>
/// <param name="Stressed">The volatility of a day under stress, 0 to 10: asked for always, so that calm lowers nothing too far.</param>
/// <param name="DailyVolume">V: traded in a day, in the numeraire, above 0.</param>
/// <param name="Spread">s: whole bid-ask spread under stress, as a part of the price, 0 to 1.</param>
/// <param name="Impact">Y of the square-root law, 0 to 10.</param>
/// <param name="Jump">J: what is added to the log move for a jump, 0 to 10.</param>
public sealed record HaircutMarket(AssetScope Scope, decimal Volatility, decimal Stressed, decimal DailyVolume, decimal Spread, decimal Impact, decimal Jump);

/// <summary>How haircuts follow the market; see <see cref="DynamicHaircut"/>.</summary>
/// <param name="Multiplier">q: expected shortfall of the standardised loss at the level asked for, in standard deviations, 0 to 20.</param>
/// <param name="DetectionDays">Days until a liquidation begins, 0 to 10.</param>
/// <param name="Participation">The part of a day's volume one may sell without being the market, above 0 and at most 1.</param>
/// <param name="Fee">What selling costs beside spread and impact, as a part of the price, 0 to 1.</param>
/// <param name="Floor">No haircut is lower, 0 to 1.</param>
/// <param name="FallPerDay">How far a haircut may fall in a day; it rises at once. Above 0 and at most 1.</param>
/// <param name="SampleMinutes">Minutes between two prices of the estimate, 1 to 1440.</param>
/// <param name="Decay">λ: what of yesterday's variance is kept in a day of samples, 0 to 0.9999.</param>
/// <param name="Markets">The markets; an asset without one has no dynamic haircut.</param>
public sealed record DynamicHaircutTerms(
    decimal Multiplier,
    decimal DetectionDays,
    decimal Participation,
    decimal Fee,
    decimal Floor,
    decimal FallPerDay,
    int SampleMinutes,
    decimal Decay,
    ImmutableArray<HaircutMarket> Markets)
{
    /// <summary>The market of an asset: its own line, or else its class's; none where the rulebook names neither.</summary>
    public HaircutMarket? MarketOf(Asset asset) => AssetScope.Find(Markets, market => market.Scope, asset);

    internal void Check(string field)
    {
        Ranges.Check($"{field}.multiplier", Multiplier, 0m, 20m);
        Ranges.Check($"{field}.detectionDays", DetectionDays, 0m, 10m);
        Ranges.Check($"{field}.participation", Participation, 0.001m, 1m);
        Ranges.Check($"{field}.fee", Fee, 0m, 1m);
        Ranges.Check($"{field}.floor", Floor, 0m, 1m);
        Ranges.CheckAbove($"{field}.fallPerDay", FallPerDay, 0m, 1m);
        Ranges.Check($"{field}.sampleMinutes", SampleMinutes, 1m, 1440m);
        Ranges.Check($"{field}.decay", Decay, 0m, 0.9999m);
        if (Markets.IsDefault) throw new InputException($"{field}.markets", "is missing");
        AssetScope.CheckAll(Markets.Select(market => market.Scope), $"{field}.markets");
        foreach (HaircutMarket market in Markets)
        {
            string at = $"{field}.markets.{market.Scope}";
            Ranges.Check($"{at}.volatility", market.Volatility, 0m, 10m);
            Ranges.Check($"{at}.stressed", market.Stressed, 0m, 10m);
            Ranges.CheckAbove($"{at}.dailyVolume", market.DailyVolume, 0m, LeverageTerms.MaxNotional);
            Ranges.Check($"{at}.spread", market.Spread, 0m, 1m);
            Ranges.Check($"{at}.impact", market.Impact, 0m, 10m);
            Ranges.Check($"{at}.jump", market.Jump, 0m, 10m);
        }
    }

    internal DynamicHaircutTerms Canonical() => new(
        Price.Canonical(Multiplier),
        Price.Canonical(DetectionDays),
        Price.Canonical(Participation),
        Price.Canonical(Fee),
        Price.Canonical(Floor),
        Price.Canonical(FallPerDay),
        SampleMinutes,
        Price.Canonical(Decay),
        [.. Markets.OrderBy(market => market.Scope).Select(market => new HaircutMarket(
            market.Scope,
            Price.Canonical(market.Volatility),
            Price.Canonical(market.Stressed),
            Price.Canonical(market.DailyVolume),
            Price.Canonical(market.Spread),
            Price.Canonical(market.Impact),
            Price.Canonical(market.Jump)))]);
}
