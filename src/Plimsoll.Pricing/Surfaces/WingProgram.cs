using Plimsoll.Markets.Surfaces;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>Everything about a smile that it is not linear in, in log-moneyness.</summary>
/// <param name="M">Place of the vertex.</param>
/// <param name="Sigma">Its roundness.</param>
/// <param name="BumpPlace">Place of the bump.</param>
/// <param name="BumpWidth">Width of the bump; 0 where there is to be none.</param>
internal readonly record struct SmileBones(double M, double Sigma, double BumpPlace = 0, double BumpWidth = 0);

/// <summary>
/// The inner problem of the quasi-explicit fit. With its bones given a smile is linear in its level, its two wings and the
/// height of its bump: w = a + r·(R + x)/2 + l·(R − x)/2 + c·h with x = k − m, R = √(x² + σ²), r = b(1 + ρ), l = b(1 − ρ). So the
/// best smile within a <see cref="SmileRoom"/> is a quadratic programme in three or four unknowns, solved exactly by the dual
/// method of Goldfarb and Idnani (1983): start at the unconstrained optimum, step to the most violated wall, let go of walls
/// that no longer press.
/// </summary>
internal sealed class WingProgram
{
    private const int MostSteps = 80;
    private const int Edges = 4;
    private const int Most = SmallSystem.Most;
    private readonly SmileTarget _target;
    private readonly SmileRoom? _room;
    private readonly double[] _rows;
    private readonly double _slack;
    private readonly SmallSystem _system = new();
    private readonly ActiveWalls _active = new();

    public WingProgram(SmileTarget target, SmileRoom? room)
    {
        (_target, _room) = (target, room);
        _rows = new double[(room?.K.Length ?? 0) * Most];
        _slack = 1e-9 * target.AtTheMoney;
    }

    /// <summary>The best smile on given bones; none where the room has no such smile.</summary>
    public Smile? Solve(in SmileBones bones)
    {
        Span<double> x = stackalloc double[Most];
        if (!Unconstrained(bones, x)) return null;
        if (_room is null)
        {
            (x[1], x[2]) = (Math.Max(x[1], SmileRoom.FlattestWing), Math.Max(x[2], SmileRoom.FlattestWing));
            x[0] = Math.Max(x[0], -bones.Sigma * Math.Sqrt(x[1] * x[2]));
        }
        else
        {
            for (var i = 0; i < _room.K.Length; i++) Row(bones, _room.K[i], _rows.AsSpan(i * Most, Most));
            if (!Constrained(x)) return null;
        }

        var b = (x[1] + x[2]) / 2;
        if (!(b > 0)) return null;
        var svi = new SviSlice(x[0], b, (x[1] - x[2]) / (2 * b), bones.M, bones.Sigma);
        Smile smile = bones.BumpWidth > 0 ? new Smile(svi, new SmileBump(x[3], bones.BumpPlace, bones.BumpWidth)) : svi;
        return smile.IsSmile ? smile : null;
    }

    private static void Row(in SmileBones bones, double k, Span<double> row)
    {
        var x = k - bones.M;
        // The smaller of (R ± x)/2 without cancellation: their product is σ²/4.
        var large = (Math.Sqrt((x * x) + (bones.Sigma * bones.Sigma)) + Math.Abs(x)) / 2;
        var small = bones.Sigma * bones.Sigma / (4 * large);
        (row[0], row[1], row[2]) = x > 0 ? (1, large, small) : (1, small, large);
        if (bones.BumpWidth <= 0) return;
        var y = (k - bones.BumpPlace) / bones.BumpWidth;
        row[3] = 1 / (1 + (y * y));
    }

    private bool Unconstrained(in SmileBones bones, Span<double> x)
    {
        Span<double> row = stackalloc double[Most];
        _system.Clear(bones.BumpWidth > 0 ? Most : Most - 1);
        x.Clear();
        for (var i = 0; i < _target.K.Length; i++)
        {
            Row(bones, _target.K[i], row);
            _system.Add(row, _target.Weight[i]);
            for (var c = 0; c < _system.Size; c++) x[c] += _target.Weight[i] * row[c] * _target.Variance[i];
        }

        if (!_system.Factor()) return false;
        _system.Forward(x);
        _system.Back(x);
        return true;
    }

    /// <summary>The wall n·x ≥ bound.</summary>
    private double Wall(int wall, Span<double> normal)
    {
        normal.Clear();
        switch (wall)
        {
            case 0: normal[1] = 1; return _room!.LeastRight;
            case 1: normal[2] = 1; return _room!.LeastLeft;
            case 2: normal[1] = -1; return -_room!.MostRight;
            case 3: normal[2] = -1; return -_room!.MostLeft;
        }

        var point = (wall - Edges) / 2;
        var isCeiling = (wall - Edges) % 2 == 1;
        for (var c = 0; c < _system.Size; c++) normal[c] = isCeiling ? -_rows[(point * Most) + c] : _rows[(point * Most) + c];
        return isCeiling ? -_room!.Ceiling[point] : _room!.Floor[point];
    }

    private int MostViolated(ReadOnlySpan<double> x)
    {
        var (worst, at) = (_slack, -1);
        Span<double> edges = [_room!.LeastRight - x[1], _room.LeastLeft - x[2], x[1] - _room.MostRight, x[2] - _room.MostLeft];
        for (var i = 0; i < Edges; i++)
            if (edges[i] > worst) (worst, at) = (edges[i], i);
        for (var i = 0; i < _room.Ceiling.Length; i++)
        {
            var variance = 0.0;
            for (var c = 0; c < _system.Size; c++) variance += x[c] * _rows[(i * Most) + c];
            if (_room.Floor[i] - variance > worst) (worst, at) = (_room.Floor[i] - variance, Edges + (2 * i));
            if (variance - _room.Ceiling[i] > worst) (worst, at) = (variance - _room.Ceiling[i], Edges + (2 * i) + 1);
        }

        return at;
    }

    private bool Constrained(Span<double> x)
    {
        _active.Clear(_system.Size);
        for (var step = 0; step < MostSteps; step++)
        {
            var wall = MostViolated(x);
            if (wall < 0) return true;
            if (!LeanOn(wall, x, ref step)) return false;
        }

        return false;
    }

    /// <summary>Moves to a wall, letting go of others on the way.</summary>
    private bool LeanOn(int wall, Span<double> x, ref int step)
    {
        Span<double> normal = stackalloc double[Most];
        Span<double> across = stackalloc double[Most];
        Span<double> along = stackalloc double[Most];
        var size = _system.Size;
        var pressure = 0.0;
        for (; step < MostSteps; step++)
        {
            var gap = Wall(wall, normal) - Dot(normal, x, size);
            normal.CopyTo(across);
            _system.Forward(across);
            across.CopyTo(along);
            _active.Project(along[..size]);
            var rise = Dot(along, across, size);
            var free = _active.Count < size && rise > 1e-14 * Dot(across, across, size) ? gap / rise : double.PositiveInfinity;
            var stride = Math.Min(free, _active.FirstToLetGo(out var leaving));
            if (double.IsPositiveInfinity(stride)) return false;

            _active.Press(stride);
            pressure += stride;
            if (!double.IsPositiveInfinity(free))
            {
                _system.Back(along);
                for (var c = 0; c < size; c++) x[c] += stride * along[c];
            }

            if (stride == free)
            {
                _active.Add(across, pressure);
                return true;
            }

            _active.Remove(leaving);
        }

        return false;
    }

    private static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other, int size)
    {
        var sum = 0.0;
        for (var c = 0; c < size; c++) sum += one[c] * other[c];
        return sum;
    }
}
