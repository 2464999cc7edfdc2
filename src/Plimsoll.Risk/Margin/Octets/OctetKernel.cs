using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Plimsoll.Pricing.Responses;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// The judgement of eight accounts at once, one in each lane of a register of 512 bits: every lane does what
/// <see cref="Judge.Plain"/> does for its account, operation by operation, so that nothing of it can be seen in a bit.
/// </summary>
/// <remarks>
/// <para>(1) What the eight hold is turned into lanes; (2) coins are netted and counted, sizes taken, and which entries
/// belong together is compared; (3) account by account, the scenarios; (4) the optional sections; (5) the verdicts.</para>
/// <para>An account that is out of the ordinary (more entries than places, several settlement assets, a holding beyond its
/// first tier, a position beyond a limit) leaves its lane and is judged alone by <see cref="AccountKernel"/>.</para>
/// <para>No step calls another while it has numbers in registers: across a call none survives, and the stack, where they
/// would lie, is on no cache line. What steps tell each other goes through <see cref="OctetScratch"/>.</para>
/// </remarks>
internal readonly unsafe partial struct OctetKernel
{
    /// <summary>Fewer accounts are judged sooner than the rulebook is laid out for lanes.</summary>
    private const int WorthIt = 64;

    private readonly OctetMarket _market;
    private readonly BookColumns _positions;
    private readonly BookColumns _money;
    private readonly double* _s;

    /// <summary>Over a market, the books and a room.</summary>
    public OctetKernel(in OctetMarket market, in BookColumns positions, in BookColumns money, double* scratch)
    {
        (_market, _positions, _money) = (market, positions, money);
        _s = scratch;
    }

    /// <summary>Whether there is a market and room.</summary>
    public bool IsReady => _s != null;

    /// <summary>Whether so many accounts should be judged so, on this machine and by this rulebook.</summary>
    public static bool IsWorthIt(MarginModel model, in SparseColumns positions, in SparseColumns money, int accounts) => Avx512F.IsSupported && Avx512DQ.IsSupported
        && accounts >= WorthIt && positions.Columns.Length >= OctetScratch.Positions && money.Columns.Length >= OctetScratch.Assets
        && model.AssetCount <= OctetKeys.MostAssets && model.InstrumentCount <= ContractRecords.MostContracts && model.Table.PegStride <= Lanes.Count;

    /// <summary>Bytes of the stack that it needs.</summary>
    public static int Room(MarginModel model) => OctetMarket.Room(model) + OctetScratch.Room + OctetScratch.Line;

    /// <summary>Puts an account in a lane; false where it does not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Seat(int lane, int account, Verdict* verdict)
    {
        unchecked
        {
            int held = _positions.Counts[account], owned = _money.Counts[account];
            int start = _positions.Starts[account], first = _money.Starts[account];
            bool fits = (held <= OctetScratch.Positions) & (owned <= OctetScratch.Assets)
                & (start <= _positions.Entries - OctetScratch.Positions) & (first <= _money.Entries - OctetScratch.Assets);
            int mask = fits ? -1 : 0;
            ((int*)(_s + OctetScratch.Held))[lane] = held & mask;
            ((int*)(_s + OctetScratch.Owned))[lane] = owned & mask;
            ((int*)(_s + OctetScratch.Starts))[lane] = start & mask;
            ((int*)(_s + OctetScratch.CoinStarts))[lane] = first & mask;
            ((Verdict**)(_s + OctetScratch.Verdicts))[lane] = verdict;

            return fits;
        }
    }

    /// <summary>Puts eight neighbours in their lanes; says which of them fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint SeatRow(int first, Verdict* verdicts)
    {
        unchecked
        {
            Vector256<int> held = Vector256.Load(_positions.Counts + first), owned = Vector256.Load(_money.Counts + first);
            Vector256<int> starts = Vector256.Load(_positions.Starts + first), firsts = Vector256.Load(_money.Starts + first);
            Vector256<int> odd = Vector256.GreaterThan(held, Vector256.Create(OctetScratch.Positions)) | Vector256.GreaterThan(owned, Vector256.Create(OctetScratch.Assets))
                | Vector256.GreaterThan(starts, Vector256.Create(_positions.Entries - OctetScratch.Positions)) | Vector256.GreaterThan(firsts, Vector256.Create(_money.Entries - OctetScratch.Assets));
            Vector256.AndNot(held, odd).Store((int*)(_s + OctetScratch.Held));
            Vector256.AndNot(owned, odd).Store((int*)(_s + OctetScratch.Owned));
            Vector256.AndNot(starts, odd).Store((int*)(_s + OctetScratch.Starts));
            Vector256.AndNot(firsts, odd).Store((int*)(_s + OctetScratch.CoinStarts));
            (Vector512.Create((long)verdicts) + (Vector512<long>.Indices << 6)).StoreAligned((long*)(_s + OctetScratch.Verdicts));

            return ~odd.ExtractMostSignificantBits() & 0xFF;
        }
    }

    /// <summary>Asks for what eight neighbours further on hold, so that it lies near when their turn comes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchRow(int first, Verdict* verdicts)
    {
        unchecked
        {
            const int Whole = OctetScratch.Line / sizeof(int), Half = OctetScratch.Line / sizeof(double), Longest = OctetScratch.Positions * Lanes.Count;
            int start = _positions.Starts[first], end = Math.Min(_positions.Starts[first + Lanes.Count - 1], start + Longest);
            for (int i = start; i <= end; i += Whole) Sse.Prefetch0(_positions.Columns + i);
            for (int i = start; i <= end + Half; i += Half) Sse.Prefetch0(_positions.Quantities + i);
            start = _money.Starts[first];
            end = Math.Min(_money.Starts[first + Lanes.Count - 1], start + Longest);
            for (int i = start; i <= end; i += Whole) Sse.Prefetch0(_money.Columns + i);
            for (int i = start; i <= end; i += Half) Sse.Prefetch0(_money.Quantities + i);
            for (int j = 0; j < Lanes.Count; j++) Sse.Prefetch0(verdicts + j);
        }
    }

    /// <summary>Judges the accounts that have been put in their lanes.</summary>
    /// <param name="lanes">Which lanes are taken.</param>
    /// <param name="near">Receives a bit for each lane judged: whether the account must be called.</param>
    /// <returns>Which lanes have been judged.</returns>
    public uint Judge(uint lanes, out uint near)
    {
        (int positions, int assets) = Most();
        TurnBooks(positions);
        lanes &= Size(positions) & Count(positions, assets);
        Kinship kin = _market.HasOffsets ? Kin(positions, assets) : default;
        lanes &= Scenarios(positions, kin.Cluster != 0);
        Leasts();
        if (kin.Cluster != 0) OwnLeasts();
        if (!_market.IsNeutral) lanes &= Walk(positions, _market.HasNaked && StrikesMeet(positions));
        if ((kin.Mixed & lanes) != 0) Shared(positions, assets, kin.Mixed & lanes);
        if (_market.HasCloseOut) lanes &= Close(positions);
        Compete(positions, assets, kin, lanes);
        near = Write() & lanes;

        return lanes;
    }

    /// <summary>Most positions and most assets of any lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (int Positions, int Assets) Most()
    {
        unchecked
        {
            var held = (int*)(_s + OctetScratch.Held);
            var owned = (int*)(_s + OctetScratch.Owned);
            (int positions, int assets) = (0, 0);
            for (int j = 0; j < Lanes.Count; j++)
            {
                positions = Math.Max(positions, held[j]);
                assets = Math.Max(assets, owned[j]);
            }

            return (positions, assets);
        }
    }

    /// <summary>Step 1: quantities and coins as lanes; places beyond what an account has hold nothing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TurnBooks(int positions)
    {
        unchecked
        {
            var starts = (int*)(_s + OctetScratch.Starts);
            Vector256<int> held = Vector256.Load((int*)(_s + OctetScratch.Held)), bytes = Vector256.Load(starts) << 3;
            int* offsets = (int*)(_s + OctetScratch.Gained);
            bytes.Store(offsets);
            for (int p = 0; p < positions; p += 4)
            {
                Lanes.Turn(_positions.Quantities + p, offsets, out Vector512<double> a, out Vector512<double> b, out Vector512<double> c, out Vector512<double> d);
                Lanes.Turn(_positions.Columns + p, starts, out Vector256<int> w, out Vector256<int> x, out Vector256<int> y, out Vector256<int> z);
                Hold(p, held, a, w);
                Hold(p + 1, held, b, x);
                Hold(p + 2, held, c, y);
                Hold(p + 3, held, d, z);
            }

            var firsts = (int*)(_s + OctetScratch.CoinStarts);
            Vector256<int> owned = Vector256.Load((int*)(_s + OctetScratch.Owned));
            (Vector256.Load(firsts) << 3).Store(offsets);
            Lanes.Turn(_money.Quantities, offsets, out Vector512<double> e, out Vector512<double> f, out Vector512<double> g, out Vector512<double> h);
            Lanes.Turn(_money.Columns, firsts, out Vector256<int> i, out Vector256<int> j, out Vector256<int> k, out Vector256<int> l);
            Own(0, owned, e, i);
            Own(1, owned, f, j);
            Own(2, owned, g, k);
            Own(3, owned, h, l);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Hold(int p, Vector256<int> held, Vector512<double> quantities, Vector256<int> contracts)
    {
        unchecked
        {
            Vector256<int> has = Vector256.GreaterThan(held, Vector256.Create(p));
            (Vector256.ConditionalSelect(has, contracts, Vector256.Create(_market.Contracts + p)) << 7).Store((int*)(_s + OctetScratch.Contracts) + (8 * p));
            Only(has, quantities).StoreAligned(_s + OctetScratch.Quantities + (8 * p));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Own(int a, Vector256<int> owned, Vector512<double> coins, Vector256<int> assets)
    {
        unchecked
        {
            Vector256<int> has = Vector256.GreaterThan(owned, Vector256.Create(a));
            (Vector256.ConditionalSelect(has, assets, Vector256.Create(_market.Assets + a)) << 6).Store((int*)(_s + OctetScratch.AssetsOf) + (8 * a));
            Only(has, coins).StoreAligned(_s + OctetScratch.Coins + (8 * a));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Only(Vector256<int> mask, Vector512<double> lanes) =>
        Avx512F.ConvertToVector512Int64(mask).AsDouble() & lanes;

    /// <summary>Lanes of a place of the scratch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> Load(int place) => Vector512.LoadAligned(_s + place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<long> LoadKeys(int place) => Vector512.LoadAligned((long*)(_s + place));

    /// <summary>Lanes whose account has more positions than so many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<long> Held() => Avx512F.ConvertToVector512Int64(Vector256.Load((int*)(_s + OctetScratch.Held)));

    /// <summary>The loss of a gain, at least 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Loss(Vector512<double> gains) => Vector512.MaxNative(-gains, Vector512<double>.Zero);

    /// <summary>All bits of the lanes named.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Mask(uint lanes)
    {
        Vector512<long> each = Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128);

        return Vector512.Equals(Vector512.Create((long)lanes) & each, each).AsDouble();
    }

    /// <summary>The lanes of a mask, as bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bits(Vector512<long> mask) => (uint)mask.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bits(Vector512<double> mask) => (uint)mask.ExtractMostSignificantBits();

    /// <summary>Which lanes' entries belong together.</summary>
    /// <param name="Single">Everything that moves follows one root.</param>
    /// <param name="Cluster">All positions follow one root, each coin another.</param>
    /// <param name="Mixed">Some entries share a root in another way.</param>
    private readonly record struct Kinship(uint Single, uint Cluster, uint Mixed);
}
