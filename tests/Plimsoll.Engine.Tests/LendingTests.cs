using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Lending;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class LendingTests
{
    private static readonly RateCurve Curve = new(0.01m, 0.04m, 0.8m, 1m);

    [Fact]
    public void Caps_hold_for_the_venue_and_for_an_owner_over_all_his_accounts()
    {
        TestVenue venue = Lending(new LentTerms(new AssetId("USDC"), Cap: 1000m, OwnerCap: 600m));
        venue.Accept(new OpenAccount(new AccountId("alice.1"), new AccountId("alice")));
        venue.Deposit("alice.1", "1", "BTC");
        venue.Accept(Borrow("alice", "400"));
        venue.Accept(Borrow("alice.1", "200"));
        venue.Refuse(Borrow("alice.1", "0.000001"), Refusal.BorrowCapReached);
        venue.Refuse(Borrow("bob", "400.000001"), Refusal.BorrowCapReached);
        venue.Accept(Borrow("bob", "400"));
        venue.Refuse(Borrow("bob", "0.000001"), Refusal.BorrowCapReached);
        venue.Accept(new Repay(new AccountId("alice"), new AssetId("USDC"), "100"));
        venue.Accept(Borrow("bob", "100"));
    }

    [Fact]
    public void Interest_without_a_rate_is_the_curves_at_what_is_used_for_the_time_since_the_last()
    {
        TestVenue venue = Lending(new LentTerms(new AssetId("USDC"), Rate: Curve));
        Instant start = venue.Clock + TimeSpan.FromMinutes(1);
        venue.DoAt(start, Borrow("alice", "5000")).Accepted.ShouldBeTrue();
        AssetIndex usdc = venue.State.Asset(new AssetId("USDC"));
        decimal used = venue.State.Lending.Utilisation(usdc);
        used.ShouldBeInRange(0.000001m, 0.8m);

        Outcome outcome = venue.DoAt(start + TimeSpan.FromHours(6), new AccrueInterest(new AssetId("USDC")));

        decimal index = decimal.Round(Curve.RateAt(used) * 6m / (24m * 365m), 18);
        outcome.Events.OfType<InterestIndexed>().Single().Index.ShouldBe(index);
        venue.State.Ledger.Balance(Fund.Interest, usdc).ShouldBe(venue.State.Catalog[usdc].Scale.FromDecimal(5000m * index, Rounding.ForTheAccount));
        venue.State.Lending.Since(usdc).ShouldBe(start + TimeSpan.FromHours(6));
        venue.DoAt(start + TimeSpan.FromHours(6), new AccrueInterest(new AssetId("USDC"))).Refusal.ShouldBe(Refusal.NothingToDo);
        venue.Refuse(new AccrueInterest(new AssetId("BTC")), Refusal.RateOutOfRange);
        venue.Refuse(new AccrueInterest(new AssetId("USDC"), 0.2m), Refusal.RateOutOfRange);
        venue.Accept(new AccrueInterest(new AssetId("USDC"), 0.05m));

        // However long nobody charged, charging goes on.
        venue.Clock += TimeSpan.FromDays(20_000);
        venue.Accept(new AccrueInterest(new AssetId("USDC")));
    }

    [Fact]
    public void A_loan_pays_for_the_time_it_stood_and_for_no_other()
    {
        TestVenue venue = Lending(new LentTerms(new AssetId("USDC"), Rate: new RateCurve(0.1m, 0m, 1m, 0m)));
        Instant start = venue.Clock + TimeSpan.FromMinutes(1);
        venue.DoAt(start, Borrow("alice", "5000")).Accepted.ShouldBeTrue();
        venue.DoAt(start + TimeSpan.FromDays(73), Borrow("bob", "1000")).Accepted.ShouldBeTrue();
        venue.DoAt(start + TimeSpan.FromDays(146), new Repay(new AccountId("alice"), new AssetId("USDC"), "5000")).Accepted.ShouldBeTrue();
        venue.Loan("alice", "USDC").ShouldBe("-200");
        venue.DoAt(start + TimeSpan.FromDays(219), new AccrueInterest(new AssetId("USDC"))).Accepted.ShouldBeTrue();

        // Two fifths of a year at a tenth; a fifth of it on the 200 that were left; two fifths for Bob, whenever the venue charges.
        venue.Loan("alice", "USDC").ShouldBe("-204");
        venue.Loan("bob", "USDC").ShouldBe("-1040");
        venue.Balance(Fund.Interest, "USDC").ShouldBe("244");
    }

    [Fact]
    public void What_is_due_is_paid_with_the_last_of_the_loan()
    {
        TestVenue venue = Lending(new LentTerms(new AssetId("USDC"), Rate: new RateCurve(0.1m, 0m, 1m, 0m)));
        Instant start = venue.Clock + TimeSpan.FromMinutes(1);
        venue.Deposit("bob", "100", "USDC");
        venue.DoAt(start, Borrow("bob", "1000")).Accepted.ShouldBeTrue();
        Instant later = start + TimeSpan.FromDays(73);
        venue.DoAt(later, new Repay(new AccountId("bob"), new AssetId("USDC"), "1020.000001")).Refusal.ShouldBe(Refusal.LoanSmaller);
        venue.DoAt(later, new Repay(new AccountId("bob"), new AssetId("USDC"), "1020")).Accepted.ShouldBeTrue();
        venue.Loan("bob", "USDC").ShouldBe("0");
        venue.Cash("bob", "USDC").ShouldBe("80");

        // A loan taken later owes nothing for the time in between.
        venue.DoAt(later + TimeSpan.FromDays(365), Borrow("bob", "1000")).Accepted.ShouldBeTrue();
        venue.Loan("bob", "USDC").ShouldBe("-1000");
        venue.DoAt(later + TimeSpan.FromDays(365), new AccrueInterest(new AssetId("USDC"))).Refusal.ShouldBe(Refusal.NothingToDo);
    }

    [Fact]
    public void Interest_creates_no_money_and_rounds_against_who_owes()
    {
        TestVenue venue = Lending(new LentTerms(new AssetId("USDC"), Rate: Curve));
        venue.Accept(Borrow("alice", "0.000001"));
        venue.Accept(Borrow("bob", "4999.999999"));
        AssetIndex usdc = venue.State.Asset(new AssetId("USDC"));
        Amount before = venue.State.Lending.Lent(usdc);
        for (int i = 0; i < 50; i++)
        {
            venue.Clock += TimeSpan.FromHours(1);
            venue.Accept(new AccrueInterest(new AssetId("USDC")));
        }

        Amount grown = venue.State.Lending.Lent(usdc) - before;
        venue.State.Ledger.Balance(Fund.Interest, usdc).ShouldBe(grown);
        grown.Units.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void A_rate_never_falls_as_more_is_used_and_does_not_jump_at_the_kink()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            var chance = new Storms.Chance((ulong)seed);
            var curve = new RateCurve(chance.Below(100) / 1000m, chance.Below(300) / 1000m, (1 + chance.Below(100)) / 100m, chance.Below(5000) / 1000m);
            decimal last = curve.RateAt(0m);
            last.ShouldBe(curve.Base);
            for (int step = 1; step <= 1000; step++)
            {
                decimal rate = curve.RateAt(step / 1000m);
                rate.ShouldBeGreaterThanOrEqualTo(last, $"seed {seed} step {step}");
                last = rate;
            }

            last.ShouldBe(curve.Base + curve.Slope1 + (curve.Optimal < 1m ? curve.Slope2 : 0m), 1e-20m);
            if (curve.Optimal >= 1m) continue;
            (curve.RateAt(curve.Optimal + 1e-12m) - curve.RateAt(curve.Optimal)).ShouldBeLessThan(1e-9m, $"seed {seed}");
            curve.RateAt(7m).ShouldBe(curve.RateAt(1m));
            curve.RateAt(-1m).ShouldBe(curve.Base);
        }
    }

    [Fact]
    public void A_loan_opens_up_to_the_loan_to_value_and_is_liquidated_from_the_threshold()
    {
        TestVenue venue = Pledging();
        venue.Refuse(Borrow("alice", "20000.01"), Refusal.InitialMarginBreached);
        venue.Accept(Borrow("alice", "19999.99"));
        venue.Accept(new Withdraw(new AccountId("alice"), new AssetId("USDC"), "19999.99"));
        venue.Refuse(new Withdraw(new AccountId("alice"), new AssetId("BTC"), "0.001"), Refusal.InitialMarginBreached);

        venue.Prices(5010m, 200m).Events.ShouldNotContain(e => e is CollateralSold);
        venue.Verdict("alice").IsLiquidatable.ShouldBeFalse();
        venue.Prices(4990m, 200m).Events.ShouldContain(e => e is CollateralSold);
        venue.Verdict("alice").TargetHealth.ShouldBeGreaterThanOrEqualTo(0);
        venue.Verdict("bob").InitialRequirement.ShouldBe(0);
    }

    [Fact]
    public void What_debts_ask_is_taken_apart_and_ordered_by_line()
    {
        TestVenue venue = Pledging();
        venue.Accept(Borrow("alice", "10000"));
        venue.Accept(new Withdraw(new AccountId("alice"), new AssetId("USDC"), "10000"));
        Explanation why = venue.State.Judgement.Explain(venue.Index("alice"));

        RequirementLine debts = why.Requirement.Single(line => line.Part == RequirementPart.Debts);
        debts.Required.Initial.ShouldBe(10000 * ((0.95 / 0.5) - 1), 1e-6);
        debts.Required.Maintenance.ShouldBe(10000 * ((0.95 / 0.8) - 1), 1e-6);
        why.Required.Initial.ShouldBe(why.Verdict.InitialRequirement, 1e-6);
        why.Required.Maintenance.ShouldBe(why.Verdict.MaintenanceRequirement, 1e-6);
        why.Verdict.InitialHealth.ShouldBeLessThan(why.Verdict.TargetHealth);
    }

    [Theory]
    [InlineData("""{"lent":[{"asset":"USDC","cap":-1}]}""", "lent USDC.cap")]
    [InlineData("""{"lent":[{"asset":"USDC","rate":{"base":0.1,"slope1":0.1,"optimal":0,"slope2":1}}]}""", "rate.optimal")]
    [InlineData("""{"lent":[{"asset":"USDC","rate":{"base":0.1,"slope1":-0.1,"optimal":0.5,"slope2":1}}]}""", "rate.slope1")]
    [InlineData("""{"lent":[{"asset":"USDC"},{"asset":"USDC"}]}""", "twice")]
    [InlineData("""{"pledged":[{"asset":"BTC","loanToValue":0.9,"liquidationThreshold":0.8}]}""", "loanToValue")]
    [InlineData("""{"pledged":[{"asset":"BTC","loanToValue":0.5,"liquidationThreshold":1.1}]}""", "liquidationThreshold")]
    [InlineData("""{"lend":[]}""", "lend")]
    public void Lending_terms_that_contradict_themselves_are_refused_with_their_field(string lending, string field)
    {
        TestVenue venue = TestVenue.Open();
        string json = System.Text.Encoding.UTF8.GetString(venue.State.Parameters!.ToJson());
        Should.Throw<InputException>(() => RiskParameters.FromJson($"{json[..^1]},\"lending\":{lending}}}")).Message.ShouldContain(field);
    }

    [Fact]
    public void Lending_terms_are_written_as_they_are_read_and_not_at_all_where_they_say_nothing()
    {
        TestVenue venue = Lending(new LentTerms(new AssetId("USDC"), 1000m, 10.50m, Curve));
        byte[] json = venue.State.Parameters!.ToJson();
        RiskParameters.FromJson(json).ToJson().ShouldBe(json);
        System.Text.Encoding.UTF8.GetString(json).ShouldContain("\"ownerCap\":10.5");
        System.Text.Encoding.UTF8.GetString(RiskParameters.Default(venue.State.Catalog).ToJson()).ShouldNotContain("lending");
    }

    private static Borrow Borrow(string account, string amount) => new(new AccountId(account), new AssetId("USDC"), amount);

    /// <summary>Alice and Bob with 5 BTC each at 8,000, which carry debts of half their value and are sold from four fifths; nothing else is asked.</summary>
    private static TestVenue Pledging()
    {
        TestVenue venue = TestVenue.Open(rules => rules with
        {
            Initial = default,
            Target = default,
            Maintenance = default,
            CallAt = 1m,
            Lending = new LendingTerms([], [new PledgeTerms(new AssetId("BTC"), 0.5m, 0.8m)]),
        });
        foreach (string name in (string[])["alice", "bob"])
        {
            venue.Account(name);
            venue.Deposit(name, "5", "BTC");
        }

        return venue;
    }

    private static TestVenue Lending(LentTerms terms)
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Lending = new LendingTerms([terms], []) });
        foreach (string name in (string[])["alice", "bob"])
        {
            venue.Account(name);
            venue.Deposit(name, "5", "BTC");
        }

        return venue;
    }
}
