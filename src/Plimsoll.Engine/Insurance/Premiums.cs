using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation.Insurance;
using Plimsoll.Units;

namespace Plimsoll.Engine.Insurance;

/// <summary>
/// What the venue pays its pool, as often as the terms say: in the pool's own assets by what each is worth there, out of the
/// fees earned and then its own funds, as far as they have it. What neither has is not paid later.
/// </summary>
internal static class Premiums
{
    /// <summary>Pays what fell due.</summary>
    public static void Follow(VenueState venue, Action<Event> happen)
    {
        InsuranceBook book = venue.Insurance;
        if (book.NextDue is not { } due || venue.Now < due || book.Terms.Pool is not { } terms) return;

        double capital = book.Worth(Fund.MutualPool);
        PoolPremium premium = PoolPremium.Of(terms, capital);
        double money = premium.For(venue.Now - book.PremiumSince!.Value);
        List<PremiumPart> parts = [];
        for (int i = 0; i < venue.Catalog.Assets.Count && money > 0 && capital > 0; i++)
        {
            if (Part(venue, new AssetIndex(i), money / capital) is { } part) parts.Add(part);
        }

        happen(new PremiumPaid(premium.Cover, premium.AnnualRate, money, parts));
    }

    /// <summary>The same part of the pool's balance in every asset.</summary>
    private static PremiumPart? Part(VenueState venue, AssetIndex asset, double part)
    {
        Amount balance = venue.Ledger.Balance(Fund.MutualPool, asset);
        AssetScale scale = venue.Catalog[asset].Scale;
        double coins = scale.ToModel(balance) * part;
        if (!(coins > 0) || !(venue.Market.PriceOf(asset) > 0) || venue.Insurance.Pool.Total(asset) == 0) return null;

        Amount fees = Least(scale, coins, venue.Ledger.Balance(Fund.Fees, asset));
        Amount own = Least(scale, coins - scale.ToModel(fees), venue.Ledger.Balance(Fund.OwnFunds, asset));
        if (!BookLimits.Allows(balance, fees + own)) return null;

        return (fees + own).Sign > 0 ? new PremiumPart(venue.Catalog[asset].Id, fees, own) : null;
    }

    private static Amount Least(AssetScale scale, double coins, Amount most)
    {
        if (!(coins > 0) || most.Sign <= 0) return Amount.Zero;

        return coins >= scale.ToModel(most) ? most : scale.FromModel(coins, Rounding.AgainstTheAccount);
    }
}
