using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Plimsoll.Pricing.Responses;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// The judgement over many accounts: the steps of <see cref="Judge"/> in the same order. It pins the columns once, cuts
/// the list in parts of whole words of marks, and lets <see cref="AccountKernel"/> judge account after account.
/// </summary>
internal static unsafe class JudgeKernel
{
    /// <summary>Fewer accounts are judged sooner than a second thread is woken.</summary>
    private const int WorthAThread = 512;

    private const int WordBits = 64;
    private const int Ahead = 16;

    /// <summary>Judges a list of accounts, or all of them.</summary>
    /// <param name="accounts">Which accounts, or none for the first <paramref name="count"/>.</param>
    /// <param name="count">How many.</param>
    /// <param name="books">What they hold, and the market.</param>
    /// <param name="verdicts">Receives them.</param>
    /// <param name="byAccount">A verdict has the place of its account, and not the place in the list.</param>
    /// <param name="near">Receives a bit for each place of the list: whether the account must be called; leave out if not needed.</param>
    /// <param name="threads">How many threads may work.</param>
    public static void Judge(
        ReadOnlySpan<int> accounts, int count, Books books, Span<Verdict> verdicts, bool byAccount, Span<ulong> near, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        int words = (count + WordBits - 1) / WordBits;
        if (!byAccount && verdicts.Length < count) throw new ArgumentException($"{count} verdicts are needed but there is room for {verdicts.Length}.", nameof(verdicts));
        if (byAccount && verdicts.Length < books.Positions.Rows) throw new ArgumentException($"{books.Positions.Rows} verdicts are needed but there is room for {verdicts.Length}.", nameof(verdicts));
        if (!near.IsEmpty && near.Length < words) throw new ArgumentException($"{words} words are needed but there is room for {near.Length}.", nameof(near));
        foreach (int account in accounts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(account, nameof(accounts));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(account, Math.Min(books.Positions.Rows, books.Money.Rows), nameof(accounts));
        }

        fixed (int* list = accounts)
        fixed (Verdict* target = verdicts)
        fixed (ulong* marks = near)
        {
            var run = new Run(list, target, byAccount, marks);
            int parts = Math.Min(threads, count / WorthAThread);
            if (parts <= 1)
            {
                Part(run, books, 0, count);
                return;
            }

            // The work is cut by place, and no account looks at another: the cut cannot be seen in the result.
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part => Part(
                run,
                books,
                (int)((long)words * part / parts) * WordBits,
                Math.Min(count, (int)((long)words * (part + 1) / parts) * WordBits)));
        }
    }

    private static void Part(Run run, Books books, int from, int to)
    {
        SparseColumns positions = books.Positions.AsColumns();
        SparseColumns money = books.Money.AsColumns();
        fixed (int* starts = positions.Starts, counts = positions.Counts, columns = positions.Columns)
        fixed (int* moneyStarts = money.Starts, moneyCounts = money.Counts, moneyColumns = money.Columns)
        fixed (double* quantities = positions.Quantities, coins = money.Quantities)
        {
            Part(
                run,
                books,
                new BookColumns(starts, counts, columns, quantities, positions.Columns.Length),
                new BookColumns(moneyStarts, moneyCounts, moneyColumns, coins, money.Columns.Length),
                from,
                to);
        }
    }

    private static void Part(in Run run, in Books books, in BookColumns positions, in BookColumns money, int from, int to)
    {
        int* assets = stackalloc int[AccountKernel.Room];
        double* coins = stackalloc double[AccountKernel.Room];
        double* counted = stackalloc double[AccountKernel.Room];
        ResponseSet responses = books.Responses;
        RequirementTable table = books.Model.Table;
        var priced = PricedColumns.Of(responses);
        SideColumns sides = priced.Sides;
        fixed (double* values = priced.UnitValues, notionals = responses.Notionals, rows = priced.InstrumentRows)
        fixed (double* prices = priced.AssetPrices, assetRows = priced.AssetRows)
        fixed (double* firstEnds = books.Model.Schedule.FirstEnds, firstParts = books.Model.Schedule.FirstParts)
        fixed (int* settlements = priced.Settlements)
        fixed (double* side = sides.Sides, pegs = sides.Pegs, assetPegs = sides.AssetPegs, doubts = sides.AssetDoubts, bounds = sides.AssetBounds)
        fixed (int* keys = table.Keys, assetRoots = table.AssetRoots)
        fixed (CloseOut* closeOuts = table.CloseOuts)
        {
            var market = new MarketColumns(values, notionals, settlements, rows, prices, assetRows, firstEnds, firstParts, priced.UnitValues.Length);
            var pointers = new SidePointers(side, pegs, assetPegs, doubts, bounds, keys, assetRoots, closeOuts);
            var kernel = new AccountKernel(market, books.Model, assets, coins, counted);
            if (OctetKernel.IsWorthIt(books.Model, books.Positions.AsColumns(), books.Money.AsColumns(), to - from)) Octets(run, books, market, pointers, priced, kernel, positions, money, from, to);
            else Rest(run, books, market, pointers, kernel, default, positions, money, from, to);
        }
    }

    /// <summary>The same where the accounts are many enough to be taken eight at a time.</summary>
    private static void Octets(
        in Run run, in Books books, in MarketColumns market, in SidePointers side, in PricedColumns priced, in AccountKernel kernel, in BookColumns positions, in BookColumns money, int from, int to)
    {
        byte* room = stackalloc byte[OctetKernel.Room(books.Model)];
        fixed (double* records = books.Responses.Records, pegPairs = books.Responses.PegPairs)
        {
            var octet = new OctetKernel(OctetMarket.Of(books.Model, market, side, priced, records, pegPairs, ref room), positions, money, (double*)OctetScratch.Aligned(ref room, OctetScratch.Room));
            Rest(run, books, market, side, kernel, octet, positions, money, from, to);
        }
    }

    private static void Rest(
        in Run run, in Books books, in MarketColumns market, in SidePointers side, in AccountKernel kernel, in OctetKernel octet, in BookColumns positions, in BookColumns money, int from, int to)
    {
        int* slotOf = stackalloc int[books.Model.AssetCount];
        int* ids = stackalloc int[KernelScratch.Slots];
        double** rows = stackalloc double*[KernelScratch.Slots];
        double* numbers = stackalloc double[KernelScratch.NumberRoom];
        double* gains = stackalloc double[KernelScratch.GainRoom];
        var required = new RequirementKernel(market, side, books.Model, kernel.Assets, kernel.Counted, new KernelScratch(slotOf, ids, rows, numbers, gains));
        bool apart = books.Terms is not null || books.Model.Pledges is not null;
        for (int word = from; word < to; word += WordBits)
        {
            int end = Math.Min(to, word + WordBits);
            ulong near = 0, left = ulong.MaxValue >> (WordBits - (end - word));
            if (octet.IsReady)
            {
                for (int first = word; first + Lanes.Count <= end; first += Lanes.Count)
                {
                    uint lanes = run.Accounts == null ? SeatRow(run, books, octet, apart, first, to) : Seat(run, books, octet, apart, first, positions, money, to);
                    lanes = octet.Judge(lanes, out uint called);
                    near |= (ulong)called << (first - word);
                    left &= ~((ulong)lanes << (first - word));
                }
            }

            near |= Word(run, books, kernel, required, positions, money, word, left);
            if (run.Near != null) run.Near[word / WordBits] = near;
        }
    }

    /// <summary>Puts eight neighbours in their lanes; says which have taken theirs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint SeatRow(in Run run, in Books books, in OctetKernel octet, bool apart, int first, int to)
    {
        unchecked
        {
            if (first + Ahead + Lanes.Count <= to) octet.FetchRow(first + Ahead, run.Verdicts + first + Ahead);
            uint lanes = octet.SeatRow(first, run.Verdicts + first);
            for (int j = 0; apart && j < Lanes.Count; j++) lanes &= ~((books.IsApart(first + j) ? 1u : 0u) << j);

            return lanes;
        }
    }

    /// <summary>The same of any eight accounts of a list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Seat(in Run run, in Books books, in OctetKernel octet, bool apart, int first, in BookColumns positions, in BookColumns money, int to)
    {
        unchecked
        {
            if (first + Ahead + Lanes.Count <= to) Fetch(run, positions, money, first + Ahead);
            uint lanes = 0;
            for (int j = 0; j < Lanes.Count; j++)
            {
                int i = first + j;
                int account = run.Accounts[i];
                bool seated = octet.Seat(j, account, run.Verdicts + (run.ByAccount ? account : i)) && !(apart && books.IsApart(account));
                lanes |= (seated ? 1u : 0u) << j;
            }

            return lanes;
        }
    }

    /// <summary>Asks for what accounts further on hold, so that it lies near when their turn comes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(in Run run, in BookColumns positions, in BookColumns money, int first)
    {
        unchecked
        {
            for (int j = 0; j < Lanes.Count; j++)
            {
                int account = run.Accounts[first + j];
                int start = positions.Starts[account], coin = money.Starts[account];
                Sse.Prefetch0(positions.Columns + start);
                Sse.Prefetch0(positions.Quantities + start);
                Sse.Prefetch0(money.Columns + coin);
                Sse.Prefetch0(money.Quantities + coin);
                if (run.ByAccount) Sse.Prefetch0(run.Verdicts + account);
            }
        }
    }

    /// <summary>Judges accounts one by one; which of them must be called.</summary>
    private static ulong Word(
        in Run run, in Books books, in AccountKernel kernel, in RequirementKernel required, in BookColumns positions, in BookColumns money, int word, ulong left)
    {
        unchecked
        {
            double watchAt = books.Model.WatchAt;
            bool neutral = books.Model.Table.IsNeutral;
            ulong near = 0;
            for (; left != 0; left &= left - 1)
            {
                int bit = BitOperations.TrailingZeroCount(left);
                int account = run.Accounts == null ? word + bit : run.Accounts[word + bit];
                Verdict* verdict = run.Verdicts + (run.ByAccount ? account : word + bit);
                bool judged = positions.Counts[account] + money.Counts[account] <= AccountKernel.Room && !books.IsApart(account)
                    && (neutral ? Alone(kernel, positions, money, account, verdict) : Alone(kernel, required, positions, money, account, verdict));
                if (!judged) *verdict = Margin.Judge.Plain(account, books);

                near |= (verdict->IsNear(watchAt) ? 1UL : 0UL) << bit;
            }

            return near;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Alone(in AccountKernel kernel, in BookColumns positions, in BookColumns money, int account, Verdict* verdict)
    {
        int first = positions.Starts[account], coin = money.Starts[account];

        return kernel.Judge(
            positions.Columns + first, positions.Quantities + first, positions.Counts[account], money.Columns + coin, money.Quantities + coin, money.Counts[account], verdict);
    }

    /// <summary>The same where optional sections speak: a second kernel takes over when the coins are counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Alone(in AccountKernel kernel, in RequirementKernel required, in BookColumns positions, in BookColumns money, int account, Verdict* verdict)
    {
        int* columns = positions.Columns + positions.Starts[account];
        double* quantities = positions.Quantities + positions.Starts[account];
        int held = positions.Counts[account], owned = money.Counts[account], coin = money.Starts[account];
        double counted = kernel.Sums(
            columns, quantities, held, money.Columns + coin, money.Quantities + coin, ref owned, out double equity, out double notional, out double least, out int at);
        if (double.IsNaN(counted)) return false;

        required.Write(columns, quantities, held, owned, equity, counted, notional, least, at, verdict);

        return true;
    }

    /// <summary>What is judged and where it goes.</summary>
    private readonly struct Run(int* accounts, Verdict* verdicts, bool byAccount, ulong* near)
    {
        public readonly int* Accounts = accounts;
        public readonly Verdict* Verdicts = verdicts;
        public readonly bool ByAccount = byAccount;
        public readonly ulong* Near = near;
    }
}
