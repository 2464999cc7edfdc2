using Plimsoll.Risk.Liquidation.Terms;

namespace Plimsoll.Risk.Liquidation.Insurance;

/// <summary>What a mutual pool's cover costs. Money is in the numeraire.</summary>
/// <param name="Capital">What the pool holds.</param>
/// <param name="Required">What its cover requires: cover ÷ gearing, at least the floor.</param>
/// <param name="Cover">What it covers: what was agreed, but no more than its capital carries.</param>
/// <param name="Utilisation">Required ÷ held, 0 to 1: how much of the capital is bound.</param>
/// <param name="ExpectedLoss">The part of the annual rate that pays for what is expected.</param>
/// <param name="Load">The part on top of it for what is not.</param>
/// <param name="Scarcity">The part for how little capital is free.</param>
public sealed record PoolPremium(double Capital, double Required, double Cover, double Utilisation, double ExpectedLoss, double Load, double Scarcity)
{
    /// <summary>What a unit of cover costs a year.</summary>
    public double AnnualRate => ExpectedLoss + Load + Scarcity;

    /// <summary>What is due for a time.</summary>
    public double For(TimeSpan time) => Cover * AnnualRate * (time.TotalDays / 365);

    /// <summary>Prices the cover of a pool: expected loss × (1 + load), and more the less capital is free.</summary>
    /// <param name="terms">The pool.</param>
    /// <param name="capital">What it holds, not below 0.</param>
    public static PoolPremium Of(PoolTerms terms, double capital)
    {
        double required = Math.Max((double)terms.Floor, (double)terms.Cover / (double)terms.Gearing);
        double used = required <= 0 ? 0 : capital > required ? required / capital : 1;
        double expected = (double)terms.ExpectedLoss;

        return new PoolPremium(
            capital,
            required,
            Math.Min((double)terms.Cover, capital * (double)terms.Gearing),
            used,
            expected,
            expected * (double)terms.Load,
            terms.Utilisation is { } curve ? (double)curve.RateAt((decimal)used) : 0);
    }
}
