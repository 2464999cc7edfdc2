using Plimsoll.Risk.Liquidation;

namespace Plimsoll.Risk.Tests;

public class AutoDeleveragingTests
{
    private static readonly InstrumentIndex Perp = new(0);

    [Fact]
    public void A_bankrupt_long_is_shared_among_the_shorts_by_what_they_hold()
    {
        AdlPlan plan = AutoDeleveraging.Share(Perp, new Lots(-10), 50_000m, [At(1, -30), At(2, 99), At(3, -10)]);

        // 7.5 and 2.5: equal remainders, the lower account takes the lot left over.
        plan.Shares.ShouldBe([At(1, 8), At(3, 2)]);
        plan.Unshared.ShouldBe(new Lots(0));
    }

    [Fact]
    public void What_the_other_side_cannot_take_is_said()
    {
        AdlPlan plan = AutoDeleveraging.Share(Perp, new Lots(25), 50_000m, [At(1, 7), At(2, 8)]);

        plan.Shares.ShouldBe([At(1, -7), At(2, -8)]);
        plan.Unshared.ShouldBe(new Lots(10));
    }

    [Fact]
    public void Shares_sum_exactly_flip_nobody_and_do_not_depend_on_the_order_of_candidates()
    {
        for (ulong seed = 0; seed < 500; seed++)
        {
            var chance = new Chance(seed);
            Counterparty[] candidates = [.. Enumerable.Range(0, 1 + chance.Below(20)).Select(a => At(a, chance.Below(2_000_000) - 1_000_000))];
            var change = new Lots(chance.Below(2_000_000) - 1_000_000);

            AdlPlan plan = AutoDeleveraging.Share(Perp, change, 1m, candidates);
            AdlPlan turned = AutoDeleveraging.Share(Perp, change, 1m, [.. candidates.Reverse()]);

            turned.Shares.ShouldBe(plan.Shares, $"seed {seed}");
            (plan.Shares.Sum(s => s.Lots.Count) + change.Count - plan.Unshared.Count).ShouldBe(0, $"seed {seed}");
            foreach (Counterparty share in plan.Shares)
            {
                Lots own = candidates.Single(c => c.Account == share.Account).Lots;
                (share.Lots.Sign * own.Sign).ShouldBe(-1, $"seed {seed}");
                share.Lots.Size.Count.ShouldBeLessThanOrEqualTo(own.Size.Count, $"seed {seed}");
            }
        }
    }

    private static Counterparty At(int account, long lots) => new(new AccountIndex(account), new Lots(lots));
}
