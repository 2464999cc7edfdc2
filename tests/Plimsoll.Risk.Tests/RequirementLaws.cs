using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

/// <summary>What is true of every account under the whole rulebook, every optional section on, in every mode.</summary>
public class RequirementLaws
{
    private const int Books = 100_000;

    [Theory]
    [InlineData(MarginMode.Portfolio)]
    [InlineData(MarginMode.Cross)]
    [InlineData(MarginMode.Isolated)]
    public void Initial_health_is_never_above_target_health_nor_target_above_maintenance(MarginMode mode)
    {
        TestVenue venue = Crowds.Of(1, Books);
        AccountTerms terms = Crowds.AllIn(venue, mode);
        for (int account = 0; account < Books; account++)
        {
            Verdict v = Judged(venue, account, terms);
            if (v.InitialHealth > v.TargetHealth || v.TargetHealth > v.MaintenanceHealth || v.MaintenanceHealth > v.Counted)
                Assert.Fail($"seed 1, account {account}, {mode}: {v}");
        }
    }

    [Fact]
    public void An_account_that_offsets_nothing_is_never_required_less_than_as_a_portfolio()
    {
        TestVenue venue = Crowds.Of(2, Books);
        AccountTerms terms = Crowds.AllIn(venue, MarginMode.Cross);
        for (int account = 0; account < Books; account++)
        {
            Verdict portfolio = venue.Judged(account);
            Verdict cross = Judged(venue, account, terms);
            foreach (MarginLine line in Enum.GetValues<MarginLine>())
            {
                if (cross.Health(line) > portfolio.Health(line) + Crowds.Rounding(portfolio))
                    Assert.Fail($"seed 2, account {account}, {line}: {cross} against {portfolio}");
            }
        }
    }

    [Theory]
    [InlineData(MarginMode.Portfolio)]
    [InlineData(MarginMode.Cross)]
    public void What_is_explained_sums_to_what_is_required(MarginMode mode)
    {
        TestVenue venue = Crowds.Of(3, Books);
        AccountTerms terms = Crowds.AllIn(venue, mode);
        var parts = new HashSet<RequirementPart>();
        var worst = new HashSet<WorstTerm>();
        for (int account = 0; account < Books; account++)
        {
            Explanation why = Judge.Explain(account, venue.Positions, venue.Money, venue.Responses, venue.Model, terms);
            foreach (MarginLine line in Enum.GetValues<MarginLine>())
            {
                double sum = why.Requirement.Sum(l => l.Required.At(line));
                double required = why.Verdict.Counted - why.Verdict.Health(line);
                if (Math.Abs(sum - required) > Crowds.Rounding(why.Verdict)) Assert.Fail($"seed 3, account {account}, {line}: {sum} against {required}");
                why.Required.At(line).ShouldBe(required, Crowds.Rounding(why.Verdict), $"seed 3, account {account}, {line}");
            }

            parts.UnionWith(why.Requirement.Select(l => l.Part));
            worst.Add(why.Worst.Term);
            why.Worst.Term.ShouldBe(why.Verdict.Worst, $"seed 3, account {account}");
        }

        RequirementPart[] expected =
            [RequirementPart.Scenarios, RequirementPart.Floor, RequirementPart.NakedShort, RequirementPart.CloseOut, RequirementPart.Confidence, RequirementPart.Concentration];
        expected.Except(parts).ShouldBeEmpty();
        worst.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Correlations_believed_at_their_floor_and_broken_ask_more_and_more()
    {
        TestVenue venue = Crowds.Of(4, 5_000);
        bool any = false;
        for (int account = 0; account < 5_000; account++)
        {
            Explanation why = Judge.Explain(account, venue.Positions, venue.Money, venue.Responses, venue.Model);
            OffsetReliance offsets = why.Offsets;
            any |= offsets.Broken.Maintenance > offsets.Believed.Maintenance + 1;
            foreach (MarginLine line in Enum.GetValues<MarginLine>())
            {
                offsets.Believed.At(line).ShouldBeLessThanOrEqualTo(offsets.Required.At(line), $"seed 4, account {account}");
                offsets.Required.At(line).ShouldBeLessThanOrEqualTo(offsets.Broken.At(line), $"seed 4, account {account}");
            }

            offsets.Required.ShouldBe(why.Required, $"seed 4, account {account}");
            offsets.Roots.Sum(r => r.Alone).ShouldBe(offsets.Alone, Crowds.Rounding(why.Verdict), $"seed 4, account {account}");
        }

        any.ShouldBeTrue();
    }

    private static Verdict Judged(TestVenue venue, int account, AccountTerms terms) =>
        Judge.Account(account, venue.Positions, venue.Money, venue.Responses, venue.Model, terms);
}
