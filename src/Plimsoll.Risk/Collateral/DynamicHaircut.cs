using Plimsoll.Numerics;

namespace Plimsoll.Risk.Collateral;

/// <summary>
/// The haircut a market asks for today:
/// h = 1 − exp(−[q·σ·√(t + T/3) + J])·(1 − s/2 − ⅔·Y·σ·√(Q/V) − fee), never below the floor.
/// </summary>
/// <remarks>
/// <para>q·σ·√τ is the loss until the holding is sold: t days pass before it begins, and a position run down evenly over T
/// days is at risk as long as a whole one over T/3. T = Q ÷ (participation × V).</para>
/// <para>The second factor is what selling itself costs: half the spread, the average of the square-root law, the fee. It
/// does not depend on T: going slower adds risk and saves nothing.</para>
/// <para>Q is what all customers hold together, because all of them would be sold in the same hour; so the haircut grows
/// with the venue's holding and not with one account's. Laws: it never falls when Q, σ or T rises.</para>
/// <para>Sources: Lou, "Haircutting non-cash collateral" (2017), for the structure; Donier and Bonart (2015) for the
/// impact (<see cref="Markets.Depth.ImpactLaw"/>).</para>
/// </remarks>
public static class DynamicHaircut
{
    private const double AverageOfRoot = 2.0 / 3;

    /// <summary>The haircut, from the floor to 1.</summary>
    /// <param name="terms">What is asked of all assets.</param>
    /// <param name="market">The asset's market.</param>
    /// <param name="volatility">The estimate of a day's volatility now; the market's long-run and stressed ones are its floor.</param>
    /// <param name="holding">Q: value of what all customers hold, in the numeraire, not below 0.</param>
    public static double Of(DynamicHaircutTerms terms, HaircutMarket market, double volatility, double holding)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(market);
        double sigma = Math.Max(volatility, Math.Max((double)market.Volatility, (double)market.Stressed));

        return Of(
            (double)terms.Multiplier,
            sigma,
            (double)terms.DetectionDays,
            DaysToSell(holding, (double)market.DailyVolume, (double)terms.Participation),
            (double)market.Jump,
            (double)market.Spread,
            (double)market.Impact,
            holding / (double)market.DailyVolume,
            (double)terms.Fee,
            (double)terms.Floor);
    }

    /// <summary>T: days to sell a holding at a part of the volume.</summary>
    public static double DaysToSell(double holding, double dailyVolume, double participation) => holding / (participation * dailyVolume);

    /// <summary>The formula itself; arguments as in the class's summary, days and parts of the price.</summary>
    public static double Of(
        double multiplier, double volatility, double detection, double unwind, double jump, double spread, double impact, double partOfVolume, double fee, double floor)
    {
        double move = (multiplier * volatility * Math.Sqrt(detection + (unwind / 3))) + jump;
        double kept = 1 - (spread / 2) - (AverageOfRoot * impact * volatility * Math.Sqrt(partOfVolume)) - fee;

        return Math.Clamp(1 - (Exact.Exp(-move) * Math.Max(kept, 0)), floor, 1);
    }

    /// <summary>What a haircut becomes: it rises at once and falls no faster than it may.</summary>
    /// <param name="before">The haircut so far.</param>
    /// <param name="asked">What the market asks for now.</param>
    /// <param name="days">Days since it was so.</param>
    /// <param name="fallPerDay">How far it may fall in a day.</param>
    public static double Next(double before, double asked, double days, double fallPerDay) => Math.Max(asked, before - (fallPerDay * days));
}
