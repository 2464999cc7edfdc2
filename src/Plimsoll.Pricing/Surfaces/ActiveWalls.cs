namespace Plimsoll.Pricing.Surfaces;

/// <summary>
/// The walls a point leans on, at most as many as it has dimensions, with how hard each presses (its multiplier). Directions
/// are measured in the norm in which the objective is a distance.
/// </summary>
internal sealed class ActiveWalls
{
    private const int Most = SmallSystem.Most;
    private const int Width = Most + 1;
    private readonly double[] _normals = new double[Most * Most];
    private readonly double[] _pressure = new double[Most];
    private readonly double[] _relief = new double[Most];
    private int _size;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Leans on nothing.</summary>
    public void Clear(int size) => (Count, _size) = (0, size);

    /// <summary>
    /// Takes out of a direction what runs into the walls, so that what is left slides along them, and remembers how the
    /// pressures change on the way.
    /// </summary>
    public void Project(Span<double> direction)
    {
        Span<double> system = stackalloc double[Most * Width];
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < Count; j++) system[(i * Width) + j] = Dot(Normal(i), Normal(j));
            system[(i * Width) + Most] = Dot(Normal(i), direction);
        }

        Eliminate(system);
        for (var i = 0; i < Count; i++)
            for (var c = 0; c < _size; c++) direction[c] -= _relief[i] * Normal(i)[c];
    }

    /// <summary>After how long a stride the first wall stops pressing; never is infinity.</summary>
    public double FirstToLetGo(out int wall)
    {
        var (first, at) = (double.PositiveInfinity, -1);
        for (var i = 0; i < Count; i++)
            if (_relief[i] > 1e-14 && _pressure[i] / _relief[i] < first) (first, at) = (_pressure[i] / _relief[i], i);
        wall = at;
        return first;
    }

    /// <summary>Lets the pressures follow a stride.</summary>
    public void Press(double stride)
    {
        for (var i = 0; i < Count; i++) _pressure[i] -= stride * _relief[i];
    }

    /// <summary>Leans on one more wall.</summary>
    public void Add(ReadOnlySpan<double> normal, double pressure)
    {
        normal[.._size].CopyTo(_normals.AsSpan(Count * Most));
        _pressure[Count++] = pressure;
    }

    /// <summary>Lets go of a wall.</summary>
    public void Remove(int wall)
    {
        Count--;
        for (var i = wall; i < Count; i++)
        {
            Normal(i + 1).CopyTo(_normals.AsSpan(i * Most));
            _pressure[i] = _pressure[i + 1];
        }
    }

    /// <summary>The Gram system by elimination with the largest pivot.</summary>
    private void Eliminate(Span<double> system)
    {
        for (var p = 0; p < Count; p++)
        {
            var pivot = p;
            for (var i = p + 1; i < Count; i++)
                if (Math.Abs(system[(i * Width) + p]) > Math.Abs(system[(pivot * Width) + p])) pivot = i;
            for (var j = 0; j < Width && pivot != p; j++)
                (system[(p * Width) + j], system[(pivot * Width) + j]) = (system[(pivot * Width) + j], system[(p * Width) + j]);
            for (var i = p + 1; i < Count; i++)
            {
                var part = system[(i * Width) + p] / system[(p * Width) + p];
                for (var j = p; j < Width; j++) system[(i * Width) + j] -= part * system[(p * Width) + j];
            }
        }

        for (var p = Count - 1; p >= 0; p--)
        {
            var sum = system[(p * Width) + Most];
            for (var j = p + 1; j < Count; j++) sum -= system[(p * Width) + j] * _relief[j];
            _relief[p] = sum / system[(p * Width) + p];
        }
    }

    private ReadOnlySpan<double> Normal(int wall) => _normals.AsSpan(wall * Most, _size);

    private static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var c = 0; c < one.Length; c++) sum += one[c] * other[c];
        return sum;
    }
}
