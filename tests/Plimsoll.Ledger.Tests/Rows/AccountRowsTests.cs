using Plimsoll.Ledger.Rows;
using Plimsoll.Units.Tests;

namespace Plimsoll.Ledger.Tests.Rows;

public sealed class AccountRowsTests
{
    [Fact]
    public void Rows_keep_their_entries_through_any_growth_and_shrinking() => Seeded.Holds(25, chance =>
    {
        AccountRows rows = new();
        Column<long> values = rows.AddColumn<long>();
        int accounts = 1 + chance.Below(40);
        int keys = 1 + chance.Below(chance.Coin() ? 12 : 600);
        SortedDictionary<int, long>[] expected = [.. Enumerable.Range(0, accounts).Select(_ => new SortedDictionary<int, long>())];
        for (int i = 0; i < 8000; i++)
        {
            bool shrinking = i / 2000 % 2 == 1 && chance.Below(3) > 0;
            (int account, int key) = (chance.Below(accounts), chance.Below(keys));
            int place = rows.Find(account, key);
            (place >= 0).ShouldBe(expected[account].ContainsKey(key));
            if (place >= 0 && (shrinking || chance.Coin()))
            {
                rows.Remove(account, place);
                expected[account].Remove(key);
            }
            else if (place < 0 && !shrinking)
            {
                values[rows.Insert(account, ~place, key)] = i;
                expected[account][key] = i;
            }
        }

        for (int account = 0; account < accounts; account++)
        {
            rows.Keys(account).ToArray().ShouldBe(expected[account].Keys);
            rows.Values(account, values).ToArray().ShouldBe(expected[account].Values);
        }
    });

    [Fact]
    public void A_row_holds_a_whole_page_and_no_more()
    {
        AccountRows rows = new();
        for (int key = AccountRows.MaxEntries - 1; key >= 0; key--) rows.Insert(3, 0, key);

        rows.Keys(3).ToArray().ShouldBe(Enumerable.Range(0, AccountRows.MaxEntries));
        Should.Throw<LawBrokenException>(() => rows.Insert(3, 0, -1));
        for (int key = 0; key < AccountRows.MaxEntries; key++) rows.Remove(3, rows.Count(3) - 1);
        rows.Count(3).ShouldBe(0);
    }

    [Fact]
    public void Pages_are_used_again_for_rows_of_another_size()
    {
        int pages = 0;
        RowPages space = new(() => pages++);
        for (int @class = 0; @class < 12; @class++)
        {
            int[] taken = [.. Enumerable.Range(0, 10 * Column.PageSize / RowPages.Capacity(@class)).Select(_ => space.Take(@class))];
            taken.Distinct().Count().ShouldBe(taken.Length);
            foreach (int address in taken) space.Free(address);
        }

        pages.ShouldBeLessThanOrEqualTo(11);
    }

    [Fact]
    public void A_row_freed_in_a_full_page_is_taken_again()
    {
        int pages = 0;
        RowPages space = new(() => pages++);
        for (int @class = 0; @class < 24; @class++)
        {
            int before = pages;
            int[] taken = [.. Enumerable.Range(0, Column.PageSize / RowPages.Capacity(@class)).Select(_ => space.Take(@class))];
            space.Free(taken[0]);
            space.Take(@class).ShouldBe(taken[0]);
            (pages - before).ShouldBe(1);
        }
    }

    [Fact]
    public void Rows_never_overlap_whatever_is_taken_and_freed() => Seeded.Holds(30, chance =>
    {
        RowPages space = new(() => { });
        List<(int Address, int Class)> taken = [];
        for (int i = 0; i < 3000; i++)
        {
            if (taken.Count > 0 && chance.Below(5) < 2)
            {
                int n = chance.Below(taken.Count);
                space.ClassOf(taken[n].Address).ShouldBe(taken[n].Class);
                space.Free(taken[n].Address);
                taken.RemoveAt(n);
            }
            else
            {
                int @class = chance.Below(24);
                taken.Add((space.Take(@class), @class));
            }
        }

        int end = 0;
        foreach ((int address, int @class) in taken.OrderBy(t => t.Address))
        {
            address.ShouldBeGreaterThanOrEqualTo(end);
            end = address + RowPages.Capacity(@class);
            (address / Column.PageSize).ShouldBe((end - 1) / Column.PageSize);
        }
    });
}
