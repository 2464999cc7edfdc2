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

    /// <summary>What may still be passed to the other side.</summary>
    public double Deleveraging => venue.Breakers.AdlRoom;

    /// <summary>What may still be sold for one account.</summary>
    public SliceRooms For(AccountIndex account)
    {
        for (int a = 0; a < _byAsset.Length; a++) _byAsset[a] = Of(new AssetIndex(a));

        return new SliceRooms(NotionalFor(account), _byAsset, MayTrade);
    }

    /// <summary>Whether anything at all could be sold for an account: asked of everybody who waits, so that it must be quick.</summary>
    public bool HasAny(AccountIndex account)
    {
        double notional = NotionalFor(account);

        // Who has no lot that fits may have coins to sell for what he owes.
        return notional > 0 && (HasLot(account, notional) || Owes(account));
    }

    /// <summary>The same where it is known what is to be sold.</summary>
    public bool HasAny(AccountIndex account, LiquidationDraft draft)
    {
        double notional = NotionalFor(account);

        return notional > 0 && (HasLot(account, notional) || (draft.SellsCoins && Owes(account)));
    }

    private bool HasLot(AccountIndex account, double notional)
    {
        PositionRows held = venue.Positions.Rows(account);
        for (int p = 0; p < held.Count; p++)
        {
            Instrument instrument = venue.Catalog[held.Instrument(p)];
            double lot = Math.Abs((double)instrument.LotSize * venue.Judgement.Responses!.UnitNotionals[held.Instrument(p).Value]);
            if (lot <= notional && lot <= Of(instrument.Underlying) && MayTrade(held.Instrument(p))) return true;
        }

        return false;
    }

    private bool Owes(AccountIndex account)
    {
        foreach (int asset in venue.Judgement.Money.Columns(account.Value))
            if (venue.Judgement.Money.Quantity(account.Value, asset) < 0) return true;

        return false;
    }

    /// <summary>What the caps of account and venue leave.</summary>
    public double NotionalFor(AccountIndex account)
    {
        LiquidationBook book = venue.Liquidations;
        double left = venue.Breakers.LiquidationRoom;
        if (terms.Caps.Venue is { } most) left = Math.Min(left, (double)most - book.Usage.Sold);
        if (terms.Caps.Account is { } own)
        {
            LiquidationCase? one = book.Of(account);
            left = Math.Min(left, (double)own - (one is not null && book.Usage.HasBegun(one.SoldAt) ? one.Sold : 0));
        }

        return Math.Max(0, left);
    }

    /// <summary>Whether an instrument is traded now.</summary>
    public bool MayTrade(InstrumentIndex instrument) =>
        venue.Breakers.Allows(instrument) && venue.Oracles.Allows(instrument, OracleAction.Liquidate);

    /// <summary>Whether an asset may be sold at the price it has.</summary>
    public bool MayTrade(AssetIndex asset) => !venue.Breakers.Venue.IsStill && venue.Oracles.Allows(asset, OracleAction.Liquidate);

    private double Of(AssetIndex asset) => !MayTrade(asset) ? 0 : depth.IsSliced ? Math.Max(0, depth.Room(asset.Value) - venue.Liquidations.Usage.Taken(asset)) : double.PositiveInfinity;
}
