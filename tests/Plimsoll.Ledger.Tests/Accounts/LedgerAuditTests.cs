using Plimsoll.Ledger.Accounts;

namespace Plimsoll.Ledger.Tests.Accounts;

public sealed class LedgerAuditTests
{
    [Fact]
    public void A_balance_that_moved_behind_its_control_total_is_found_by_asset_and_difference()
    {
        GeneralLedger ledger = Opened();
        ledger.Restore(0, 9, new(-3));

        Should.Throw<LawBrokenException>(ledger.Audit).Message.ShouldContain("asset 4 is off by -3 units");
    }

    [Fact]
    public void A_fund_that_moved_behind_its_control_total_is_found()
    {
        GeneralLedger ledger = Opened();
        ledger.Restore(Fund.Fees, 1, new(7));

        Should.Throw<LawBrokenException>(ledger.Audit).Message.ShouldContain("asset 1 is off by 7 units");
    }

    [Fact]
    public void Two_wrongs_that_sum_to_zero_are_still_found_by_their_totals()
    {
        GeneralLedger ledger = Opened();
        ledger.Restore(Fund.Fees, 4, new(3));
        ledger.Restore(0, 9, new(-3));

        Should.Throw<LawBrokenException>(ledger.Audit).Message.ShouldContain("what its control total says; asset 4");
    }

    private static GeneralLedger Opened()
    {
        GeneralLedger ledger = new();
        ledger.Post([new(ledger.Open(), Purse.Cash, new(0), new(5)), new(Fund.Hot, new(0), new(-5))]);
        ledger.Audit();

        return ledger;
    }
}
