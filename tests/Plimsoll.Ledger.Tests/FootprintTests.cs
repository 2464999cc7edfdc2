using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;

namespace Plimsoll.Ledger.Tests;

[CollectionDefinition(nameof(FootprintTests), DisableParallelization = true)]
public sealed class AloneInTheProcess;

[Collection(nameof(FootprintTests))]
public sealed class FootprintTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_account_of_five_positions_and_three_balances_takes_at_most_300_bytes(bool allGrowInStep)
    {
        const int Accounts = 100_000;
        long before = GC.GetTotalMemory(forceFullCollection: true);

        (GeneralLedger ledger, PositionBook book) = Grown(Accounts, allGrowInStep);

        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Accounts;
        each.ShouldBeLessThanOrEqualTo(300);
        ledger.Audit();
        book.Audit();
    }

    // Grown one account after another, or all in step, which frees every small row on the way to the large ones.
    private static (GeneralLedger Ledger, PositionBook Book) Grown(int accounts, bool inStep)
    {
        GeneralLedger ledger = new();
        PositionBook book = new();
        for (int i = 0; i < accounts; i++) ledger.Open();
        for (int i = 0; i < accounts * 8; i++)
        {
            (int account, int row) = inStep ? (i % accounts, i / accounts) : (i / 8, i % 8);
            if (row < 3) ledger.Post([new(new AccountIndex(account), Purse.Cash, new(row * 2), new(1)), new(Fund.Hot, new(row * 2), new(-1))]);
            else book.Fill(new(account), new((row * 37) + (account / 2 % 11)), new(account % 2 == 0 ? 1 : -1), new(account % 2 == 0 ? 5 : -5));
        }

        return (ledger, book);
    }
}
