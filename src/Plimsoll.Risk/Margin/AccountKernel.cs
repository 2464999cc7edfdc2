using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// The judgement of one account in registers: the 32 scenarios are four registers of eight. Its plain twin is
/// <see cref="Judge.Account"/>.
/// </summary>
/// <remarks>
/// Made for a million accounts in a row that differ in everything: the side of a position chooses a place and not a
/// branch; and the usual account, which settles in one asset it has and stays within the first tiers, meets no call at
/// all, because across a call no register survives. Columns are read without bounds checks: <see cref="Judge"/> has
/// checked that the model knows every ordinal in the books. Places are small, so their arithmetic is unchecked.
/// </remarks>
internal readonly unsafe struct AccountKernel(in MarketColumns market, MarginModel model, int* assets, double* coins, double* counted)
{
    /// <summary>Most entries of an account that the scratch columns have room for.</summary>
    public const int Room = 64;

    private readonly MarketColumns _market = market;
    private readonly MarginModel _model = model;
    private readonly int* _assets = assets;
    private readonly double* _coins = coins;
    private readonly double* _counted = counted;

    /// <summary>The assets of the account last judged, ascending.</summary>
    public int* Assets => _assets;

    /// <summary>Counted coins of each.</summary>
    public double* Counted => _counted;

    /// <summary>Writes the verdict on one account; false where more than its own tiers decide what its collateral counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Judge(int* held, double* quantities, int positions, int* owned, double* money, int count, Verdict* verdict)
    {
        double worth = Sums(held, quantities, positions, owned, money, ref count, out double equity, out double notional, out double least, out int at);
        if (double.IsNaN(worth)) return false;
        Write(verdict, equity, worth, least, at, notional);

        return true;
    }

    /// <summary>
    /// What of an account counts, what it has, its size, its gain in the worst joint scenario and that scenario's place; the
    /// scratch columns then hold its assets and counted coins. Where more than its own tiers decide what counts, that is
    /// not a number, and the rest is not taken.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Sums(
        int* held, double* quantities, int positions, int* owned, double* money, ref int count, out double equity, out double notional, out double least, out int at)
    {
        unchecked
        {
            for (int a = 0; a < count; a++) (_assets[a], _coins[a]) = (owned[a], money[a]);
            notional = NetCoins(held, quantities, positions, ref count);
            equity = CountedCoins(count, out double worth);
            (least, at) = (0, 0);
            if (double.IsNaN(worth)) return worth;

            Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
            for (int p = 0; p < positions; p++)
            {
                double* row = _market.Rows + (nint)((uint)held[p] * (ulong)PricedColumns.Stride);
                Vector512<double> q = Vector512.Create(quantities[p]);
                s0 += q * Vector512.Load(row);
                s1 += q * Vector512.Load(row + 8);
                s2 += q * Vector512.Load(row + 16);
                s3 += q * Vector512.Load(row + 24);
            }

            for (int a = 0; a < count; a++)
            {
                double* row = _market.AssetRows + (nint)((uint)_assets[a] * (ulong)PricedColumns.Stride);
                Vector512<double> q = Vector512.Create(_counted[a]);
                s0 += q * Vector512.Load(row);
                s1 += q * Vector512.Load(row + 8);
                s2 += q * Vector512.Load(row + 16);
                s3 += q * Vector512.Load(row + 24);
            }

            least = Least(s0, s1, s2, s3, out at);

            return worth;
        }
    }

    /// <summary>
    /// What <see cref="MarginModel.Verdict"/> says, field by field in the order of <see cref="Verdict"/>: a verdict made
    /// elsewhere and copied would wait until all its fields have reached memory.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(Verdict* verdict, double equity, double counted, double least, int at, double notional)
    {
        double loss = least < 0 ? -least : 0;
        var fields = (double*)verdict;
        fields[0] = equity;
        fields[1] = counted;
        fields[2] = loss;
        ((long*)fields)[3] = unchecked((ushort)(short)(least < 0 ? at : Verdict.NoScenario));
        fields[4] = notional;
        fields[5] = counted - _model.Initial.Requires(loss, notional);
        fields[6] = counted - _model.Target.Requires(loss, notional);
        fields[7] = counted - _model.Maintenance.Requires(loss, notional);
    }

    /// <summary>Adds what positions are worth to their settlement assets, and says how large they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double NetCoins(int* held, double* quantities, int positions, ref int count)
    {
        unchecked
        {
            if (positions == 0) return 0;

            int* settlements = _market.Settlements;
            double* values = _market.Values;
            int asset = settlements[held[0]];
            int place = 0;
            while (place < count && _assets[place] != asset) place++;
            if (place == count) return NetCoinsOfMany(held, quantities, positions, ref count);

            double sum = _coins[place];
            double notional = 0;
            for (int p = 0; p < positions; p++)
            {
                int i = held[p];
                double quantity = quantities[p];
                if (settlements[i] != asset) return NetCoinsOfMany(held, quantities, positions, ref count);

                sum += quantity * values[i];
                notional += Math.Abs(quantity) * _market.Notionals[i + (_market.Instruments & LongMask(quantity))];
            }

            _coins[place] = sum;

            return notional;
        }
    }

    /// <summary>The same where positions settle in several assets, or in one the account does not have.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private double NetCoinsOfMany(int* held, double* quantities, int positions, ref int count)
    {
        double notional = 0;
        for (int p = 0; p < positions; p++)
        {
            int i = held[p];
            double quantity = quantities[p];
            _coins[PlaceOf(_market.Settlements[i], ref count)] += quantity * _market.Values[i];
            notional += Math.Abs(quantity) * _market.Notionals[i + (_market.Instruments & LongMask(quantity))];
        }

        return notional;
    }

    /// <summary>All bits for a long position, none for a short one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LongMask(double quantity) => unchecked((int)~(BitConverter.DoubleToInt64Bits(quantity) >> 63));

    /// <summary>The place of an asset in the ascending list; made where it is missing, with no coins.</summary>
    private int PlaceOf(int asset, ref int count)
    {
        int place = 0;
        while (place < count && _assets[place] < asset) place++;
        if (place < count && _assets[place] == asset) return place;

        for (int a = count; a > place; a--) (_assets[a], _coins[a]) = (_assets[a - 1], _coins[a - 1]);
        (_assets[place], _coins[place]) = (asset, 0);
        count++;

        return place;
    }

    /// <summary>Takes the haircuts off; says what everything is worth before and after.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double CountedCoins(int count, out double worth)
    {
        unchecked
        {
            double equity = 0;
            double sum = 0;
            for (int a = 0; a < count; a++)
            {
                int asset = _assets[a];
                double owns = _coins[a];
                double price = _market.Prices[asset];
                double value = owns * price;
                equity += value;
                if (value > 0)
                {
                    if (!(value <= _market.FirstEnds[asset])) return CountedCoinsOfTheRich(count, out worth);

                    value *= _market.FirstParts[asset];
                    owns = value / price;
                }

                sum += value;
                _counted[a] = owns;
            }

            worth = sum;

            return equity;
        }
    }

    /// <summary>The same where a holding reaches beyond its first tier.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private double CountedCoinsOfTheRich(int count, out double worth)
    {
        double equity = 0;
        worth = double.NaN;
        if (!_model.Schedule.IsPlain) return equity;

        worth = 0;
        for (int a = 0; a < count; a++)
        {
            double owns = _coins[a];
            double price = _market.Prices[_assets[a]];
            double value = owns * price;
            equity += value;
            if (value > 0)
            {
                value = _model.CountedValue(_assets[a], value);
                owns = value / price;
            }

            worth += value;
            _counted[a] = owns;
        }

        return equity;
    }

    /// <summary>The least of 32 numbers and the first place that has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Least(Vector512<double> s0, Vector512<double> s1, Vector512<double> s2, Vector512<double> s3, out int at)
    {
        // The machine's own minimum answers as it likes where something is not a number: then the sum is none either.
        Vector512<double> sum = s0 + s1 + (s2 + s3);
        Law.Holds(Vector512.EqualsAll(sum, sum), "a scenario's gain is a number");
        Vector512<double> m = Vector512.MinNative(Vector512.MinNative(s0, s1), Vector512.MinNative(s2, s3));
        Vector256<double> h = Vector256.MinNative(m.GetLower(), m.GetUpper());
        Vector128<double> d = Vector128.MinNative(h.GetLower(), h.GetUpper());
        double least = double.MinNative(d[0], d[1]);
        Vector512<double> all = Vector512.Create(least);
        ulong hits = Vector512.Equals(s0, all).ExtractMostSignificantBits()
            | (Vector512.Equals(s1, all).ExtractMostSignificantBits() << 8)
            | (Vector512.Equals(s2, all).ExtractMostSignificantBits() << 16)
            | (Vector512.Equals(s3, all).ExtractMostSignificantBits() << 24);
        at = BitOperations.TrailingZeroCount(hits);

        return least;
    }
}
