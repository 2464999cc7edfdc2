using Plimsoll.Risk.Hedging;
using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Hedging;

/// <summary>One straddle walked from bar to bar.</summary>
internal sealed class StraddleWalk(HourlyPrices prices, StraddleTerms terms, IReadOnlyList<FundingPayment> funding)
{
    private double held;
    private double gain;
    private double cost;
    private double paid;
    private double squares;
    private int trades;

    private double CostRate => terms.FeeRate + terms.HalfSpreadRate;

    /// <summary>Sells at one bar, hedges at every bar before another, settles there.</summary>
    public StraddleRoll Walk(int first, int last, Instant expiry)
    {
        double forward = prices.Price(first);
        var straddle = new ShortStraddle(forward, prices.TrailingVolatility(first, terms.VolatilityWindow), terms.InCoin);
        double years = prices.At(first).YearsUntil(expiry);
        double premium = straddle.ValueAt(forward, years);
        double aversion = terms.RelativeRiskAversion / (terms.InCoin ? 1 : forward);
        double worth = premium;
        int payment = FirstPayment(prices.At(first));
        Hedge(straddle, forward, years, aversion);
        for (int bar = first + 1; bar <= last; bar++)
        {
            (double before, double now) = (prices.Price(bar - 1), prices.Price(bar));
            double moved = held * (straddle.PriceOf(now) - straddle.PriceOf(before));
            payment = PayFunding(payment, prices.At(bar), straddle.PriceOf(now));
            double left = Math.Max(0, prices.At(bar).YearsUntil(expiry));
            double value = bar == last ? straddle.PayoffAt(now) : straddle.ValueAt(now, left);
            double step = moved - (value - worth);
            gain += moved;
            squares += step * step;
            worth = value;
            if (bar < last) Hedge(straddle, now, left, aversion);
        }

        Trade(-held, straddle.PriceOf(prices.Price(last)));
        int steps = last - first;

        return new StraddleRoll(
            prices.At(first), prices.At(last), straddle.Strike, straddle.Volatility, premium, worth,
            2 * Math.Min(terms.OptionFeeRate * (terms.InCoin ? 1 : forward), premium / 16),
            gain, cost, paid, trades, steps, prices.MissingBetween(first, last), Math.Sqrt(squares / steps));
    }

    private void Hedge(in ShortStraddle straddle, double forward, double years, double aversion)
    {
        (double slope, double bend) = straddle.SlopesAt(forward, years);
        double price = straddle.PriceOf(forward);
        double half = NoTradeBand.HalfWidth(CostRate, price, bend, aversion);
        Trade(NoTradeBand.Rebalanced(held, slope, half) - held, price);
    }

    private void Trade(double size, double price)
    {
        if (size == 0) return;
        held += size;
        cost += Math.Abs(size) * price * CostRate;
        trades++;
    }

    private int FirstPayment(Instant after)
    {
        int at = 0;
        while (at < funding.Count && funding[at].At <= after) at++;

        return at;
    }

    /// <summary>Longs of the perpetual pay; long a quote unit is short the inverse perpetual, so in coin the sign turns.</summary>
    private int PayFunding(int payment, Instant now, double price)
    {
        for (; payment < funding.Count && funding[payment].At <= now; payment++)
            paid += (terms.InCoin ? 1 : -1) * held * price * funding[payment].Rate;

        return payment;
    }
}
