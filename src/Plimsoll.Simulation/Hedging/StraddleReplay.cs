using System.Globalization;
using Plimsoll.Markets.Bars;
using Plimsoll.Risk.Hedging;
using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Hedging;

/// <summary>
/// Sells a straddle at the money over and over on real prices and hedges it with the perpetual at every bar, inside the
/// no-trade band.
/// <list type="number">
/// <item>At each roll a call and a put of one coin are sold at Black's value, the strike at the price and the volatility as
/// realised over the window before. Nothing of what comes later is known.</item>
/// <item>At every bar the hedge goes to the nearer edge of Δ ± H (<see cref="NoTradeBand"/>), or nowhere; the perpetual's fee and
/// half-spread are paid on what is traded, funding on what is held.</item>
/// <item>While no bar is there (the exchange was out) nothing can be traded: the hedge is held across the gap. A sale or a
/// settlement that falls into a gap waits for the first bar after it.</item>
/// <item>At its end the straddle pays the difference between price and strike, and the hedge is closed at the same cost.</item>
/// </list>
/// </summary>
public sealed class StraddleReplay
{
    private StraddleReplay(StraddleTerms terms, IReadOnlyList<StraddleRoll> rolls)
    {
        Terms = terms;
        Rolls = rolls;
        Quarters = [.. rolls.GroupBy(roll => Quarter(roll.At)).Select(quarter => StraddlePeriod.Of(quarter.Key, [.. quarter]))];
        Years = [.. rolls.GroupBy(roll => Year(roll.At)).Select(year => StraddlePeriod.Of(year.Key, [.. year]))];
        Whole = Years.Count == 1 ? Years[0] : StraddlePeriod.Of("all", rolls);
    }

    /// <summary>What was replayed.</summary>
    public StraddleTerms Terms { get; }

    /// <summary>Every roll, oldest first.</summary>
    public IReadOnlyList<StraddleRoll> Rolls { get; }

    /// <summary>The rolls by the calendar quarter they began in.</summary>
    public IReadOnlyList<StraddlePeriod> Quarters { get; }

    /// <summary>The rolls by the calendar year they began in.</summary>
    public IReadOnlyList<StraddlePeriod> Years { get; }

    /// <summary>Quarters, years, and all rolls where there is more than one year.</summary>
    public IEnumerable<StraddlePeriod> Periods => Years.Count == 1 ? [.. Quarters, Whole] : [.. Quarters, .. Years, Whole];

    /// <summary>All rolls together.</summary>
    public StraddlePeriod Whole { get; }

    /// <summary>Replays a file of prices.</summary>
    /// <param name="file">Bars of an hour or less.</param>
    /// <param name="terms">What is sold and what it costs.</param>
    /// <param name="funding">Payments of the perpetual, ascending; none for none.</param>
    /// <exception cref="InputException">The terms mean nothing, or the file lacks prices they need.</exception>
    public static StraddleReplay Run(KlineFile file, StraddleTerms terms, IReadOnlyList<FundingPayment>? funding = null)
    {
        terms.Checked();
        var prices = HourlyPrices.Read(file, Back(terms.From, terms.VolatilityWindow), terms.To + TimeSpan.FromDays(1));
        var rolls = new List<StraddleRoll>();
        for (Instant at = terms.From; at + terms.Roll <= terms.To; at += terms.Roll)
        {
            int first = prices.FirstAt(at), last = prices.FirstAt(at + terms.Roll);
            if (last >= prices.Count) throw new InputException(file.Path, $"found no bar at or after {at + terms.Roll}, expected prices to the end of the replay");
            // A week without a single bar cannot be sold into.
            if (last - first > 1) rolls.Add(new StraddleWalk(prices, terms, funding ?? []).Walk(first, last, at + terms.Roll));
        }

        return rolls.Count > 0 ? new StraddleReplay(terms, rolls) : throw new InputException(file.Path, $"found no bars between {terms.From} and {terms.To}");
    }

    private static Instant Back(Instant moment, TimeSpan span) => new(moment.UnixMicroseconds - (span.Ticks / TimeSpan.TicksPerMicrosecond));

    private static string Year(Instant at) => at.ToDateTime().Year.ToString(CultureInfo.InvariantCulture);

    private static string Quarter(Instant at)
    {
        DateTime date = at.ToDateTime();

        return string.Create(CultureInfo.InvariantCulture, $"{date.Year} Q{((date.Month - 1) / 3) + 1}");
    }
}
