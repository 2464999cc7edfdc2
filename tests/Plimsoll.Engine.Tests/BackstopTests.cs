using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class BackstopTests
{
    private static PhaseTerms Backed { get; } = PhaseVenue.Slices with { Auction = PhaseVenue.Auction, Halt = true, Backstop = PhaseVenue.Backstop };

    [Fact]
    public void What_nobody_bid_for_the_backstop_takes_with_the_collateral_behind_it()
    {
        TestVenue venue = Unsold("100000", out Outcome outcome);

        BackstopTook took = outcome.Events.OfType<BackstopTook>().ShouldHaveSingleItem();
        took.Part.ShouldBe(1m);
        venue.LotsOf("backstop", PhaseVenue.Perpetual).ShouldBe(10_000);
        venue.LotsOf("alice", PhaseVenue.Perpetual).ShouldBe(0);
        venue.Verdict("backstop").Equity.ShouldBe(102_500, 0.01);
        venue.Case("alice").ShouldBeNull();
    }

    [Fact]
    public void It_takes_no_more_than_its_capital_carries()
    {
        TestVenue venue = Unsold("100000", out Outcome outcome, terms => terms with { Backstop = PhaseVenue.Backstop with { MostNotional = 20_000m } });

        outcome.Events.OfType<BackstopTook>().ShouldHaveSingleItem().Notional.ShouldBeInRange(15_000, 20_000);
        venue.Case("alice").ShouldNotBeNull();
    }

    [Fact]
    public void It_takes_no_more_in_a_period_than_its_cap()
    {
        TestVenue venue = Unsold("100000", out Outcome outcome, terms => terms with { Caps = new PhaseCaps(Backstop: 10_000m) });

        outcome.Events.OfType<BackstopTook>().Sum(took => took.Notional).ShouldBeInRange(9000, 10_000);
        venue.PassToDue().Events.OfType<BackstopTook>().Sum(took => took.Notional).ShouldBeInRange(9000, 10_000);
    }

    [Fact]
    public void Once_it_has_lost_what_it_may_lose_it_is_closed_and_its_book_goes_to_the_other_side_at_the_mark()
    {
        TestVenue venue = Unsold("100000", out _);
        Outcome outcome = venue.Prices(btc: 3900m, eth: 200m);

        outcome.Events.OfType<BackstopClosed>().ShouldHaveSingleItem().Least.ShouldBe(80_000);
        TakeoversPassedOn passed = outcome.Events.OfType<TakeoversPassedOn>().ShouldHaveSingleItem();
        passed.Price.Value.ShouldBe(3900m);
        venue.LotsOf("backstop", PhaseVenue.Perpetual).ShouldBe(0);
        venue.Phase("backstop").ShouldBe(AccountPhase.Deleveraged);
        venue.Verdict("backstop").Equity.ShouldBe(79_000, 1, "closed at the mark, it lost what it had lost and no more");
        venue.State.Tally.BadDebt.ShouldBe(0);
        venue.State.Tally.Bankruptcies.ShouldBe(0);
    }

    [Fact]
    public void What_it_passes_on_counts_against_what_may_be_deleveraged_in_a_period()
    {
        TestVenue venue = Unsold("100000", out _);
        venue.Accept(new SetParameters(venue.State.Parameters! with { Breakers = new BreakerTerms { Throttles = new ThrottleTerms(60, null, 10_000m) } }));
        venue.Clock += TimeSpan.FromMinutes(1);
        Outcome outcome = venue.Prices(btc: 3900m, eth: 200m);

        Passed(outcome).ShouldBeInRange(9990, 10_000);
        Passed(venue.Prices(btc: 3899m, eth: 200m)).ShouldBe(0, "nothing of the period is left");
        double all = Passed(outcome);
        for (int period = 0; period < 4; period++)
        {
            double passed = Passed(venue.PassToDue());
            passed.ShouldBeLessThanOrEqualTo(10_000);
            all += passed;
        }

        venue.LotsOf("backstop", PhaseVenue.Perpetual).ShouldBe(0);
        all.ShouldBe(39_000, 20);

        static double Passed(Outcome outcome) => outcome.Events.OfType<TakeoversPassedOn>().Sum(passed => passed.Notional);
    }

    [Fact]
    public void A_closed_backstop_takes_nothing_until_it_has_its_capital_again()
    {
        TestVenue venue = Unsold("100000", out _);
        venue.Prices(btc: 3900m, eth: 200m);
        venue.Deposit("backstop", "15000", "USDC");
        venue.State.Liquidations.IsBackstopClosed.ShouldBeTrue();
        venue.Accept(new Deposit(new AccountId("backstop"), new AssetId("USDC"), "10000")).Events.ShouldContain(e => e is BackstopReopened);
        venue.State.Liquidations.IsBackstopClosed.ShouldBeFalse();
    }

    [Fact]
    public void What_an_account_owes_beyond_what_it_has_is_the_insurance_s_and_not_the_backstop_s()
    {
        TestVenue venue = Opened("100000");
        venue.Accept(new Endow(Fund.InsuranceFund, new AssetId("USDC"), "100000", Fund.Hot));
        venue.Prices(btc: 5900m, eth: 200m);
        double debt = -venue.Verdict("alice").Equity;
        Outcome outcome = venue.PassToDue();

        outcome.Events.ShouldContain(e => e is BackstopTook);
        outcome.Events.OfType<FundDrawn>().Sum(e => e.Worth).ShouldBe(debt, 0.01);
        venue.Verdict("backstop").Equity.ShouldBe(100_000, 0.01);
        venue.Phase("alice").ShouldBe(AccountPhase.Bankrupt);
    }

    [Fact]
    public void Without_fund_or_bidder_a_bankrupt_account_goes_to_the_other_side()
    {
        TestVenue venue = Opened("100000");
        venue.Prices(btc: 5900m, eth: 200m);
        Outcome outcome = venue.PassToDue();

        outcome.Events.ShouldNotContain(e => e is BackstopTook);
        outcome.Events.ShouldContain(e => e is Deleveraged);
        venue.Case("alice").ShouldBeNull();
    }

    private static TestVenue Opened(string capital, Func<PhaseTerms, PhaseTerms>? change = null)
    {
        TestVenue venue = PhaseVenue.Open(change is null ? Backed : change(Backed));
        venue.Account("backstop");
        venue.Deposit("backstop", capital, "USDC");
        venue.Long("alice", "20000", 10m);
        venue.Prices(btc: 6250m, eth: 200m).Events.ShouldContain(e => e is AuctionOpened);

        return venue;
    }

    private static TestVenue Unsold(string capital, out Outcome outcome, Func<PhaseTerms, PhaseTerms>? change = null)
    {
        TestVenue venue = Opened(capital, change);
        outcome = venue.PassToDue();

        return venue;
    }
}
