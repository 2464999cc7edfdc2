using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>The edges of what a backstop takes, when it closes, and when it opens again.</summary>
public sealed class BackstopRulesTests
{
    private static PhaseTerms Backed { get; } = PhaseVenue.Slices with { Auction = PhaseVenue.Auction, Halt = true, Backstop = PhaseVenue.Backstop };

    [Fact]
    public void One_with_less_than_it_must_keep_takes_nothing()
    {
        Took(Unsold("79999.99")).ShouldBe(0);
        Took(Unsold("80000")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void It_takes_nothing_of_what_is_paused()
    {
        TestVenue venue = Opened("100000", paused: new BreakerLine(new InstrumentId(PhaseVenue.Perpetual), null, new BandTerms(0.22m, 0), null, 3600, 0, 60));
        venue.Pass(595);
        venue.Prices(btc: 6230m, eth: 200m).Events.ShouldContain(e => e is BreakerTripped);
        Outcome unsold = venue.Pass(5);
        unsold.Events.OfType<AuctionEnded>().ShouldHaveSingleItem().Ending.ShouldBe(AuctionEnding.Unsold);
        unsold.Events.ShouldNotContain(e => e is BackstopTook);
        venue.Pass(3600).Events.ShouldContain(e => e is BackstopTook, "traded again");
    }

    [Fact]
    public void With_exactly_what_it_must_keep_it_stays_open()
    {
        TestVenue venue = Opened("100000");
        venue.PassToDue();
        venue.Prices(btc: 4000m, eth: 200m);
        venue.Verdict("backstop").Equity.ShouldBe(80_000, 1e-9);
        venue.State.Liquidations.IsBackstopClosed.ShouldBeFalse();
        venue.Prices(btc: 3999.9m, eth: 200m).Events.ShouldContain(e => e is BackstopClosed);
    }

    [Fact]
    public void It_closes_before_its_limit_where_it_cannot_carry_its_book()
    {
        TestVenue venue = Opened("10000", phases => phases with { Backstop = new BackstopTerms(new AccountId("backstop"), 10_000m, 9_999m, 1_000_000m, 100m) });
        venue.PassToDue();
        venue.LotsOf("backstop", PhaseVenue.Perpetual).ShouldBeGreaterThan(0);
        Outcome outcome = venue.Prices(btc: 5500m, eth: 200m);
        outcome.Events.OfType<BackstopClosed>().ShouldHaveSingleItem().Equity.ShouldBeGreaterThan(1);
        venue.LotsOf("backstop", PhaseVenue.Perpetual).ShouldBe(0);
        venue.Verdict("backstop").Equity.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void It_does_not_open_again_before_its_book_is_gone()
    {
        TestVenue venue = Opened("100000");
        venue.PassToDue();
        venue.Accept(new SetParameters(venue.State.Parameters! with { Breakers = new BreakerTerms { Throttles = new ThrottleTerms(60, null, 10_000m) } }));
        venue.Clock += TimeSpan.FromMinutes(1);
        venue.Prices(btc: 3900m, eth: 200m).Events.ShouldContain(e => e is BackstopClosed);
        venue.LotsOf("backstop", PhaseVenue.Perpetual).ShouldBeGreaterThan(0);
        venue.Accept(new Deposit(new AccountId("backstop"), new AssetId("USDC"), "50000")).Events.ShouldNotContain(e => e is BackstopReopened);
        for (int period = 0; period < 4; period++) venue.PassToDue();
        venue.LotsOf("backstop", PhaseVenue.Perpetual).ShouldBe(0);
        venue.State.Liquidations.IsBackstopClosed.ShouldBeFalse();
    }

    [Fact]
    public void It_takes_no_more_than_its_leverage_carries()
    {
        Took(Unsold("100000", phases => phases with { Backstop = PhaseVenue.Backstop with { MostLeverage = 0.2m } })).ShouldBeInRange(19_000, 20_000);
    }

    [Fact]
    public void What_it_holds_already_and_has_taken_in_the_period_counts()
    {
        TestVenue venue = Opened("100000", phases => phases with { Backstop = PhaseVenue.Backstop with { MostNotional = 70_000m } }, second: true);
        venue.PassToDue();
        venue.Verdict("backstop").Notional.ShouldBeInRange(65_000, 70_000);
        venue.Case("carol").ShouldNotBeNull();

        TestVenue capped = Opened("100000", phases => phases with { Caps = new PhaseCaps(Backstop: 70_000m) }, second: true);
        capped.PassToDue().Events.OfType<BackstopTook>().Sum(took => took.Notional).ShouldBeInRange(65_000, 70_000);
    }

    [Fact]
    public void It_takes_no_more_than_its_initial_margin_lets_it()
    {
        TestVenue venue = Opened("3000", phases => phases with { Backstop = new BackstopTerms(new AccountId("backstop"), 3000m, 3000m, 1_000_000m, 1000m) });
        venue.PassToDue().Events.OfType<BackstopTook>().ShouldHaveSingleItem().Part.ShouldBeLessThan(1m);
        venue.Verdict("backstop").InitialHealth.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void It_takes_no_debt_that_the_insurance_cannot_bear()
    {
        TestVenue venue = Opened("100000");
        venue.Accept(new Endow(Fund.InsuranceFund, new AssetId("USDC"), "999.99", Fund.Hot));
        venue.Prices(btc: 5900m, eth: 200m);
        venue.Verdict("alice").Equity.ShouldBe(-1000, 1e-9);
        venue.PassToDue().Events.ShouldNotContain(e => e is BackstopTook);

        TestVenue enough = Opened("100000");
        enough.Accept(new Endow(Fund.InsuranceFund, new AssetId("USDC"), "1000", Fund.Hot));
        enough.Prices(btc: 5900m, eth: 200m);
        enough.PassToDue().Events.ShouldContain(e => e is BackstopTook);
        enough.Verdict("backstop").Equity.ShouldBe(100_000, 1e-9, "positions at their marks, and no coin with them");
    }

    private static double Took(TestVenue venue) => venue.Verdict("backstop").Notional;

    private static TestVenue Unsold(string capital, Func<PhaseTerms, PhaseTerms>? change = null)
    {
        TestVenue venue = Opened(capital, change);
        venue.PassToDue();

        return venue;
    }

    private static TestVenue Opened(string capital, Func<PhaseTerms, PhaseTerms>? change = null, BreakerLine? paused = null, bool second = false)
    {
        TestVenue venue = TestVenue.Open(rules => rules with
        {
            Phases = change is null ? Backed : change(Backed),
            Breakers = paused is null ? BreakerTerms.None : new BreakerTerms { Lines = [paused] },
        });
        venue.Account("backstop");
        venue.Deposit("backstop", capital, "USDC");
        venue.Long("alice", "20000", 10m);
        if (second) venue.Long("carol", "20000", 10m);
        venue.Prices(btc: 6250m, eth: 200m).Events.ShouldContain(e => e is AuctionOpened);

        return venue;
    }
}
