using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// The requirement of one portfolio when any optional section speaks, from the pinned columns; its plain twin is
/// <see cref="Requirement"/>, to the last bit.
/// </summary>
/// <remarks>
/// (1) One walk over the positions sums what a contract has here twice: as if all shared a root and an expiry, and as if
/// none did. Registers of keys say which of the two holds. (2) Only where some share and others do not,
/// <see cref="FewEntries"/> takes them apart, or slots in memory where they are many. (3) The rest is a handful of numbers.
/// </remarks>
internal readonly unsafe struct RequirementKernel
{
    /// <summary>Numbers of four pegs: what a register holds.</summary>
    private const int PegLanes = 8;

    private const int KeyStride = RequirementTable.KeyStride;

    private readonly MarketColumns _market;
    private readonly SidePointers _side;
    private readonly MarginModel _model;
    private readonly RequirementTable _table;
    private readonly int* _assets;
    private readonly double* _counted;
    private readonly KernelScratch _scratch;
    private readonly Vector256<double> _factors;
    private readonly Vector256<double> _floors;
    private readonly Vector256<double> _naked;
    private readonly Vector256<double> _closing;
    private readonly double _uncredited;
    private readonly int _scenarios;
    private readonly bool _hasRates;
    private readonly bool _hasRoots;
    private readonly bool _hasCloseOut;
    private readonly bool _hasOffsets;
    private readonly bool _hasPegs;
    private readonly bool _twoPegs;
    private readonly bool _manyPegs;

    public RequirementKernel(in MarketColumns market, in SidePointers side, MarginModel model, int* assets, double* counted, in KernelScratch scratch)
    {
        (_market, _side, _model, _table) = (market, side, model, model.Table);
        _assets = assets;
        _counted = counted;
        _scratch = scratch;
        (_factors, _floors, _naked, _closing) = (Lanes(model.Factors), Lanes(model.Floors), Lanes(_table.Naked), Lanes(_table.CloseOutParts));
        _uncredited = 1 - _table.Credit;
        _scenarios = model.ScenarioCount;
        _hasRates = _table.Rates.IsUsed;
        _hasCloseOut = _table.HasCloseOut;
        _hasRoots = _table.HasOffsets || _hasCloseOut;
        _hasPegs = _table.PegStride == PegLanes;
        _manyPegs = _table.PegStride > PegLanes;
        _twoPegs = _table.Cover > 1;
        _hasOffsets = _table.HasOffsets;
    }

    /// <summary>Writes the verdict on an account whose coins have been counted and whose joint gains are known.</summary>
    /// <param name="held">Instruments.</param>
    /// <param name="quantities">A quantity for each.</param>
    /// <param name="positions">How many.</param>
    /// <param name="count">How many assets have been counted.</param>
    /// <param name="equity">What the account has.</param>
    /// <param name="counted">What of it counts.</param>
    /// <param name="notional">Size of its positions.</param>
    /// <param name="least">Its gain in the worst joint scenario.</param>
    /// <param name="at">That scenario's place.</param>
    /// <param name="verdict">Receives it.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Write(int* held, double* quantities, int positions, int count, double equity, double counted, double notional, double least, int at, Verdict* verdict)
    {
        unchecked
        {
            double* sides = _side.Sides, pegRows = _side.Pegs, notionals = _market.Notionals;
            int* keys = _side.Keys;
            CloseOut* closeOuts = _side.CloseOuts;
            int instruments = _market.Instruments;
            bool hasPegs = _hasPegs, hasCloseOut = _hasCloseOut;
            Vector512<double> sums = default, apart = default, pegs = default;
            Vector256<double> floors = default;
            Vector256<int> roots = Vector256.Create(FewEntries.None), groups = roots, strikes = roots;
            Vector256<int> rootTwins = default, groupTwins = default, strikeTwins = default;
            int root = positions > 0 ? keys[KeyStride * held[0]] : -1, rootsDiffer = 0;
            double closing = 0, naked = 0;
            bool beyond = false, far = false;
            for (int p = 0; p < positions; p++)
            {
                int i = held[p];
                double quantity = quantities[p];
                double* each = sides + (nint)((uint)i * (ulong)SideColumns.Stride);
                int* key = keys + (nint)((uint)i * (ulong)KeyStride);
                Vector512<double> many = Vector512.Create(quantity), gains = many * Vector512.Load(each);
                sums += gains;
                if (hasPegs) pegs += many * Vector512.Load(pegRows + (nint)((uint)i * (ulong)PegLanes));

                // In lane 0 the worse drift, in 2 and 3 tilt and curl, in 6 the worst scenario; delta and vega between.
                Vector512<double> losses = Losses(gains);
                apart += losses;
                naked += FewEntries.Loss(quantity * each[SideColumns.Spot]);
                if (hasCloseOut)
                {
                    CloseOut* terms = closeOuts + key[0];
                    double delta = losses[SideColumns.Delta];
                    closing += terms->Cost(delta, losses[SideColumns.Vega]);
                    far |= delta > terms->Free;
                }

                double size = Math.Abs(quantity) * notionals[i + (instruments & AccountKernel.LongMask(quantity))];
                Vector256<double> sizes = Vector256.Create(size);
                Vector256<double> floor = sizes * Vector256.Load(each + SideColumns.Initial);
                floor += Vector256.MaxNative(Vector256<double>.Zero, sizes - floor) * Vector256.CreateScalar(each[SideColumns.Growth]);
                floors += floor;
                beyond |= size > double.MinNative(each[SideColumns.End], each[SideColumns.Free]);

                Vector256<int> here = Vector256.Equals(Vector256<int>.Indices, Vector256.Create(p));
                Vector256<int> itsRoot = Vector256.Create(key[0]), itsGroup = Vector256.Create(key[1]), itsStrike = Vector256.Create(key[2]);
                rootTwins |= Vector256.Equals(roots, itsRoot);
                groupTwins |= Vector256.Equals(groups, itsGroup);
                strikeTwins |= Vector256.Equals(strikes, itsStrike);
                roots = Vector256.ConditionalSelect(here, itsRoot, roots);
                groups = Vector256.ConditionalSelect(here, itsGroup, groups);
                strikes = Vector256.ConditionalSelect(here, itsStrike, strikes);
                rootsDiffer |= key[0] ^ root;
            }

            double excess = 0;
            if (beyond) floors = Beyond(held, quantities, positions, ref excess);
            double doubt = floors[3], alone = apart[SideColumns.Least];
            for (int a = 0; a < count; a++)
            {
                int asset = _assets[a];
                double owns = _counted[a];
                if (hasPegs) pegs += Vector512.Create(owns) * Vector512.Load(_side.AssetPegs + (nint)((uint)asset * (ulong)PegLanes));
                doubt += Math.Abs(owns * _market.Prices[asset]) * _side.AssetDoubts[asset];
                double low = _side.AssetBounds[2 * asset], high = _side.AssetBounds[(2 * asset) + 1];

                // What no scenario moves is nobody's loss, and most accounts hold such a coin.
                if (low == 0 && high == 0) continue;

                int its = _side.AssetRoots[asset];
                rootsDiffer |= root < 0 ? 0 : its ^ root;
                root = root < 0 ? its : root;
                rootTwins |= Vector256.Equals(roots, Vector256.Create(its));
                roots = Vector256.ConditionalSelect(Vector256.Equals(Vector256<int>.Indices, Vector256.Create(positions + a)), Vector256.Create(its), roots);
                alone += FewEntries.Loss(double.MinNative(owns * low, owns * high));
            }

            bool crowded = positions + count > FewEntries.Most;
            double joint = RequirementTally.Loss(least);
            if (rootsDiffer == 0 || !_hasRoots)
            {
                (alone, closing) = (joint, 0);
                if (hasCloseOut && root >= 0)
                {
                    closing = closeOuts[root].Cost(sums[SideColumns.Delta], sums[SideColumns.Vega]);
                    excess += closeOuts[root].Excess(sums[SideColumns.Delta]);
                }
            }
            else
            {
                if (crowded) ManyRoots(held, quantities, positions, count, out alone, out closing, ref excess);
                else if (far | rootTwins != Vector256<int>.Zero) alone = FewEntries.Roots(_market, _side, held, quantities, positions, _assets, _counted, roots, out closing, ref excess);
                if (!_hasOffsets) alone = 0;
                if (!hasCloseOut) closing = 0;
            }

            double basis = apart[SideColumns.Up], skew = double.MaxNative(apart[SideColumns.Tilt], apart[SideColumns.Curl]);
            if (crowded) ManyGroups(held, quantities, positions, out basis, out skew);
            else if (groupTwins != Vector256<int>.Zero) basis = FewEntries.Groups(_side, held, quantities, groups, out skew);
            if (crowded) naked = NakedWorth(held, quantities, positions);
            else if (strikeTwins != Vector256<int>.Zero) naked = FewEntries.Strikes(_side, held, quantities, strikes);
            double depeg = _hasPegs ? WorstPegs(pegs, _twoPegs) : _manyPegs ? Depeg(held, quantities, positions, count) : 0;
            double worst = joint + (_uncredited * double.MaxNative(0, alone - joint));
            int binding = worst > 0 ? (at < _scenarios ? at : 0) : Verdict.NoScenario;
            binding = Bound(basis > worst, WorstTerm.Basis, binding);
            worst = double.MaxNative(worst, basis);
            binding = Bound(skew > worst, WorstTerm.Skew, binding);
            worst = double.MaxNative(worst, skew);
            binding = Bound(depeg > worst, WorstTerm.Depeg, binding);
            worst = double.MaxNative(worst, depeg);

            Vector256<double> asked = _hasRates ? floors : Vector256.Create(notional) * _floors;
            Vector256<double> added = (Vector256.Create(naked) * _naked) + (Vector256.Create(closing) * _closing) + Vector256.CreateScalar(doubt + excess);
            Vector256<double> health = Vector256.Create(counted) - (Vector256.MaxNative(Vector256.Create(worst) * _factors, asked) + added);
            var fields = (double*)verdict;
            fields[0] = equity;
            fields[1] = counted;
            fields[2] = worst;
            ((long*)fields)[3] = (ushort)(short)binding;
            fields[4] = notional;
            health.GetLower().Store(fields + 5);
            fields[7] = health[2];
        }
    }

    private static Vector256<double> Lanes(LineFigures figures) => Vector256.Create(figures.Initial, figures.Target, figures.Maintenance, 0);

    /// <summary>A term takes the place of what bound before where it is larger: a mask, for chance decides it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bound(bool larger, WorstTerm term, int before)
    {
        int mask = larger ? 1 : 0;

        return unchecked((-mask & -(int)term) | ((mask - 1) & before));
    }

    /// <summary>The worst loss of up to four pegs, or of the two worst.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double WorstPegs(Vector512<double> gains, bool two)
    {
        if (!two)
        {
            Vector512<double> losses = -Vector512.MinNative(gains, Vector512.Shuffle(gains, Vector512.Create(1L, 0, 3, 2, 5, 4, 7, 6)));
            Vector256<double> larger = Vector256.MaxNative(losses.GetLower(), losses.GetUpper());
            Vector128<double> worst = Vector128.MaxNative(larger.GetLower(), larger.GetUpper());

            return double.MaxNative(double.MaxNative(worst[0], worst[1]), 0);
        }

        (double first, double second) = (0, 0);
        for (int e = 0; e < PegLanes; e += 2)
        {
            double loss = RequirementTally.Loss(double.MinNative(gains[e], gains[e + 1]));
            second = double.MaxNative(second, double.MinNative(first, loss));
            first = double.MaxNative(first, loss);
        }

        return first + second;
    }

    /// <summary>Floors and doubt of an account with a position beyond its first tier, or larger than its free size.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Vector256<double> Beyond(int* held, double* quantities, int positions, ref double excess)
    {
        Vector256<double> floors = default;
        for (int p = 0; p < positions; p++)
        {
            int contract = held[p];
            double* each = _side.Sides + (nint)((uint)contract * (ulong)SideColumns.Stride);
            double size = Math.Abs(quantities[p]) * _market.Notionals[contract + (_market.Instruments & AccountKernel.LongMask(quantities[p]))];
            LineFigures least = _table.Rates.Required(contract, size, each[SideColumns.Growth]);
            excess += CloseOut.Excess(size, each[SideColumns.Free], _table.ExcessRate);
            floors += Vector256.Create(least.Initial, least.Target, least.Maintenance, size * each[SideColumns.Doubt]);
        }

        return floors;
    }

    /// <summary>
    /// What one entry loses, were it alone: of the pairs drift up and down, least and most gain, the worse as a loss; the
    /// size of what may have either sign.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Losses(Vector512<double> gains)
    {
        Vector512<double> other = Vector512.Shuffle(gains, Vector512.Create(1L, 0, 2, 3, 4, 5, 7, 6))
            ^ Vector512.Create(-0.0, -0.0, 0, 0, 0, 0, -0.0, -0.0);

        return Vector512.MaxNative(Vector512.MaxNative(-gains, other), Vector512<double>.Zero);
    }

    /// <summary>Losses of roots alone and what closing them costs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ManyRoots(
        int* held, double* quantities, int positions, int count, out double alone, out double closing, ref double excess)
    {
        unchecked
        {
            var roots = new RootScratch(_scratch.SlotOf, _scratch.Ids, _scratch.Rows, _scratch.Numbers, _scratch.Gains);
            for (int p = 0; p < positions; p++)
            {
                int i = held[p];
                double* each = _side.Sides + (nint)((uint)i * (ulong)SideColumns.Stride);
                roots.Add(
                    _side.Keys[KeyStride * i],
                    quantities[p],
                    _market.Rows + (nint)((uint)i * (ulong)PricedColumns.Stride),
                    each[SideColumns.Least],
                    each[SideColumns.Most],
                    each[SideColumns.Delta],
                    each[SideColumns.Vega]);
            }

            for (int a = 0; a < count; a++)
            {
                int asset = _assets[a];
                double least = _side.AssetBounds[2 * asset], most = _side.AssetBounds[(2 * asset) + 1];

                // What no scenario moves is nobody's loss, and most accounts hold such a coin.
                if (least == 0 && most == 0) continue;
                roots.Add(_side.AssetRoots[asset], _counted[a], _market.AssetRows + (nint)((uint)asset * (ulong)PricedColumns.Stride), least, most, 0, 0);
            }

            roots.End(_side.CloseOuts, _hasCloseOut, out alone, out closing, ref excess);
        }
    }

    /// <summary>Drift and tilt, expiry by expiry.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ManyGroups(int* held, double* quantities, int positions, out double basis, out double skew)
    {
        unchecked
        {
            int groups = 0;
            int* ids = _scratch.Ids;
            double* sums = _scratch.Gains;
            for (int p = 0; p < positions; p++)
            {
                int group = _side.Keys[(KeyStride * held[p]) + 1];
                if (group < 0) continue;
                int slot = 0;
                while (slot < groups && ids[slot] != group) slot++;
                if (slot == groups)
                {
                    ids[groups++] = group;
                    Vector256<double>.Zero.Store(sums + (4 * slot));
                }

                Vector256<double> each = Vector256.Load(_side.Sides + (nint)((uint)held[p] * (ulong)SideColumns.Stride));
                (Vector256.Load(sums + (4 * slot)) + (Vector256.Create(quantities[p]) * each)).Store(sums + (4 * slot));
            }

            double tilt = 0, curl = 0;
            basis = 0;
            for (int slot = 0; slot < groups; slot++)
            {
                double* gains = sums + (4 * slot);
                basis += RequirementTally.Loss(double.MinNative(gains[SideColumns.Up], gains[SideColumns.Down]));
                tilt += Math.Abs(gains[SideColumns.Tilt]);
                curl += Math.Abs(gains[SideColumns.Curl]);
            }

            skew = double.MaxNative(tilt, curl);
        }
    }

    /// <summary>Worth of the coins under options sold and not bought back, strike by strike.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private double NakedWorth(int* held, double* quantities, int positions)
    {
        unchecked
        {
            int strikes = 0;
            int* ids = _scratch.Ids;
            double* sums = _scratch.Numbers;
            for (int p = 0; p < positions; p++)
            {
                int strike = _side.Keys[(KeyStride * held[p]) + 2];
                if (strike < 0) continue;
                int slot = 0;
                while (slot < strikes && ids[slot] != strike) slot++;
                if (slot == strikes) (ids[strikes++], sums[slot]) = (strike, 0);
                sums[slot] += quantities[p] * _side.Sides[((nint)((uint)held[p] * (ulong)SideColumns.Stride)) + SideColumns.Spot];
            }

            double worth = 0;
            for (int slot = 0; slot < strikes; slot++) worth += RequirementTally.Loss(sums[slot]);

            return worth;
        }
    }

    /// <summary>The same of more than four: a register after another.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private double Depeg(int* held, double* quantities, int positions, int count)
    {
        unchecked
        {
            int stride = _table.PegStride;
            double first = 0, second = 0;
            for (int block = 0; block < stride; block += 8)
            {
                Vector512<double> gains = default;
                for (int p = 0; p < positions; p++)
                    gains += Vector512.Create(quantities[p]) * Vector512.Load(_side.Pegs + (nint)((uint)held[p] * (ulong)(uint)stride) + block);
                for (int a = 0; a < count; a++)
                    gains += Vector512.Create(_counted[a]) * Vector512.Load(_side.AssetPegs + (nint)((uint)_assets[a] * (ulong)(uint)stride) + block);
                for (int e = 0; e < 8; e += 2)
                {
                    double loss = RequirementTally.Loss(double.MinNative(gains[e], gains[e + 1]));
                    second = double.MaxNative(second, double.MinNative(first, loss));
                    first = double.MaxNative(first, loss);
                }
            }

            return _table.Cover > 1 ? first + second : first;
        }
    }
}
