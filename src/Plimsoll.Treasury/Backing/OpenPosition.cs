using Plimsoll.Ledger.Accounts;
using Plimsoll.Treasury.Matching;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Backing;

/// <summary>How much of an asset the venue itself is long or short: what its own money gains when the price rises.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Name">Its name.</param>
/// <param name="Scale">Decimals of its smallest unit.</param>
/// <param name="Net">In smallest units; + long.</param>
public readonly record struct OpenPosition(AssetIndex Asset, AssetId Name, AssetScale Scale, Amount Net)
{
    /// <summary>
    /// Holdings − what customers are owed + what customers owe − insurance fund, vault and pool. They are kept in kind, so their
    /// coins and what they are set aside for move together; a customer's debt is the venue's claim, here taken at full worth.
    /// </summary>
    /// <param name="asset">The asset.</param>
    /// <param name="name">Its name.</param>
    /// <param name="scale">Decimals of its smallest unit.</param>
    /// <param name="claims">Customers' net equities, unrealised profit and loss included.</param>
    /// <param name="ledger">Where holdings and fund are booked.</param>
    public static OpenPosition Of(AssetIndex asset, AssetId name, AssetScale scale, CustomerClaims claims, GeneralLedger ledger)
    {
        Amount net = claims.Deficit - claims.Claims;
        foreach (Fund fund in Funds.All) net -= fund.IsInsurance ? ledger.Balance(fund, asset) : Amount.Zero;
        foreach (Fund place in Funds.Places) net += ledger.Held(place, asset);

        return new OpenPosition(asset, name, scale, net);
    }
}
