using Plimsoll.Markets.Depth;
using Plimsoll.Units;

namespace Plimsoll.Markets.Tests;

public class UnwindingTests
{
    private static readonly DepthBook Book = new([new(99, 10), new(98, 20), new(95, 50)], [new(101, 10), new(103, 30)]);

    [Fact]
    public void A_sale_walks_the_bids_level_by_level()
    {
        UnwindCost cost = Unwinding.Cost(-25, 100, Book, null);

        cost.Filled.ShouldBe(25);
        cost.Unfilled.ShouldBe(0);
        cost.Cost.ShouldBe((10 * 1) + (15 * 2), 1e-12);
        cost.Worst.ShouldBe(0.02, 1e-15);
        cost.AverageAt(100).ShouldBe(40 / 2500.0, 1e-15);
    }

    [Fact]
    public void What_nobody_shows_goes_unfilled_when_no_law_says_more() => Unwinding.Cost(100, 100, Book, null).Unfilled.ShouldBe(60);

    [Fact]
    public void Without_a_book_the_average_is_two_thirds_of_the_laws_move()
    {
        var law = new ImpactLaw(1, 0.04, 10_000);

        UnwindCost cost = Unwinding.Cost(400, 50, null, law);

        cost.Worst.ShouldBe(0.04 * 0.2, 1e-15);
        cost.AverageAt(50).ShouldBe(2.0 / 3 * 0.04 * 0.2, 1e-15);
    }

    [Fact]
    public void The_worse_of_book_and_law_is_paid_for_every_coin()
    {
        var law = new ImpactLaw(1, 0.04, 1_000);
        foreach (double coins in new[] { -0.001, -5, -10, -24, -25, -60, -79, -80, -200, 7, 35, 500 })
        {
            UnwindCost both = Unwinding.Cost(coins, 100, Book, law);

            both.Cost.ShouldBe(Summed(coins, law), 1e-5 * both.Cost, $"{coins}");
            both.Cost.ShouldBeGreaterThanOrEqualTo(Unwinding.Cost(coins, 100, null, law).Cost * (1 - 1e-12));
            if (Unwinding.Cost(coins, 100, Book, null) is { Unfilled: 0 } seen) both.Cost.ShouldBeGreaterThanOrEqualTo(seen.Cost * (1 - 1e-12));
            both.Unfilled.ShouldBe(0);
        }
    }

    [Fact]
    public void Larger_sizes_cost_more_a_coin_and_a_sale_never_brings_less_than_nothing()
    {
        var law = new ImpactLaw(2, 0.5, 10);
        double last = 0;
        for (double coins = 0.5; coins < 1e6; coins *= 1.7)
        {
            UnwindCost cost = Unwinding.Cost(-coins, 100, Book, law);
            double average = cost.AverageAt(100);

            average.ShouldBeGreaterThanOrEqualTo(last - 1e-12);
            average.ShouldBeLessThanOrEqualTo(1 + 1e-12);
            cost.Worst.ShouldBeLessThanOrEqualTo(1);
            last = average;
        }
    }

    [Fact]
    public void A_book_that_cannot_be_is_refused_with_the_level()
    {
        Should.Throw<InputException>(() => new DepthBook([new(99, 1)], [])).Message.ShouldContain("asks");
        Should.Throw<InputException>(() => new DepthBook([new(99, 1), new(99, 1)], [new(101, 1)])).Message.ShouldContain("bids[1]");
        Should.Throw<InputException>(() => new DepthBook([new(102, 1)], [new(101, 1)])).Message.ShouldContain("not under");
        Should.Throw<InputException>(() => new DepthBook([new(99, double.NaN)], [new(101, 1)])).Message.ShouldContain("bids[0].size");
    }

    [Fact]
    public void Nothing_costs_nothing()
    {
        Unwinding.Cost(0, 100, Book, new ImpactLaw(1, 0.04, 1_000)).Cost.ShouldBe(0);
        Unwinding.Cost(-5, 100, Book, new ImpactLaw(0, 0, 1_000)).Cost.ShouldBe(5, 1e-12);
        Unwinding.Cost(-5, 100, null, new ImpactLaw(0, 0, 1_000)).Cost.ShouldBe(0);
    }

    /// <summary>The same in a million small steps.</summary>
    private static double Summed(double coins, ImpactLaw law)
    {
        const int Steps = 200_000;
        double sum = 0;
        double step = Math.Abs(coins) / Steps;
        for (int i = 0; i < Steps; i++)
        {
            double place = (i + 0.5) * step;
            double seen = 0;
            double level = 0;
            foreach (DepthLevel line in Book.Against(Math.Sign(coins)))
            {
                level = Math.Abs(line.Price - 100) / 100;
                seen += line.Size;
                if (place < seen) break;
            }

            sum += step * Math.Max(level, law.Move(place));
        }

        return sum * 100;
    }
}
