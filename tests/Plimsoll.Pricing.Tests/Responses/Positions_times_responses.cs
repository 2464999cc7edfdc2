using Plimsoll.Numerics;
using Plimsoll.Pricing.Responses;

namespace Plimsoll.Pricing.Tests.Responses;

public sealed class Positions_times_responses
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(40)]
    [InlineData(64)]
    [InlineData(100)]
    public void The_product_is_the_plain_sum_to_the_last_bit(int columns)
    {
        var world = new World(columns, seed: (ulong)columns);
        var (all, worst, binding) = world.Plain();

        foreach (var threads in new[] { 1, 2, 3, 7 })
        {
            var (allNow, worstNow, bindingNow) = (new double[all.Length], new double[worst.Length], new short[worst.Length]);
            Product.All(world.Book, world.Matrix, .., allNow, threads);
            Product.Worst(world.Book, world.Matrix, .., worstNow, bindingNow, threads);
            Bits(allNow).ShouldBe(Bits(all), $"{columns} columns, {threads} threads");
            Bits(worstNow).ShouldBe(Bits(worst), $"{columns} columns, {threads} threads");
            bindingNow.ShouldBe(binding, $"{columns} columns, {threads} threads");
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    [InlineData(45)]
    public unsafe void Every_width_gives_the_same_bits(int columns)
    {
        var world = new World(columns, seed: 77);
        var (all, worst, binding) = world.Plain();
        Check<Lane1>();
        Check<Lane4>();
        Check<Lane8>();

        void Check<T>() where T : struct, IReal<T>
        {
            var (allNow, worstNow, bindingNow) = (new double[all.Length], new double[worst.Length], new short[worst.Length]);
            fixed (int* start = world.Book.Starts, count = world.Book.Counts, column = world.Book.AllColumns)
            fixed (double* quantity = world.Book.AllQuantities, target = worstNow, allTarget = allNow)
            fixed (short* bindingTarget = bindingNow)
            {
                ProductKernel<T>.Worst(new ProductWork(start, count, column, quantity, world.Matrix, 0, target, bindingTarget), worst.Length, 1);
                ProductKernel<T>.All(new ProductWork(start, count, column, quantity, world.Matrix, 0, allTarget, null), worst.Length, 1);
            }

            Bits(worstNow).ShouldBe(Bits(worst), typeof(T).Name);
            Bits(allNow).ShouldBe(Bits(all), typeof(T).Name);
            bindingNow.ShouldBe(binding, typeof(T).Name);
        }
    }

    [Fact]
    public void A_range_of_rows_answers_for_those_rows_alone()
    {
        var world = new World(32, seed: 5);
        var (_, worst, binding) = world.Plain();
        var (part, which) = (new double[20], new short[20]);
        Product.Worst(world.Book, world.Matrix, 30..50, part, which);
        part.ShouldBe(worst[30..50]);
        which.ShouldBe(binding[30..50]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(32)]
    [InlineData(70)]
    public void Accumulate_adds_one_row_to_what_is_there(int columns)
    {
        var world = new World(columns, seed: 6);
        var (all, _, _) = world.Plain();
        for (var row = 0; row < world.Book.Rows; row++)
        {
            var sums = new double[columns];
            Product.Accumulate(world.Book.Columns(row), world.Book.Values(row), world.Matrix, sums);
            Bits(sums).ShouldBe(Bits(all[(row * columns)..((row + 1) * columns)]));
        }

        var twice = new double[columns];
        Product.Accumulate([3], [2.0], world.Matrix, twice);
        Product.Accumulate([3], [-2.0], world.Matrix, twice);
        twice.ShouldAllBe(number => number == 0);
    }

    [Fact]
    public void Splitting_a_position_in_two_changes_no_answer_beyond_rounding()
    {
        var world = new World(32, seed: 8);
        var (whole, split) = (new double[32], new double[32]);
        Product.Accumulate([4, 7], [3.0, -1.0], world.Matrix, whole);
        Product.Accumulate([4, 7, 4], [1.25, -1.0, 1.75], world.Matrix, split);
        for (var c = 0; c < 32; c++) split[c].ShouldBe(whole[c], 1e-14);
    }

    [Fact]
    public void Ties_bind_the_first_column_and_an_empty_row_answers_zero()
    {
        var matrix = new ResponseMatrix(1, 40);
        matrix.SetRow(0, [.. Enumerable.Range(0, 40).Select(c => c is 11 or 35 ? -1.0 : 2.0)]);
        var book = new SparseRows();
        book.EnsureRows(2);
        book.Set(0, 0, 1);
        var (worst, binding) = (new double[2], new short[2]);
        Product.Worst(book, matrix, .., worst, binding);
        worst.ShouldBe([-1.0, 0.0]);
        binding.ShouldBe([(short)11, (short)0]);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(40)]
    [InlineData(64)]
    public void Sums_that_are_not_numbers_bind_no_column_and_overflow_binds_the_first(int columns)
    {
        var matrix = new ResponseMatrix(2, columns);
        matrix.Row(0).Fill(double.NaN);
        matrix.Row(1).Fill(1e200);
        var book = new SparseRows();
        book.EnsureRows(2);
        book.ReplaceRow(0, [0, 1], [1, 1]);
        book.ReplaceRow(1, [1], [1e200]);
        var (worst, binding) = (new double[2], new short[2]);
        Product.Worst(book, matrix, .., worst, binding);
        worst.ShouldBe([double.NaN, double.PositiveInfinity]);
        binding.ShouldBe([(short)-1, (short)0]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var world = new World(32, seed: 9);
        Should.Throw<ArgumentException>(() => Product.Worst(world.Book, new ResponseMatrix(2, 32), .., new double[1000]));
        Should.Throw<ArgumentException>(() => Product.Worst(world.Book, world.Matrix, .., new double[1]));
        Should.Throw<ArgumentException>(() => Product.All(world.Book, world.Matrix, .., new double[1]));
        Should.Throw<ArgumentOutOfRangeException>(() => Product.Worst(world.Book, world.Matrix, 0..1_000_000, new double[1]));
        Should.Throw<ArgumentOutOfRangeException>(() => Product.Worst(world.Book, world.Matrix, .., new double[1000], default, threads: 0));
        Should.Throw<ArgumentOutOfRangeException>(() => Product.Accumulate([1000], [1.0], world.Matrix, new double[32]));
        Should.Throw<ArgumentException>(() => world.Matrix.SetRow(0, new double[31]));
        Should.Throw<ArgumentException>(() => world.Matrix.SetRow(0, [.. Enumerable.Repeat(double.NaN, 32)]));
        Should.Throw<ArgumentOutOfRangeException>(() => world.Matrix.Row(-1));
    }

    private static long[] Bits(double[] numbers) => [.. numbers.Select(BitConverter.DoubleToInt64Bits)];

    private sealed class World
    {
        private const int Instruments = 50;
        private const int Accounts = 203;

        public World(int columns, ulong seed)
        {
            var chance = new SeededStream(seed);
            Matrix = new ResponseMatrix(Instruments, columns);
            for (var i = 0; i < Instruments; i++)
                foreach (ref var number in Matrix.Row(i)) number = chance.NextNormal();
            var builder = new SparseRowsBuilder();
            for (var account = 0; account < Accounts; account++)
            {
                var row = new SortedDictionary<int, double>();
                for (var n = chance.NextInt(9); n > 0; n--) row[chance.NextInt(Instruments)] = chance.NextNormal();
                builder.Add([.. row.Keys], [.. row.Values]);
            }

            Book = builder.Build();
        }

        public SparseRows Book { get; }

        public ResponseMatrix Matrix { get; }

        /// <summary>The definition, as plainly as it can be written.</summary>
        public (double[] All, double[] Worst, short[] Binding) Plain()
        {
            var columns = Matrix.Columns;
            var (all, worst, binding) = (new double[Book.Rows * columns], new double[Book.Rows], new short[Book.Rows]);
            for (var row = 0; row < Book.Rows; row++)
            {
                for (var c = 0; c < columns; c++)
                {
                    var sum = 0.0;
                    for (var e = 0; e < Book.Columns(row).Length; e++)
                        sum = Math.FusedMultiplyAdd(Book.Values(row)[e], Matrix.Row(Book.Columns(row)[e])[c], sum);
                    all[(row * columns) + c] = sum;
                    if (c != 0 && !(sum < worst[row])) continue;
                    (worst[row], binding[row]) = (sum, (short)c);
                }
            }

            return (all, worst, binding);
        }
    }
}
