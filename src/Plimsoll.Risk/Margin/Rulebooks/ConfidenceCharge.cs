namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>
/// A charge on what stands on a doubtful price: (1 − confidence) × factor × notional once the confidence is below the
/// threshold. It belongs in initial margin only: a doubtful price must not liquidate anyone. Source: Derive v2, "oracle
/// contingency".
/// </summary>
/// <param name="Threshold">Confidence below which it applies, 0 to 1.</param>
/// <param name="Factor">Charge per notional at no confidence.</param>
public readonly record struct ConfidenceCharge(double Threshold, double Factor)
{
    /// <summary>The charge, in the unit of the notional.</summary>
    /// <param name="confidence">Confidence of the price, 0 to 1.</param>
    /// <param name="notional">What stands on it.</param>
    public double On(double confidence, double notional) => confidence < Threshold ? (1 - confidence) * Factor * notional : 0;
}
