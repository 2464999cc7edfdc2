namespace Plimsoll.Numerics;

/// <summary>A small square matrix as the product of triangles (Gauss with row exchanges), for solving both ways.</summary>
internal sealed class DenseFactor(int size)
{
    private readonly double[] _lu = new double[size * size];
    private readonly int[] _from = new int[size];
    private readonly double[] _work = new double[size];

    /// <summary>An entry of the matrix, before <see cref="Factor"/>.</summary>
    public double this[int row, int column]
    {
        set => _lu[(row * size) + column] = value;
    }

    /// <summary>Makes all entries 0.</summary>
    public void Clear() => Array.Clear(_lu);

    /// <summary>Takes the matrix apart; false when it is singular to working precision.</summary>
    public bool Factor()
    {
        for (var i = 0; i < size; i++) _from[i] = i;
        for (var k = 0; k < size; k++)
        {
            var best = k;
            for (var i = k + 1; i < size; i++) if (Math.Abs(_lu[(i * size) + k]) > Math.Abs(_lu[(best * size) + k])) best = i;
            if (!(Math.Abs(_lu[(best * size) + k]) > 1e-13)) return false;
            if (best != k) Exchange(k, best);
            for (var i = k + 1; i < size; i++)
            {
                var factor = _lu[(i * size) + k] / _lu[(k * size) + k];
                _lu[(i * size) + k] = factor;
                if (factor == 0) continue;
                for (var j = k + 1; j < size; j++) _lu[(i * size) + j] -= factor * _lu[(k * size) + j];
            }
        }

        return true;
    }

    /// <summary>Solves B·x = b in place.</summary>
    public void Solve(Span<double> b)
    {
        for (var i = 0; i < size; i++) _work[i] = b[_from[i]];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++) _work[i] -= _lu[(i * size) + j] * _work[j];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < size; j++) _work[i] -= _lu[(i * size) + j] * _work[j];
            _work[i] /= _lu[(i * size) + i];
        }

        _work.CopyTo(b);
    }

    /// <summary>Solves Bᵀ·y = b in place.</summary>
    public void SolveTransposed(Span<double> b)
    {
        b[..size].CopyTo(_work);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++) _work[i] -= _lu[(j * size) + i] * _work[j];
            _work[i] /= _lu[(i * size) + i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < size; j++) _work[i] -= _lu[(j * size) + i] * _work[j];
        }

        for (var i = 0; i < size; i++) b[_from[i]] = _work[i];
    }

    private void Exchange(int a, int b)
    {
        (_from[a], _from[b]) = (_from[b], _from[a]);
        for (var j = 0; j < size; j++) (_lu[(a * size) + j], _lu[(b * size) + j]) = (_lu[(b * size) + j], _lu[(a * size) + j]);
    }
}
