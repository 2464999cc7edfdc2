using System.Collections.Immutable;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Engine.Json;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Shadow;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class ParameterTests
{
    private const string Perpetual = "BTC_USDC-PERPETUAL";

    [Fact]
    public void A_proposal_takes_force_with_the_first_command_at_or_after_its_time_and_not_before()
    {
        TestVenue venue = TestVenue.Open();
        Instant noon = venue.Clock + TimeSpan.FromMinutes(10);
        venue.Accept(new ProposeParameters(Stricter(venue), "volatility has doubled", noon));
        Threshold before = venue.State.Parameters!.Initial;

        venue.DoAt(noon + TimeSpan.FromMicroseconds(-1), new OpenAccount(new AccountId("early"))).Events.ShouldNotContain(e => e is ParametersApplied);
        venue.State.Parameters!.Initial.ShouldBe(before);
        Outcome at = venue.DoAt(noon, new OpenAccount(new AccountId("late")));

        at.Events[0].ShouldBeOfType<ParametersApplied>().Version.ShouldBe(2);
        at.Events[1].ShouldBeOfType<AccountOpened>();
        venue.State.Parameters!.Initial.ShouldBe(Stricter(venue).Initial);
        venue.State.ParameterSets.Current!.AppliedAt.ShouldBe(noon);
        venue.State.ParameterSets.Proposals.ShouldBeEmpty();
    }

    [Fact]
    public void A_refused_command_at_the_time_still_lets_the_set_take_force_and_what_follows_follow()
    {
        TestVenue venue = Leveraged();
        Instant noon = venue.Clock + TimeSpan.FromMinutes(10);
        venue.Accept(new ProposeParameters(Fatal(venue), "a mistake", noon));

        Outcome refused = venue.DoAt(noon, new OpenAccount(new AccountId("alice")));

        refused.Refusal.ShouldBe(Refusal.AccountExists);
        refused.Events.ShouldContain(e => e is ParametersApplied);
        refused.Events.ShouldContain(e => e is PositionLiquidated);
        Replays(venue);
    }

    [Fact]
    public void A_command_is_decided_by_the_set_that_takes_force_with_it()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "1000", "USDC");
        venue.Fill("alice", "liquidity", Perpetual, 0.1m, 8000m);
        Instant noon = venue.Clock + TimeSpan.FromMinutes(10);
        venue.Accept(new ProposeParameters(Stricter(venue), "volatility has doubled", noon));
        var withdraw = new Withdraw(new AccountId("alice"), new AssetId("USDC"), "800");

        venue.DoAt(noon, withdraw).Refusal.ShouldBe(Refusal.InitialMarginBreached);
    }

    [Fact]
    public void Sets_due_together_take_force_by_time_and_then_by_number()
    {
        TestVenue venue = TestVenue.Open();
        Instant noon = venue.Clock + TimeSpan.FromMinutes(10);
        venue.Accept(new ProposeParameters(With(venue, 0.70m), "second", noon));
        venue.Accept(new ProposeParameters(With(venue, 0.71m), "third", noon));
        venue.Accept(new ProposeParameters(With(venue, 0.72m), "first", noon + TimeSpan.FromMinutes(-1)));

        Outcome outcome = venue.DoAt(noon + TimeSpan.FromMinutes(1), new OpenAccount(new AccountId("a")));

        outcome.Events.OfType<ParametersApplied>().Select(e => e.Version).ShouldBe([4, 2, 3]);
        venue.State.Parameters!.Initial.Factor.ShouldBe(0.71m);
        venue.State.ParameterSets.History.Select(v => v.Version).ShouldBe([1, 4, 2, 3]);
    }

    [Fact]
    public void A_set_that_would_liquidate_more_than_it_may_is_held_and_liquidates_nobody()
    {
        TestVenue venue = Leveraged();
        Instant noon = venue.Clock + TimeSpan.FromMinutes(10);
        RiskParameters before = venue.State.Parameters!;
        ParametersProposed proposed = venue.Accept(new ProposeParameters(Fatal(venue), "a cap below the market", noon, MaxLiquidations: 1)).Events.OfType<ParametersProposed>().Single();
        proposed.Liquidations.ShouldBe(3);

        Outcome outcome = venue.DoAt(noon, new OpenAccount(new AccountId("late")));

        outcome.Events[0].ShouldBe(new ParametersHeld(2, 3, 1));
        outcome.Events.ShouldNotContain(e => e is PositionLiquidated);
        venue.State.Parameters.ShouldBeSameAs(before);
        venue.State.ParameterSets.Proposal(2)!.IsHeld.ShouldBeTrue();
        venue.Refuse(new ApplyParameters(2), Refusal.TooManyLiquidations);
        venue.Accept(new ApplyParameters(2, 3)).Events.Count(e => e is PositionLiquidated).ShouldBe(3);
        Replays(venue);
    }

    [Fact]
    public void A_set_proposed_for_now_is_refused_at_once_when_it_would_liquidate_more_than_it_may()
    {
        TestVenue venue = Leveraged();

        Outcome outcome = venue.Do(new ProposeParameters(Fatal(venue), "a cap below the market", MaxLiquidations: 0));

        outcome.Refusal.ShouldBe(Refusal.TooManyLiquidations);
        outcome.Detail!.ShouldContain("3 accounts");
        venue.Accept(new ProposeParameters(Stricter(venue), "harmless", MaxLiquidations: 0)).Events[1].ShouldBeOfType<ParametersApplied>();
    }

    [Theory]
    [InlineData("phases auction.paidIn DOGE: is not listed")]
    [InlineData("phases slices DOGE: is not listed")]
    [InlineData("insurance pool DOGE: is not listed")]
    public void A_proposal_that_pays_or_measures_in_what_nobody_lists_is_refused(string fault)
    {
        TestVenue venue = TestVenue.Open();
        RiskParameters set = venue.State.Parameters!;
        var doge = new AssetId("DOGE");
        set = fault.Split(' ')[1] switch
        {
            "auction.paidIn" => set with { Phases = PhaseVenue.Slices with { Auction = PhaseVenue.Auction with { PaidIn = doge } } },
            "slices" => set with { Phases = PhaseVenue.Slices with { Slices = new SliceTerms(0.5m, [new DepthTerms(new AssetScope(doge, null), 1m, 0.01m)]) } },
            _ => set with { Insurance = new InsuranceTerms { Layers = [new LayerTerms(InsuranceLayer.Pool)], Pool = new PoolTerms([doge], 24m, 1_000_000m, 4.8m, 0m, 1m, 0m, 0m, null, 24m) } },
        };

        Outcome outcome = venue.Do(new ProposeParameters(set, "a slip of the pen"));

        outcome.Accepted.ShouldBeFalse();
        outcome.Detail!.ShouldContain(fault);
    }

    [Fact]
    public void A_set_cannot_be_hurried_taken_back_twice_or_take_force_in_the_past()
    {
        TestVenue venue = TestVenue.Open();
        Instant noon = venue.Clock + TimeSpan.FromMinutes(10);
        venue.Accept(new ProposeParameters(Stricter(venue), "soon", noon));
        venue.Refuse(new ApplyParameters(2), Refusal.ProposalNotDue);
        venue.Refuse(new ApplyParameters(7), Refusal.ProposalUnknown);
        venue.Refuse(new ProposeParameters(Stricter(venue), "late", noon + TimeSpan.FromHours(-1)), Refusal.EffectivePast);
        venue.Refuse(new ProposeParameters(Stricter(venue), ""), Refusal.CommandMalformed);
        venue.Refuse(new ProposeParameters(Stricter(venue), "x", MaxLiquidations: -1), Refusal.TermsInvalid);
        venue.Refuse(new ProposeParameters(venue.State.Parameters!, "the same"), Refusal.NothingToDo);
        venue.Accept(new WithdrawProposal(2, "not needed"));
        venue.Refuse(new WithdrawProposal(2, "again"), Refusal.ProposalUnknown);
        venue.DoAt(noon, new OpenAccount(new AccountId("a"))).Events.ShouldNotContain(e => e is ParametersApplied);
        venue.Accept(new ProposeParameters(Stricter(venue), "numbers are not given twice")).Events.OfType<ParametersProposed>().Single().Version.ShouldBe(3);
    }

    [Fact]
    public void Only_so_many_sets_wait_and_none_names_what_is_not_listed()
    {
        TestVenue venue = TestVenue.Open();
        Instant noon = venue.Clock + TimeSpan.FromHours(1);
        for (int i = 0; i < ParameterSets.MaxProposals; i++) venue.Accept(new ProposeParameters(Stricter(venue), "one more", noon));
        venue.Refuse(new ProposeParameters(Stricter(venue), "too many", noon), Refusal.LimitReached);

        var other = TestVenue.Open();
        RiskParameters typo = other.State.Parameters! with { Collateral = other.State.Parameters!.Collateral.Add(new CollateralTerms(new AssetId("BCT"), [new CollateralTier(0m, 0.1m)])) };
        Outcome outcome = other.Do(new ProposeParameters(typo, "a typo"));
        outcome.Refusal.ShouldBe(Refusal.ParametersInvalid);
        outcome.Detail!.ShouldContain("collateral BCT");
    }

    [Fact]
    public void An_inconsistent_set_is_refused_with_its_field_before_it_is_a_command()
    {
        TestVenue venue = TestVenue.Open();
        RiskParameters rules = venue.State.Parameters!;
        string json = System.Text.Encoding.UTF8.GetString(rules.ToJson());
        string broken = json.Replace("\"maintenance\":{\"factor\":0.4", "\"maintenance\":{\"factor\":0.9", StringComparison.Ordinal);
        broken.ShouldNotBe(json);

        InputException fault = Should.Throw<InputException>(() => Wire.ReadCommand(System.Text.Encoding.UTF8.GetBytes($$"""{"type":"propose-parameters","reason":"x","parameters":{{broken}}}""")));

        fault.Message.ShouldContain("initial.factor");
    }

    [Fact]
    public void Sets_are_numbered_named_by_hash_and_kept_through_a_snapshot()
    {
        TestVenue venue = TestVenue.Open();
        Instant noon = venue.Clock + TimeSpan.FromHours(1);
        venue.Accept(new ProposeParameters(Stricter(venue), "now"));
        venue.Accept(new ProposeParameters(Fatal(venue), "later", noon, MaxLiquidations: 2));

        VenueState restored = Snapshots.Restore(Snapshots.Take(venue.Kernel)).State;

        restored.ParameterSets.History.ShouldBe(venue.State.ParameterSets.History);
        restored.ParameterSets.Current!.Hash.ShouldBe(Hash256.Of(Stricter(venue).ToJson()));
        restored.ParameterSets.Proposals.Single().ShouldSatisfyAllConditions(
            p => p.Version.ShouldBe(3), p => p.Reason.ShouldBe("later"), p => p.MaxLiquidations.ShouldBe(2), p => p.EffectiveAt.ShouldBe(noon), p => p.IsHeld.ShouldBeFalse());
        Snapshots.HashOf(restored).ShouldBe(Snapshots.HashOf(venue.State));
    }

    [Fact]
    public void A_shadow_run_says_what_the_set_would_do_and_changes_nothing()
    {
        TestVenue venue = Leveraged();
        Hash256 before = Snapshots.HashOf(venue.State);

        ShadowReport report = ParameterShadow.Of(venue.State, Fatal(venue));

        Snapshots.HashOf(venue.State).ShouldBe(before);
        report.Liquidated.ShouldBe(3);
        report.Lines.Select(line => venue.State.Accounts[new AccountIndex(line.Account)].Value).Take(3).ShouldBe(["high", "mid", "low"]);
        Outcome applied = venue.Accept(new ProposeParameters(Fatal(venue), "so be it"));
        applied.Events.OfType<PositionLiquidated>().Select(e => e.Account).Distinct().Count().ShouldBe(report.Liquidated);
    }

    [Fact]
    public void A_shadow_run_of_the_set_in_force_is_nothing_and_of_its_way_back_is_the_mirror()
    {
        TestVenue venue = Leveraged();
        ShadowReport same = ParameterShadow.Of(venue.State, venue.State.Parameters!);
        same.Lines.ShouldBeEmpty();
        same.Before.ShouldBe(same.After);

        var book = ParameterShadow.BookOf(venue.State);
        ShadowReport there = book.Run(venue.State.Parameters!, Fatal(venue));
        ShadowReport back = book.Run(Fatal(venue), venue.State.Parameters!);
        back.Released.ShouldBe(there.Liquidated + there.Called);
        back.IsHarmless.ShouldBeTrue();
        back.Before.ShouldBe(there.After);
    }

    [Fact]
    public void A_shadow_run_under_a_shock_does_not_blame_the_set_for_the_shock()
    {
        TestVenue venue = Leveraged();
        ShadowReport report = ParameterShadow.Of(venue.State, venue.State.Parameters!, Moved(venue, 0.5));

        report.UnderWater.ShouldBe(3);
        report.Liquidated.ShouldBe(0);
        ParameterShadow.Of(venue.State, Stricter(venue), Moved(venue, 0.99)).Liquidated.ShouldBeGreaterThanOrEqualTo(
            ParameterShadow.Of(venue.State, Stricter(venue)).Liquidated);
    }

    [Fact]
    public void The_difference_of_two_sets_names_each_field_once_however_lists_are_shifted()
    {
        TestVenue venue = TestVenue.Open();
        RiskParameters first = venue.State.Parameters!;
        RiskParameters second = first with
        {
            Initial = new Threshold(0.75m, 0.02m),
            Collateral = [.. first.Collateral.Where(c => c.Asset.Value != "BTC")],
        };

        ParameterDifference.Between(first, first).ShouldBeEmpty();
        ImmutableArray<ParameterChange> changes = ParameterDifference.Between(first, second);

        changes.ShouldContain(new ParameterChange("initial.factor", "0.6", "0.75"));
        changes.ShouldContain(new ParameterChange("collateral BTC.tiers[0].haircut", "0.05", null));
        changes.ShouldAllBe(c => c.Path == "initial.factor" || c.Path.StartsWith("collateral BTC."));
        ParameterDifference.Between(second, first).Length.ShouldBe(changes.Length);
    }

    /// <summary>Three accounts, ever less leveraged, that the default set lets live.</summary>
    private static TestVenue Leveraged()
    {
        TestVenue venue = TestVenue.Open();
        foreach ((string name, string cash) in ((string, string)[])[("high", "1500"), ("mid", "1600"), ("low", "1700")])
        {
            venue.Account(name);
            venue.Deposit(name, cash, "USDC");
            venue.Fill(name, "liquidity", Perpetual, 1m, 8000m);
        }

        venue.Account("alice");

        return venue;
    }

    private static RiskParameters With(TestVenue venue, decimal initialFactor) =>
        venue.State.Parameters! with { Initial = new Threshold(initialFactor, 0.02m) };

    private static RiskParameters Stricter(TestVenue venue) => RiskParameters.Default(venue.State.Catalog) with { Initial = new Threshold(2.5m, 0.10m) };

    private static RiskParameters Fatal(TestVenue venue) => RiskParameters.Default(venue.State.Catalog) with
    {
        Initial = new Threshold(1.5m, 0.30m),
        Target = new Threshold(1.4m, 0.28m),
        Maintenance = new Threshold(1.3m, 0.25m),
    };

    private static MarketShift Moved(TestVenue venue, double ratio) =>
        MarketShift.Of(venue.State.Catalog, [new PriceMove(venue.State.Asset(new AssetId("BTC")), ratio)], [], TimeSpan.Zero);

    private static void Replays(TestVenue venue)
    {
        var again = new VenueKernel();
        foreach (JournalEntry entry in venue.Journal) again.Replay(entry);
        Snapshots.HashOf(again.State).ShouldBe(Snapshots.HashOf(venue.State));

        var decided = new VenueKernel();
        foreach (JournalEntry entry in venue.Journal) decided.Verify(entry);
        Snapshots.HashOf(decided.State).ShouldBe(Snapshots.HashOf(venue.State));
    }
}
