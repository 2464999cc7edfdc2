using Plimsoll.Pricing.Surfaces;
using Plimsoll.Pricing.Tests.Surfaces;
using Plimsoll.Pricing.Volatility;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Tests.Volatility;

public sealed class Implied_against_realised
{
    private static readonly BarSeries Prices = BarSeries.Of(Realised_volatility.Path(7, hours: 24 * 200, volatility: 0.5));
    private static readonly HedgingCost Costs = new();
    private static readonly HedgingCost Nothing = new() { HedgeRate = 0, OptionFee = 0 };

    [Fact]
    public void Dear_volatility_is_sold_and_cheap_volatility_is_bought()
    {
        var monitor = new VolatilityMonitor(Prices, VolatilityEstimator.CloseToClose, Nothing);
        var dear = monitor.Look(Tenor(14, 0.7), []);
        dear.Window.ShouldBe(14, 1e-9);
        dear.Spread.ShouldBe(0.7 - dear.Realised.Volatility, 1e-15);
        dear.Sells.ShouldBeTrue();
        dear.Edge.ShouldBe(0.69 - dear.Realised.Volatility, 1e-12);
        dear.Score.ShouldBeGreaterThan(3);
        dear.Basis.ShouldBe(SpreadBasis.Realised);
        dear.EdgePerCoin.ShouldBe(dear.Edge * 100 * 50, 1e-9);

        var cheap = monitor.Look(Tenor(14, 0.3), []);
        cheap.Sells.ShouldBeFalse();
        cheap.Edge.ShouldBe(cheap.Realised.Volatility - 0.31, 1e-12);
        cheap.Score.ShouldBeLessThan(-3);
    }

    [Fact]
    public void A_fair_volatility_pays_neither_side()
    {
        var monitor = new VolatilityMonitor(Prices, VolatilityEstimator.CloseToClose, Costs);
        var fair = monitor.Look(Tenor(14, monitor.Look(Tenor(14, 0.5), []).Realised.Volatility), []);
        fair.Edge.ShouldBeLessThan(0);
    }

    [Fact]
    public void Costs_only_ever_take_from_the_edge()
    {
        var free = new VolatilityMonitor(Prices, VolatilityEstimator.CloseToClose, Nothing).Look(Tenor(14, 0.7), []);
        var paid = new VolatilityMonitor(Prices, VolatilityEstimator.CloseToClose, Costs).Look(Tenor(14, 0.7), []);
        paid.SellEdge.ShouldBeLessThan(free.SellEdge);
        paid.BuyEdge.ShouldBeLessThan(free.BuyEdge);
        // Leland by hand: A = √(2/π)·2·0.0005/(σ√(8 h)).
        var sigma = paid.Realised.Volatility;
        var a = Math.Sqrt(2 / Math.PI) * 0.001 / (sigma * Math.Sqrt(8 / (24 * 365.0)));
        Costs.ForSeller(sigma).ShouldBe(sigma * Math.Sqrt(1 + a), 1e-12);
        Costs.ForBuyer(sigma).ShouldBe(sigma * Math.Sqrt(1 - a), 1e-12);
        Costs.ForBuyer(1e-6).ShouldBe(0);
    }

    [Fact]
    public void Earlier_spreads_of_the_venue_are_the_better_measure_where_there_are_some()
    {
        var earlier = Enumerable.Range(1, 30).Select(day => Tenor(14, 0.6 + (0.001 * (day % 3))) with { At = Prices.End + TimeSpan.FromDays(-day) }).ToList();
        var look = new VolatilityMonitor(Prices, VolatilityEstimator.CloseToClose, Costs).Look(Tenor(14, 0.6), earlier);
        look.Basis.ShouldBe(SpreadBasis.Spreads);
        Math.Abs(look.Score).ShouldBeLessThan(3);
    }

    [Fact]
    public void Too_little_history_gives_no_score_and_the_window_is_what_there_is()
    {
        var look = new VolatilityMonitor(Prices, VolatilityEstimator.CloseToClose, Costs).Look(Tenor(365, 0.6), []);
        look.Window.ShouldBe(200, 0.1);
        look.Score.ShouldBe(double.NaN);
        look.Basis.ShouldBe(SpreadBasis.TooShort);
        var empty = new VolatilityMonitor(BarSeries.Of([]), VolatilityEstimator.CloseToClose, Costs).Look(Tenor(30, 0.6), []);
        empty.Edge.ShouldBe(double.NaN);
        empty.Basis.ShouldBe(SpreadBasis.TooShort);
    }

    [Fact]
    public void A_surface_says_what_its_venue_asks_at_each_tenor()
    {
        var tenors = ImpliedTenor.Of("deribit", SurfaceCalibration.Fit(InventedChain.Quotes(), "BTC"));
        tenors.Count.ShouldBe(4);
        tenors[0].Days.ShouldBe(7, 1e-9);
        tenors[0].Mid.ShouldBe(Math.Sqrt(0.3), 0.001);
        (tenors[0].Ask - tenors[0].Bid).ShouldBe(0.004, 1e-4);
        tenors[0].Venue.ShouldBe("deribit");
    }

    private static ImpliedTenor Tenor(double days, double volatility) =>
        new("deribit", Prices.End, Prices.End + TimeSpan.FromDays(days), volatility - 0.01, volatility, volatility + 0.01, 60_000, 50);
}
