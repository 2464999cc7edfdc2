using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plimsoll.Risk.Margin;

/// <content>Step 2: how large everything is, what counts, and which entries belong together.</content>
internal readonly unsafe partial struct OctetKernel
{
    /// <summary>Sizes, and what positions gained; which lanes settle in one asset.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint Size(int positions)
    {
        unchecked
        {
            Vector512<long> held = Held(), others = default, first = default, settles = Vector512.Create(OctetKeys.SettlementMask);
            Vector512<double> notional = default;
            double* records = _market.Records;
            var at = (int*)(_s + OctetScratch.Contracts);
            for (int p = 0; p < positions; p++)
            {
                Lanes.Turn(records + ContractRecords.Value, at + (8 * p), out Vector512<double> value, out Vector512<double> bought, out Vector512<double> sold, out Vector512<double> key);
                Vector512<double> quantity = Load(OctetScratch.Quantities + (8 * p));
                key.StoreAligned(_s + OctetScratch.Keys + (8 * p));
                if (p == 0) first = key.AsInt64();
                Vector512<long> has = Vector512.GreaterThan(held, Vector512.Create((long)p));
                others |= (key.AsInt64() ^ first) & settles & has;
                Vector512<double> size = Vector512.Abs(quantity) * Vector512.ConditionalSelect(Vector512.LessThan(quantity, Vector512<double>.Zero), sold, bought);
                size.StoreAligned(_s + OctetScratch.Sizes + (8 * p));
                notional += size;
                (quantity * value).StoreAligned(_s + OctetScratch.Gained + (8 * p));
            }

            notional.StoreAligned(_s + OctetScratch.Notional);

            return Bits(Vector512.Equals(others, Vector512<long>.Zero));
        }
    }

    /// <summary>Nets and counts the coins; which lanes are ordinary.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint Count(int positions, int assets)
    {
        unchecked
        {
            Vector512<long> none = Vector512.Equals(Held(), Vector512<long>.Zero), found = none, settles = Vector512.Create(OctetKeys.SettlementMask);
            Vector512<long> settled = positions > 0 ? LoadKeys(OctetScratch.Keys) & settles : Vector512.Create(OctetKeys.SettlementMask);
            Vector512<double> sum = default, equity = default, counted = default, rich = default;
            double* records = _market.AssetRecords;
            var at = (int*)(_s + OctetScratch.AssetsOf);
            for (int a = 0; a < assets; a++)
            {
                Lanes.Turn(records + OctetMarket.Least, at + (8 * a), out Vector512<double> least, out Vector512<double> most, out Vector512<double> key, out _);
                key.StoreAligned(_s + OctetScratch.Keys + (8 * (positions + a)));
                least.StoreAligned(_s + OctetScratch.Losses + (8 * (positions + a)));
                most.StoreAligned(_s + OctetScratch.CoinDoubts + (8 * a));
                Vector512<long> here = Vector512.Equals(key.AsInt64() & settles, settled);
                sum = Vector512.ConditionalSelect(here.AsDouble(), Load(OctetScratch.Coins + (8 * a)), sum);
                found |= here;
            }

            for (int p = 0; p < positions; p++) sum += Load(OctetScratch.Gained + (8 * p));
            for (int a = 0; a < assets; a++)
            {
                Lanes.Turn(records + OctetMarket.Price, at + (8 * a), out Vector512<double> price, out Vector512<double> end, out Vector512<double> part, out Vector512<double> doubt);
                Vector512<long> here = Vector512.Equals(LoadKeys(OctetScratch.Keys + (8 * (positions + a))) & settles, settled);
                Vector512<double> owns = Vector512.ConditionalSelect(here.AsDouble(), sum, Load(OctetScratch.Coins + (8 * a)));
                Vector512<double> value = owns * price;
                equity += value;
                Vector512<double> has = Vector512.GreaterThan(value, Vector512<double>.Zero);
                rich |= Vector512.AndNot(has, Vector512.LessThanOrEqual(value, end));
                Vector512<double> kept = value * part;
                value = Vector512.ConditionalSelect(has, kept, value);
                owns = Vector512.ConditionalSelect(has, kept / price, owns);
                counted += value;
                owns.StoreAligned(_s + OctetScratch.Coins + (8 * a));
                Loss(Vector512.MinNative(owns * Load(OctetScratch.Losses + (8 * (positions + a))), owns * Load(OctetScratch.CoinDoubts + (8 * a))))
                    .StoreAligned(_s + OctetScratch.Losses + (8 * (positions + a)));
                (Vector512.Abs(owns * price) * doubt).StoreAligned(_s + OctetScratch.CoinDoubts + (8 * a));
            }

            equity.StoreAligned(_s + OctetScratch.Equity);
            counted.StoreAligned(_s + OctetScratch.Counted);
            Vector512<double> finite = Vector512.LessThanOrEqual(Vector512.Abs(equity) + Vector512.Abs(counted), Vector512.Create(double.MaxValue));

            return Bits(Vector512.AndNot(finite, rich).AsInt64() & found);
        }
    }

    /// <summary>Which entries share a root.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Kinship Kin(int positions, int assets)
    {
        unchecked
        {
            Vector512<long> roots = Vector512.Create(OctetKeys.RootMask), zero = Vector512<long>.Zero, one = Vector512<long>.One;
            Vector512<long> followers = zero, leading = zero, moved = zero;
            int entries = positions + assets;
            for (int e = 0; e < entries; e++)
            {
                Vector512<long> key = LoadKeys(OctetScratch.Keys + (8 * e)), members = zero, bit = one << (e + 1);
                for (int l = e + 1; l < entries; l++)
                {
                    members |= Vector512.Equals((LoadKeys(OctetScratch.Keys + (8 * l)) ^ key) & roots, zero) & bit;
                    bit += bit;
                }

                if (e == 0) leading = members | one;
                if (e >= positions) moved |= Vector512.Equals(key & Vector512.Create(OctetKeys.Still), zero) & (one << e);
                followers |= members;
                members.StoreAligned((long*)(_s + OctetScratch.Members + (8 * e)));
            }

            followers.StoreAligned((long*)(_s + OctetScratch.Followers));

            // Every position follows the first; and so does everything else that moves.
            Vector512<long> held = Held(), mine = ShiftedOnes(held);
            uint any = ~Bits(Vector512.Equals(followers, zero)), apart = Bits(Vector512.Equals(followers >>> positions, zero));
            uint together = Bits(Vector512.Equals(Vector512.AndNot(mine, leading), zero) & Vector512.GreaterThan(held, zero));
            uint single = together & Bits(Vector512.Equals(Vector512.AndNot(moved, leading), zero));
            uint cluster = together & apart & any & ~single;

            return new Kinship(single, cluster, any & ~single & ~cluster & 0xFF);
        }
    }

    /// <summary>As many ones as a lane's number says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> ShiftedOnes(Vector512<long> counts) =>
        Avx512F.ShiftLeftLogicalVariable(Vector512<long>.One, counts.AsUInt64()) - Vector512<long>.One;

    /// <summary>Whether some account has two options of one strike.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool StrikesMeet(int positions)
    {
        unchecked
        {
            Vector512<long> strikes = Vector512.Create(OctetKeys.StrikeMask), zero = Vector512<long>.Zero, meet = zero;
            for (int p = 1; p < positions; p++)
            {
                Vector512<long> strike = LoadKeys(OctetScratch.Keys + (8 * p)) & strikes, same = zero;
                for (int r = 0; r < p; r++) same |= Vector512.Equals(LoadKeys(OctetScratch.Keys + (8 * r)) & strikes, strike);
                meet |= Vector512.AndNot(same, Vector512.Equals(strike, zero));
            }

            return meet != zero;
        }
    }
}
