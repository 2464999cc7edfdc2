namespace Plimsoll.Numerics;

/// <summary>
/// The walk of <see cref="ProgramSolver"/>: every variable rests at a bound, is free to move (superbasic), or follows from
/// the others through a row (basic).
/// <list type="number">
/// <item>Basic values and the prices of rows are found afresh from the basis, so that no error accumulates.</item>
/// <item>Where the free variables have no slope left, a resting variable whose move lowers the cost is set free; if there is
/// none, the point is the cheapest.</item>
/// <item>The free variables take a Newton step, or, where the cost is straight, walk downhill until something binds.</item>
/// <item>What meets its bound first comes to rest there; a basic one gives its row to the free variable that moves it most.</item>
/// </list>
/// </summary>
internal sealed class ActiveSet
{
    private const double SlopeTolerance = 1e-10;
    private const double LeastNoise = 1e-6;

    // A price of 0 is a difference of prices of this size, and as inexact as they are.
    private const double PartOfLargest = 1e-4;
    private const double PivotTolerance = 1e-11;
    private const int PatienceWithStandingStill = 40;
    private readonly ScaledProgram _program;
    private readonly int _rows;
    private readonly int _limit;
    private readonly double[] _value;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly int[] _basic;
    private readonly bool[] _isBasic;
    private readonly bool[] _isFree;
    private readonly List<int> _free = [];
    private readonly double[] _artificialSign;
    private readonly double[] _prices;
    private readonly DenseFactor _basis;
    private readonly double[] _slope;
    private readonly double[] _noise;
    private bool _artificialCost;
    private bool _isLevel;
    private int _stoodStill;

    public ActiveSet(ScaledProgram program, int limit)
    {
        (_program, _rows, _limit) = (program, program.Rows, limit);
        _value = new double[program.Total];
        (_lower, _upper) = ((double[])program.Lower.Clone(), (double[])program.Upper.Clone());
        (_isBasic, _isFree) = (new bool[program.Total], new bool[program.Total]);
        (_slope, _noise) = (new double[program.Total], new double[program.Total]);
        _basic = new int[_rows];
        (_artificialSign, _prices) = (new double[_rows], new double[_rows]);
        _basis = new DenseFactor(_rows);
        for (var j = 0; j < program.Variables; j++) _value[j] = Within(0, j);
        for (var i = 0; i < _rows; i++) Begin(i);
    }

    public bool NeedsArtificials { get; private set; }

    public int Steps { get; private set; }

    public ReadOnlySpan<double> Values => _value;

    public ReadOnlySpan<double> Prices => _prices;

    /// <summary>Whether every row holds, to a part of the numbers it is the sum of.</summary>
    public bool RowsHold(double tolerance)
    {
        for (var i = 0; i < _rows; i++)
        {
            var size = Math.Abs(_value[Slack(i)]);
            for (var j = 0; j < _program.Variables; j++) size += Math.Abs(_program.Column(j)[i] * _value[j]);
            if (Math.Abs(_value[Artificial(i)]) > tolerance * size) return false;
        }

        return true;
    }

    /// <summary>Nails the artificial variables to 0 and turns to the true cost.</summary>
    public void BeginCost()
    {
        (_artificialCost, _isLevel) = (false, false);
        _stoodStill = 0;
        for (var i = 0; i < _rows; i++)
        {
            var a = Artificial(i);
            (_lower[a], _upper[a]) = (0, 0);
            if (!_isBasic[a]) _value[a] = 0;
        }
    }

    /// <summary>Walks until the cost at hand has no way down.</summary>
    public ProgramStatus Run()
    {
        for (; Steps < _limit; Steps++)
        {
            if (!Refresh()) return ProgramStatus.LimitReached;
            if (IsLevel() && !SetFree()) return ProgramStatus.Solved;
            var (along, curved) = FreeSpace.Direction(_free, _slope, _noise, Curvatures(out var effects), SlopeTolerance, LeastNoise);
            // What is free may turn out to have no way down: it was freed for a slope that is only rounding.
            if (along is null) _isLevel = true;
            else if (Move(along, effects, curved) is { } ended) return ended;
        }

        return ProgramStatus.LimitReached;
    }

    private int Slack(int row) => _program.Variables + row;

    private int Artificial(int row) => _program.Variables + _rows + row;

    private double Within(double value, int j) => value < _lower[j] ? _lower[j] : value > _upper[j] ? _upper[j] : value;

    private void Begin(int row)
    {
        var sum = 0.0;
        for (var j = 0; j < _program.Variables; j++) sum += _program.Column(j)[row] * _value[j];
        var (slack, artificial) = (Slack(row), Artificial(row));
        _value[slack] = Within(sum, slack);
        var miss = sum - _value[slack];
        _artificialSign[row] = miss > 0 ? -1 : 1;
        _value[artificial] = Math.Abs(miss);
        _upper[artificial] = miss != 0 ? double.PositiveInfinity : 0;
        NeedsArtificials |= miss != 0;
        _artificialCost |= miss != 0;
        _basic[row] = miss != 0 ? artificial : slack;
        _isBasic[_basic[row]] = true;
    }

    /// <summary>The column of any variable in the rows A·x − slack ± artificial = 0.</summary>
    private void ColumnOf(int j, Span<double> column)
    {
        if (j < _program.Variables)
        {
            _program.Column(j).CopyTo(column);
            return;
        }

        column.Clear();
        var at = j - _program.Variables;
        if (at < _rows) column[at] = -1;
        else column[at - _rows] = _artificialSign[at - _rows];
    }

    private double SlopeOf(int j) => _artificialCost
        ? (j >= _program.Variables + _rows ? 1 : 0)
        : (j < _program.Variables ? _program.Linear[j] + (_program.Curvature[j] * _value[j]) : 0);

    /// <summary>The size of the terms a slope is the sum of: what its rounding is measured by.</summary>
    private double SizeOfSlope(int j) => _artificialCost || j >= _program.Variables
        ? Math.Abs(SlopeOf(j))
        : Math.Abs(_program.Linear[j]) + Math.Abs(_program.Curvature[j] * _value[j]);

    private double CurvatureOf(int j) => _artificialCost || j >= _program.Variables ? 0 : _program.Curvature[j];

    private bool Refresh()
    {
        var column = new double[_rows];
        var rest = new double[_rows];
        for (var p = 0; p < _rows; p++)
        {
            ColumnOf(_basic[p], column);
            for (var i = 0; i < _rows; i++) _basis[i, p] = column[i];
        }

        if (!_basis.Factor()) return false;
        for (var j = 0; j < _program.Total; j++)
        {
            if (_isBasic[j] || _value[j] == 0) continue;
            ColumnOf(j, column);
            for (var i = 0; i < _rows; i++) rest[i] -= column[i] * _value[j];
        }

        _basis.Solve(rest);
        for (var p = 0; p < _rows; p++) _value[_basic[p]] = rest[p];
        var largest = 0.0;
        for (var p = 0; p < _rows; p++)
        {
            _prices[p] = SlopeOf(_basic[p]);
            largest = Math.Max(largest, SizeOfSlope(_basic[p]));
        }

        _basis.SolveTransposed(_prices);
        foreach (var price in _prices) largest = Math.Max(largest, Math.Abs(price));
        for (var j = 0; j < _program.Total; j++)
        {
            if (_isBasic[j]) continue;
            ColumnOf(j, column);
            var slope = SlopeOf(j);
            var noise = SizeOfSlope(j);
            for (var i = 0; i < _rows; i++)
            {
                slope -= column[i] * _prices[i];
                noise += Math.Abs(column[i]) * (Math.Abs(_prices[i]) + (PartOfLargest * largest));
            }

            (_slope[j], _noise[j]) = (slope, noise);
        }

        return true;
    }

    private bool IsLevel()
    {
        if (_isLevel) return true;
        foreach (var j in _free) if (Math.Abs(_slope[j]) > SlopeTolerance * (_noise[j] + LeastNoise)) return false;
        return true;
    }

    /// <summary>Frees the resting variable with the steepest way down; after long standing still the first there is (Bland 1977).</summary>
    private bool SetFree()
    {
        var best = -1;
        var steepest = 0.0;
        for (var j = 0; j < _program.Total; j++)
        {
            if (_isBasic[j] || _isFree[j] || _lower[j] == _upper[j]) continue;
            var gain = _slope[j] < 0 && _value[j] < _upper[j] ? -_slope[j] : _slope[j] > 0 && _value[j] > _lower[j] ? _slope[j] : 0;
            if (gain <= SlopeTolerance * (_noise[j] + LeastNoise) || gain <= steepest) continue;
            (best, steepest) = (j, gain);
            if (_stoodStill > PatienceWithStandingStill) break;
        }

        if (best < 0) return false;
        _isFree[best] = true;
        _isLevel = false;
        _free.Add(best);
        return true;
    }

    /// <summary>Curvature of the cost along the free variables, and what a unit of each does to the basic ones.</summary>
    private double[,] Curvatures(out double[][] effects)
    {
        var n = _free.Count;
        effects = new double[n][];
        for (var a = 0; a < n; a++)
        {
            effects[a] = new double[_rows];
            ColumnOf(_free[a], effects[a]);
            _basis.Solve(effects[a]);
            for (var p = 0; p < _rows; p++) effects[a][p] = -effects[a][p];
        }

        var curvature = new double[n, n];
        for (var a = 0; a < n; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var sum = a == b ? CurvatureOf(_free[a]) : 0;
                for (var p = 0; p < _rows; p++) sum += effects[a][p] * effects[b][p] * CurvatureOf(_basic[p]);
                curvature[a, b] = curvature[b, a] = sum;
            }
        }

        return curvature;
    }

    /// <summary>Moves as far as the direction is good and nothing binds. Answers when there is no bottom.</summary>
    private ProgramStatus? Move(double[] along, double[][] effects, bool curved)
    {
        var basic = new double[_rows];
        for (var a = 0; a < along.Length; a++)
        {
            for (var p = 0; p < _rows; p++) basic[p] += along[a] * effects[a][p];
        }

        var largest = 0.0;
        foreach (var p in basic) largest = Math.Max(largest, Math.Abs(p));
        foreach (var a in along) largest = Math.Max(largest, Math.Abs(a));
        var (step, blocking) = (curved ? 1.0 : double.PositiveInfinity, -1);
        var weight = 0.0;
        for (var a = 0; a < along.Length; a++) Ratio(_free[a], along[a], largest, ref step, ref blocking, ref weight);
        for (var p = 0; p < _rows; p++) Ratio(_basic[p], basic[p], largest, ref step, ref blocking, ref weight);
        if (double.IsPositiveInfinity(step)) return ProgramStatus.Unbounded;

        _stoodStill = step > 0 ? 0 : _stoodStill + 1;
        for (var a = 0; a < along.Length; a++) _value[_free[a]] = Within(_value[_free[a]] + (step * along[a]), _free[a]);
        _isLevel = blocking < 0;
        if (_isLevel) return null;
        var up = DirectionOf(blocking, along, basic) > 0;
        _value[blocking] = up ? _upper[blocking] : _lower[blocking];
        if (_isBasic[blocking]) HandOver(blocking, effects);
        else Rest(blocking);
        return null;
    }

    private double DirectionOf(int j, double[] along, double[] basic) =>
        _isBasic[j] ? basic[Array.IndexOf(_basic, j)] : along[_free.IndexOf(j)];

    private void Ratio(int j, double direction, double largest, ref double step, ref int blocking, ref double weight)
    {
        if (Math.Abs(direction) <= PivotTolerance * largest) return;
        var room = direction > 0 ? _upper[j] - _value[j] : _value[j] - _lower[j];
        if (double.IsPositiveInfinity(room)) return;
        var ratio = Math.Max(0, room) / Math.Abs(direction);
        var slack = 1e-12 * (1 + Math.Min(ratio, step));
        // Among equals the largest pivot keeps the basis sound; after long standing still the lowest index breaks cycles.
        var preferred = blocking < 0 ? ratio <= step : _stoodStill > PatienceWithStandingStill ? j < blocking : Math.Abs(direction) > weight;
        if (ratio < step - slack || (ratio <= step + slack && preferred))
            (step, blocking, weight) = (Math.Min(ratio, step), j, Math.Abs(direction));
    }

    private void Rest(int j)
    {
        _isFree[j] = false;
        _free.Remove(j);
    }

    /// <summary>A basic variable comes to rest; the free variable that moves it most takes its row.</summary>
    private void HandOver(int basic, double[][] effects)
    {
        var p = Array.IndexOf(_basic, basic);
        var best = 0;
        for (var a = 1; a < effects.Length; a++) if (Math.Abs(effects[a][p]) > Math.Abs(effects[best][p])) best = a;
        var taker = _free[best];
        Rest(taker);
        (_isBasic[basic], _isBasic[taker]) = (false, true);
        _basic[p] = taker;
    }
}
