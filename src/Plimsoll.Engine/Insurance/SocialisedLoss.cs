using System.Numerics;
using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;
using Plimsoll.Risk.Liquidation.Insurance;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Insurance;

/// <summary>
/// Who pays what nobody else bears: accounts with open positions, in the asset owed, from the cash they have in it. Nobody is
/// pushed below zero, nor below his maintenance requirement; whoever has no position pays nothing.
/// </summary>
internal static class SocialisedLoss
{
    /// <summary>Shares a loss; less than all of it where those who could pay have less.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="by">In proportion to what.</param>
    /// <param name="debtor">Who owes it, and pays nothing.</param>
    /// <param name="asset">What is owed.</param>
    /// <param name="loss">How much, above 0.</param>
    public static (IReadOnlyList<LossShare> Shares, Amount Total) Share(VenueState venue, Socialisation by, AccountIndex debtor, AssetIndex asset, Amount loss)
    {
        double price = venue.Market.PriceOf(asset);
        if (!(price > 0)) return ([], Amount.Zero);

        List<AccountIndex> payers = [];
        List<BurdenBearer> bearers = [];
        for (int i = 0; i < venue.Accounts.Count; i++)
        {
            var account = new AccountIndex(i);
            if (account == debtor || venue.Positions.Rows(account).Count == 0) continue;

            // What the events of this tick changed is judged before it is taxed.
            venue.Judgement.Refresh(account);
            Verdict verdict = venue.Judgement.Of(account);
            double weight = by == Socialisation.Profit ? Profit(venue, account) : verdict.Equity;
            Amount most = Most(venue, account, asset, Math.Min(verdict.Equity, verdict.MaintenanceHealth) / price);
            if (!(weight > 0) || most.Sign <= 0) continue;

            payers.Add(account);
            bearers.Add(new BurdenBearer(weight, most.Units));
        }

        Int128[] parts = BurdenSharing.Share(bearers, loss.Units);
        List<LossShare> shares = [];
        Int128 total = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] == 0) continue;
            shares.Add(new LossShare(venue.Accounts[payers[i]], new Amount(parts[i])));
            total += parts[i];
        }

        return (shares, new Amount(total));
    }

    private static Amount Most(VenueState venue, AccountIndex account, AssetIndex asset, double coins)
    {
        Amount cash = venue.Ledger.Balance(account, Purse.Cash, asset);
        if (!(coins > 0) || cash.Sign <= 0) return Amount.Zero;

        AssetScale scale = venue.Catalog[asset].Scale;

        return coins >= scale.ToModel(cash) ? cash : scale.FromModel(coins, Rounding.AgainstTheAccount);
    }

    /// <summary>Unrealised profit over all positions, in the numeraire; losses of one position take from profits of another.</summary>
    private static double Profit(VenueState venue, AccountIndex account)
    {
        PositionRows held = venue.Positions.Rows(account);
        double profit = 0;
        for (int i = 0; i < held.Count; i++) profit += UnrealisedProfit.Of(venue, account, held[i]);

        return profit;
    }
}
