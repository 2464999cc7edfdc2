using Plimsoll.Risk.Lending;
using Plimsoll.Risk.Liquidation.Insurance;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;
using Shouldly;

namespace Plimsoll.Risk.Tests.Liquidation;

/// <summary>Sharing a burden, pricing cover, sizing a fund, and the terms that say so.</summary>
public sealed class FundLayerLaws
{
    [Fact]
    public void A_burden_is_shared_to_the_unit_and_nobody_bears_more_than_he_can()
    {
        for (int seed = 1; seed <= 500; seed++)
        {
            var chance = new Chance((ulong)seed);
            BurdenBearer[] bearers = [.. Enumerable.Range(0, chance.Below(40)).Select(_ => new BurdenBearer(1e-6 + chance.Below(1_000_000), chance.Below(5000) * (chance.Below(2) == 0 ? Int128.One : 1_000_000_000_000_000_000)))];
            Int128 burden = chance.Below(2) == 0 ? chance.Below(100_000) : (Int128)chance.Below(100_000) * 1_000_000_000_000;
            Int128[] parts = BurdenSharing.Share(bearers, burden);

            Int128 most = bearers.Aggregate(Int128.Zero, (sum, b) => sum + b.Most);
            parts.Aggregate(Int128.Zero, (sum, p) => sum + p).ShouldBe(Int128.Min(burden, most), $"seed {seed}");
            for (int i = 0; i < parts.Length; i++) (parts[i] >= 0 && parts[i] <= bearers[i].Most).ShouldBeTrue($"seed {seed}");
        }
    }

    [Fact]
    public void A_burden_falls_by_weight_and_the_odd_unit_on_the_first()
    {
        BurdenSharing.Share([new(1, 100), new(2, 100), new(1, 100)], 41).ShouldBe(new Int128[] { 11, 20, 10 });
        BurdenSharing.Share([new(1, 100), new(2, 5), new(1, 100)], 41).ShouldBe(new Int128[] { 18, 5, 18 });
        BurdenSharing.Share([], 41).ShouldBeEmpty();
        Should.Throw<InputException>(() => BurdenSharing.Share([new(double.NaN, 1)], 1));
    }

    [Fact]
    public void Cover_grows_dearer_the_less_capital_is_free()
    {
        var pool = new PoolTerms([new AssetId("USDC")], 24m, 4_800m, 4.8m, 0m, 1m, 0.02m, 0.5m, new RateCurve(0m, 0.05m, 0.8m, 0.5m), 24m);
        PoolPremium rich = PoolPremium.Of(pool, 10_000);
        PoolPremium tight = PoolPremium.Of(pool, 1_000);

        rich.Required.ShouldBe(1_000);
        rich.Utilisation.ShouldBe(0.1);
        rich.Cover.ShouldBe(4_800);
        rich.AnnualRate.ShouldBe(0.03 + (0.05 * 0.125), 1e-12);
        tight.AnnualRate.ShouldBe(0.03 + 0.55, 1e-12);
        tight.For(TimeSpan.FromDays(365)).ShouldBe(4_800 * 0.58, 1e-9);
        PoolPremium.Of(pool, 100).Cover.ShouldBe(480, 1e-9, "capital carries no more than its gearing");
        PoolPremium.Of(pool, 0).For(TimeSpan.FromDays(1)).ShouldBe(0);
    }

    [Fact]
    public void An_interval_holds_its_estimate_and_the_same_seed_gives_the_same_interval()
    {
        var chance = new Chance(7);
        double[] losses = [.. Enumerable.Range(0, 600).Select(_ => 1000 * (Math.Pow(1 - chance.Unit(), -0.3) - 1))];
        SizedFund sized = FundIntervals.Peaks(losses, 800, 365, 0.99);
        Interval most = sized.AnnualMaximum!.Value;

        most.Low.ShouldBeLessThan(most.Estimate);
        most.High.ShouldBeGreaterThan(most.Estimate);
        FundIntervals.Peaks(losses, 800, 365, 0.99).ShouldBe(sized);
        Should.Throw<InputException>(() => FundIntervals.Peaks(losses, 1e9, 365, 0.99)).Message.ShouldContain("exceedances");
    }

    [Fact]
    public void A_tail_without_a_mean_sizes_nothing()
    {
        var chance = new Chance(3);
        double[] losses = [.. Enumerable.Range(0, 600).Select(_ => 1000 * Math.Pow(1 - chance.Unit(), -2.5))];
        FundIntervals.Peaks(losses, 3000, 365, 0.99).AnnualMaximum.ShouldBeNull();
    }

    [Fact]
    public void Cover_two_is_the_two_largest_of_the_worst_scenario()
    {
        Interval cover = FundIntervals.Cover([[10, 0, 40, 5], [30, 25, 0, 0]], 2);
        cover.Estimate.ShouldBe(55);
        cover.Low.ShouldBeLessThanOrEqualTo(55);
        FundIntervals.Cover([[0, 0]], 2).ShouldBe(new Interval(0, 0, 0));
        FundIntervals.Cover([], 2).ShouldBe(new Interval(0, 0, 0));
    }

    [Fact]
    public void Sections_left_out_are_not_written_and_sections_given_come_back_as_written()
    {
        RiskParameters bare = RiskParameters.Default(new TestVenue().Catalog);
        string json = System.Text.Encoding.UTF8.GetString(bare.ToJson());
        json.ShouldNotContain("insurance");
        json.ShouldNotContain("deleveraging");

        RiskParameters whole = bare with { Insurance = Whole, Deleveraging = new DeleveragingTerms(DeleveragingPolicy.WaterFilling, true) };
        byte[] written = whole.ToJson();
        RiskParameters.FromJson(written).ToJson().ShouldBe(written);
        RiskParameters.FromJson(written).Deleveraging.ShouldBe(whole.Deleveraging);
        RiskParameters.FromJson(written).Insurance.Layers.ShouldBe(Whole.Layers);
    }

    [Theory]
    [InlineData("fees", "more than the fees")]
    [InlineData("twice", "names a layer twice")]
    [InlineData("pool", "insurance.pool is missing")]
    [InlineData("cover", "no layer draws on it")]
    [InlineData("own", "nothing is socialised before")]
    [InlineData("rank", "a layer is filled up to a target")]
    public void Terms_that_contradict_each_other_are_refused_naming_the_field(string what, string expected)
    {
        LayerTerms b = new(InsuranceLayer.Base);
        InsuranceTerms terms = what switch
        {
            "fees" => Whole with { Layers = [b with { Fees = 0.7m }, new LayerTerms(InsuranceLayer.FirstLoss, Fees: 0.4m)], Pool = null, Cover = null },
            "twice" => new InsuranceTerms { Layers = [b, b] },
            "pool" => new InsuranceTerms { Layers = [b, new LayerTerms(InsuranceLayer.Pool)] },
            "cover" => new InsuranceTerms { Layers = [b], Cover = Whole.Cover },
            "own" => new InsuranceTerms { Layers = [b], Socialise = Socialisation.Equity },
            _ => new InsuranceTerms { Layers = [b with { Replenish = 1 }] },
        };
        InputException fault = Should.Throw<InputException>(() => (RiskParameters.Default(new TestVenue().Catalog) with { Insurance = terms }).Checked());
        fault.Message.Replace(": ", " ", StringComparison.Ordinal).ShouldContain(expected);
    }

    private static InsuranceTerms Whole { get; } = new()
    {
        Layers =
        [
            new LayerTerms(InsuranceLayer.Base, 10m, 20m, 5m, 0.1m, 0.5m, 1000m, 1),
            new LayerTerms(InsuranceLayer.FirstLoss),
            new LayerTerms(InsuranceLayer.Pool, Fees: 0.1m),
            new LayerTerms(InsuranceLayer.Cover, PerPeriod: 9m),
        ],
        Pool = new PoolTerms([new AssetId("BTC"), new AssetId("USDC")], 24m, 100m, 4.8m, 1m, 0.5m, 0.01m, 0.2m, new RateCurve(0m, 0.1m, 0.8m, 1m), 24m),
        Cover = new CoverTerms(new AccountId("insurer"), 500m),
        OwnFunds = 100m,
        Socialise = Socialisation.Profit,
    };
}
