using Plimsoll.Ledger.Positions;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// What an account may claim of every asset, or owes of it: the exact carry, and the worth of its positions through the one
/// door between estimate and money.
/// </summary>
public static class NetWorth
{
    /// <summary>One amount for each listed asset, in the order of listing; negative where the account owes.</summary>
    public static Amount[] Of(VenueState venue, AccountIndex account)
    {
        var net = new Amount[venue.Catalog.Assets.Count];
        foreach (int asset in venue.Judgement.Money.Columns(account.Value)) net[asset] = venue.Judgement.Carry(account, new AssetIndex(asset));
        if (venue.Judgement.Responses is not { } responses) return net;

        PositionRows held = venue.Positions.Rows(account);
        if (held.Count == 0) return net;

        double[] worth = new double[net.Length];
        ReadOnlySpan<double> quantities = venue.Judgement.Positions.Values(account.Value);
        for (int i = 0; i < held.Count; i++)
            worth[venue.Catalog[held.Instrument(i)].Settlement.Value] += quantities[i] * responses.UnitValues[held.Instrument(i).Value];
        for (int a = 0; a < net.Length; a++)
        {
            if (worth[a] != 0) net[a] += venue.Catalog[new AssetIndex(a)].Scale.FromModel(worth[a], Rounding.Nearest);
        }

        return net;
    }
}
