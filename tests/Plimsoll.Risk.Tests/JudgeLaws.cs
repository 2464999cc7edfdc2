using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

/// <summary>What is true of every account, under many seeds.</summary>
public class JudgeLaws
{
    private const ulong Seeds = 150;

    [Fact]
    public void Initial_health_is_never_above_target_health_nor_target_above_maintenance() => ForAccounts((venue, account, seed) =>
    {
        Verdict v = venue.Judged(account);

        v.InitialHealth.ShouldBeLessThanOrEqualTo(v.TargetHealth, $"seed {seed}");
        v.TargetHealth.ShouldBeLessThanOrEqualTo(v.MaintenanceHealth, $"seed {seed}");
        v.MaintenanceHealth.ShouldBeLessThanOrEqualTo(v.Counted, $"seed {seed}");
    });

    [Fact]
    public void Cash_without_a_haircut_raises_all_three_healths_by_exactly_what_it_is() => ForAccounts((venue, account, seed) =>
    {
        Verdict before = venue.Judged(account);
        venue.Deposit(account, venue.Usdc, 1_234.5);
        Verdict after = venue.Judged(account);

        foreach (MarginLine line in Enum.GetValues<MarginLine>())
            (after.Health(line) - before.Health(line)).ShouldBe(1_234.5, 1e-6, $"seed {seed} {line}");
    });

    [Fact]
    public void Splitting_a_position_over_two_equal_contracts_changes_nothing() => ForAccounts((venue, account, seed) =>
    {
        venue.Deposit(account, venue.Usdc, 10_000);
        venue.Positions.Set(account, venue.BtcFuture.Value, 0);
        venue.Positions.Set(account, venue.BtcPerp.Value, 3);
        Verdict whole = venue.Judged(account);
        venue.Positions.Set(account, venue.BtcPerp.Value, 1);
        venue.Positions.Set(account, venue.BtcFuture.Value, 2);

        ShouldAgree(venue.Judged(account), whole, seed);
    });

    [Fact]
    public void Twice_the_account_is_twice_the_verdict() => ForAccounts((venue, account, seed) =>
    {
        Verdict one = venue.Judged(account);
        Scale(venue, account, 2);
        Verdict two = venue.Judged(account);

        two.Equity.ShouldBe(2 * one.Equity, $"seed {seed}");
        two.ScenarioLoss.ShouldBe(2 * one.ScenarioLoss, $"seed {seed}");
        two.MaintenanceHealth.ShouldBe(2 * one.MaintenanceHealth, $"seed {seed}");
        two.BindingScenario.ShouldBe(one.BindingScenario, $"seed {seed}");
    });

    [Fact]
    public void The_order_of_listing_changes_no_verdict()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var (one, other) = (new TestVenue(), new TestVenue(reversed: true));

            ShouldAgree(other.Judged(new Chance(seed).Account(other)), one.Judged(new Chance(seed).Account(one)), seed);
        }
    }

    [Fact]
    public void A_stricter_rulebook_never_finds_an_account_healthier()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var (lax, strict) = (new TestVenue(), new TestVenue(p => p with { Maintenance = p.Target, Target = p.Initial }));

            Verdict under = strict.Judged(new Chance(seed).Account(strict));
            Verdict over = lax.Judged(new Chance(seed).Account(lax));

            under.MaintenanceHealth.ShouldBeLessThanOrEqualTo(over.MaintenanceHealth, $"seed {seed}");
            under.TargetHealth.ShouldBeLessThanOrEqualTo(over.TargetHealth, $"seed {seed}");
        }
    }

    [Fact]
    public void Two_accounts_together_never_lose_more_than_apart()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var venue = new TestVenue(p => p with { Collateral = [.. p.Collateral.Select(c => c with { Tiers = [new CollateralTier(0m, 0m)] })] });
            var chance = new Chance(seed);
            var (one, other, both) = (chance.Account(venue), chance.Account(venue), venue.Open());
            Merge(venue, one, both);
            Merge(venue, other, both);

            double apart = venue.Judged(one).ScenarioLoss + venue.Judged(other).ScenarioLoss;

            venue.Judged(both).ScenarioLoss.ShouldBeLessThanOrEqualTo(apart + (1e-9 * (1 + apart)), $"seed {seed}");
        }
    }

    [Fact]
    public void An_account_that_only_deposited_is_never_liquidatable_whatever_prices_do()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var venue = new TestVenue();
            var chance = new Chance(seed);
            int saver = venue.Open();
            foreach (AssetIndex asset in new[] { venue.Btc, venue.Eth, venue.Steth, venue.Doge })
            {
                venue.Deposit(saver, asset, chance.Between(0, 1e6));
                venue.Price(asset, (decimal)chance.Between(0.0001, 100_000));
            }

            Verdict verdict = venue.Judged(saver);

            verdict.IsLiquidatable.ShouldBeFalse($"seed {seed}");
            verdict.InitialHealth.ShouldBeGreaterThanOrEqualTo(0, $"seed {seed}");
        }
    }

    private static void ForAccounts(Action<TestVenue, int, ulong> check)
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var venue = new TestVenue();
            check(venue, new Chance(seed).Account(venue), seed);
        }
    }

    private static void ShouldAgree(Verdict actual, Verdict expected, ulong seed)
    {
        double tolerance = 1e-9 * (1 + expected.Notional + Math.Abs(expected.Equity));
        actual.Equity.ShouldBe(expected.Equity, tolerance, $"seed {seed}");
        actual.ScenarioLoss.ShouldBe(expected.ScenarioLoss, tolerance, $"seed {seed}");
        actual.Notional.ShouldBe(expected.Notional, tolerance, $"seed {seed}");
        actual.MaintenanceHealth.ShouldBe(expected.MaintenanceHealth, tolerance, $"seed {seed}");
    }

    private static void Scale(TestVenue venue, int account, double by)
    {
        foreach (int i in venue.Positions.Columns(account).ToArray()) venue.Positions.Set(account, i, by * venue.Positions.Quantity(account, i));
        foreach (int a in venue.Money.Columns(account).ToArray()) venue.Money.Set(account, a, by * venue.Money.Quantity(account, a));
    }

    private static void Merge(TestVenue venue, int from, int into)
    {
        foreach (int i in venue.Positions.Columns(from).ToArray())
            venue.Positions.Set(into, i, venue.Positions.Quantity(into, i) + venue.Positions.Quantity(from, i));
        foreach (int a in venue.Money.Columns(from).ToArray())
            venue.Money.Set(into, a, venue.Money.Quantity(into, a) + venue.Money.Quantity(from, a));
    }
}
