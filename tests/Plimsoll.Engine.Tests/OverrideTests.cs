using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class OverrideTests
{
    private const string Perpetual = "BTC_USDC-PERPETUAL";

    [Fact]
    public void A_hold_keeps_an_account_from_liquidation_until_its_time_is_over_and_not_longer()
    {
        TestVenue venue = Sinking();
        Hold(venue, TimeSpan.FromMinutes(10));

        venue.Prices(btc: 6_600m, eth: 200m);
        venue.Verdict("alice").IsLiquidatable.ShouldBeTrue();
        venue.Phase("alice").ShouldBe(AccountPhase.Called);
        venue.State.Overrides.Holds(venue.Index("alice")).ShouldBeTrue();

        venue.Clock += TimeSpan.FromMinutes(10);
        Outcome next = venue.Accept(new OpenAccount(new AccountId("somebody")));
        next.Events[0].ShouldBe(new OverrideEnded(1, new AccountId("alice"), OverrideEnding.Expired));
        next.Events.OfType<PositionLiquidated>().ShouldNotBeEmpty();
    }

    [Fact]
    public void Nothing_is_in_force_before_a_second_person_has_confirmed_it()
    {
        TestVenue venue = Sinking();
        Accept(venue, Propose(venue, TimeSpan.FromHours(1)), "ann");

        venue.Do(new ConfirmOverride(1), "ann").Refusal.ShouldBe(Refusal.PersonUnsuitable);
        venue.Do(new ConfirmOverride(1), "venue").Refusal.ShouldBe(Refusal.PersonUnsuitable);
        venue.Do(new ConfirmOverride(1), "alice").Refusal.ShouldBe(Refusal.PersonUnsuitable);
        venue.Do(new ConfirmOverride(2), "ben").Refusal.ShouldBe(Refusal.OverrideUnknown);
        venue.State.Overrides.Holds(venue.Index("alice")).ShouldBeFalse();
        venue.Prices(btc: 6_600m, eth: 200m).Events.OfType<PositionLiquidated>().ShouldNotBeEmpty();
    }

    [Fact]
    public void Nobody_decides_about_his_own_account_nor_about_one_of_the_same_owner()
    {
        TestVenue venue = Sinking();
        venue.Accept(new OpenAccount(new AccountId("alice.2"), new AccountId("alice")));

        venue.Do(Propose(venue, TimeSpan.FromHours(1)), "alice").Refusal.ShouldBe(Refusal.PersonUnsuitable);
        venue.Do(Propose(venue, TimeSpan.FromHours(1)), "alice.2").Refusal.ShouldBe(Refusal.PersonUnsuitable);
        Accept(venue, Propose(venue, TimeSpan.FromHours(1)), "bob");
    }

    [Fact]
    public void A_proposal_nobody_confirms_in_time_is_no_more()
    {
        TestVenue venue = Sinking();
        Accept(venue, Propose(venue, TimeSpan.FromHours(1)), "ann");
        venue.State.Overrides.NextDue.ShouldBe(venue.State.Now + OverrideBook.ConfirmWithin);

        venue.Clock += OverrideBook.ConfirmWithin;
        Outcome late = venue.Do(new ConfirmOverride(1), "ben");

        late.Refusal.ShouldBe(Refusal.OverrideUnknown);
        late.Events.ShouldBe([new OverrideEnded(1, new AccountId("alice"), OverrideEnding.Unconfirmed)]);
        venue.State.Overrides.NextDue.ShouldBeNull();
    }

    [Fact]
    public void A_hold_ends_where_the_account_has_nothing_left_of_its_own_and_never_stops_a_bankruptcy()
    {
        TestVenue venue = Sinking();
        Hold(venue, TimeSpan.FromHours(1));

        Outcome crash = venue.Prices(btc: 5_000m, eth: 200m);

        crash.Events.OfType<OverrideEnded>().ShouldHaveSingleItem().Ending.ShouldBe(OverrideEnding.EquityGone);
        venue.LotsOf("alice", Perpetual).ShouldBe(0);
        venue.Phase("alice").ShouldBe(AccountPhase.Bankrupt);
    }

    [Fact]
    public void A_hold_may_state_a_bound_above_nothing()
    {
        TestVenue venue = Sinking();
        Accept(venue, new ProposeOverride(new AccountId("alice"), OverrideKind.HoldLiquidation, "transfer under way", venue.State.Now + TimeSpan.FromHours(1), 550), "ann");
        Accept(venue, new ConfirmOverride(1), "ben");

        venue.Prices(btc: 6_560m, eth: 200m).Events.OfType<OverrideEnded>().ShouldBeEmpty();
        venue.Prices(btc: 6_540m, eth: 200m).Events.OfType<OverrideEnded>().ShouldHaveSingleItem().Ending.ShouldBe(OverrideEnding.EquityGone);
    }

    [Fact]
    public void Two_persons_end_what_two_persons_began()
    {
        TestVenue venue = Sinking();
        venue.Do(new ProposeOverride(new AccountId("alice"), OverrideKind.Release, "nothing stands"), "ann").Refusal.ShouldBe(Refusal.OverrideUnsuitable);
        Hold(venue, TimeSpan.FromHours(1));
        venue.Prices(btc: 6_600m, eth: 200m);

        Accept(venue, new ProposeOverride(new AccountId("alice"), OverrideKind.Release, "the transfer did not come"), "ann");
        Outcome released = Accept(venue, new ConfirmOverride(2), "cat");

        released.Events.Take(2).ShouldBe([new OverrideEnded(1, new AccountId("alice"), OverrideEnding.Released), new OverrideConfirmed(2, new AccountId("alice"), OverrideKind.Release, new AccountId("cat"))]);
        released.Events.OfType<PositionLiquidated>().ShouldNotBeEmpty();
        venue.State.Overrides.Open.ShouldBeEmpty();
    }

    [Fact]
    public void An_order_to_liquidate_now_replaces_a_hold_and_ends_when_the_account_has_recovered()
    {
        TestVenue venue = Sinking();
        venue.Do(new ProposeOverride(new AccountId("bob"), OverrideKind.LiquidateNow, "a healthy one"), "ann").Refusal.ShouldBe(Refusal.OverrideUnsuitable);
        Hold(venue, TimeSpan.FromHours(1));
        Accept(venue, new ProposeOverride(new AccountId("alice"), OverrideKind.LiquidateNow, "it will not pay"), "ann");
        Outcome ordered = Accept(venue, new ConfirmOverride(2), "ben");

        ordered.Events[0].ShouldBe(new OverrideEnded(1, new AccountId("alice"), OverrideEnding.Replaced));
        venue.State.Overrides.Orders(venue.Index("alice")).ShouldBeTrue();
        venue.Prices(btc: 8_100m, eth: 200m).Events.OfType<OverrideEnded>().ShouldHaveSingleItem().Ending.ShouldBe(OverrideEnding.Recovered);
        venue.State.Overrides.Orders(venue.Index("alice")).ShouldBeFalse();
    }

    [Fact]
    public void What_waits_can_be_taken_back_and_what_is_in_force_cannot()
    {
        TestVenue venue = Sinking();
        Accept(venue, Propose(venue, TimeSpan.FromHours(1)), "ann");
        Accept(venue, new WithdrawOverride(1, "a mistake"), "ann");
        venue.State.Overrides.Open.ShouldBeEmpty();

        Accept(venue, Propose(venue, TimeSpan.FromHours(1)), "ann");
        Accept(venue, new ConfirmOverride(2), "ben");
        venue.Do(new WithdrawOverride(2, "too late"), "ann").Refusal.ShouldBe(Refusal.OverrideUnknown);
    }

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(-1, 0.0)]
    [InlineData(24 * 60 + 1, 0.0)]
    [InlineData(10, -1.0)]
    public void A_hold_that_has_no_end_within_a_day_or_an_impossible_bound_is_refused(int minutes, double bound)
    {
        TestVenue venue = Sinking();
        Instant until = venue.State.Now + TimeSpan.FromSeconds(1) + TimeSpan.FromMinutes(minutes);

        venue.Do(new ProposeOverride(new AccountId("alice"), OverrideKind.HoldLiquidation, "why not", until, bound), "ann").Refusal.ShouldBe(Refusal.TermsInvalid);
    }

    [Fact]
    public void A_reason_is_needed_and_is_of_bounded_length()
    {
        TestVenue venue = Sinking();
        foreach (string reason in (string[])["", new string('x', 257), "line\nbreak", "\ud800"])
            venue.Do(Propose(venue, TimeSpan.FromHours(1)) with { Reason = reason }, "ann").Refusal.ShouldBe(Refusal.CommandMalformed);

        venue.Do(new ProposeOverride(new AccountId("alice"), OverrideKind.HoldLiquidation, "no end"), "ann").Refusal.ShouldBe(Refusal.TermsInvalid);
        venue.Do(new ProposeOverride(new AccountId("ghost"), OverrideKind.Release, "nobody"), "ann").Refusal.ShouldBe(Refusal.AccountUnknown);
    }

    [Fact]
    public void A_call_is_acknowledged_once_by_somebody_and_again_only_when_it_is_a_new_one()
    {
        TestVenue venue = Sinking();
        var seen = new AcknowledgeCall(new AccountId("alice"), "will pay");
        venue.Do(new AcknowledgeCall(new AccountId("bob")), "ann").Refusal.ShouldBe(Refusal.NothingToDo);
        venue.Do(seen, "venue").Refusal.ShouldBe(Refusal.PersonUnsuitable);
        Accept(venue, seen, "ann");

        venue.Do(seen, "ben").Refusal.ShouldBe(Refusal.NothingToDo);
        venue.State.Calls.Of(venue.Index("alice"))!.By.Value.ShouldBe("ann");
        venue.Prices(btc: 8_100m, eth: 200m);
        venue.State.Calls.Of(venue.Index("alice")).ShouldBeNull();
        venue.Prices(btc: 6_800m, eth: 200m);
        Accept(venue, seen, "alice");
    }

    [Fact]
    public void Who_proposed_and_who_confirmed_survives_replay_and_a_snapshot()
    {
        TestVenue venue = Sinking();
        Hold(venue, TimeSpan.FromHours(1));
        Accept(venue, new AcknowledgeCall(new AccountId("alice")), "ann");
        venue.Prices(btc: 6_600m, eth: 200m);
        var replayed = new VenueKernel();
        var verified = new VenueKernel();
        foreach (JournalEntry entry in venue.Journal)
        {
            replayed.Replay(entry);
            verified.Verify(entry);
        }

        Snapshots.HashOf(replayed.State).ShouldBe(Snapshots.HashOf(venue.State));
        Snapshots.HashOf(verified.State).ShouldBe(Snapshots.HashOf(venue.State));
        VenueState restored = Snapshots.Restore(Snapshots.Take(venue.Kernel)).State;
        Snapshots.HashOf(restored).ShouldBe(Snapshots.HashOf(venue.State));
        restored.Overrides.Holds(restored.Account(new AccountId("alice"))).ShouldBeTrue();
        restored.Overrides.Find(1)!.ConfirmedBy!.Value.Value.ShouldBe("ben");
    }

    /// <summary>Alice is called and not yet under water; she is long one bitcoin from 8,000.</summary>
    private static TestVenue Sinking()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "2000", "USDC");
        venue.Rich("bob");
        venue.Fill("alice", "bob", Perpetual, 1m, 8000m);
        venue.Prices(btc: 6_800m, eth: 200m);
        venue.Phase("alice").ShouldBe(AccountPhase.Called, $"{venue.Verdict("alice")}");

        return venue;
    }

    private static ProposeOverride Propose(TestVenue venue, TimeSpan length) =>
        new(new AccountId("alice"), OverrideKind.HoldLiquidation, "collateral is on its way", venue.State.Now + length);

    private static void Hold(TestVenue venue, TimeSpan length)
    {
        Accept(venue, Propose(venue, length), "ann");
        Accept(venue, new ConfirmOverride(venue.State.Overrides.LastNumber), "ben");
    }

    private static Outcome Accept(TestVenue venue, Command command, string by)
    {
        Outcome outcome = venue.Do(command, by);
        outcome.Refusal.ShouldBe(Refusal.None, outcome.Detail);

        return outcome;
    }
}
