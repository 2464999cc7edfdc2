using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

/// <summary>What is true of every account under the whole rulebook, every optional section on, in every mode.</summary>
public class RequirementLaws
{
    private const int Books = 20_000;

    [Fact]
    public void Initial_health_is_never_above_target_health_nor_target_above_maintenance()
    {
        TestVenue venue = Crowd(1, Books);
        foreach (MarginMode mode in Enum.GetValues<MarginMode>())
        {
            for (int account = 0; account < Books; account++)
            {
                Verdict v = Judged(venue, account, mode);
                if (v.InitialHealth > v.TargetHealth || v.TargetHealth > v.MaintenanceHealth || v.MaintenanceHealth > v.Counted)
                    Assert.Fail($"seed 1, account {account}, {mode}: {v}");
            }
        }
    }

    [Fact]
    public void An_account_that_offsets_nothing_is_never_required_less_than_as_a_portfolio()
    {
        TestVenue venue = Crowd(2, Books);
        for (int account = 0; account < Books; account++)
        {
            Verdict portfolio = Judged(venue, account, MarginMode.Portfolio);
            Verdict cross = Judged(venue, account, MarginMode.Cross);
            foreach (MarginLine line in Enum.GetValues<MarginLine>())
            {
                if (cross.Health(line) > portfolio.Health(line) + (1e-9 * (1 + portfolio.Notional + Math.Abs(portfolio.Equity))))
                    Assert.Fail($"seed 2, account {account}, {line}: {cross} against {portfolio}");
            }
        }
    }

    private static Verdict Judged(TestVenue venue, int account, MarginMode mode) =>
        Judge.Account(account, venue.Positions, venue.Money, venue.Responses, venue.Model, In(account, mode));

    private static AccountTerms In(int account, MarginMode mode)
    {
        var terms = new AccountTerms();
        terms.SetMode(account, mode);

        return terms;
    }

    private static TestVenue Crowd(ulong seed, int accounts)
    {
        var venue = new TestVenue(EveryTerm.On);
        venue.Crowd();
        var chance = new Chance(seed);
        for (int i = 0; i < accounts; i++) chance.Account(venue);

        return venue;
    }
}
