using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>What caps, depth and breakers leave to be sold at this moment.</summary>
internal sealed class Rooms(VenueState venue, PhaseTerms terms, MarketDepth depth)
{
    private readonly double[] _byAsset = new double[venue.Catalog.Assets.Count];
    private readonly double[] _whole = new double[venue.Catalog.Assets.Count];
    private readonly Room[] _caps = new Room[3];

    private static Room Free { get; } = new(double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>What may still be passed to the other side.</summary>
    public double Deleveraging => venue.Breakers.AdlRoom;

    /// <summary>What may still be sold for one account.</summary>
    public SliceRooms For(AccountIndex account)
    {
        for (int a = 0; a < _byAsset.Length; a++) (_byAsset[a], _whole[a]) = (Of(new AssetIndex(a)), depth.Room(a));

        return new SliceRooms(NotionalFor(account), _byAsset, MayTrade) { Caps = _caps, WholeByAsset = _whole };
    }

    /// <summary>Whether anything at all could be sold for an account: asked of everybody who waits, so that it must be quick.</summary>
    public bool HasAny(AccountIndex account)
    {
        double notional = NotionalFor(account);

        // Who has no lot that fits may have coins to sell for what he owes.
        return notional > 0 && (HasLot(account) || Owes(account));
    }

    /// <summary>The same where it is known what is to be sold.</summary>
    public bool HasAny(AccountIndex account, LiquidationDraft draft)
    {
        double notional = NotionalFor(account);

        return notional > 0 && (HasLot(account) || (draft.SellsCoins && Owes(account)));
    }

    private bool HasLot(AccountIndex account)
    {
        PositionRows held = venue.Positions.Rows(account);
        for (int p = 0; p < held.Count; p++)
        {
            Instrument instrument = venue.Catalog[held.Instrument(p)];
            double lot = Math.Abs((double)instrument.LotSize * venue.Judgement.Responses!.UnitNotionals[held.Instrument(p).Value]);
            if (!LetsLot(lot) || !MayTrade(held.Instrument(p))) continue;
            if (new Room(Of(instrument.Underlying), depth.Room(instrument.Underlying.Value)).LetsLot(lot)) return true;
        }

        return false;
    }

    private bool Owes(AccountIndex account)
    {
        foreach (int asset in venue.Judgement.Money.Columns(account.Value))
            if (venue.Judgement.Money.Quantity(account.Value, asset) < 0) return true;

        return false;
    }

    /// <summary>What the caps of account and venue and the breakers' throttle leave.</summary>
    public double NotionalFor(AccountIndex account)
    {
        LiquidationBook book = venue.Liquidations;
        LiquidationCase? one = terms.Caps.Account is null ? null : book.Of(account);
        double sold = one is not null && book.Usage.HasBegun(one.SoldAt) ? one.Sold : 0;
        _caps[0] = new Room(venue.Breakers.LiquidationRoom, venue.Breakers.WholeLiquidationRoom);
        _caps[1] = terms.Caps.Venue is { } most ? new Room((double)most - book.Usage.Sold, (double)most) : Free;
        _caps[2] = terms.Caps.Account is { } own ? new Room((double)own - sold, (double)own) : Free;

        return Math.Max(0, Math.Min(_caps[0].Left, Math.Min(_caps[1].Left, _caps[2].Left)));
    }

    /// <summary>Whether the caps last asked for let a lot be sold, because it fits or because it is larger than all of one.</summary>
    public bool LetsLot(double lot) => _caps[0].LetsLot(lot) && _caps[1].LetsLot(lot) && _caps[2].LetsLot(lot);

    /// <summary>Whether an instrument is traded now.</summary>
    public bool MayTrade(InstrumentIndex instrument) =>
        venue.Breakers.Allows(instrument) && venue.Oracles.Allows(instrument, OracleAction.Liquidate);

    /// <summary>Whether an asset may be sold at the price it has.</summary>
    public bool MayTrade(AssetIndex asset) => !venue.Breakers.Venue.IsStill && venue.Oracles.Allows(asset, OracleAction.Liquidate);

    private double Of(AssetIndex asset) => !MayTrade(asset) ? 0 : depth.IsSliced ? Math.Max(0, depth.Room(asset.Value) - venue.Liquidations.Usage.Taken(asset)) : double.PositiveInfinity;
}
