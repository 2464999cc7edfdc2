using Plimsoll.Engine.Commands;
using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>A tick of a path as the venue's feed tells it.</summary>
internal static class Quotes
{
    /// <summary>Half width of the invented feed's own uncertainty, as a part of the price.</summary>
    private const double Confidence = 0.0005;

    private static readonly AccountId Source = new("path");

    /// <summary>Prices of every asset listed, forwards and volatilities of dated contracts.</summary>
    public static MovePrices At(VenueFile file, Listing listing, PricePath path, PriceTick tick)
    {
        decimal PriceOf(AssetId asset) => tick.Prices[path.PlaceOf(asset)];
        AssetPrice[] prices = [.. file.Assets.Select(entry => new AssetId(entry.Asset)).Select(asset => new AssetPrice(asset, new Price(PriceOf(asset)).Value, tick.At, Confidence, Source))];

        return new MovePrices(prices, DatedQuotes.At(listing.Contracts, PriceOf, tick.At));
    }
}
