using System.Collections.Immutable;
using Plimsoll.Engine;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Cascades;

/// <summary>What is rehearsed: prices move, at once or in equal steps a minute apart, and then stand still while time passes.</summary>
/// <param name="Moves">Relative move of each asset, above −1: −0.3 is −30 %. What follows an asset moves with it unless it is named itself.</param>
/// <param name="Ticks">In how many steps, 1 to <see cref="MaxMinutes"/>.</param>
/// <param name="Minutes">How long time passes afterwards, 0 to <see cref="MaxMinutes"/>; deadlines, slices and auctions fall due meanwhile.</param>
public sealed record RehearsalAsk(ImmutableSortedDictionary<AssetId, double> Moves, int Ticks = 1, int Minutes = 60)
{
    /// <summary>The most steps, and the most minutes afterwards: a day.</summary>
    public const int MaxMinutes = 1440;

    /// <summary>The largest rise.</summary>
    public const double MostMove = 10;

    /// <summary>Refuses what cannot be rehearsed at a venue.</summary>
    /// <exception cref="InputException">An asset is unknown or has no price, or a number lies outside its range.</exception>
    internal void Check(VenueState venue)
    {
        if (Moves.IsEmpty) throw new InputException("prices", "expected the move of at least one asset, such as BTC=-30%");
        if (Ticks is < 1 or > MaxMinutes) throw new InputException("ticks", $"found {Ticks}, expected 1 to {MaxMinutes}");
        if (Minutes is < 0 or > MaxMinutes) throw new InputException("minutes", $"found {Minutes}, expected 0 to {MaxMinutes}");
        foreach ((AssetId asset, double move) in Moves)
        {
            if (!venue.Catalog.TryFind(asset, out AssetIndex index)) throw new InputException($"prices {asset}", "the venue does not list it");
            if (!(venue.Market.PriceOf(index) > 0)) throw new InputException($"prices {asset}", "has no price yet");
            if (move is not (> -1 and <= MostMove)) throw new InputException($"prices {asset}", $"found {move}, expected above -100% and at most {MostMove * 100}%");
        }

        if (venue.Judgement.Model is null) throw new InputException("venue", "no risk parameters have been set yet");
    }

    /// <summary>The move of every asset: its own, or that of the nearest one it is a claim on.</summary>
    internal double[] ByAsset(Catalog catalog)
    {
        double[] moves = new double[catalog.Assets.Count];
        for (int a = 0; a < moves.Length; a++)
        {
            for (AssetIndex? at = new AssetIndex(a); at is { } index; at = catalog[index].Follows)
            {
                if (!Moves.TryGetValue(catalog[index].Id, out double move)) continue;

                moves[a] = move;
                break;
            }
        }

        return moves;
    }
}
