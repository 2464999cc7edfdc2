using Plimsoll.Markets.Depth;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Collateral.Calibration;

namespace Plimsoll.Risk.Tests.Calibration;

public class SizedHaircutTests
{
    private static readonly LiquidityProfile Market = VolumeFallback.Of(20, new MarketDay(0.04, 2_000_000, 1_000_000));
    private static readonly SaleTerms Terms = new();

    [Fact]
    public void Without_books_it_is_the_dynamic_haircut_of_the_same_market()
    {
        foreach (double coins in new[] { 1, 1_000, 50_000, 400_000.0 })
        {
            double sized = SizedHaircut.Of(3, 0.04, Sale.Of(Market, coins, Terms));
            double dynamic = DynamicHaircut.Of(3, 0.04, 1, DynamicHaircut.DaysToSell(coins, 500_000, 0.1), 0, 0.002, 1, coins / 500_000, 0.001, 0);

            sized.ShouldBe(dynamic, 1e-12, $"{coins}");
        }
    }

    [Fact]
    public void More_to_sell_takes_longer_costs_more_and_is_cut_more()
    {
        var last = Sale.Of(Market, 0, Terms);
        foreach (double coins in new[] { 1, 100, 10_000, 1_000_000, 1e8, 1e12 })
        {
            var sale = Sale.Of(Market, coins, Terms);
            sale.Days.ShouldBeGreaterThan(last.Days);
            sale.Cost.ShouldBeGreaterThanOrEqualTo(last.Cost);
            sale.Cost.ShouldBeLessThanOrEqualTo(1);
            SizedHaircut.Of(2, 0.05, sale).ShouldBeInRange(SizedHaircut.Of(2, 0.05, last), 1);
            last = sale;
        }
    }

    [Fact]
    public void No_holding_under_the_tiers_counts_for_more_than_its_own_haircut_lets_it()
    {
        var chance = new Chance(5);
        for (int i = 0; i < 300; i++)
        {
            double multiplier = 1 + (4 * chance.Unit());
            double volatility = 0.005 + (0.15 * chance.Unit());
            LiquidityProfile market = VolumeFallback.Of(1 + (100 * chance.Unit()), new MarketDay(volatility, 1e7, 1e4 + (9e6 * chance.Unit())));
            (var tiers, decimal cap) = SizedHaircut.Tiers(multiplier, volatility, market, Terms, [1_000_000, 10_000_000, 50_000_000, 200_000_000, 1_000_000_000]);

            tiers[0].FromValue.ShouldBe(0);
            for (int t = 1; t < tiers.Length; t++) tiers[t].Haircut.ShouldBeGreaterThanOrEqualTo(tiers[t - 1].Haircut);
            double value = (double)cap * chance.Unit();
            if (cap > 0) Counted(tiers, value).ShouldBeLessThanOrEqualTo((value * (1 - SizedHaircut.Of(multiplier, volatility, Sale.Of(market, value / market.Mid, Terms)))) + 1e-6, $"case {i}");
        }
    }

    [Fact]
    public void A_loan_is_made_whole_by_a_fall_to_its_target_and_by_none_further()
    {
        var next = new NextHaircut(0.04, 2.5, 2.2, 2.9, 3.1);
        var sale = Sale.Of(Market, 100_000, Terms);
        var loan = OptimalLoan.For(next, next with { Multiplier = 1.2 }, 1, sale);

        // At the threshold, after the fall, what the sale leaves is the debt.
        double left = (1 - HaircutCalibration.Haircut(2.5, 0.04, sale.Horizon)) * (1 - sale.Cost);
        left.ShouldBe(loan.Threshold, 1e-12);
        ((1 - sale.Cost) * (1 + loan.Bonus)).ShouldBe(1, 1e-12);
        loan.LoanToValue.ShouldBe(loan.Threshold * Math.Exp(-1.2 * 0.04), 1e-12);
        loan.SmartLoanToValue.ShouldBe(Math.Exp(-2.5 * 0.04 * Math.Sqrt(sale.Horizon)) - sale.Cost, 1e-12);
        loan.SmartLoanToValue.ShouldBeLessThan(loan.Threshold);
    }

    [Fact]
    public void What_cannot_be_sold_secures_nothing()
    {
        var next = new NextHaircut(0.04, 2.5, 2.2, 2.9, 3.1);
        var book = LiquidityMeter.Measure([new DepthMoment(default, new DepthBook([new(99, 1)], [new(101, 1)]))]);
        var sale = Sale.Of(book, 1e9, Terms);

        sale.Unsold.ShouldBe(1e9 - (book.Bids!.Within / book.Mid / 0.99), 1e8);
        SizedHaircut.Of(2.5, 0.04, sale).ShouldBeGreaterThan(0.99);
        OptimalLoan.For(next, next, 1, sale with { Cost = 1 }).ShouldBe(new OptimalLoan(0, 0, 0, 0));
    }

    private static double Counted(IReadOnlyList<CollateralTier> tiers, double value)
    {
        double counted = 0;
        for (int t = 0; t < tiers.Count; t++)
        {
            double end = t + 1 < tiers.Count ? Math.Min(value, (double)tiers[t + 1].FromValue) : value;
            counted += Math.Max(0, end - (double)tiers[t].FromValue) * (double)(1 - tiers[t].Haircut);
        }

        return counted;
    }
}
