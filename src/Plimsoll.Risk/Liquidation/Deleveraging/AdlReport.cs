namespace Plimsoll.Risk.Liquidation.Deleveraging;

/// <summary>What an allocation does to those who bear it.</summary>
/// <param name="Lots">Lots taken over together.</param>
/// <param name="Unshared">Lots nobody took.</param>
/// <param name="GivenUp">What they lose against the mark, in the numeraire.</param>
/// <param name="Overshoot">What of that lies beyond the deficit; below 0 what is still missing.</param>
/// <param name="Touched">Accounts that gave something.</param>
/// <param name="Largest">The largest part of what was given up that fell on one account.</param>
/// <param name="Fairness">How evenly the burden lies, from the part of his position each gave.</param>
/// <param name="HedgesBroken">Hedged accounts that gave more than a tenth of their position.</param>
/// <param name="Hedged">Hedged accounts there are.</param>
/// <param name="MaxLeverage">The highest factor-adjusted leverage afterwards; +∞ where an account is worth nothing and still exposed.</param>
/// <param name="ProfitLost">What was given up ÷ what all of them had won; 0 where nobody had.</param>
public sealed record AdlReport(
    long Lots,
    long Unshared,
    double GivenUp,
    double Overshoot,
    int Touched,
    double Largest,
    Fairness Fairness,
    int HedgesBroken,
    int Hedged,
    double MaxLeverage,
    double ProfitLost)
{
    private const double BrokenPart = 0.1;

    /// <summary>Judges an allocation.</summary>
    /// <param name="candidates">Everybody on the other side; at least one.</param>
    /// <param name="taken">Lots each takes over.</param>
    /// <param name="wanted">Lots there were.</param>
    /// <param name="perLot">What taking over one lot loses against the mark, in the numeraire.</param>
    /// <param name="deficit">What was to be covered by it.</param>
    public static AdlReport Of(ReadOnlySpan<AdlCandidate> candidates, ReadOnlySpan<long> taken, long wanted, double perLot, double deficit)
    {
        double[] parts = new double[candidates.Length];
        (long lots, long largest, int touched, int broken, int hedged) = (0, 0, 0, 0, 0);
        (double leverage, double profits) = (0, 0);
        for (int i = 0; i < parts.Length; i++)
        {
            ref readonly AdlCandidate one = ref candidates[i];
            parts[i] = (double)taken[i] / one.Lots;
            lots += taken[i];
            largest = Math.Max(largest, taken[i]);
            touched += taken[i] > 0 ? 1 : 0;
            hedged += one.IsHedged ? 1 : 0;
            broken += one.IsHedged && parts[i] > BrokenPart ? 1 : 0;
            profits += Math.Max(0, one.Profit);
            leverage = Math.Max(leverage, LeverageAfter(one, parts[i], taken[i] * perLot));
        }

        double given = lots * perLot;

        return new AdlReport(
            lots,
            wanted - lots,
            given,
            given - deficit,
            touched,
            lots > 0 ? (double)largest / lots : 0,
            parts.Length > 0 ? Fairness.Of(parts) : new Fairness(0, 1),
            broken,
            hedged,
            leverage,
            profits > 0 ? given / profits : 0);
    }

    private static double LeverageAfter(in AdlCandidate one, double part, double lost)
    {
        double exposure = Math.Abs(one.Exposure - (part * one.Notional));
        double equity = one.Equity - lost;

        return exposure <= 1e-9 * one.Notional ? 0 : equity > 0 ? exposure / equity : double.PositiveInfinity;
    }
}
