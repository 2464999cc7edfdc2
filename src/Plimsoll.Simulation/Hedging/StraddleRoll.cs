using Plimsoll.Units;

namespace Plimsoll.Simulation.Hedging;

/// <summary>
/// One straddle from its sale to its end, for one coin of underlying; money in the currency the replay counts in.
/// </summary>
/// <param name="At">When it was sold: the first bar there was at or after the time to roll.</param>
/// <param name="Ended">When it was settled: the first bar at or after its expiry.</param>
/// <param name="Strike">The price at the sale.</param>
/// <param name="Volatility">The volatility it was sold at.</param>
/// <param name="Premium">What it was sold for.</param>
/// <param name="Payoff">What it paid its buyer.</param>
/// <param name="OptionFees">What selling it cost.</param>
/// <param name="HedgeGain">What the perpetual gained.</param>
/// <param name="HedgeCost">Fees and half-spreads of the perpetual.</param>
/// <param name="Funding">Funding received, less what was paid.</param>
/// <param name="Trades">Trades of the perpetual.</param>
/// <param name="Steps">Bars at which the hedge was looked at.</param>
/// <param name="Missing">Bars that were not there.</param>
/// <param name="TrackingError">
/// Root mean square, over the steps, of what the hedged book gained in one, the straddle valued at the volatility it was sold at:
/// what was left unhedged, an hour at a time.
/// </param>
public sealed record StraddleRoll(
    Instant At,
    Instant Ended,
    double Strike,
    double Volatility,
    double Premium,
    double Payoff,
    double OptionFees,
    double HedgeGain,
    double HedgeCost,
    double Funding,
    int Trades,
    int Steps,
    int Missing,
    double TrackingError)
{
    /// <summary>Gain of the seller who waits.</summary>
    public double Unhedged => Premium - Payoff - OptionFees;

    /// <summary>Gain of the seller who hedges, all costs paid.</summary>
    public double Hedged => Unhedged + HedgeGain - HedgeCost + Funding;
}

/// <summary>The rolls that began within one stretch of time, added up.</summary>
/// <param name="Name">The stretch, such as 2021 Q1.</param>
/// <param name="Rolls">How many.</param>
/// <param name="MeanUnhedged">Mean gain without the hedge.</param>
/// <param name="MeanHedged">Mean gain with it.</param>
/// <param name="VarianceUnhedged">Sample variance of gains without the hedge; NaN for fewer than two rolls.</param>
/// <param name="VarianceHedged">The same with it.</param>
/// <param name="TrackingError">Root mean square of the rolls' tracking errors.</param>
/// <param name="HedgeCost">Fees and half-spreads together.</param>
/// <param name="Funding">Funding received together.</param>
/// <param name="Trades">Trades together.</param>
/// <param name="Missing">Bars missing together.</param>
public sealed record StraddlePeriod(
    string Name,
    int Rolls,
    double MeanUnhedged,
    double MeanHedged,
    double VarianceUnhedged,
    double VarianceHedged,
    double TrackingError,
    double HedgeCost,
    double Funding,
    int Trades,
    int Missing)
{
    /// <summary>How many times the variance without the hedge is that with it.</summary>
    public double VarianceRatio => VarianceUnhedged / VarianceHedged;

    /// <summary>Adds rolls up.</summary>
    public static StraddlePeriod Of(string name, IReadOnlyList<StraddleRoll> rolls)
    {
        (double meanUnhedged, double varianceUnhedged) = Moments(rolls, roll => roll.Unhedged);
        (double meanHedged, double varianceHedged) = Moments(rolls, roll => roll.Hedged);

        return new StraddlePeriod(
            name, rolls.Count, meanUnhedged, meanHedged, varianceUnhedged, varianceHedged,
            Math.Sqrt(Moments(rolls, roll => roll.TrackingError * roll.TrackingError).Mean),
            rolls.Sum(roll => roll.HedgeCost), rolls.Sum(roll => roll.Funding), rolls.Sum(roll => roll.Trades), rolls.Sum(roll => roll.Missing));
    }

    private static (double Mean, double Variance) Moments(IReadOnlyList<StraddleRoll> rolls, Func<StraddleRoll, double> gain)
    {
        double sum = 0, squares = 0;
        foreach (StraddleRoll roll in rolls) sum += gain(roll);
        double mean = sum / rolls.Count;
        foreach (StraddleRoll roll in rolls) squares += (gain(roll) - mean) * (gain(roll) - mean);

        return (mean, rolls.Count > 1 ? squares / (rolls.Count - 1) : double.NaN);
    }
}
