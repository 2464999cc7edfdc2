using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

/// <summary>Many accounts at a venue under the whole rulebook, every optional section on.</summary>
internal static class Crowds
{
    public static readonly MarginMode[] Modes = Enum.GetValues<MarginMode>();

    public static TestVenue Of(ulong seed, int accounts, Func<RiskParameters, RiskParameters>? rules = null)
    {
        var venue = new TestVenue(rules ?? EveryTerm.On);
        venue.Crowd();
        var chance = new Chance(seed);
        for (int i = 0; i < accounts; i++) chance.Account(venue);

        return venue;
    }

    /// <summary>Every account of the venue in one mode.</summary>
    public static AccountTerms AllIn(TestVenue venue, MarginMode mode)
    {
        var terms = new AccountTerms();
        for (int account = venue.Positions.Rows - 1; account >= 0; account--) terms.SetMode(account, mode);

        return terms;
    }

    /// <summary>What two verdicts on the same thing may differ by: sums run in another order, or over other parts.</summary>
    public static double Rounding(Verdict verdict) => 1e-9 * (1 + verdict.Notional + Math.Abs(verdict.Equity) + Math.Abs(verdict.Counted));
}
