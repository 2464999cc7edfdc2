using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// The requirement of one portfolio when any optional section speaks, from the pinned columns; its plain twin is
/// <see cref="Requirement"/>, to the last bit.
/// </summary>
/// <remarks>
/// (1) One walk over the positions sums both cache lines a contract has here, as if there were one root and one expiry,
/// and notes whether that is so. (2) Only where it is not, a second walk takes roots apart; only accounts with several
/// expiries, or options sold, are walked by group. (3) The rest is a handful of numbers.
/// </remarks>
internal readonly unsafe struct RequirementKernel
{
    /// <summary>Numbers of four pegs: what a register holds.</summary>
    private const int PegLanes = 8;

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
            Vector512<double> side = default, pegs = default;
            Vector256<double> floors = default;
            double excess = 0;
            int root = positions > 0 ? _side.Roots[held[0]] : -1;
            int group = -1, rootsDiffer = 0, groupsDiffer = 0, sold = 0;
            for (int p = 0; p < positions; p++)
            {
                int i = held[p];
                double quantity = quantities[p];
                double* each = _side.Sides + (nint)((uint)i * (ulong)SideColumns.Stride);
                Vector512<double> many = Vector512.Create(quantity);
                side += many * Vector512.Load(each);
                if (_hasPegs) pegs += many * Vector512.Load(_side.Pegs + (nint)((uint)i * (ulong)PegLanes));
                double size = Math.Abs(quantity) * _market.Notionals[i + (_market.Instruments & AccountKernel.LongMask(quantity))];
                Vector256<double> sizes = Vector256.Create(size);
                Vector256<double> floor = sizes * Vector256.Load(each + SideColumns.Initial);
                floor += Vector256.MaxNative(Vector256<double>.Zero, sizes - floor) * Vector256.CreateScalar(each[SideColumns.Growth]);
                if (size > double.MinNative(each[SideColumns.End], each[SideColumns.Free])) floor = Beyond(i, size, each, ref excess);
                floors += floor;
                rootsDiffer |= _side.Roots[i] ^ root;
                int its = _side.Groups[i];
                groupsDiffer |= its >= 0 && group >= 0 ? its ^ group : 0;
                group = group < 0 ? its : group;
                sold |= ~_side.Strikes[i] & (int)(BitConverter.DoubleToInt64Bits(quantity) >> 32);
            }

            double doubt = floors[3];
            for (int a = 0; a < count; a++)
            {
                int asset = _assets[a];
                if (_hasPegs) pegs += Vector512.Create(_counted[a]) * Vector512.Load(_side.AssetPegs + (nint)((uint)asset * (ulong)PegLanes));
                doubt += Math.Abs(_counted[a] * _market.Prices[asset]) * _side.AssetDoubts[asset];
                bool moves = _side.AssetBounds[2 * asset] != 0 || _side.AssetBounds[(2 * asset) + 1] != 0;
                if (moves) rootsDiffer |= root < 0 ? 0 : _side.AssetRoots[asset] ^ root;
                root = root < 0 && moves ? _side.AssetRoots[asset] : root;
            }

            double joint = RequirementTally.Loss(least);
            double alone = joint, closing = 0;
            if (rootsDiffer != 0 && _hasRoots)
            {
                ManyRoots(held, quantities, positions, count, out alone, out closing, ref excess);
            }
            else if (_hasCloseOut && root >= 0)
            {
                closing = _side.CloseOuts[root].Cost(side[SideColumns.Delta], side[SideColumns.Vega]);
                excess += _side.CloseOuts[root].Excess(side[SideColumns.Delta]);
            }

            double basis = 0, skew = 0;
            if (groupsDiffer != 0)
            {
                ManyGroups(held, quantities, positions, out basis, out skew);
            }
            else if (group >= 0)
            {
                basis = RequirementTally.Loss(double.MinNative(side[SideColumns.Up], side[SideColumns.Down]));
                skew = double.MaxNative(Math.Abs(side[SideColumns.Tilt]), Math.Abs(side[SideColumns.Curl]));
            }

            double naked = sold < 0 ? NakedWorth(held, quantities, positions) : 0;
            double depeg = _hasPegs ? WorstPegs(pegs) : _manyPegs ? Depeg(held, quantities, positions, count) : 0;
            double worst = joint + (_uncredited * double.MaxNative(0, alone - joint));
            int binding = worst > 0 ? (at < _scenarios ? at : 0) : Verdict.NoScenario;
            if (basis > worst) (worst, binding) = (basis, -(int)WorstTerm.Basis);
            if (skew > worst) (worst, binding) = (skew, -(int)WorstTerm.Skew);
            if (depeg > worst) (worst, binding) = (depeg, -(int)WorstTerm.Depeg);

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

    /// <summary>The worst loss of up to four pegs, or of the two worst.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double WorstPegs(Vector512<double> gains)
    {
        (double first, double second) = (0, 0);
        for (int e = 0; e < PegLanes; e += 2)
        {
            double loss = RequirementTally.Loss(double.MinNative(gains[e], gains[e + 1]));
            second = double.MaxNative(second, double.MinNative(first, loss));
            first = double.MaxNative(first, loss);
        }

        return _twoPegs ? first + second : first;
    }

    /// <summary>A position beyond its first tier, or larger than its free size.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Vector256<double> Beyond(int contract, double size, double* each, ref double excess)
    {
        LineFigures least = _table.Rates.Required(contract, size, each[SideColumns.Growth]);
        excess += CloseOut.Excess(size, each[SideColumns.Free], _table.ExcessRate);

        return Vector256.Create(least.Initial, least.Target, least.Maintenance, size * each[SideColumns.Doubt]);
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
                    _side.Roots[i],
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
            if (!_table.HasOffsets) alone = 0;
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
                int group = _side.Groups[held[p]];
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
                int strike = _side.Strikes[held[p]];
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
