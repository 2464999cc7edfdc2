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
                new BookColumns(starts, counts, columns, quantities),
                new BookColumns(moneyStarts, moneyCounts, moneyColumns, coins),
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
        var priced = PricedColumns.Of(responses);
        fixed (double* values = priced.UnitValues, notionals = responses.Notionals, rows = priced.InstrumentRows)
        fixed (double* prices = priced.AssetPrices, assetRows = priced.AssetRows)
        fixed (double* firstEnds = books.Model.Schedule.FirstEnds, firstParts = books.Model.Schedule.FirstParts)
        fixed (int* settlements = priced.Settlements)
        {
            var market = new MarketColumns(values, notionals, settlements, rows, prices, assetRows, firstEnds, firstParts, priced.UnitValues.Length);
            var kernel = new AccountKernel(market, books.Model, assets, coins, counted);
            if (!books.Model.Table.IsNeutral)
            {
                Required(run, books, market, kernel, positions, money, from, to);
                return;
            }

            for (int word = from; word < to; word += WordBits)
            {
                int end = Math.Min(to, word + WordBits);
                ulong near = Word(run, books, kernel, positions, money, word, end);
                if (run.Near != null) run.Near[word / WordBits] = near;
            }
        }
    }

    /// <summary>The same where optional sections of the rulebook speak: a second kernel takes over when the coins are counted.</summary>
    private static void Required(
        in Run run, in Books books, in MarketColumns market, in AccountKernel kernel, in BookColumns positions, in BookColumns money, int from, int to)
    {
        RequirementTable table = books.Model.Table;
        SideColumns sides = books.Responses.Sides;
        int* slotOf = stackalloc int[books.Model.AssetCount];
        int* ids = stackalloc int[KernelScratch.Slots];
        double** rows = stackalloc double*[KernelScratch.Slots];
        double* numbers = stackalloc double[KernelScratch.NumberRoom];
        double* gains = stackalloc double[KernelScratch.GainRoom];
        fixed (double* side = sides.Sides, pegs = sides.Pegs, assetPegs = sides.AssetPegs, doubts = sides.AssetDoubts, bounds = sides.AssetBounds)
        fixed (int* keys = table.Keys, assetRoots = table.AssetRoots)
        fixed (CloseOut* closeOuts = table.CloseOuts)
        {
            var required = new RequirementKernel(
                market,
                new SidePointers(side, pegs, assetPegs, doubts, bounds, keys, assetRoots, closeOuts),
                books.Model,
                kernel.Assets,
                kernel.Counted,
                new KernelScratch(slotOf, ids, rows, numbers, gains));
            for (int word = from; word < to; word += WordBits)
            {
                ulong near = Word(run, books, kernel, required, positions, money, word, Math.Min(to, word + WordBits));
                if (run.Near != null) run.Near[word / WordBits] = near;
            }
        }
    }

    private static ulong Word(
        in Run run, in Books books, in AccountKernel kernel, in RequirementKernel required, in BookColumns positions, in BookColumns money, int from, int to)
    {
        unchecked
        {
            double watchAt = books.Model.WatchAt;
            ulong near = 0;
            for (int i = from; i < to; i++)
            {
                int account = run.Accounts == null ? i : run.Accounts[i];
                int held = positions.Counts[account];
                int owned = money.Counts[account];
                int* columns = positions.Columns + positions.Starts[account];
                double* quantities = positions.Quantities + positions.Starts[account];
                Verdict* verdict = run.Verdicts + (run.ByAccount ? account : i);
                double counted = double.NaN, equity = 0, notional = 0, least = 0;
                int at = 0;
                if (held + owned <= AccountKernel.Room && !books.IsApart(account))
                {
                    counted = kernel.Sums(
                        columns, quantities, held, money.Columns + money.Starts[account], money.Quantities + money.Starts[account], ref owned, out equity, out notional, out least, out at);
                }

                if (double.IsNaN(counted)) *verdict = Margin.Judge.Plain(account, books);
                else required.Write(columns, quantities, held, owned, equity, counted, notional, least, at, verdict);

                near |= (verdict->IsNear(watchAt) ? 1UL : 0UL) << (i - from);
            }

            return near;
        }
    }

    private static ulong Word(
        in Run run, in Books books, in AccountKernel kernel, in BookColumns positions, in BookColumns money, int from, int to)
    {
        unchecked
        {
            double watchAt = books.Model.WatchAt;
            ulong near = 0;
            for (int i = from; i < to; i++)
            {
                int account = run.Accounts == null ? i : run.Accounts[i];
                int held = positions.Counts[account];
                int owned = money.Counts[account];
                Verdict* verdict = run.Verdicts + (run.ByAccount ? account : i);
                bool judged = held + owned <= AccountKernel.Room && !books.IsApart(account) && kernel.Judge(
                    positions.Columns + positions.Starts[account],
                    positions.Quantities + positions.Starts[account],
                    held,
                    money.Columns + money.Starts[account],
                    money.Quantities + money.Starts[account],
                    owned,
                    verdict);
                if (!judged) *verdict = Margin.Judge.Plain(account, books);

                near |= (verdict->IsNear(watchAt) ? 1UL : 0UL) << (i - from);
            }

            return near;
        }
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
