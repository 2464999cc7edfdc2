using Plimsoll.Risk.Liquidation.Deleveraging;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;
using Shouldly;

namespace Plimsoll.Risk.Tests.Liquidation;

/// <summary>What every policy of deleveraging owes to those it takes from, over seeded crowds.</summary>
public sealed class AdlAllocationLaws
{
    private const int Seeds = 400;

    public static TheoryData<DeleveragingPolicy> Policies { get; } = new(Enum.GetValues<DeleveragingPolicy>());

    [Theory]
    [MemberData(nameof(Policies))]
    public void What_is_taken_adds_up_and_nobody_gives_more_than_he_holds(DeleveragingPolicy policy)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            var chance = new Chance((ulong)seed);
            AdlCandidate[] crowd = Crowd(chance);
            long all = crowd.Sum(c => c.Lots);
            foreach (bool spare in (bool[])[false, true])
            {
                long wanted = chance.Below(4) == 0 ? all : chance.Below((int)Math.Min(all + 20, int.MaxValue));
                long[] taken = AdlAllocation.Share(new DeleveragingTerms(policy, spare), crowd, wanted);

                taken.Sum().ShouldBe(Math.Min(wanted, all), $"seed {seed}");
                for (int i = 0; i < taken.Length; i++) taken[i].ShouldBeInRange(0, crowd[i].Lots, $"seed {seed}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Whoever_is_hedged_gives_only_when_the_others_have_no_more(DeleveragingPolicy policy)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            var chance = new Chance((ulong)seed);
            AdlCandidate[] crowd = Crowd(chance);
            long bare = crowd.Where(c => !c.IsHedged).Sum(c => c.Lots);
            long[] taken = AdlAllocation.Share(new DeleveragingTerms(policy, SpareHedged: true), crowd, bare);
            for (int i = 0; i < taken.Length; i++) taken[i].ShouldBe(crowd[i].IsHedged ? 0 : crowd[i].Lots, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(DeleveragingPolicy.BitMex)]
    [InlineData(DeleveragingPolicy.Hyperliquid)]
    [InlineData(DeleveragingPolicy.Binance)]
    public void A_queue_takes_whole_positions_from_the_front_and_of_equals_the_older_first(DeleveragingPolicy policy)
    {
        AdlCandidate[] crowd = [One(1, 10), One(2, 10), One(3, 10, profit: 900, equity: 100), One(4, 10)];
        AdlAllocation.Share(new DeleveragingTerms(policy), crowd, 25).ShouldBe([10, 5, 10, 0]);
    }

    [Fact]
    public void Profit_is_taken_in_proportion_and_losers_give_last()
    {
        AdlCandidate[] crowd = [One(1, 100, profit: 300), One(2, 100, profit: 100), One(3, 100, profit: -50)];
        AdlAllocation.Share(new DeleveragingTerms(DeleveragingPolicy.ProRataProfit), crowd, 40).ShouldBe([30, 10, 0]);
        AdlAllocation.Share(new DeleveragingTerms(DeleveragingPolicy.ProRataProfit), crowd, 160).ShouldBe([100, 60, 0], "the first has no more than he holds");
        AdlAllocation.Share(new DeleveragingTerms(DeleveragingPolicy.ProRataProfit), crowd, 250).ShouldBe([100, 100, 50]);
    }

    [Fact]
    public void Water_filling_brings_the_highest_geared_down_to_one_leverage()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            var chance = new Chance((ulong)seed);
            AdlCandidate[] crowd = [.. Crowd(chance).Where(c => c.Equity > 0 && c.Exposure == c.Notional)];
            if (crowd.Length == 0) continue;

            long wanted = chance.Below((int)Math.Min(crowd.Sum(c => c.Lots), int.MaxValue));
            long[] taken = AdlAllocation.Share(new DeleveragingTerms(DeleveragingPolicy.WaterFilling), crowd, wanted);
            Levelled twin = WaterFilling.Reduce([.. crowd.Select(c => new GearedHolder(c.Lots, c.Equity / (c.Notional / c.Lots)))], 1, wanted);
            for (int i = 0; i < taken.Length; i++) ((double)taken[i]).ShouldBe(twin.Reductions[i], 1 + (1e-6 * crowd[i].Lots), $"seed {seed}");
        }
    }

    [Fact]
    public void A_position_that_hedges_its_account_is_not_taken_to_lower_its_leverage()
    {
        AdlCandidate[] crowd = [One(1, 10, equity: 100) with { Exposure = -500 }, One(2, 10, equity: 5000)];
        AdlAllocation.Share(new DeleveragingTerms(DeleveragingPolicy.WaterFilling), crowd, 10).ShouldBe([0, 10]);
    }

    [Fact]
    public void Nobody_on_the_other_side_takes_nothing()
    {
        foreach (DeleveragingPolicy policy in Enum.GetValues<DeleveragingPolicy>())
            AdlAllocation.Share(new DeleveragingTerms(policy, true), [], 5).ShouldBeEmpty();
    }

    [Fact]
    public void An_account_worth_nothing_and_a_contract_without_a_price_make_no_score_that_is_no_number()
    {
        AdlCandidate[] crowd =
        [
            One(1, 10, profit: 0, equity: 0), One(2, 10, profit: -5, equity: -3), One(3, 10) with { Notional = 0, AccountNotional = 0, Cost = 0, Exposure = 0 },
            One(4, 10) with { MarkToEntry = 0, Side = -1, Equity = 0 },
        ];
        foreach (DeleveragingPolicy policy in Enum.GetValues<DeleveragingPolicy>())
        {
            AdlQueue.Scores(policy, crowd).ShouldNotContain(score => double.IsNaN(score));
            AdlAllocation.Share(new DeleveragingTerms(policy), crowd, 17).Sum().ShouldBe(17);
        }
    }

    [Fact]
    public void A_report_says_what_was_given_up_by_whom_and_what_lies_beyond_the_deficit()
    {
        AdlCandidate[] crowd = [One(1, 100, profit: 300), One(2, 100, profit: 100) with { Exposure = 10 }];
        AdlReport report = AdlReport.Of(crowd, [50, 50], 120, perLot: 2, deficit: 190);

        report.GivenUp.ShouldBe(200);
        report.Overshoot.ShouldBe(10);
        report.Unshared.ShouldBe(20);
        report.Touched.ShouldBe(2);
        report.Fairness.ShouldBe(new Fairness(0, 1));
        (report.Hedged, report.HedgesBroken).ShouldBe((1, 1));
        report.ProfitLost.ShouldBe(0.5);
    }

    private static AdlCandidate One(int account, long lots, double profit = 10, double equity = 1000) =>
        new(new AccountIndex(account), lots, 1, lots * 10, profit, lots * 8, 1.25, equity, lots * 10, lots * 10);

    private static AdlCandidate[] Crowd(Chance chance)
    {
        var crowd = new AdlCandidate[1 + chance.Below(60)];
        for (int i = 0; i < crowd.Length; i++)
        {
            long lots = 1 + chance.Below(chance.Below(3) == 0 ? 3 : 20_000);
            double notional = lots * 7.5;
            bool hedged = chance.Below(4) == 0;
            crowd[i] = new AdlCandidate(
                new AccountIndex(i), lots, chance.Below(2) == 0 ? 1 : -1, notional, (chance.Below(2000) - 800) * notional / 1000, notional, 0.5 + (chance.Below(100) / 50.0),
                chance.Below(9) == 0 ? 0 : notional / (1 + chance.Below(30)), notional * (1 + chance.Below(3)), hedged ? notional * (chance.Below(3) - 1) * 0.4 : notional);
        }

        return crowd;
    }
}
