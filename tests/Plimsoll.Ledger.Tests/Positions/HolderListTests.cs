using Plimsoll.Ledger.Positions;
using Plimsoll.Units.Tests;

namespace Plimsoll.Ledger.Tests.Positions;

public sealed class HolderListTests
{
    [Fact]
    public void The_list_names_each_holder_once_ascending_whenever_it_is_asked() => Seeded.Holds(20, chance =>
    {
        HolderList list = new();
        SortedSet<int> holders = [];
        int[] scratch = [];
        int accounts = 1 + chance.Below(800);
        int often = 1 + chance.Below(400);
        for (int i = 0; i < 4000; i++)
        {
            int account = chance.Below(accounts);
            bool opens = holders.Add(account);
            if (!opens) holders.Remove(account);
            list.Note(account, opens ? +1 : -1, ref scratch);
            list.Count.ShouldBe(holders.Count);
            if (i % often == 0) list.Sorted(ref scratch).ToArray().ShouldBe(holders);
        }

        list.Sorted(ref scratch).ToArray().ShouldBe(holders);
    });

    [Fact]
    public void An_account_that_opens_and_closes_all_day_unasked_does_not_grow_the_list()
    {
        HolderList list = new();
        int[] scratch = [];
        for (int i = 0; i < 100_000; i++)
        {
            list.Note(7, +1, ref scratch);
            list.Note(7, -1, ref scratch);
        }

        scratch.Length.ShouldBeLessThan(1000);
        list.Sorted(ref scratch).Length.ShouldBe(0);
    }
}
