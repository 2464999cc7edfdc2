using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Thresholds;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>What would have been liquidated by the time an underlying is at a price; money in the numeraire.</summary>
/// <param name="Price">The price.</param>
/// <param name="LongNotional">Below today's price: notional liquidated on the way down.</param>
/// <param name="ShortNotional">Above it: notional liquidated on the way up.</param>
/// <param name="Accounts">Accounts that are first liquidated at this price.</param>
/// <param name="Flow">What closing their contracts trades at this price: + must be bought, − sold.</param>
/// <param name="CollateralSold">Worth of the underlying's coins they must sell at this price.</param>
public sealed record ThresholdPoint(double Price, double LongNotional, double ShortNotional, int Accounts, double Flow, double CollateralSold);

/// <summary>Where one underlying's price liquidates how much: see <see cref="LiquidationMap"/>.</summary>
/// <param name="Underlying">Its name.</param>
/// <param name="Points">By price, ascending.</param>
public sealed record ThresholdMap(string Underlying, IReadOnlyList<ThresholdPoint> Points)
{
    /// <summary>
    /// Moves an underlying by −60 % to +60 % in steps of 2 % and judges accounts at each. Who is under water today counts at
    /// once, on the side he is exposed to; whoever was liquidated nearer stays liquidated farther away.
    /// </summary>
    internal static (ThresholdMap Map, CascadeFigures Cascade) Of(BooksCopy books, AssetIndex underlying, int threads)
    {
        string name = books.Listing.Catalog[underlying].Id.Value;
        if (books.Listing.Model is not { } model || !(books.Market.PriceOf(underlying) > 0)) return (new ThresholdMap(name, []), CascadeFigures.Of(name, null));

        int provider = Array.FindIndex(books.Carries, carry => carry.Account == AccountColumns.Provider);
        LiquidationMap map = new VenueThresholds(books.Positions, books.Money, books.Market, model.With(books.Sizes), threads, books.Terms).Of(underlying, MapGrid.Usual, provider);

        return (new ThresholdMap(name, [.. PointsOf(map)]), CascadeFigures.Of(name, CascadeOf(map, model)));
    }

    /// <summary>The underlyings of listed contracts, in the order of listing.</summary>
    internal static IReadOnlyList<AssetIndex> Underlyings(Catalog catalog) =>
        [.. catalog.Instruments.Where(instrument => instrument.HasPositions).Select(instrument => instrument.Underlying).Distinct().Order()];

    /// <summary>What a fall of 1 % sets off; none where the map has no prices below today's.</summary>
    private static CascadeStep? CascadeOf(LiquidationMap map, MarginModel model) =>
        map.Down.Count > 0 ? CascadeWalk.Of(map, new MarketDepth(model).Impact(map.Underlying.Value), [0.01])[0] : null;

    private static IEnumerable<ThresholdPoint> PointsOf(LiquidationMap map)
    {
        var down = new List<ThresholdPoint>();
        double below = map.SunkLong.Notional, above = map.SunkShort.Notional;
        foreach (MapStep step in map.Down) down.Add(new ThresholdPoint(step.Price, below += step.Notional, 0, step.Accounts, step.Flow, step.CollateralSold));
        down.Reverse();
        foreach (ThresholdPoint point in down) yield return point;
        yield return new ThresholdPoint(
            map.Price, map.SunkLong.Notional, above, map.SunkLong.Accounts + map.SunkShort.Accounts, map.SunkLong.Flow + map.SunkShort.Flow, map.SunkLong.CollateralSold + map.SunkShort.CollateralSold);
        foreach (MapStep step in map.Up) yield return new ThresholdPoint(step.Price, 0, above += step.Notional, step.Accounts, step.Flow, step.CollateralSold);
    }
}
