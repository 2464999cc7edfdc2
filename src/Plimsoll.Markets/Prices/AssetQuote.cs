using Plimsoll.Units;

namespace Plimsoll.Markets.Prices;

/// <summary>What a feed says an asset is worth.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Price">Its price in the numeraire.</param>
/// <param name="ObservedAt">When the source saw it.</param>
/// <param name="Confidence">Half width of the source's own uncertainty, as a part of the price; 0 where it states none.</param>
/// <param name="Source">Who says so.</param>
public sealed record AssetQuote(AssetIndex Asset, Price Price, Instant ObservedAt, double Confidence, string Source);
