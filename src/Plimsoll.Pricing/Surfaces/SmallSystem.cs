namespace Plimsoll.Pricing.Surfaces;

/// <summary>Normal equations of a least-squares problem in at most four unknowns, factored as L·Lᵀ (Cholesky).</summary>
internal sealed class SmallSystem
{
    /// <summary>The most unknowns.</summary>
    public const int Most = 4;

    // A trace of ridge: far from the quotes the columns are nearly one.
    private const double Ridge = 1e-11;
    private readonly double[] _factor = new double[Most * Most];

    /// <summary>Unknowns.</summary>
    public int Size { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Clear(int size)
    {
        Size = size;
        _factor.AsSpan().Clear();
    }

    /// <summary>Adds weight·row·rowᵀ.</summary>
    public void Add(ReadOnlySpan<double> row, double weight)
    {
        for (var i = 0; i < Size; i++)
            for (var j = 0; j <= i; j++) _factor[(i * Most) + j] += weight * row[i] * row[j];
    }

    /// <summary>Factors what was added; says whether its columns are independent.</summary>
    public bool Factor()
    {
        for (var i = 0; i < Size; i++)
        {
            _factor[(i * Most) + i] *= 1 + Ridge;
            for (var j = 0; j <= i; j++)
            {
                var sum = _factor[(i * Most) + j];
                for (var c = 0; c < j; c++) sum -= _factor[(i * Most) + c] * _factor[(j * Most) + c];
                if (i != j)
                {
                    _factor[(i * Most) + j] = sum / _factor[(j * Most) + j];
                    continue;
                }

                if (!(sum > 0)) return false;
                _factor[(i * Most) + i] = Math.Sqrt(sum);
            }
        }

        return true;
    }

    /// <summary>Solves L·z = z in place.</summary>
    public void Forward(Span<double> z)
    {
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < i; j++) z[i] -= _factor[(i * Most) + j] * z[j];
            z[i] /= _factor[(i * Most) + i];
        }
    }

    /// <summary>Solves Lᵀ·z = z in place.</summary>
    public void Back(Span<double> z)
    {
        for (var i = Size - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < Size; j++) z[i] -= _factor[(j * Most) + i] * z[j];
            z[i] /= _factor[(i * Most) + i];
        }
    }
}
