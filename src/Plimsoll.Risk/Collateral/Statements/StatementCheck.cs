using System.Collections.Immutable;
using Plimsoll.Risk.Margin.Rulebooks;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral.Statements;

/// <summary>What is wrong with what is stated of a customer.</summary>
public enum StatementFault : byte
{
    /// <summary>He has pledged more of an asset than he has: the same coins stand behind several loans.</summary>
    CollateralExceedsEquity = 0,

    /// <summary>What his pledges count is less than what he owes, at the prices of the haircut file.</summary>
    DebtExceedsCollateral = 1,

    /// <summary>The stated net is not equity less debt.</summary>
    NetDiffers = 2,
}

/// <summary>One fault.</summary>
/// <param name="Customer">Whose.</param>
/// <param name="Fault">What.</param>
/// <param name="Asset">The asset it lies in; none where it lies in all of them together.</param>
/// <param name="Stated">The larger figure: coins pledged, debt in USDT, or the stated net.</param>
/// <param name="Allowed">What it may be at most, or should be: coins of equity, counted collateral in USDT, or equity less debt.</param>
public sealed record StatementFinding(StatedCustomer Customer, StatementFault Fault, string? Asset, decimal Stated, decimal Allowed);

/// <summary>What the pledges of one customer count against what he owes, in USDT.</summary>
/// <param name="Customer">Whose.</param>
/// <param name="Counted">What his pledges count after the tiers.</param>
/// <param name="Debt">What he owes.</param>
public sealed record StatedBacking(StatedCustomer Customer, decimal Counted, decimal Debt)
{
    /// <summary>Counted ÷ debt; none where nothing is owed.</summary>
    public double? Ratio => Debt > 0m ? (double)Counted / (double)Debt : null;
}

/// <summary>
/// Checks stated customers by the laws every collateralised book keeps, in exact numbers:
/// <list type="number">
/// <item>nobody pledges more of an asset than he has, all purposes together;</item>
/// <item>with a haircut file: what pledges count, each purpose under its own tiers, covers what is owed. Prices are the
/// file's own, which need not be those of the statement;</item>
/// <item>a stated net is equity less debt, to half a unit of the eighth decimal; a customer whose nets are all 0 states
/// none.</item>
/// </list>
/// </summary>
public static class StatementCheck
{
    /// <summary>Half a unit of the last decimal figures are stated in.</summary>
    private const decimal NetTolerance = 0.000_000_005m;

    /// <summary>Nets are stated by programs that reckon in 53 binary digits.</summary>
    private const decimal BinaryRounding = 1e-15m;

    /// <summary>Every fault, customers in the order of the file.</summary>
    /// <param name="customers">The customers.</param>
    /// <param name="tiers">Prices and tiers; without them debts are not judged.</param>
    /// <exception cref="InputException">An asset somebody owes or pledges is not in the tiers.</exception>
    public static ImmutableArray<StatementFinding> Faults(ImmutableArray<StatedCustomer> customers, HaircutFile? tiers = null) =>
        [.. customers.SelectMany(customer => Faults(customer, tiers))];

    /// <summary>What a customer's pledges count against what he owes.</summary>
    /// <exception cref="InputException">An asset he owes or pledges is not in the tiers.</exception>
    public static StatedBacking Backing(StatedCustomer customer, HaircutFile tiers)
    {
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(tiers);
        (Fraction counted, Fraction debt) = Sums(customer, tiers);

        return new StatedBacking(customer, counted.ToDecimal(), debt.ToDecimal());
    }

    private static IEnumerable<StatementFinding> Faults(StatedCustomer customer, HaircutFile? tiers)
    {
        foreach (StatedAsset asset in customer.Assets)
            if (asset.Collateral > asset.Equity) yield return new StatementFinding(customer, StatementFault.CollateralExceedsEquity, asset.Asset, asset.Collateral, asset.Equity);

        if (tiers is not null)
        {
            (Fraction counted, Fraction debt) = Sums(customer, tiers);
            if (debt > counted) yield return new StatementFinding(customer, StatementFault.DebtExceedsCollateral, null, debt.ToDecimal(), counted.ToDecimal());
        }

        if (customer.Assets.All(asset => asset.Net == 0m)) yield break;

        foreach (StatedAsset asset in customer.Assets)
        {
            decimal net = asset.Equity - asset.Debt;
            decimal tolerance = NetTolerance + (BinaryRounding * (asset.Equity + asset.Debt));
            if (Math.Abs(asset.Net - net) > tolerance) yield return new StatementFinding(customer, StatementFault.NetDiffers, asset.Asset, asset.Net, net);
        }
    }

    private static (Fraction Counted, Fraction Debt) Sums(StatedCustomer customer, HaircutFile tiers)
    {
        (Fraction counted, Fraction debt) = (Fraction.Zero, Fraction.Zero);
        foreach (StatedAsset asset in customer.Assets)
        {
            if (asset.Debt == 0m && asset.Collateral == 0m) continue;
            if (tiers.Find(asset.Asset) is not { } row) throw new InputException($"{customer.Place} e_{asset.Asset}", $"{tiers.Source} has no {asset.Asset}, expected its price and tiers");

            Fraction price = row.Price;
            debt += price * asset.Debt;
            for (int use = 0; use < asset.Pledged.Length; use++) counted += CollateralValue.Exact(row.Schedules[use], price * asset.Pledged[use]);
        }

        return (counted, debt);
    }
}
