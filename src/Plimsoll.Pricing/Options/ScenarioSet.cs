using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>
/// Joint moves of forwards and volatilities, laid out for <see cref="ScenarioRevaluation"/>: what every option would otherwise work out
/// again is worked out once.
/// </summary>
public sealed class ScenarioSet
{
    /// <summary>The most lanes any register has; columns are padded to a multiple of it with scenarios that change nothing.</summary>
    internal const int Padding = 8;

    private const double MostMove = 1e6;

    /// <summary>Takes the scenarios over.</summary>
    /// <param name="moves">What forwards are multiplied by, 1e-6 to 1e6.</param>
    /// <param name="volatilityFactors">What volatilities are multiplied by, 0 to 1e6; as many.</param>
    /// <exception cref="ArgumentException">Unequal lengths, or a factor outside its bounds.</exception>
    public ScenarioSet(ReadOnlySpan<double> moves, ReadOnlySpan<double> volatilityFactors)
    {
        if (moves.Length != volatilityFactors.Length) throw new ArgumentException("Every move needs one factor of volatility.", nameof(volatilityFactors));

        Count = moves.Length;
        var padded = (Count + Padding - 1) / Padding * Padding;
        (Move, LogMove, Factor, PerFactor) = (new double[padded], new double[padded], new double[padded], new double[padded]);
        for (var i = 0; i < padded; i++)
        {
            var (move, factor) = i < Count ? (moves[i], volatilityFactors[i]) : (1, 1);
            if (!(move is >= 1 / MostMove and <= MostMove)) throw new ArgumentException($"Scenario {i} multiplies forwards by {move}.", nameof(moves));
            if (!(factor is >= 0 and <= MostMove)) throw new ArgumentException($"Scenario {i} multiplies volatilities by {factor}.", nameof(volatilityFactors));

            (Move[i], LogMove[i], Factor[i], PerFactor[i]) = (move, Exact.Log(move), factor, ScenarioRevaluation.Inverse(factor));
            (LeastMove, GreatestMove) = (Math.Min(LeastMove, move), Math.Max(GreatestMove, move));
        }
    }

    /// <summary>Number of scenarios.</summary>
    public int Count { get; }

    internal double[] Move { get; }

    internal double[] LogMove { get; }

    internal double[] Factor { get; }

    internal double[] PerFactor { get; }

    internal double LeastMove { get; } = 1;

    internal double GreatestMove { get; } = 1;
}
