using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plimsoll.Pricing.Responses;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>What one run of the kernel reads.</summary>
internal readonly record struct Books(SparseRows Positions, SparseRows Money, ResponseSet Responses, MarginModel Model);

/// <summary>
/// The judgement over many accounts: the steps of <see cref="Judge"/> in the same order, with the 32 scenarios of an
/// account in four registers of eight. <see cref="Judge.Account"/> is its plain twin.
/// </summary>
/// <remarks>
/// Columns are read without bounds checks: <see cref="Judge"/> has checked that the model knows every ordinal in the
/// books, and the columns of a <see cref="ResponseSet"/> are as long as its model.
/// </remarks>
internal static unsafe class JudgeKernel
{
    private const int StackRoom = 64;

    public static void Judge(ReadOnlySpan<int> accounts, int count, Books books, Span<Verdict> verdicts, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (verdicts.Length < count) throw new ArgumentException($"{count} verdicts are needed but there is room for {verdicts.Length}.", nameof(verdicts));
        fixed (int* list = accounts)
        fixed (Verdict* target = verdicts)
        {
            if (threads == 1 || count < 2 * threads)
            {
                Part(list, 0, count, books, target);
                return;
            }

            // The work is cut by place, and no account looks at another: the cut cannot be seen in the result.
            int* from = list;
            Verdict* to = target;
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
                Part(from, (int)((long)count * t / threads), (int)((long)count * (t + 1) / threads), books, to));
        }
    }

    private static void Part(int* accounts, int from, int to, Books books, Verdict* verdicts)
    {
        int* assets = stackalloc int[StackRoom];
        double* coins = stackalloc double[StackRoom];
        var priced = PricedColumns.Of(books.Responses);
        fixed (double* values = priced.UnitValues, shortNotionals = priced.UnitNotionals, longNotionals = priced.LongNotionals)
        fixed (double* prices = priced.AssetPrices, rows = priced.InstrumentRows, assetRows = priced.AssetRows)
        fixed (int* settlements = priced.Settlements)
        {
            var market = new Columns(values, shortNotionals, longNotionals, settlements, prices, rows, assetRows);
            for (int i = from; i < to; i++)
            {
                int account = accounts == null ? i : accounts[i];
                ReadOnlySpan<int> held = books.Positions.Columns(account);
                ReadOnlySpan<int> owned = books.Money.Columns(account);
                if (held.Length + owned.Length <= StackRoom)
                    One(held, books.Positions.Values(account), owned, books.Money.Values(account), market, books.Model, assets, coins, out verdicts[i]);
                else
                    verdicts[i] = Margin.Judge.Portfolio(new Holdings(held, books.Positions.Values(account), owned, books.Money.Values(account)), priced, books.Model);
            }
        }
    }

    private static void One(
        ReadOnlySpan<int> held,
        ReadOnlySpan<double> quantities,
        ReadOnlySpan<int> owned,
        ReadOnlySpan<double> money,
        in Columns market,
        MarginModel model,
        int* assets,
        double* coins,
        out Verdict verdict)
    {
        int count = owned.Length;
        for (int a = 0; a < count; a++) (assets[a], coins[a]) = (owned[a], money[a]);
        double notional = NetCoins(held, quantities, market, assets, coins, ref count);
        double equity = CountedCoins(market, model, assets, coins, count, out double counted);

        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (int p = 0; p < held.Length; p++)
        {
            double* row = market.Rows + ((long)held[p] * PricedColumns.Stride);
            Vector512<double> q = Vector512.Create(quantities[p]);
            s0 += q * Vector512.Load(row);
            s1 += q * Vector512.Load(row + 8);
            s2 += q * Vector512.Load(row + 16);
            s3 += q * Vector512.Load(row + 24);
        }

        for (int a = 0; a < count; a++)
        {
            double* row = market.AssetRows + ((long)assets[a] * PricedColumns.Stride);
            Vector512<double> q = Vector512.Create(coins[a]);
            s0 += q * Vector512.Load(row);
            s1 += q * Vector512.Load(row + 8);
            s2 += q * Vector512.Load(row + 16);
            s3 += q * Vector512.Load(row + 24);
        }

        double least = Least(s0, s1, s2, s3, out int at);
        verdict = model.Verdict(equity, counted, least, at, notional);
    }

    /// <summary>Adds what positions are worth to their settlement assets; one running sum while the asset stays the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double NetCoins(
        ReadOnlySpan<int> held, ReadOnlySpan<double> quantities, in Columns market, int* assets, double* coins, ref int count)
    {
        double notional = 0;
        double sum = 0;
        int asset = -1;
        int place = 0;
        for (int p = 0; p < held.Length; p++)
        {
            int i = held[p];
            double quantity = quantities[p];
            if (market.Settlements[i] != asset)
            {
                if (asset >= 0) coins[place] = sum;
                asset = market.Settlements[i];
                place = PlaceOf(asset, assets, coins, ref count);
                sum = coins[place];
            }

            sum += quantity * market.Values[i];
            notional += Math.Abs(quantity) * (quantity > 0 ? market.LongNotionals : market.ShortNotionals)[i];
        }

        if (asset >= 0) coins[place] = sum;

        return notional;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double CountedCoins(in Columns market, MarginModel model, int* assets, double* coins, int count, out double counted)
    {
        double equity = 0;
        counted = 0;
        for (int a = 0; a < count; a++)
        {
            double price = market.Prices[assets[a]];
            double value = coins[a] * price;
            equity += value;
            if (value > 0)
            {
                value = model.CountedValue(assets[a], value);
                coins[a] = value / price;
            }

            counted += value;
        }

        return equity;
    }

    /// <summary>The place of an asset in the ascending list; made where it is missing, with no coins.</summary>
    private static int PlaceOf(int asset, int* assets, double* coins, ref int count)
    {
        int place = 0;
        while (place < count && assets[place] < asset) place++;
        if (place < count && assets[place] == asset) return place;

        for (int a = count; a > place; a--) (assets[a], coins[a]) = (assets[a - 1], coins[a - 1]);
        (assets[place], coins[place]) = (asset, 0);
        count++;

        return place;
    }

    /// <summary>The least of 32 numbers and the first place that has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Least(Vector512<double> s0, Vector512<double> s1, Vector512<double> s2, Vector512<double> s3, out int at)
    {
        Vector512<double> m = Vector512.Min(Vector512.Min(s0, s1), Vector512.Min(s2, s3));
        Vector256<double> h = Vector256.Min(m.GetLower(), m.GetUpper());
        Vector128<double> d = Vector128.Min(h.GetLower(), h.GetUpper());
        double least = Math.Min(d[0], d[1]);
        Vector512<double> all = Vector512.Create(least);
        ulong hits = Vector512.Equals(s0, all).ExtractMostSignificantBits()
            | (Vector512.Equals(s1, all).ExtractMostSignificantBits() << 8)
            | (Vector512.Equals(s2, all).ExtractMostSignificantBits() << 16)
            | (Vector512.Equals(s3, all).ExtractMostSignificantBits() << 24);
        Law.Holds(hits != 0, "a scenario's gain is a number");
        at = BitOperations.TrailingZeroCount(hits);

        return least;
    }

    /// <summary>The pinned columns of the market.</summary>
    private readonly struct Columns(
        double* values, double* shortNotionals, double* longNotionals, int* settlements, double* prices, double* rows, double* assetRows)
    {
        public readonly double* Values = values;
        public readonly double* ShortNotionals = shortNotionals;
        public readonly double* LongNotionals = longNotionals;
        public readonly int* Settlements = settlements;
        public readonly double* Prices = prices;
        public readonly double* Rows = rows;
        public readonly double* AssetRows = assetRows;
    }
}
