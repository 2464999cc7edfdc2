using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>How crowded the venue is, what its prices say of haircuts, and how accounts of one owner are judged together.</summary>
public sealed class CrowdTests
{
    private static readonly AccountId Anna = new("anna");
    private static readonly AccountId Annas = new("anna.2");
    private static readonly AssetId Btc = new("BTC");

    [Fact]
    public void A_haircut_rises_with_the_market_at_once_and_falls_by_so_much_a_day()
    {
        TestVenue venue = Dynamic();
        double calm = Floor(venue);
        Move(venue, 60, 6000m);
        double wild = Floor(venue);
        Move(venue, 60 * 24, 6000m);
        double after = Floor(venue);

        calm.ShouldBeInRange(0.05, 0.3);
        wild.ShouldBeGreaterThan(calm + 0.05);
        after.ShouldBe(wild - 0.001, 1e-6);
    }

    [Fact]
    public void Between_two_samples_no_haircut_moves()
    {
        TestVenue venue = Dynamic();
        double before = Floor(venue);

        Move(venue, 10, 4000m);

        Floor(venue).ShouldBe(before);
        venue.State.Judgement.Model!.Sizes.ShouldBeSameAs(venue.State.Crowd.Sizes);
    }

    [Fact]
    public void The_haircut_of_the_market_takes_from_what_everybody_counts()
    {
        TestVenue venue = Dynamic();
        venue.Accept(new OpenAccount(Anna));
        venue.Accept(new Deposit(Anna, Btc, "1"));
        Verdict verdict = Of(venue, Anna);

        verdict.Counted.ShouldBe(verdict.Equity * (1 - Floor(venue)), 1e-6);
    }

    [Fact]
    public void What_all_customers_hold_raises_the_haircut_of_each()
    {
        (TestVenue few, TestVenue many) = (Dynamic(), Dynamic());
        foreach ((TestVenue venue, string coins) in new[] { (few, "1"), (many, "100000") })
        {
            venue.Accept(new OpenAccount(Anna));
            venue.Accept(new Deposit(Anna, Btc, coins));
            Move(venue, 60, 8000m);
        }

        Floor(many).ShouldBeGreaterThan(Floor(few) + 0.05);
    }

    [Fact]
    public void What_customers_hold_beyond_the_venues_cap_does_not_count_for_opening()
    {
        TestVenue venue = TestVenue.Open(p => p with { Collateral = [.. p.Collateral.Select(line => line.Asset == Btc ? line with { VenueCap = 40_000m } : line)] });
        venue.Accept(new OpenAccount(Anna));
        venue.Accept(new Deposit(Anna, Btc, "10"));
        Move(venue, 2, 8000m);
        Verdict verdict = Of(venue, Anna);

        (verdict.MaintenanceHealth - verdict.InitialHealth).ShouldBeGreaterThan(0.4 * verdict.Counted);
        verdict.TargetHealth.ShouldBeLessThanOrEqualTo(verdict.MaintenanceHealth);
    }

    [Fact]
    public void A_restored_venue_has_the_same_haircuts_and_goes_on_alike()
    {
        TestVenue venue = Dynamic();
        Move(venue, 60, 7000m);
        VenueKernel restored = Snapshots.Restore(Snapshots.Take(venue.Kernel));

        Snapshots.HashOf(restored.State).ShouldBe(Snapshots.HashOf(venue.State));
        restored.State.Judgement.Model!.Sizes.HaircutFloors.ToArray().ShouldBe(venue.State.Judgement.Model!.Sizes.HaircutFloors.ToArray());
    }

    [Fact]
    public void Without_haircuts_that_follow_the_market_nothing_is_sampled()
    {
        TestVenue venue = TestVenue.Open(p => p with { CollateralPolicy = CollateralPolicy.None });
        Move(venue, 600, 7000m);

        venue.State.Crowd.SampledAt.ShouldBeNull();
        venue.State.Judgement.Model!.Sizes.ShouldBeSameAs(VenueSizes.None);
    }

    [Fact]
    public void Two_accounts_of_one_owner_count_no_more_than_one()
    {
        TestVenue venue = TestVenue.Open(Tiered);
        venue.Accept(new OpenAccount(Anna));
        venue.Accept(new OpenAccount(Annas));
        venue.Accept(new Deposit(Anna, Btc, "10"));
        venue.Accept(new Deposit(Annas, Btc, "10"));
        double apart = Of(venue, Anna).Counted + Of(venue, Annas).Counted;
        venue.Accept(new ClassifyAccount(Annas, Anna));
        double together = Of(venue, Anna).Counted + Of(venue, Annas).Counted;

        apart.ShouldBe(160_000, 1e-6);
        together.ShouldBe(80_000 + 40_000, 1e-6);
    }

    [Fact]
    public void When_one_account_changes_its_owners_others_are_judged_again()
    {
        TestVenue venue = TestVenue.Open(Tiered);
        venue.Accept(new OpenAccount(Anna));
        venue.Accept(new OpenAccount(Annas, Anna));
        venue.Accept(new Deposit(Anna, Btc, "10"));
        Of(venue, Anna).Counted.ShouldBe(80_000, 1e-6);

        venue.Accept(new Deposit(Annas, Btc, "30"));
        Of(venue, Anna).Counted.ShouldBe((80_000 + (0.5 * 240_000)) / 4, 1e-6);

        venue.Accept(new ClassifyAccount(Annas));
        Of(venue, Anna).Counted.ShouldBe(80_000, 1e-6);
    }

    [Fact]
    public void In_the_middle_of_a_tick_an_account_is_judged_by_what_its_owners_others_have_by_then()
    {
        TestVenue venue = TestVenue.Open(Tiered);
        venue.Accept(new OpenAccount(Anna));
        venue.Accept(new OpenAccount(Annas, Anna));
        venue.Accept(new Deposit(Anna, Btc, "10"));
        venue.Accept(new Deposit(Annas, Btc, "30"));
        new Withdrawn(Annas, Btc, new AssetScale(8).FromDecimal(30m, Rounding.Nearest), Fund.Hot).Apply(venue.State);
        venue.State.Judgement.Refresh(venue.State.Account(Anna));
        Verdict amid = Of(venue, Anna);
        venue.State.Judgement.Refresh();

        amid.Counted.ShouldBe(80_000, 1e-6);
        Of(venue, Anna).ShouldBe(amid);
    }

    private static RiskParameters Tiered(RiskParameters rules) => rules with
    {
        CollateralPolicy = CollateralPolicy.None,
        Collateral = [.. rules.Collateral.Select(line => line.Asset == Btc ? new CollateralTerms(Btc, [new CollateralTier(0m, 0m), new CollateralTier(80_000m, 0.5m)]) : line)],
    };

    private static TestVenue Dynamic() => TestVenue.Open(p => p with
    {
        CollateralPolicy = new CollateralPolicy
        {
            Dynamic = new DynamicHaircutTerms(
                3m, 0.25m, 0.1m, 0.001m, 0.02m, 0.001m, 60, 0.94m,
                [new HaircutMarket(new AssetScope(Btc, null), 0.03m, 0.03m, 100_000_000m, 0.002m, 1m, 0.01m)]),
        },
    });

    private static void Move(TestVenue venue, int minutes, decimal btc)
    {
        venue.Clock += TimeSpan.FromMinutes(minutes);
        venue.Prices(btc: btc, eth: 200m);
    }

    private static double Floor(TestVenue venue) => venue.State.Crowd.Sizes.HaircutFloorOf(venue.State.Asset(Btc).Value);

    private static Verdict Of(TestVenue venue, AccountId account) => venue.State.Judgement.Of(venue.State.Account(account));
}
