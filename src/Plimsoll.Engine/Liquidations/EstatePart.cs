using System.Collections.Immutable;
using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>
/// A part of an account as it would change hands: its positions at their marks, rounded up to whole lots, and its claim on every
/// asset, a credit rounded down and a debt up. Whoever takes it gains nothing by asking for it in small pieces.
/// </summary>
/// <param name="Positions">Positions, ascending by instrument.</param>
/// <param name="Coins">Coins, in the order of listing; none of zero.</param>
/// <param name="Mark">What both are worth, in the numeraire: a position at its mark is worth what its profit is, which is among the coins.</param>
/// <param name="Notional">Notional of the positions, in the numeraire.</param>
internal sealed record EstatePart(IReadOnlyList<EstatePosition> Positions, IReadOnlyList<EstateCoins> Coins, double Mark, double Notional)
{
    /// <summary>A part of an account; none where something of it has no price.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="account">The account.</param>
    /// <param name="lots">Its positions.</param>
    /// <param name="part">The part, above 0 and at most 1.</param>
    /// <param name="withCoins">Whether coins go with the positions.</param>
    /// <param name="keptAsset">An asset of which the account keeps something whole.</param>
    /// <param name="kept">How much of it.</param>
    public static EstatePart? Of(
        VenueState venue, AccountIndex account, ReadOnlySpan<OpenLots> lots, decimal part, bool withCoins, AssetIndex keptAsset = default, Amount kept = default)
    {
        ResponseSet responses = venue.Judgement.Responses!;
        MarginModel model = venue.Judgement.Model!;
        if (EstateShare.Of(lots, responses, model, part) is not { } share) return null;

        var coins = new List<EstateCoins>();
        double mark = 0;
        Amount[] net = withCoins ? NetWorth.Of(venue, account) : [];
        for (int a = 0; a < net.Length; a++)
        {
            var asset = new AssetIndex(a);
            Amount sold = kept.IsZero || asset != keptAsset ? net[a] : net[a] - kept;
            Amount got = sold.Times(part, Rounding.AgainstTheAccount);
            if (got.IsZero) continue;
            if (!venue.Market.HasPrice(asset)) return null;

            coins.Add(new EstateCoins(venue.Catalog[asset].Id, got));
            mark += venue.Catalog[asset].Scale.ToModel(got) * venue.Market.PriceOf(asset);
        }

        return new EstatePart([.. share.Select(position => At(venue, position))], coins, mark, EstateShare.Notional(share, responses, model));
    }

    /// <summary>Whether somebody may hold all of it.</summary>
    public bool Fits(VenueState venue, AccountIndex taker)
    {
        foreach (EstatePosition position in Positions)
        {
            InstrumentIndex instrument = venue.Instrument(position.Instrument);
            if (!venue.Modes.Admits(taker, instrument) || venue.PositionLimitReached(taker, instrument, -position.Change)) return false;
        }

        return Coins.All(coin => venue.Modes.Admits(taker, venue.Asset(coin.Asset)));
    }

    private static EstatePosition At(VenueState venue, in PlannedTakeover position)
    {
        var price = new Price(position.Price);

        return new EstatePosition(venue.Catalog[position.Instrument].Id, position.Change, price, venue.Worth(position.Instrument, position.Change, price, Rounding.Nearest));
    }
}
