using Plimsoll.Ledger.Rows;

namespace Plimsoll.Ledger.Accounts;

/// <summary>
/// The full recount of a <see cref="GeneralLedger"/>:
/// <list type="number">
/// <item>every row is in order, without zeros, inside the limit, and no loan is positive;</item>
/// <item>each purse of each asset, summed over all accounts, is its control total;</item>
/// <item>the funds of each asset sum to their control total;</item>
/// <item>the totals lie inside the limit, and the three of each asset sum to zero.</item>
/// </list>
/// </summary>
internal sealed class LedgerAudit
{
    /// <summary>Counts every row and fund; the totals are not looked at.</summary>
    /// <exception cref="LawBrokenException">A row is out of order.</exception>
    public LedgerAudit(GeneralLedger ledger)
    {
        Purses = new ExactSum[2 * ledger.AssetCount];
        Funds = new ExactSum[ledger.AssetCount];
        for (int account = 0; account < ledger.UsedAccounts; account++) Count(ledger.Rows(new(account)), account);
        for (int asset = 0; asset < ledger.AssetCount; asset++)
        {
            foreach (Fund fund in Accounts.Funds.All) Funds[asset].Add(ledger.Balance(fund, new(asset)).Units);
        }
    }

    /// <summary>Each purse over all accounts: cash and loan of asset 0, of asset 1, ...</summary>
    public ExactSum[] Purses { get; }

    /// <summary>The funds of each asset.</summary>
    public ExactSum[] Funds { get; }

    /// <summary>The totals of each asset lie inside the limit and sum to zero.</summary>
    /// <exception cref="LawBrokenException">Names the asset and the difference.</exception>
    public void SumsToZero()
    {
        for (int asset = 0; asset < Funds.Length; asset++)
        {
            ExactSum cash = Purses[2 * asset];
            ExactSum loan = Purses[(2 * asset) + 1];
            if (!cash.IsInside || !loan.IsInside || !Funds[asset].IsInside) throw new LawBrokenException($"a control total stays inside the limit of 10^36 units; one of asset {asset} does not");

            Int128 off = cash.Value + loan.Value + Funds[asset].Value;
            if (off != 0) throw new LawBrokenException($"every asset sums to zero over all holders; asset {asset} is off by {off} units");
        }
    }

    /// <summary>What was counted is what the ledger's control totals say, and sums to zero.</summary>
    /// <exception cref="LawBrokenException">Names the asset and the difference.</exception>
    public void Agrees(GeneralLedger ledger)
    {
        SumsToZero();
        for (int asset = 0; asset < Funds.Length; asset++)
        {
            Agree(Purses[2 * asset], ledger.ControlTotal(Purse.Cash, new(asset)), asset, "the cash of all accounts is");
            Agree(Purses[(2 * asset) + 1], ledger.ControlTotal(Purse.Loan, new(asset)), asset, "the loan of all accounts is");
            Agree(Funds[asset], ledger.FundTotal(new(asset)), asset, "the sum of the funds is");
        }
    }

    private static void Agree(ExactSum counted, Amount total, int asset, string what)
    {
        if (counted.Value != total.Units) throw new LawBrokenException($"{what} what its control total says; asset {asset} is off by {counted.Value - total.Units} units");
    }

    private void Count(BalanceRows rows, int account)
    {
        int before = -1;
        for (int i = 0; i < rows.Count; i++)
        {
            Int128 units = rows.Amount(i).Units;
            int key = (2 * rows.Asset(i).Value) + (int)rows.Purse(i);
            bool sound = key > before && units != 0 && Int128.Abs(units) < AssetScale.Limit && (units < 0 || rows.Purse(i) == Purse.Cash);
            if (!sound) throw new LawBrokenException($"a row is in order, without zeros, inside the limit, and no loan is positive; account {account} is not at asset {rows.Asset(i).Value}");
            Purses[key].Add(units);
            before = key;
        }
    }
}
