using Plimsoll.Risk.Liquidation.Spirals;

namespace Plimsoll.Risk.Tests.Liquidation;

public class SpiralLaws
{
    [Fact]
    public void Repaying_a_little_lowers_the_loan_to_value_below_the_bound_and_raises_it_beyond()
    {
        for (ulong seed = 0; seed < 1_000; seed++)
        {
            var chance = new Chance(seed);
            double incentive = chance.Between(0, 0.3);
            var loan = new CollateralisedLoan(100, chance.Between(50, 99.9));
            double bound = SpiralBound.LoanToValue(incentive);
            if (Math.Abs(loan.LoanToValue - bound) < 1e-6) continue;

            bool falls = loan.After(0.01, incentive).LoanToValue < loan.LoanToValue;

            falls.ShouldBe(loan.LoanToValue < bound, $"seed {seed}");
        }
    }

    [Fact]
    public void A_minimal_close_factor_restores_the_target_and_less_does_not()
    {
        int restored = 0;
        for (ulong seed = 0; seed < 1_000; seed++)
        {
            var chance = new Chance(seed);
            (double threshold, double incentive, double target) = (chance.Between(0.5, 0.95), chance.Between(0, 0.2), chance.Between(1, 1.2));
            var loan = new CollateralisedLoan(100, chance.Between(20, 120));
            if (loan.MinimalCloseFactor(threshold, incentive, target) is not { } part) continue;
            if (part == 0)
            {
                (threshold * 100 / loan.Debt).ShouldBeGreaterThanOrEqualTo(target, $"seed {seed}");
                continue;
            }

            restored++;
            if (part < 1 - 1e-9) Health(loan.After(part, incentive), threshold).ShouldBe(target, 1e-9, $"seed {seed}");
            Health(loan.After(0.99 * part, incentive), threshold).ShouldBeLessThan(target, $"seed {seed}");
            loan.After(part, incentive).Collateral.ShouldBeGreaterThanOrEqualTo(-1e-9, $"seed {seed}");
        }

        restored.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Where_seizing_takes_more_health_than_repaying_gives_there_is_no_close_factor() =>
        new CollateralisedLoan(100, 98).MinimalCloseFactor(0.95, 0.15, 1).ShouldBeNull();

    [Fact]
    public void No_sale_into_the_pool_earns_more_than_the_best()
    {
        var terms = new LiquidatorProfit(0.08);
        PoolSale best = terms.BestIntoPool(1_000_000);
        for (double sale = 0; sale < 200_000; sale += 500)
            ((sale / (1 + (sale / 1_000_000))) - (sale / 1.08)).ShouldBeLessThanOrEqualTo(best.Profit + 1e-6);
    }

    [Fact]
    public void The_least_repayment_earns_nothing_and_no_margin_has_none()
    {
        var terms = new LiquidatorProfit(0.05);

        terms.Of(terms.LeastRepaid(0.02, 100)!.Value, 0.02, 100).ShouldBe(0, 1e-9);
        terms.LeastRepaid(0.05, 100).ShouldBeNull();
    }

    [Fact]
    public void At_its_liquidation_price_an_isolated_position_has_just_its_maintenance_margin()
    {
        for (ulong seed = 0; seed < 500; seed++)
        {
            var chance = new Chance(seed);
            var held = new IsolatedPosition(chance.Between(1, 1_000), chance.Between(0.1, 5) * (chance.Happens(0.5) ? 1 : -1), chance.Between(1, 500), chance.Between(2, 100));
            if (held.LiquidationPrice() is not { } price) continue;

            double margin = held.Margin + (held.Size * (price - held.Price));

            margin.ShouldBe(Math.Abs(held.Size) * price / held.MaintenanceLeverage, 1e-9 * (1 + Math.Abs(margin)), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(-0.1, 1)]
    [InlineData(0.05, 0.9)]
    [InlineData(double.NaN, 1)]
    [InlineData(0.05, double.NaN)]
    public void Nonsense_is_refused_by_name(double incentive, double impact) =>
        Should.Throw<InputException>(() => SpiralBound.LoanToValue(incentive, impact));

    private static double Health(CollateralisedLoan loan, double threshold) => threshold * loan.Collateral / loan.Debt;
}
