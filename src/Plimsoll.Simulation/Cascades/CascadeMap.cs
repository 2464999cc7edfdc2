using System.Collections.Immutable;
using Plimsoll.Engine;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Thresholds;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Cascades;

/// <summary>How much moves of one asset feed themselves at a venue.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Price">Its price.</param>
/// <param name="Impact">κ: the part of the price that a unit of notional moves it by.</param>
/// <param name="Depth">What waits on one side, in the numeraire; +∞ where selling costs the same however much is sold.</param>
/// <param name="Down">What falls set off.</param>
/// <param name="Up">What rises set off.</param>
public sealed record CascadeMap(AssetId Asset, double Price, double Impact, double Depth, ImmutableArray<CascadeStep> Down, ImmutableArray<CascadeStep> Up)
{
    private static readonly AccountId Provider = new("liquidity");

    /// <summary>First moves asked about: 1, 2, 3, 5, 8, 10, 15, 20 and 30 %.</summary>
    public static ImmutableArray<double> Usual { get; } = [0.01, 0.02, 0.03, 0.05, 0.08, 0.10, 0.15, 0.20, 0.30];

    /// <summary>The prices the map asks about: every per cent, 60 down and up.</summary>
    public static MapGrid Grid { get; } = MapGrid.Of(0.01, 0.6, 0.6);

    /// <summary>Reads a venue. On the engine's thread, or on a copy.</summary>
    /// <exception cref="InputException">The asset is unknown or has no price, or there are no risk parameters yet.</exception>
    public static CascadeMap Of(VenueState venue, AssetId asset)
    {
        if (!venue.Catalog.TryFind(asset, out AssetIndex index)) throw new InputException("asset", $"the venue does not list {asset}");
        if (venue.Judgement.Model is not { } model) throw new InputException("venue", "no risk parameters have been set yet");

        int provider = venue.Accounts.TryFind(Provider, out AccountIndex account) ? account.Value : -1;
        LiquidationMap map = new VenueThresholds(venue.Judgement.Positions, venue.Judgement.Money, venue.Market, model, venue.Judgement.Threads, venue.Judgement.Terms).Of(index, Grid, provider);

        return Of(asset, map, model);
    }

    /// <summary>From a map that is drawn already.</summary>
    public static CascadeMap Of(AssetId asset, LiquidationMap map, MarginModel model)
    {
        var depth = new MarketDepth(model);
        double impact = depth.Impact(map.Underlying.Value);

        return new CascadeMap(asset, map.Price, impact, depth.Notional(map.Underlying.Value), CascadeWalk.Of(map, impact, Usual), CascadeWalk.Of(map, impact, Usual, up: true));
    }
}
