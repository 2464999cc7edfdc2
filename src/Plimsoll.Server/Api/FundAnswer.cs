using System.Text.Json;
using Plimsoll.Engine;
using Plimsoll.Engine.Insurance;
using Plimsoll.Risk.Liquidation.Insurance;

namespace Plimsoll.Server.Api;

/// <summary>What the API calls layers and policies.</summary>
internal static class LossNames
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

/// <summary>The whole waterfall. Money is in USD, balances are the ledger's.</summary>
/// <param name="Configured">Whether the rulebook has layers; otherwise the insurance fund stands alone.</param>
/// <param name="Layers">In the order they are drawn on.</param>
/// <param name="Deleveraged">What the other side gave up so far.</param>
/// <param name="Socialised">What accounts with positions paid so far.</param>
/// <param name="OwnFunds">What the venue's own funds bore so far.</param>
/// <param name="OwnFundsLimit">The most they bear in a period; none for no limit.</param>
/// <param name="OwnFundsInPeriod">What they bore in this one.</param>
/// <param name="Insurer">Who gives external cover.</param>
/// <param name="Outstanding">What he owes for losses he bore.</param>
/// <param name="Premiums">Premiums paid to the pool so far.</param>
/// <param name="Pool">The mutual pool.</param>
/// <param name="Sizing">What a fund would need against what is unrealised.</param>
internal sealed record FundAnswer(
    bool Configured,
    IReadOnlyList<LayerFigures> Layers,
    double Deleveraged,
    double Socialised,
    double OwnFunds,
    double? OwnFundsLimit,
    double OwnFundsInPeriod,
    string? Insurer,
    double Outstanding,
    double Premiums,
    PoolFigures? Pool,
    SizingFigures? Sizing)
{
    /// <summary>Reads a venue. On the engine's thread.</summary>
    public static FundAnswer Of(VenueState venue)
    {
        InsuranceStanding standing = InsuranceStanding.Of(venue);

        return new FundAnswer(
            !venue.Insurance.Terms.IsNone,
            [.. standing.Layers.Select(layer => LayerFigures.Of(venue, layer))],
            standing.Totals.Deleveraged,
            standing.Totals.Socialised,
            standing.Totals.OwnFunds,
            standing.OwnFundsLimit,
            standing.OwnFundsInPeriod,
            standing.Insurer?.Value,
            standing.Outstanding,
            standing.Totals.Premiums,
            standing.Pool is { } pool ? PoolFigures.Of(pool) : null,
            null);
    }
}

/// <summary>A balance, in whole coins and in USD.</summary>
internal sealed record LayerAmount(string Asset, string Amount, double Worth);

/// <summary>One layer, USD.</summary>
/// <param name="Layer"><c>base</c>, <c>first-loss</c>, <c>pool</c> or <c>cover</c>.</param>
/// <param name="Balance">What it holds; of cover what may still be claimed.</param>
/// <param name="Drawn">What it gave so far.</param>
/// <param name="DrawnInPeriod">What it gave in this period.</param>
/// <param name="MostInPeriod">The most it gives in one; none for no cap.</param>
/// <param name="MostInTick">The most it gives in one tick; none for no cap.</param>
/// <param name="MostForAccount">The most it gives for one account in a period; none for no cap.</param>
/// <param name="Fed">What fees and penalties fed it.</param>
/// <param name="Target">What it should hold; none where it has no target.</param>
/// <param name="Balances">By asset.</param>
internal sealed record LayerFigures(
    string Layer,
    double Balance,
    double Drawn,
    double DrawnInPeriod,
    double? MostInPeriod,
    double? MostInTick,
    double? MostForAccount,
    double Fed,
    double? Target,
    IReadOnlyList<LayerAmount> Balances)
{
    public static LayerFigures Of(VenueState venue, LayerStanding layer) => new(
        LossNames.Of(layer.Terms.Layer),
        layer.Worth,
        layer.Drawn,
        layer.InPeriod,
        (double?)layer.Terms.PerPeriod,
        (double?)layer.Terms.PerTick,
        (double?)layer.Terms.PerAccount,
        layer.Fed,
        (double?)layer.Terms.Target,
        [.. layer.Balances.Select(one => new LayerAmount(venue.Catalog[one.Asset].Id.Value, venue.Catalog[one.Asset].Scale.Format(one.Amount), one.Worth))]);
}

/// <summary>The mutual pool, USD; rates a year.</summary>
internal sealed record PoolFigures(
    double Capital, double Required, double? CapitalRatio, double Cover, double Utilisation, double PremiumRate, double ExpectedLoss, double Load, double Scarcity, int Stakers, double AskedBack, string? NextPremium)
{
    public static PoolFigures Of(PoolStanding pool) => new(
        pool.Premium.Capital,
        pool.Premium.Required,
        pool.CapitalRatio,
        pool.Premium.Cover,
        pool.Premium.Utilisation,
        pool.Premium.AnnualRate,
        pool.Premium.ExpectedLoss,
        pool.Premium.Load,
        pool.Premium.Scarcity,
        pool.Stakers,
        pool.AskedBack,
        pool.NextPremium?.ToString());
}

/// <summary>An estimate and its 90 % interval, USD.</summary>
internal sealed record IntervalFigures(double Estimate, double Low, double High)
{
    public static IntervalFigures Of(Interval interval) => new(interval.Estimate, interval.Low, interval.High);
}

/// <summary>What a fund would need in the worst scenario of the rulebook, against what is unrealised today.</summary>
/// <param name="CoverOne">The largest owner's shortfall.</param>
/// <param name="CoverTwo">The two largest together.</param>
/// <param name="Inventory">What the engine's own inventory loses in its worst scenario.</param>
/// <param name="InventoryNow">What it has lost already and not realised.</param>
internal sealed record SizingFigures(IntervalFigures CoverOne, IntervalFigures CoverTwo, double Inventory, double InventoryNow)
{
    public static SizingFigures Of(StressedShortfalls stressed) => new(
        IntervalFigures.Of(FundIntervals.Cover(stressed.Shortfalls, 1)),
        IntervalFigures.Of(FundIntervals.Cover(stressed.Shortfalls, 2)),
        stressed.Inventory.DefaultIfEmpty(0).Max(),
        stressed.InventoryNow);
}
