using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>A position, or a part of one, that changed hands at its mark.</summary>
/// <param name="Instrument">In what.</param>
/// <param name="Change">Signed change of the position of who gives it, towards zero.</param>
/// <param name="Price">The mark.</param>
/// <param name="Value">What the change is worth at it, signed like a buyer's.</param>
public sealed record EstatePosition(InstrumentId Instrument, Lots Change, Price Price, Amount Value);

/// <summary>Coins that changed hands with it.</summary>
/// <param name="Asset">What.</param>
/// <param name="Amount">How much the taker got; negative where he took over a debt of it.</param>
public sealed record EstateCoins(AssetId Asset, Amount Amount);

/// <summary>Moves a part of an account to whoever takes it: positions at their marks, then coins, every leg in two places.</summary>
internal static class Estate
{
    public static void Move(VenueState venue, AccountIndex from, AccountIndex to, IReadOnlyList<EstatePosition> positions, IReadOnlyList<EstateCoins> coins)
    {
        foreach (EstatePosition position in positions) venue.Exchange(from, to, venue.Instrument(position.Instrument), position.Change, position.Value);
        foreach (EstateCoins coin in coins)
        {
            AssetIndex asset = venue.Asset(coin.Asset);
            venue.Transfer(Holder.Of(from, Purse.Cash), Holder.Of(to, Purse.Cash), asset, coin.Amount);
            venue.RepayFromCash(from, asset);
        }
    }
}
