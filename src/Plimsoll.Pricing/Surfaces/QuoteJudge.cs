using Plimsoll.Markets.Chains;
using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>
/// Judges the quotes of a chain one by one: what cannot be used is named with the reason, what can gets its volatilities
/// and a weight.
/// <list type="number">
/// <item>The forward is the row's own, else its expiry's; a price in coin becomes one in quote units through it.</item>
/// <item>A price in the money is brought to the other side by parity, so every volatility comes from time value alone.</item>
/// <item>The weight is 1/(spread² + tick² + doubt²), all in volatility.</item>
/// <item>Of the two sides of a strike the one out of the money is used; the other stands in where it cannot.</item>
/// </list>
/// </summary>
internal sealed class QuoteJudge(string surface, Instant at, SurfaceSettings settings, TickLadder ticks)
{
    /// <summary>Judges all quotes, in their order.</summary>
    public JudgedQuote[] Judge(IReadOnlyList<OptionQuote> quotes, IReadOnlyDictionary<Instant, ForwardOfExpiry> forwards)
    {
        var judged = new JudgedQuote[quotes.Count];
        for (var i = 0; i < judged.Length; i++) judged[i] = Judge(quotes[i], forwards);
        Choose(judged);
        return judged;
    }

    private JudgedQuote Judge(OptionQuote quote, IReadOnlyDictionary<Instant, ForwardOfExpiry> forwards)
    {
        if (quote.Surface != surface) return new JudgedQuote(quote, QuoteUse.OtherUnderlying);
        if (quote.Expiry <= quote.At || quote.Expiry <= at) return new JudgedQuote(quote, QuoteUse.Expired);
        if (!(quote.Strike > 0) || double.IsInfinity(quote.Strike)) return new JudgedQuote(quote, QuoteUse.StrikeNotPositive);
        if (Array.Exists([quote.Bid, quote.Ask, quote.BidVolatility, quote.AskVolatility], value => value < 0 || double.IsInfinity(value)))
            return new JudgedQuote(quote, QuoteUse.NotANumber);

        var forward = quote.Forward > 0 && double.IsFinite(quote.Forward) ? quote.Forward : forwards.GetValueOrDefault(quote.Expiry).Value;
        if (!(forward > 0)) return new JudgedQuote(quote, QuoteUse.ForwardMissing);

        var placed = new JudgedQuote(quote, QuoteUse.Used, Exact.Log(quote.Strike / forward), Forward: forward);
        var (bids, offers) = (quote.Bid > 0, quote.Ask > 0);
        if (!bids && !offers) return ByVolatilities(placed);
        if (bids != offers) return placed with { Use = QuoteUse.OneSided };
        return quote.Bid > quote.Ask ? placed with { Use = QuoteUse.Crossed } : ByPrices(placed);
    }

    private JudgedQuote ByPrices(JudgedQuote placed)
    {
        var (quote, forward) = (placed.Quote, placed.Forward);
        var intrinsic = Math.Max(0, quote.Side == OptionSide.Call ? forward - quote.Strike : quote.Strike - forward);
        var bid = quote.InQuoteUnits(quote.Bid, forward) - intrinsic;
        var ask = quote.InQuoteUnits(quote.Ask, forward) - intrinsic;
        var most = Math.Min(forward, quote.Strike);
        if (ask <= 0) return placed with { Use = QuoteUse.BelowIntrinsic };
        if (bid >= most) return placed with { Use = QuoteUse.AboveMaximum };

        var outside = quote.Strike < forward ? OptionSide.Put : OptionSide.Call;
        var option = new OptionInputs(outside, forward, quote.Strike, quote.At.YearsUntil(quote.Expiry), Volatility: 0);
        double Volatility(double timeValue) => ImpliedVol.Solve(option, timeValue) is { IsOk: true } solved ? solved.Volatility : double.NaN;

        var mid = (bid + ask) / 2;
        if (mid <= 0) return placed with { Use = QuoteUse.BelowIntrinsic };
        return Weigh(placed with { Bid = bid > 0 ? Volatility(bid) : 0, Mid = Volatility(mid), Ask = Volatility(ask) });
    }

    private JudgedQuote ByVolatilities(JudgedQuote placed)
    {
        var (bid, ask) = (placed.Quote.BidVolatility, placed.Quote.AskVolatility);
        if (!(bid > 0) && !(ask > 0)) return placed with { Use = QuoteUse.NoQuote };
        if (!(bid > 0) || !(ask > 0)) return placed with { Use = QuoteUse.OneSided };
        return bid > ask ? placed with { Use = QuoteUse.Crossed } : Weigh(placed with { Bid = bid, Mid = (bid + ask) / 2, Ask = ask });
    }

    private JudgedQuote Weigh(JudgedQuote priced)
    {
        var (quote, forward) = (priced.Quote, priced.Forward);
        if (!(priced.Mid >= settings.LeastVolatility && priced.Mid <= settings.GreatestVolatility)) return priced with { Use = QuoteUse.AbsurdVolatility };

        var option = new OptionInputs(quote.Side, forward, quote.Strike, quote.At.YearsUntil(quote.Expiry), priced.Mid);
        var greeks = Black76.Greeks(option);
        var tick = ticks.At(greeks.Value / forward) * forward;
        var weighed = priced with { Vega = greeks.Vega };
        if (!(greeks.Vega >= settings.LeastVegaInTicks * tick)) return weighed with { Use = QuoteUse.TooLittleVega };

        var spread = priced.Ask - priced.Bid;
        if (!(spread <= settings.WidestSpread * priced.Mid)) return weighed with { Use = QuoteUse.TooWide };
        var step = tick / greeks.Vega / 100;
        return weighed with { Weight = 1 / ((spread * spread) + (step * step) + (settings.Doubt * settings.Doubt)) };
    }

    /// <summary>Leaves one quote for each strike: of equal ones the latest seen, of two sides the one out of the money.</summary>
    private static void Choose(JudgedQuote[] judged)
    {
        var order = Enumerable.Range(0, judged.Length).Where(i => judged[i].Use == QuoteUse.Used).ToArray();
        Array.Sort(order, (one, other) => Compare(judged[one], one, judged[other], other));
        for (var i = 1; i < order.Length; i++)
        {
            var (first, next) = (judged[order[i - 1]], judged[order[i]]);
            if (first.Quote.Expiry != next.Quote.Expiry || first.Quote.Strike != next.Quote.Strike) continue;
            judged[order[i]] = next with { Use = first.Quote.Side == next.Quote.Side ? QuoteUse.Duplicate : QuoteUse.OtherSideUsed };
            // The one that was kept stays the neighbour of whatever comes next at this strike.
            order[i] = order[i - 1];
        }
    }

    private static int Compare(JudgedQuote one, int oneAt, JudgedQuote other, int otherAt)
    {
        var byExpiry = one.Quote.Expiry.CompareTo(other.Quote.Expiry);
        if (byExpiry != 0) return byExpiry;
        var byStrike = one.Quote.Strike.CompareTo(other.Quote.Strike);
        if (byStrike != 0) return byStrike;
        var bySide = IsInside(one).CompareTo(IsInside(other));
        if (bySide != 0) return bySide;
        var byTime = other.Quote.At.CompareTo(one.Quote.At);
        return byTime != 0 ? byTime : oneAt.CompareTo(otherAt);
    }

    private static bool IsInside(JudgedQuote judged) => judged.Quote.Side == OptionSide.Call ? judged.K < 0 : judged.K >= 0;
}
