using Plimsoll.Engine;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Cli.Demo;

/// <summary>What every account had when the venue was built: its equity, and the asset most of it lay in.</summary>
internal sealed class OpeningBook
{
    private readonly double[] _equity;
    private readonly int[] _asset;

    /// <summary>Takes it down.</summary>
    public OpeningBook(VenueState venue)
    {
        _equity = new double[venue.Accounts.Count];
        _asset = new int[venue.Accounts.Count];
        for (int i = 0; i < _equity.Length; i++)
        {
            _equity[i] = venue.Judgement.Of(new AccountIndex(i)).Equity;
            _asset[i] = Largest(venue, i);
        }
    }

    /// <summary>Accounts taken down.</summary>
    public int Count => _equity.Length;

    /// <summary>The account's equity then, in the numeraire.</summary>
    public double Equity(AccountIndex account) => account.Value < _equity.Length ? _equity[account.Value] : 0;

    /// <summary>The asset most of its collateral lay in; none where it had none.</summary>
    public AssetIndex? Collateral(AccountIndex account) => account.Value < _asset.Length && _asset[account.Value] >= 0 ? new AssetIndex(_asset[account.Value]) : null;

    private static int Largest(VenueState venue, int account)
    {
        int largest = -1;
        double most = 0;
        BalanceRows balances = venue.Ledger.Rows(new AccountIndex(account));
        for (int r = 0; r < balances.Count; r++)
        {
            AssetIndex asset = balances.Asset(r);
            double worth = venue.Catalog[asset].Scale.ToModel(balances.Amount(r)) * venue.Market.PriceOf(asset);
            if (worth <= most) continue;

            (largest, most) = (asset.Value, worth);
        }

        return largest;
    }
}
