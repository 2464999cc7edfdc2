using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Collateral;

/// <summary>
/// What an account's owner has in his other accounts: tiers and caps see all of it, so that splitting a holding over
/// sub-accounts gains nothing.
/// </summary>
public sealed class OthersHoldings
{
    private readonly double[] values;
    private readonly double[] falls;

    internal OthersHoldings(double[] values, double[] falls) => (this.values, this.falls) = (values, falls);

    /// <summary>Value of an asset that his other accounts own, in the numeraire; what one of them owes is not set against it.</summary>
    public double ValueOf(int asset) => values[asset];

    /// <summary>What his other accounts' positions would lose if an issuer's assets became worthless; a gain is negative.</summary>
    internal double FallOf(int issuer) => falls[issuer];

    /// <summary>What the owner of an account has beside it; none where it is his only one.</summary>
    internal static OthersHoldings? Of(int account, in Books books)
    {
        ReadOnlySpan<int> family = books.Terms is { } terms ? terms.FamilyOf(account) : [];
        if (family.Length < 2) return null;

        CollateralGroups groups = books.Model.Schedule.Groups;
        var priced = PricedColumns.Of(books.Responses);
        (double[] values, double[] falls) = (new double[books.Model.AssetCount], new double[groups.Issuers]);
        foreach (int other in family)
        {
            if (other == account || other >= books.Positions.Rows || other >= books.Money.Rows) continue;

            Holdings holdings = books.Alone(other);
            Span<int> assets = new int[AccountSums.Room(holdings)];
            Span<double> coins = new double[assets.Length];
            var sums = new AccountSums(assets, coins);
            sums.TakeNet(holdings, priced);
            Span<double> owned = coins[..sums.Count];
            CountableValue.Take(holdings, priced, books.Model, assets[..sums.Count], owned);
            for (int a = 0; a < owned.Length; a++)
                if (owned[a] > 0) values[assets[a]] += Math.Min(owned[a], books.Model.Schedule.AccountCap(assets[a]));
            for (int issuer = 0; issuer < falls.Length; issuer++) falls[issuer] += WrongWay.Fall(issuer, holdings, priced, books.Model);
        }

        return new OthersHoldings(values, falls);
    }
}
