using Plimsoll.Risk.Liquidation.Deleveraging;
using Plimsoll.Risk.Margin.Rulebooks.Dydx;

namespace Plimsoll.Risk.Tests.Liquidation;

public class DeleveragingLaws
{
    private const int Seeds = 500;

    [Fact]
    public void Levelling_takes_exactly_what_is_wanted_and_nobody_stays_above_the_level()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var chance = new Chance(seed);
            GearedHolder[] holders = [.. Enumerable.Range(0, 1 + chance.Below(12)).Select(_ => new GearedHolder(chance.Between(0, 50), chance.Happens(0.1) ? -1 : chance.Between(0.1, 100)))];
            double price = chance.Between(0.5, 20);
            double all = holders.Sum(h => h.Size);
            double wanted = chance.Between(0, all);

            var levelled = WaterFilling.Reduce(holders, price, wanted);

            levelled.Reductions.Sum().ShouldBe(wanted, 1e-9 * (1 + all), $"seed {seed}");
            for (int i = 0; i < holders.Length; i++)
            {
                levelled.Reductions[i].ShouldBeInRange(0, holders[i].Size * (1 + 1e-12), $"seed {seed}");
                double left = holders[i].Size - levelled.Reductions[i];
                if (levelled.Reductions[i] > 0 && holders[i].Equity > 0) (left * price / holders[i].Equity).ShouldBe(levelled.Leverage, 1e-9 * (1 + levelled.Leverage), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void Levelling_does_not_know_who_stands_first()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var chance = new Chance(seed);
            GearedHolder[] holders = [.. Enumerable.Range(0, 6).Select(_ => new GearedHolder(chance.Between(1, 9), chance.Between(0.5, 9)))];
            double wanted = chance.Between(0, holders.Sum(h => h.Size));

            double[] forwards = WaterFilling.Reduce(holders, 1, wanted).Reductions;
            double[] backwards = WaterFilling.Reduce([.. holders.Reverse()], 1, wanted).Reductions;

            for (int i = 0; i < 6; i++) backwards[5 - i].ShouldBe(forwards[i], 1e-9, $"seed {seed}");
        }
    }

    [Fact]
    public void Those_behind_whom_nothing_stands_go_first_and_alike()
    {
        var levelled = WaterFilling.Reduce([new(10, 5), new(4, 0), new(2, -3)], 1, 3);

        levelled.Reductions.ShouldBe([0, 2, 1]);
    }

    [Fact]
    public void More_than_there_is_takes_everything()
    {
        WaterFilling.Reduce([new(10, 5), new(4, 1)], 1, 99).Reductions.ShouldBe([10, 4]);
    }

    [Fact]
    public void The_queue_closes_what_is_wanted_from_the_top_and_splits_one_holder_at_most()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var chance = new Chance(seed);
            RankedHolder[] holders = [.. Enumerable.Range(0, 1 + chance.Below(20)).Select(_ => new RankedHolder(chance.Below(100), chance.Below(7)))];
            long wanted = chance.Below(800);

            long[] closed = RankedQueue.Close(holders, wanted);

            closed.Sum().ShouldBe(Math.Min(wanted, holders.Sum(h => h.Lots)), $"seed {seed}");
            Enumerable.Range(0, closed.Length).Count(i => closed[i] > 0 && closed[i] < holders[i].Lots).ShouldBeLessThanOrEqualTo(1, $"seed {seed}");
            double least = Enumerable.Range(0, closed.Length).Where(i => closed[i] > 0).Select(i => holders[i].Score).DefaultIfEmpty(double.PositiveInfinity).Min();
            for (int i = 0; i < closed.Length; i++)
                if (holders[i].Score > least) closed[i].ShouldBe(holders[i].Lots, $"seed {seed}: {i} was passed over");
        }
    }

    [Fact]
    public void Of_equal_scores_the_first_in_the_list_goes_first() =>
        RankedQueue.Close([new(5, 1), new(5, 2), new(5, 2)], 7).ShouldBe([0, 5, 2]);

    [Fact]
    public void Fairness_lies_between_one_who_gives_all_and_all_who_give_alike()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var chance = new Chance(seed);
            int count = 1 + chance.Below(30);
            double[] parts = [.. Enumerable.Range(0, count).Select(_ => chance.Unit())];

            Fairness fairness = Fairness.Of(parts);
            Fairness scaled = Fairness.Of([.. parts.Select(p => p * 7)]);

            fairness.Gini.ShouldBeInRange(-1e-12, 1 - (1.0 / count) + 1e-12, $"seed {seed}");
            fairness.Jain.ShouldBeInRange((1.0 / count) - 1e-12, 1 + 1e-12, $"seed {seed}");
            scaled.Gini.ShouldBe(fairness.Gini, 1e-12, $"seed {seed}");
        }

        Fairness.Of([0, 0, 0, 5]).ShouldBe(new Fairness(0.75, 0.25));
        Fairness.Of([0, 0]).ShouldBe(new Fairness(0, 1));
    }

    [Fact]
    public void An_offset_position_is_closed_or_left_over_and_no_money_is_made()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var chance = new Chance(seed);
            decimal size = chance.Happens(0.5) ? 3 : -3;
            var bankrupt = new Subaccount(chance.Below(400_000) - 200_000, [new SubaccountPosition("BTC", size, 50_000, 0.1m)]);
            OtherSide[] others = [.. Enumerable.Range(0, chance.Below(6)).Select(_ => new OtherSide(chance.Below(5) - 2, chance.Below(300_000) - 150_000))];

            var done = Deleveraging.Offset(bankrupt, "BTC", others);

            (done.Offsets.Sum(o => o.Fill) + done.Remaining).ShouldBe(3, $"seed {seed}");
            decimal paid = done.Offsets.Zip(others, (o, other) => o.Quote - other.Quote).Sum();
            decimal closed = done.Offsets.Sum(o => o.Fill);
            if (closed > 0) paid.ShouldBe(-bankrupt.BankruptcyQuote("BTC", -Math.Sign(size) * closed), 0.00001m, $"seed {seed}");
            for (int i = 0; i < others.Length; i++)
            {
                if (done.Offsets[i].Fill == 0) continue;
                Math.Sign(others[i].Size).ShouldBe(-Math.Sign(size), $"seed {seed}");
                done.Offsets[i].Fill.ShouldBeLessThanOrEqualTo(Math.Abs(others[i].Size), $"seed {seed}");
                (done.Offsets[i].Quote + ((others[i].Size + (Math.Sign(size) * done.Offsets[i].Fill)) * 50_000)).ShouldBeGreaterThanOrEqualTo(0, $"seed {seed}");
            }
        }
    }
}
