using System.Numerics;
using System.Runtime.CompilerServices;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Responses;

/// <summary>Where the inputs and outputs of one product lie; pinned by <see cref="Product"/> while it is in use.</summary>
internal readonly unsafe struct ProductWork(
    int* start, int* count, int* column, double* quantity, ResponseMatrix responses, int firstRow, double* target, short* binding)
{
    public readonly int* Start = start + firstRow;
    public readonly int* Count = count + firstRow;
    public readonly int* Column = column;
    public readonly double* Quantity = quantity;
    public readonly double* Responses = responses.First;
    public readonly int Stride = responses.Stride;
    public readonly int Columns = responses.Columns;
    public readonly double* Target = target;
    public readonly short* Binding = binding;
}

/// <summary>
/// The product at one width. The columns are walked in blocks of four registers, whose sums stay in registers over all
/// entries of a row: at 512 bits a row of 32 scenarios is one block and touches memory once.
/// </summary>
internal static unsafe class ProductKernel<T> where T : struct, IReal<T>
{
    private static int BlockColumns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4 * T.Lanes;
    }

    public static void Worst(ProductWork work, int rows, int threads) =>
        Share(rows, threads, (from, to) => WorstOf(work, from, to));

    public static void All(ProductWork work, int rows, int threads) =>
        Share(rows, threads, (from, to) => AllOf(work, from, to));

    public static void Accumulate(int* column, double* quantity, int entries, ResponseMatrix responses, double* sums)
    {
        var (c, columns) = (0, responses.Columns);
        for (; c + BlockColumns <= columns; c += BlockColumns) AddBlock(column, quantity, entries, responses.First + c, responses.Stride, sums + c);
        for (; c + T.Lanes <= columns; c += T.Lanes) AddLanes(column, quantity, entries, responses.First + c, responses.Stride, sums + c);
        if (c == columns) return;

        // The matrix is padded, the caller's sums are not.
        var rest = stackalloc double[8];
        var part = new Span<double>(sums + c, columns - c);
        part.CopyTo(new Span<double>(rest, 8));
        AddLanes(column, quantity, entries, responses.First + c, responses.Stride, rest);
        new Span<double>(rest, columns - c).CopyTo(part);
    }

    private static void AddBlock(int* column, double* quantity, int entries, double* responses, int stride, double* sums)
    {
        var (a, b, c, d) = (T.Load(ref sums[0]), T.Load(ref sums[T.Lanes]), T.Load(ref sums[2 * T.Lanes]), T.Load(ref sums[3 * T.Lanes]));
        for (var e = 0; e < entries; e++)
        {
            var line = responses + ((long)column[e] * stride);
            var q = T.Of(quantity[e]);
            a = T.FusedMultiplyAdd(q, T.Load(ref line[0]), a);
            b = T.FusedMultiplyAdd(q, T.Load(ref line[T.Lanes]), b);
            c = T.FusedMultiplyAdd(q, T.Load(ref line[2 * T.Lanes]), c);
            d = T.FusedMultiplyAdd(q, T.Load(ref line[3 * T.Lanes]), d);
        }

        T.Store(a, ref sums[0]);
        T.Store(b, ref sums[T.Lanes]);
        T.Store(c, ref sums[2 * T.Lanes]);
        T.Store(d, ref sums[3 * T.Lanes]);
    }

    private static void AddLanes(int* column, double* quantity, int entries, double* responses, int stride, double* sums)
    {
        var sum = T.Load(ref sums[0]);
        for (var e = 0; e < entries; e++)
            sum = T.FusedMultiplyAdd(T.Of(quantity[e]), T.Load(ref responses[(long)column[e] * stride]), sum);

        T.Store(sum, ref sums[0]);
    }

    private static void Share(int rows, int threads, Action<int, int> part)
    {
        if (threads == 1 || rows < threads) part(0, rows);
        else Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t => part((int)((long)rows * t / threads), (int)((long)rows * (t + 1) / threads)));
    }

    private static void WorstOf(in ProductWork work, int from, int to)
    {
        if (work.Columns == BlockColumns) WorstOfOneBlock(work, from, to);
        else if (work.Columns == 2 * BlockColumns) WorstOfTwoBlocks(work, from, to);
        else WorstOfManyBlocks(work, from, to);
    }

    private static void WorstOfOneBlock(in ProductWork w, int from, int to)
    {
        var work = w;
        for (var row = from; row < to; row++)
        {
            Sums(work, row, 0, out var s0, out var s1, out var s2, out var s3);
            var worst = T.MinAcross(T.Min(T.Min(s0, s1), T.Min(s2, s3)));
            work.Target[row] = worst;
            if (work.Binding != null) work.Binding[row] = (short)FirstAt(worst, s0, s1, s2, s3);
        }
    }

    /// <summary>The 32 scenarios of the house at 256 bits.</summary>
    private static void WorstOfTwoBlocks(in ProductWork w, int from, int to)
    {
        var work = w;
        for (var row = from; row < to; row++)
        {
            Sums(work, row, 0, out var s0, out var s1, out var s2, out var s3);
            Sums(work, row, BlockColumns, out var s4, out var s5, out var s6, out var s7);
            var low = T.Min(T.Min(s0, s1), T.Min(s2, s3));
            var high = T.Min(T.Min(s4, s5), T.Min(s6, s7));
            var worst = T.MinAcross(T.Min(low, high));
            work.Target[row] = worst;
            if (work.Binding == null) continue;
            var at = FirstAt(worst, s0, s1, s2, s3);
            if (at < 0)
            {
                at = FirstAt(worst, s4, s5, s6, s7);
                if (at >= 0) at += BlockColumns;
            }

            work.Binding[row] = (short)at;
        }
    }

    private static void WorstOfManyBlocks(in ProductWork w, int from, int to)
    {
        var work = w;
        for (var row = from; row < to; row++)
        {
            var (worst, binding, c) = (double.PositiveInfinity, -1, 0);
            for (; c + BlockColumns <= work.Columns; c += BlockColumns)
            {
                Sums(work, row, c, out var s0, out var s1, out var s2, out var s3);
                var least = T.MinAcross(T.Min(T.Min(s0, s1), T.Min(s2, s3)));
                if (work.Binding != null && (c == 0 || least < worst)) binding = c + FirstAt(least, s0, s1, s2, s3);
                worst = Math.Min(worst, least);
            }

            if (c < work.Columns)
            {
                var least = LeastOfPartialBlock(work, row, c, out var at);
                if (c == 0 || least < worst) binding = c + at;
                worst = Math.Min(worst, least);
            }

            work.Target[row] = worst;
            if (work.Binding != null) work.Binding[row] = (short)(double.IsNaN(worst) ? -1 : binding);
        }
    }

    /// <summary>The least sum of the last, partial block of columns and the first place in it where it stands; the matrix's padding takes no part.</summary>
    private static double LeastOfPartialBlock(in ProductWork work, int row, int firstColumn, out int at)
    {
        var scratch = stackalloc double[4 * 8];
        var columns = work.Columns - firstColumn;
        Block(work, row, firstColumn, scratch);
        var least = scratch[0];
        for (var c = 1; c < columns; c++) least = Math.Min(least, scratch[c]);
        at = 0;
        while (at < columns && scratch[at] != least) at++;
        return least;
    }

    private static void AllOf(in ProductWork w, int from, int to)
    {
        var work = w;
        var scratch = stackalloc double[4 * 8];
        for (var row = from; row < to; row++)
        {
            var target = work.Target + ((long)row * work.Columns);
            for (var c = 0; c < work.Columns; c += BlockColumns)
            {
                if (c + BlockColumns <= work.Columns)
                {
                    Block(work, row, c, target + c);
                    continue;
                }

                Block(work, row, c, scratch);
                new Span<double>(scratch, work.Columns - c).CopyTo(new Span<double>(target + c, work.Columns - c));
            }
        }
    }

    /// <summary>The sums of one block of columns; past the end of the matrix's row they are not computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(in ProductWork work, int row, int firstColumn, double* target)
    {
        if (firstColumn + BlockColumns <= work.Stride)
        {
            Sums(work, row, firstColumn, out var s0, out var s1, out var s2, out var s3);
            T.Store(s0, ref target[0]);
            T.Store(s1, ref target[T.Lanes]);
            T.Store(s2, ref target[2 * T.Lanes]);
            T.Store(s3, ref target[3 * T.Lanes]);
            return;
        }

        for (var c = firstColumn; c < work.Stride; c += T.Lanes)
            T.Store(Sum(work, row, c), ref target[c - firstColumn]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sums(in ProductWork work, int row, int firstColumn, out T s0, out T s1, out T s2, out T s3)
    {
        var responses = work.Responses + firstColumn;
        T a = default, b = default, c = default, d = default;
        var end = work.Start[row] + work.Count[row];
        for (var e = work.Start[row]; e < end; e++)
        {
            var line = responses + ((long)work.Column[e] * work.Stride);
            var q = T.Of(work.Quantity[e]);
            a = T.FusedMultiplyAdd(q, T.Load(ref line[0]), a);
            b = T.FusedMultiplyAdd(q, T.Load(ref line[T.Lanes]), b);
            c = T.FusedMultiplyAdd(q, T.Load(ref line[2 * T.Lanes]), c);
            d = T.FusedMultiplyAdd(q, T.Load(ref line[3 * T.Lanes]), d);
        }

        (s0, s1, s2, s3) = (a, b, c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Sum(in ProductWork work, int row, int column)
    {
        T sum = default;
        var end = work.Start[row] + work.Count[row];
        for (var e = work.Start[row]; e < end; e++)
            sum = T.FusedMultiplyAdd(T.Of(work.Quantity[e]), T.Load(ref work.Responses[((long)work.Column[e] * work.Stride) + column]), sum);

        return sum;
    }

    /// <summary>The first of the four registers' lanes that equals <paramref name="least"/>, found without a branch; −1 if none does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FirstAt(double least, T s0, T s1, T s2, T s3)
    {
        var wanted = T.Of(least);
        var bits = T.MaskBits(T.AreEqual(s0, wanted))
            | (T.MaskBits(T.AreEqual(s1, wanted)) << T.Lanes)
            | (T.MaskBits(T.AreEqual(s2, wanted)) << (2 * T.Lanes))
            | (T.MaskBits(T.AreEqual(s3, wanted)) << (3 * T.Lanes));
        return bits == 0 ? -1 : BitOperations.TrailingZeroCount(bits);
    }
}
