using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Listing;

/// <summary>What is proposed to be listed, and under which limits.</summary>
public sealed record ListingProposal
{
    /// <summary>Name of the instrument, in the venue's grammar.</summary>
    public required string Instrument { get; init; }

    /// <summary>The class of its underlying.</summary>
    public required AssetClass Class { get; init; }

    /// <summary>The smallest size, in the contract's own unit.</summary>
    public required decimal LotSize { get; init; }

    /// <summary>The smallest step of its price.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>The most open interest that will be allowed, in the numeraire.</summary>
    public required decimal OpenInterestCap { get; init; }

    /// <summary>The most one account may hold, in the numeraire.</summary>
    public required decimal PositionLimit { get; init; }

    /// <summary>What opening requires.</summary>
    public required Threshold Initial { get; init; }

    /// <summary>What a liquidation restores.</summary>
    public required Threshold Target { get; init; }

    /// <summary>What must never be missed.</summary>
    public required Threshold Maintenance { get; init; }

    /// <summary>Haircuts, where the coin is to count as collateral.</summary>
    public IReadOnlyList<CollateralTier>? Haircuts { get; init; }
}

/// <summary>One place a price would come from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Price">Its price now, in the numeraire.</param>
/// <param name="VolumeShare">Its part of the coin's traded volume, 0 to 1.</param>
/// <param name="AgeSeconds">How old its last price is.</param>
public sealed record ListingSource(string Name, decimal Price, decimal VolumeShare, decimal AgeSeconds);

/// <summary>What is known of the market; money in the numeraire.</summary>
public sealed record MarketFacts
{
    /// <summary>Price × coins that exist.</summary>
    public required decimal MarketCap { get; init; }

    /// <summary>Price × coins that can be bought: not locked, not held by the project.</summary>
    public required decimal Float { get; init; }

    /// <summary>Mean value traded per day, spot, all sources, over a month.</summary>
    public required decimal DailyVolume { get; init; }

    /// <summary>Value resting within 2 % of the mid price, the thinner side, all sources.</summary>
    public required decimal Depth { get; init; }

    /// <summary>Standard deviation of a day's log return.</summary>
    public required decimal DailyVolatility { get; init; }

    /// <summary>The part of the float that the ten largest holders have, 0 to 1.</summary>
    public required decimal TopHolders { get; init; }

    /// <summary>For how many days it has been traded.</summary>
    public required decimal DaysTraded { get; init; }

    /// <summary>Where prices would come from.</summary>
    public required IReadOnlyList<ListingSource> Sources { get; init; }
}
