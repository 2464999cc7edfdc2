namespace Plimsoll.Numerics;

/// <summary>
/// A programme with rows, variables and cost brought near 1 by powers of two: x = s·x′, row′ = r·row, cost′ = k·cost.
/// Variables come first, then a slack per row, then an artificial variable per row.
/// </summary>
internal sealed class ScaledProgram
{
    private const int ScalingPasses = 6;
    private readonly double[] _entries;
    private readonly int[] _columnScale;
    private readonly int[] _rowScale;
    private readonly int _costScale;
    private readonly ConvexProgram _program;

    public ScaledProgram(ConvexProgram program)
    {
        _program = program;
        (Variables, Rows) = (program.Variables, program.Rows);
        (_columnScale, _rowScale) = (new int[Variables], new int[Rows]);
        _entries = new double[Variables * Rows];
        FindScales();
        (Linear, Curvature) = (new double[Variables], new double[Variables]);
        (Lower, Upper) = (new double[Total], new double[Total]);
        var steepest = 0.0;
        for (var j = 0; j < Variables; j++)
        {
            for (var i = 0; i < Rows; i++) _entries[(j * Rows) + i] = Math.ScaleB(program[i, j], _columnScale[j] + _rowScale[i]);
            Linear[j] = Math.ScaleB(program.Linear[j], _columnScale[j]);
            Curvature[j] = Math.ScaleB(program.Curvature[j], 2 * _columnScale[j]);
            (Lower[j], Upper[j]) = (Math.ScaleB(program.Lower[j], -_columnScale[j]), Math.ScaleB(program.Upper[j], -_columnScale[j]));
            steepest = Math.Max(steepest, Math.Max(Math.Abs(Linear[j]), Curvature[j]));
        }

        _costScale = steepest > 0 ? -Math.ILogB(steepest) : 0;
        for (var j = 0; j < Variables; j++)
        {
            Linear[j] = Math.ScaleB(Linear[j], _costScale);
            Curvature[j] = Math.ScaleB(Curvature[j], _costScale);
        }

        for (var i = 0; i < Rows; i++)
        {
            Lower[Variables + i] = Math.ScaleB(program.RowLower[i], _rowScale[i]);
            Upper[Variables + i] = Math.ScaleB(program.RowUpper[i], _rowScale[i]);
        }
    }

    public int Variables { get; }

    public int Rows { get; }

    /// <summary>Variables, slacks and artificial variables.</summary>
    public int Total => Variables + (2 * Rows);

    public double[] Linear { get; }

    public double[] Curvature { get; }

    public double[] Lower { get; }

    public double[] Upper { get; }

    public ReadOnlySpan<double> Column(int variable) => _entries.AsSpan(variable * Rows, Rows);

    /// <summary>The point in the programme's own units, held within its bounds.</summary>
    public double[] Unscale(ReadOnlySpan<double> values)
    {
        var point = new double[Variables];
        for (var j = 0; j < Variables; j++)
            point[j] = Math.Min(Math.Max(Math.ScaleB(values[j], _columnScale[j]), _program.Lower[j]), _program.Upper[j]);
        return point;
    }

    /// <summary>The prices of rows in the programme's own units.</summary>
    public double[] Prices(ReadOnlySpan<double> prices)
    {
        var answer = new double[Rows];
        for (var i = 0; i < Rows; i++) answer[i] = Math.ScaleB(prices[i], _rowScale[i] - _costScale);
        return answer;
    }

    /// <summary>Rows and variables in turn to a middle entry of 1, between the least and the largest; then variables to a largest of 1.</summary>
    private void FindScales()
    {
        for (var pass = 0; pass < ScalingPasses; pass++)
        {
            for (var i = 0; i < Rows; i++)
            {
                var (least, largest) = (double.PositiveInfinity, 0.0);
                for (var j = 0; j < Variables; j++) Widen(_program[i, j], _columnScale[j], ref least, ref largest);
                if (largest > 0) _rowScale[i] = -Middle(least, largest);
            }

            for (var j = 0; j < Variables; j++)
            {
                var (least, largest) = (double.PositiveInfinity, 0.0);
                for (var i = 0; i < Rows; i++) Widen(_program[i, j], _rowScale[i], ref least, ref largest);
                _columnScale[j] = largest == 0 ? CostScaleOf(j) : pass + 1 < ScalingPasses ? -Middle(least, largest) : -Math.ILogB(largest);
            }
        }
    }

    private static void Widen(double entry, int scale, ref double least, ref double largest)
    {
        if (entry == 0) return;
        var size = Math.ScaleB(Math.Abs(entry), scale);
        (least, largest) = (Math.Min(least, size), Math.Max(largest, size));
    }

    private static int Middle(double least, double largest) => (int)Math.Floor((Math.ILogB(least) + Math.ILogB(largest)) / 2.0);

    /// <summary>The scale of a variable that is in no row: the one at which its own cost is near 1.</summary>
    private int CostScaleOf(int j) => _program.Curvature[j] > 0
        ? -Math.ILogB(_program.Curvature[j]) / 2
        : _program.Linear[j] != 0 ? -Math.ILogB(_program.Linear[j]) : 0;
}
