using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Responses;

namespace Plimsoll.Bench;

/// <summary>
/// Positions × responses through the public types, beside a loop over plain arrays that does nothing but the arithmetic:
/// 1,000,000 accounts × 5 positions, 2,000 instruments × 32 scenarios.
/// </summary>
internal static class ProductBench
{
    private const int Accounts = 1_000_000;
    private const int Instruments = 2_000;
    private const int Scenarios = 32;
    private const int Positions = 5;
    private const int Rounds = 15;

    public static int Run()
    {
        var world = new World();
        var worst = new double[Accounts];
        var bareWorst = new double[Accounts];
        var binding = new short[Accounts];
        var all = new double[Accounts * Scenarios];
        var bareAll = new double[Accounts * Scenarios];

        Console.WriteLine($"{Accounts:N0} accounts x {Positions} positions, {Instruments:N0} instruments x {Scenarios} scenarios; best of {Rounds} rounds");
        Console.WriteLine($"book: {world.Book.Bytes / (double)Accounts:F1} bytes per account; 512-bit registers: {Lane8.IsAccelerated}");
        Console.WriteLine();
        Console.WriteLine($"{"threads",8} {"answer",-22} {"bare ms",9} {"product ms",11} {"ratio",7}");
        foreach (var threads in new[] { 1, 2 })
        {
            var times = Race.BestMilliseconds(
                Rounds,
                () => world.Bare(bareWorst, null, threads),
                () => Product.Worst(world.Book, world.Responses, .., worst, default, threads),
                () => Product.Worst(world.Book, world.Responses, .., worst, binding, threads));
            Print(threads, "worst", times[0], times[1]);
            Print(threads, "worst and which", times[0], times[2]);
            var allTimes = Race.BestMilliseconds(
                Rounds,
                () => world.Bare(bareWorst, bareAll, threads),
                () => Product.All(world.Book, world.Responses, .., all, threads));
            Print(threads, "all columns", allTimes[0], allTimes[1]);
        }

        var same = worst.AsSpan().SequenceEqual(bareWorst) && all.AsSpan().SequenceEqual(bareAll);
        Console.WriteLine();
        Console.WriteLine(same ? "Both gave the same numbers." : "The two DISAGREE.");
        return same ? 0 : 1;
    }

    private static void Print(int threads, string answer, double bare, double product) =>
        Console.WriteLine($"{threads,8} {answer,-22} {bare,9:F1} {product,11:F1} {product / bare,7:F2}");

    private sealed class World
    {
        private readonly int[] _start = new int[Accounts + 1];
        private readonly int[] _column = new int[Accounts * Positions];
        private readonly double[] _quantity = new double[Accounts * Positions];
        private readonly double[] _responses = new double[Instruments * Scenarios];

        public World()
        {
            var chance = new SeededStream(1);
            var builder = new SparseRowsBuilder(Accounts * Positions);
            for (var account = 0; account < Accounts; account++)
            {
                var from = account * Positions;
                _start[account + 1] = from + Positions;
                DrawAscending(chance, _column.AsSpan(from, Positions));
                for (var p = from; p < from + Positions; p++) _quantity[p] = chance.NextDouble() - 0.5;
                builder.Add(_column.AsSpan(from, Positions), _quantity.AsSpan(from, Positions));
            }

            Book = builder.Build();
            Responses = new ResponseMatrix(Instruments, Scenarios);
            for (var i = 0; i < _responses.Length; i++) _responses[i] = chance.NextDouble() - 0.5;
            for (var i = 0; i < Instruments; i++) Responses.SetRow(i, _responses.AsSpan(i * Scenarios, Scenarios));
        }

        public SparseRows Book { get; }

        public ResponseMatrix Responses { get; }

        public void Bare(double[] worst, double[]? all, int threads)
        {
            if (threads == 1) BareLoop(worst, all, 0, Accounts);
            else Parallel.For(0, threads, t => BareLoop(worst, all, (int)((long)Accounts * t / threads), (int)((long)Accounts * (t + 1) / threads)));
        }

        private static void DrawAscending(SeededStream chance, Span<int> columns)
        {
            do
            {
                for (var p = 0; p < columns.Length; p++) columns[p] = chance.NextInt(Instruments);
                columns.Sort();
            }
            while (HasTwins(columns));
        }

        private static bool HasTwins(ReadOnlySpan<int> columns)
        {
            for (var p = 1; p < columns.Length; p++)
                if (columns[p] == columns[p - 1]) return true;

            return false;
        }

        // The yardstick: nothing but the arithmetic, unchecked, over plain arrays.
        private void BareLoop(double[] worst, double[]? all, int from, int to)
        {
            unchecked
            {
                ref var r0 = ref MemoryMarshal.GetArrayDataReference(_responses);
                for (var a = from; a < to; a++)
                {
                    Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
                    for (var p = _start[a]; p < _start[a + 1]; p++)
                    {
                        ref var row = ref Unsafe.Add(ref r0, _column[p] * Scenarios);
                        var q = Vector512.Create(_quantity[p]);
                        s0 = Vector512.FusedMultiplyAdd(q, Vector512.LoadUnsafe(ref row, 0), s0);
                        s1 = Vector512.FusedMultiplyAdd(q, Vector512.LoadUnsafe(ref row, 8), s1);
                        s2 = Vector512.FusedMultiplyAdd(q, Vector512.LoadUnsafe(ref row, 16), s2);
                        s3 = Vector512.FusedMultiplyAdd(q, Vector512.LoadUnsafe(ref row, 24), s3);
                    }

                    if (all is not null)
                    {
                        ref var o = ref all[a * Scenarios];
                        s0.StoreUnsafe(ref o, 0);
                        s1.StoreUnsafe(ref o, 8);
                        s2.StoreUnsafe(ref o, 16);
                        s3.StoreUnsafe(ref o, 24);
                    }

                    var m = Vector512.Min(Vector512.Min(s0, s1), Vector512.Min(s2, s3));
                    var h = Vector256.Min(m.GetLower(), m.GetUpper());
                    worst[a] = Math.Min(Math.Min(h[0], h[1]), Math.Min(h[2], h[3]));
                }
            }
        }
    }
}
