using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>What a delta is counted in: the conventions of the currency markets, which crypto venues took over.</summary>
public enum DeltaConvention : byte
{
    /// <summary>Spot to sell per unit of option.</summary>
    Spot = 0,

    /// <summary>Forwards to sell per unit of option.</summary>
    Forward = 1,

    /// <summary>Spot, less the premium where it is paid in the underlying coin.</summary>
    PremiumAdjustedSpot = 2,

    /// <summary>Forwards, less the premium where it is paid in the underlying coin: Deribit's net transaction delta.</summary>
    PremiumAdjustedForward = 3,
}

/// <summary>What a quoted delta asks about the market of one expiry.</summary>
/// <param name="Spot">The spot in quote units, above 0.</param>
/// <param name="QuoteFactor">Discount factor of the quote currency to expiry, above 0; 1 without interest.</param>
/// <param name="BaseFactor">Discount factor of the underlying to expiry, above 0; 1 without yield.</param>
/// <param name="Spread">Total volatility σ√T, above 0.</param>
public readonly record struct DeltaMarket(double Spot, double QuoteFactor, double BaseFactor, double Spread)
{
    /// <summary>The forward S·(base factor)/(quote factor).</summary>
    public double Forward => Spot * BaseFactor / QuoteFactor;
}

/// <summary>
/// Deltas as quoted, and the strikes they stand for (Castagna, "FX Options and Smile Risk", 2010, §1.5; Reiswich and Wystup,
/// "FX volatility smile construction", 2010). With premium, a call's delta (K/F)·N(d₂) rises with the strike, reaches a greatest
/// value and falls again: of the two strikes with one delta the right one is meant, where calls are out of the money.
/// </summary>
public static class QuotedDelta
{
    private const double LnRootTwoPi = 0.9189385332046728;
    private const double Furthest = 1e6;

    /// <summary>The delta of a strike; negative for puts, NaN where an argument has no meaning.</summary>
    /// <param name="side">The right the option gives.</param>
    /// <param name="convention">What the delta is counted in.</param>
    /// <param name="market">The market.</param>
    /// <param name="strike">The strike in quote units, above 0.</param>
    public static double Of(OptionSide side, DeltaConvention convention, in DeltaMarket market, double strike)
    {
        var raw = Black76.RawGreeks(new OptionInputs(side, market.Forward, strike, 1, market.Spread));
        return Scale(convention, market) * (IsAdjusted(convention) ? -raw.StrikeDelta * (strike / market.Forward) : raw.Delta);
    }

    /// <summary>The strike with a delta, in quote units; NaN where there is none or an argument has no meaning.</summary>
    /// <param name="side">The right the option gives.</param>
    /// <param name="convention">What the delta is counted in.</param>
    /// <param name="market">The market.</param>
    /// <param name="delta">The delta: above 0 for calls, below 0 for puts.</param>
    public static double Strike(OptionSide side, DeltaConvention convention, in DeltaMarket market, double delta)
    {
        var size = Black76.SignOf(side) * delta / Scale(convention, market);
        if (!(size > 0) || !double.IsFinite(size) || !(market.Spread > 0) || !double.IsFinite(market.Spread) || !(market.Forward > 0) || !double.IsFinite(market.Forward)) return double.NaN;

        // x = −d₂ grows with the strike: K = F·e^(sx − s²/2).
        var x = (IsAdjusted(convention), side) switch
        {
            (false, OptionSide.Call) => market.Spread - Exact.NormalQuantile(size),
            (false, _) => market.Spread + Exact.NormalQuantile(size),
            (true, OptionSide.Call) => RightRoot(market.Spread, size),
            _ => PutRoot(market.Spread, size),
        };
        var strike = market.Forward * Exact.Exp(market.Spread * (x - (0.5 * market.Spread)));
        return double.IsFinite(x) && strike > 0 && double.IsFinite(strike) ? strike : double.NaN;
    }

    /// <summary>The strike with the greatest premium-adjusted delta of a call: below it lie the strikes that are not meant.</summary>
    /// <param name="market">The market.</param>
    public static double GreatestAt(in DeltaMarket market) =>
        market.Forward * Exact.Exp(market.Spread * (Turn(market.Spread) - (0.5 * market.Spread)));

    private static double Scale(DeltaConvention convention, in DeltaMarket market) =>
        convention is DeltaConvention.Spot or DeltaConvention.PremiumAdjustedSpot ? market.BaseFactor : 1;

    private static bool IsAdjusted(DeltaConvention convention) => convention >= DeltaConvention.PremiumAdjustedSpot;

    /// <summary>Where s·M(x) = 1: the slope of sx + ln N(−x) is s − 1/M(x).</summary>
    private static double Turn(double spread) => Solver.Bisect(x => (spread * Exact.Mills(x)) - 1, -40, Math.Max(40, 2 * spread), 0).Value;

    private static double RightRoot(double spread, double size)
    {
        var goal = Exact.Log(size) + (0.5 * spread * spread);
        var low = Turn(spread);
        var high = Math.Max(1, low) * 2;
        while (Excess(high) > 0 && high < Furthest) high *= 2;
        var root = Solver.Bisect(Excess, low, high, 0);
        return root.IsFound ? root.Value : double.NaN;

        double Excess(double x) => (spread * x) + LnTail(x) - goal;
    }

    private static double PutRoot(double spread, double size)
    {
        var goal = Exact.Log(size) + (0.5 * spread * spread);
        var high = Math.Max(1, 2 * (Math.Abs(goal) + 1) / spread);
        var low = -1.0;
        while (Excess(low) > 0 && low > -Furthest) low *= 2;
        var root = Solver.Bisect(Excess, low, high, 0);
        return root.IsFound ? root.Value : double.NaN;

        double Excess(double x) => (spread * x) + LnTail(-x) - goal;
    }

    /// <summary>ln N(−x).</summary>
    private static double LnTail(double x) =>
        x < 0 ? Exact.LogOnePlus(-Exact.NormalCdf(x)) : Exact.Log(Exact.Mills(x)) - (0.5 * x * x) - LnRootTwoPi;
}
