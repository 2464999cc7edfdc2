using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>
/// Somebody who takes positions over and wants none: whenever he looks at a full minute he lays off, against the liquidity provider,
/// as much as the rulebook lets liquidations sell in a period, at the mark less what selling so much costs. Coins he owes, having taken
/// over somebody's debt, he buys elsewhere, brings in, and takes out what they cost.
/// </summary>
/// <param name="account">His account.</param>
/// <param name="provider">Whom he sells to and buys from.</param>
/// <param name="cash">What he pays for coins with.</param>
internal sealed class InventorySale(AccountId account, AccountId provider, AssetId cash)
{
    private const long Minute = 60_000_000;

    /// <summary>What he trades now. He remembers nothing, so that a story taken up again goes on as it would have.</summary>
    public IEnumerable<Envelope> At(VenueState venue)
    {
        if (!venue.Accounts.TryFind(account, out AccountIndex index) || !venue.Accounts.TryFind(provider, out _) || venue.Judgement.Model is not { } model) yield break;
        if (venue.Now.UnixMicroseconds % Minute != 0) yield break;

        foreach (Envelope purchase in Purchases(venue, model, index)) yield return purchase;
        var depth = new MarketDepth(model);
        foreach ((InstrumentIndex instrument, Lots lots) in Held(venue, index))
        {
            if (Trade(venue, model, depth, instrument, lots) is { } trade)
                yield return new Envelope(venue.Now, account, new CommandId($"lay-off-{instrument.Value}-{venue.Now.UnixMicroseconds}"), trade);
        }
    }

    /// <summary>The coins come in before the cash goes out, so that what stopped in between owes nothing.</summary>
    private IEnumerable<Envelope> Purchases(VenueState venue, MarginModel model, AccountIndex index)
    {
        AssetIndex paid = venue.Asset(cash);
        for (int a = 0; a < venue.Catalog.Assets.Count; a++)
        {
            var asset = new AssetIndex(a);
            Amount owed = venue.Ledger.Balance(index, Purse.Cash, asset);
            if (owed.Sign >= 0 || asset == paid || !venue.Market.HasPrice(asset) || !venue.Market.HasPrice(paid)) continue;

            Asset coin = venue.Catalog[asset];
            double worth = coin.Scale.ToModel(-owed) * venue.Market.PriceOf(asset);
            Amount price = venue.Catalog[paid].Scale.FromModel(worth * (1 + model.Slippage(a, worth)) / venue.Market.PriceOf(paid), Rounding.AgainstTheAccount);
            yield return new Envelope(venue.Now, account, new CommandId($"bring-{a}-{venue.Now.UnixMicroseconds}"), new Deposit(account, coin.Id, coin.Scale.Format(-owed)));
            if (price.Sign > 0) yield return new Envelope(venue.Now, account, new CommandId($"pay-{a}-{venue.Now.UnixMicroseconds}"), new Withdraw(account, cash, venue.Catalog[paid].Scale.Format(price)));
        }
    }

    private ReportFill? Trade(VenueState venue, MarginModel model, MarketDepth depth, InstrumentIndex instrument, Lots lots)
    {
        Instrument listed = venue.Catalog[instrument];
        if (listed.Expiry <= venue.Now || !venue.Market.HasPrice(instrument) || !venue.Breakers.Allows(instrument)) return null;

        double unit = venue.Judgement.Responses!.UnitNotionals[instrument.Value] * (double)listed.LotSize;
        long room = unit > 0 ? (long)Math.Min(depth.Room(listed.Underlying.Value) / unit, lots.Size.Count) : 0;
        if (room <= 0) return null;

        bool sells = lots.Sign > 0;
        double cost = model.Slippage(listed.Underlying.Value, room * unit);
        decimal price = Grid(Quoted(venue, listed, instrument) * (1 + (decimal)(sells ? -cost : cost)), listed.TickSize);

        return new ReportFill(sells ? provider : account, sells ? account : provider, listed.Id, room * listed.LotSize, price);
    }

    /// <summary>What trades in an instrument are quoted at: a contract's forward, an option's or a pool share's own worth.</summary>
    private static decimal Quoted(VenueState venue, Instrument listed, InstrumentIndex instrument) => listed.PaysPremium
        ? (decimal)Math.Max(0, venue.Judgement.Responses!.UnitValues[instrument.Value])
        : venue.MarkOf(instrument).Value;

    private static (InstrumentIndex Instrument, Lots Lots)[] Held(VenueState venue, AccountIndex index)
    {
        PositionRows rows = venue.Positions.Rows(index);
        var held = new (InstrumentIndex, Lots)[rows.Count];
        for (int i = 0; i < held.Length; i++) held[i] = (rows.Instrument(i), rows.Lots(i));

        return held;
    }

    private static decimal Grid(decimal price, decimal tick) => Price.Canonical(Math.Max(tick, Math.Round(price / tick) * tick));
}
