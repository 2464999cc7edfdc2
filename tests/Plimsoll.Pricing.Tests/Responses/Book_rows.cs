using Plimsoll.Numerics;
using Plimsoll.Pricing.Responses;

namespace Plimsoll.Pricing.Tests.Responses;

public sealed class Book_rows
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(4UL)]
    public void A_book_answers_like_a_list_of_sorted_lists_whatever_is_done_to_it(ulong seed)
    {
        var chance = new SeededStream(seed);
        var book = new SparseRows();
        var model = new List<SortedDictionary<int, double>>();
        for (var step = 0; step < 5_000; step++)
        {
            var action = chance.NextInt(100);
            if (model.Count == 0 || action < 3)
            {
                model.Add([]);
                book.EnsureRows(model.Count);
            }
            else if (action < 4)
            {
                book.Compact();
            }
            else if (action < 50)
            {
                var (row, column, quantity) = (chance.NextInt(model.Count), chance.NextInt(40), chance.NextInt(4) - 1.0);
                book.Set(row, column, quantity);
                if (quantity == 0) model[row].Remove(column);
                else model[row][column] = quantity;
            }
            else
            {
                var row = chance.NextInt(model.Count);
                model[row] = Draw(chance);
                book.ReplaceRow(row, [.. model[row].Keys], [.. model[row].Values]);
            }

            if (step % 50 == 0) Agree(book, model, $"seed {seed}, step {step}");
        }

        Agree(book, model, $"seed {seed}, at the end");
    }

    [Fact]
    public void Rewriting_rows_for_ever_does_not_grow_the_book_for_ever()
    {
        var chance = new SeededStream(9);
        var book = new SparseRows();
        book.EnsureRows(100);
        for (var step = 0; step < 100_000; step++)
        {
            var entries = Draw(chance);
            book.ReplaceRow(chance.NextInt(100), [.. entries.Keys], [.. entries.Values]);
        }

        // 100 rows of at most 12 entries: room for a few times that, not for 100,000 rows.
        book.Bytes.ShouldBeLessThan(100 * 12 * 12 * 6);
    }

    [Fact]
    public void A_dense_book_takes_twelve_bytes_per_entry_and_twelve_per_row()
    {
        var builder = new SparseRowsBuilder();
        for (var row = 0; row < 1000; row++) builder.Add([1, 5, 9], [1.0, -2.0, 3.0]);
        var built = builder.Build();
        built.Bytes.ShouldBe((1000 * 12) + (3000 * 12));

        var grown = new SparseRows();
        grown.EnsureRows(1000);
        for (var row = 0; row < 1000; row++) grown.ReplaceRow(row, [1, 5, 9], [1.0, -2.0, 3.0]);
        grown.Compact();
        grown.Bytes.ShouldBe(built.Bytes);
    }

    [Fact]
    public void A_row_may_be_replaced_by_another_row_of_the_same_book()
    {
        var book = new SparseRows();
        book.EnsureRows(2);
        book.ReplaceRow(0, [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7]);
        book.ReplaceRow(1, book.Columns(0), book.Values(0));
        book.Values(1).ToArray().ShouldBe([1, 2, 3, 4, 5, 6, 7]);
    }

    [Fact]
    public void Malformed_rows_are_refused_and_change_nothing()
    {
        var book = new SparseRows();
        book.EnsureRows(1);
        book.ReplaceRow(0, [3], [1.5]);
        Should.Throw<ArgumentException>(() => book.ReplaceRow(0, [2, 2], [1.0, 1.0]));
        Should.Throw<ArgumentException>(() => book.ReplaceRow(0, [2, 1], [1.0, 1.0]));
        Should.Throw<ArgumentException>(() => book.ReplaceRow(0, [-1], [1.0]));
        Should.Throw<ArgumentException>(() => book.ReplaceRow(0, [1], [1.0, 2.0]));
        Should.Throw<ArgumentException>(() => book.ReplaceRow(0, [1], [double.NaN]));
        Should.Throw<ArgumentException>(() => book.Set(0, 1, double.PositiveInfinity));
        Should.Throw<ArgumentOutOfRangeException>(() => book.ReplaceRow(1, [1], [1.0]));
        book.Columns(0).ToArray().ShouldBe([3]);
        book.Quantity(0, 3).ShouldBe(1.5);
        book.Quantity(0, 4).ShouldBe(0);
    }

    private static SortedDictionary<int, double> Draw(SeededStream chance)
    {
        var row = new SortedDictionary<int, double>();
        for (var n = chance.NextInt(13); n > 0; n--) row[chance.NextInt(60)] = chance.NextNormal();
        return row;
    }

    private static void Agree(SparseRows book, List<SortedDictionary<int, double>> model, string when)
    {
        book.Rows.ShouldBe(model.Count, when);
        book.Entries.ShouldBe(model.Sum(row => row.Count), when);
        for (var row = 0; row < model.Count; row++)
        {
            book.Columns(row).SequenceEqual([.. model[row].Keys]).ShouldBeTrue(when);
            book.Values(row).SequenceEqual([.. model[row].Values]).ShouldBeTrue(when);
        }
    }
}
