using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Plimsoll.Pricing.Responses;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>What one run of the kernel reads.</summary>
internal readonly record struct Books(SparseRows Positions, SparseRows Money, ResponseSet Responses, MarginModel Model);

/// <summary>The judgement over many accounts: the 32 scenarios of an account stay in four registers of eight.</summary>
internal static unsafe class JudgeKernel
{
    private const int StackRoom = 64;

    public static void Judge(ReadOnlySpan<int> accounts, int first, int count, Books books, Span<Verdict> verdicts, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (verdicts.Length < count) throw new ArgumentException($"{count} verdicts are needed but there is room for {verdicts.Length}.", nameof(verdicts));
        fixed (int* list = accounts)
        fixed (Verdict* target = verdicts)
        {
            if (threads == 1 || count < 2 * threads)
            {
                Part(list, first, first + count, books, target);
                return;
            }

            // The work is cut by place, and no account looks at another: the cut cannot be seen in the result.
            int* from = list;
            Verdict* to = target;
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
                Part(from, first + (int)((long)count * t / threads), first + (int)((long)count * (t + 1) / threads), books, to));
        }
    }

    private static void Part(int* accounts, int from, int to, in Books books, Verdict* verdicts)
    {
        int* assets = stackalloc int[StackRoom];
        double* coins = stackalloc double[StackRoom];
        var priced = PricedColumns.Of(books.Responses);
        for (int i = from; i < to; i++)
        {
            int account = accounts == null ? i : accounts[i];
            var holdings = new Holdings(
                books.Positions.Columns(account),
                books.Positions.Values(account),
                books.Money.Columns(account),
                books.Money.Values(account));
            int room = AccountSums.Room(holdings);
            verdicts[i] = room <= StackRoom
                ? One(holdings, priced, books.Model, new Span<int>(assets, StackRoom), new Span<double>(coins, StackRoom))
                : One(holdings, priced, books.Model, new int[room], new double[room]);
        }
    }

    private static Verdict One(in Holdings holdings, in PricedColumns priced, MarginModel model, Span<int> assets, Span<double> coins)
    {
        var sums = new AccountSums(assets, coins);
        sums.Take(holdings, priced, model);

        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (int p = 0; p < holdings.Instruments.Length; p++)
            Add(holdings.Quantities[p], priced.Instrument(holdings.Instruments[p]), ref s0, ref s1, ref s2, ref s3);
        for (int a = 0; a < sums.Count; a++)
            Add(coins[a], priced.Asset(assets[a]), ref s0, ref s1, ref s2, ref s3);

        double least = Least(s0, s1, s2, s3, out int at);

        return model.Verdict(sums.Equity, sums.Counted, least, at, sums.Notional);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(double quantity, ReadOnlySpan<double> row, ref Vector512<double> s0, ref Vector512<double> s1, ref Vector512<double> s2, ref Vector512<double> s3)
    {
        ref double r = ref MemoryMarshal.GetReference(row);
        Vector512<double> q = Vector512.Create(quantity);
        s0 += q * Vector512.LoadUnsafe(ref r, 0);
        s1 += q * Vector512.LoadUnsafe(ref r, 8);
        s2 += q * Vector512.LoadUnsafe(ref r, 16);
        s3 += q * Vector512.LoadUnsafe(ref r, 24);
    }

    private static double Least(Vector512<double> s0, Vector512<double> s1, Vector512<double> s2, Vector512<double> s3, out int at)
    {
        Vector512<double> m = Vector512.Min(Vector512.Min(s0, s1), Vector512.Min(s2, s3));
        Vector256<double> h = Vector256.Min(m.GetLower(), m.GetUpper());
        double least = Math.Min(Math.Min(h[0], h[1]), Math.Min(h[2], h[3]));
        Vector512<double> all = Vector512.Create(least);
        ulong hits = Vector512.Equals(s0, all).ExtractMostSignificantBits()
            | (Vector512.Equals(s1, all).ExtractMostSignificantBits() << 8)
            | (Vector512.Equals(s2, all).ExtractMostSignificantBits() << 16)
            | (Vector512.Equals(s3, all).ExtractMostSignificantBits() << 24);
        Law.Holds(hits != 0, "a scenario's gain is a number");
        at = BitOperations.TrailingZeroCount(hits);

        return least;
    }
}
