namespace Plimsoll.Risk.Exposure;

/// <summary>
/// What a bucket's own risks are worth a year, beside what its prices do; the numeraire.
/// <list type="number">
/// <item>Failure: intensity × loss given failure × what is in it, the fair running premium of a reduced-form default
/// (Jarrow and Turnbull 1995; Duffie and Singleton 1999: spread = λ·L).</item>
/// <item>Oracle manipulation: the same with its own intensity and loss, times how far it pays. Pushing the price by m
/// costs C = ⅔·m·V·(m/σ)² by the square-root law, and moves what hangs on it by m × its gross delta, which is the most
/// that can be taken out; it pays in full where that profit reaches the cost, and in proportion below
/// ("cost of corruption against profit from corruption", UMA 2018). Where nothing is known of the cost, it pays.</item>
/// </list>
/// </summary>
/// <param name="Failure">For failure, per year.</param>
/// <param name="Oracle">For manipulation, per year.</param>
/// <param name="Pays">How far manipulation pays, 0 to 1.</param>
public readonly record struct Premium(double Failure, double Oracle, double Pays)
{
    /// <summary>Both.</summary>
    public double Total => Failure + Oracle;

    /// <summary>The premium of a bucket.</summary>
    /// <param name="bucket">Its terms.</param>
    /// <param name="atStake">What is in it, at least 0.</param>
    /// <param name="grossDelta">What hangs on its prices, whatever the side, at least 0.</param>
    public static Premium Of(RiskBucket bucket, double atStake, double grossDelta)
    {
        double pays = bucket.Manipulation is { } terms ? Math.Min(1, terms.Move * grossDelta / terms.Cost) : 1;

        return new Premium(
            bucket.Failure.Intensity * bucket.Failure.LossGivenFailure * atStake,
            bucket.Oracle.Intensity * bucket.Oracle.LossGivenFailure * atStake * pays,
            pays);
    }
}
