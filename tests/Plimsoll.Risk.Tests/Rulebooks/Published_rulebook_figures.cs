using System.Text.Json;
using Plimsoll.Published;

namespace Plimsoll.Risk.Tests.Rulebooks;

/// <summary>
/// Every case of golden/margin.json and golden/liquidation.json; a model nobody has built would be named, one skipped row per
/// model.
/// </summary>
[Trait("Category", "Published")]
public sealed class Published_rulebook_figures
{
    private static readonly ModelFile Margin = ModelFile.Open("golden/margin.json");

    private static readonly ModelFile Liquidation = ModelFile.Open("golden/liquidation.json");

    private static readonly Dictionary<string, Func<JsonElement, object>> MarginModels = new()
    {
        ["derive_pmrm2"] = inputs => DeriveCases.Portfolio(inputs, Margin.Shared),
        ["derive_srm"] = DeriveCases.Standard,
        ["svi"] = DeriveCases.Smile,
        ["mango_health"] = ChainCases.MangoHealth,
        ["mango_stable"] = ChainCases.MangoStablePrice,
        ["drift_asset_weight"] = ChainCases.DriftAssetWeight,
        ["drift_liab_weight"] = ChainCases.DriftLiabilityWeight,
        ["drift_oracle"] = ChainCases.DriftOracle,
        ["dydx_imf"] = ChainCases.DydxInitialMargin,
        ["dydx_fillable"] = ChainCases.DydxFillablePrice,
        ["dydx_bankruptcy"] = ChainCases.DydxBankruptcy,
        ["vega_margin"] = ChainCases.VegaMargin,
        ["vega_isolated"] = ChainCases.VegaIsolated,
        ["aave3_close_factor"] = ChainCases.AaveCloseFactor,
        ["aave4_target"] = ChainCases.AaveTarget,
        ["binance_liq_price"] = ExchangeCases.BinanceLiquidationPrice,
        ["binance_cum"] = ExchangeCases.BinanceMaintenanceAmounts,
        ["binance_pm_pnl"] = ExchangeCases.BinancePortfolioProfit,
        ["tiered_collateral"] = ExchangeCases.TieredCollateral,
        ["inverse_tiered"] = ExchangeCases.InverseTiered,
        ["cme_cross"] = ExchangeCases.CrossMargin,
        ["cross_liq_with_other"] = ExchangeCases.CrossLiquidation,
        ["vol_shock"] = ExchangeCases.VolatilityShocks,
        ["contingency"] = ExchangeCases.ContingencyCharge,
        ["funding"] = ExchangeCases.Funding,
        ["derive_auction"] = ChainLiquidationCases.DeriveAuction,
        ["derive_insolvent"] = ChainLiquidationCases.DeriveInsolvent,
        ["mango_token_liq"] = ChainLiquidationCases.MangoTokens,
        ["mango_perp_liq"] = ChainLiquidationCases.MangoPerpetual,
        ["mango_bankruptcy"] = ChainLiquidationCases.MangoBankruptcy,
        ["drift_base_to_cover"] = ChainLiquidationCases.DriftBase,
        ["drift_liab_transfer"] = ChainLiquidationCases.DriftTransfer,
        ["drift_perp_if_fee"] = ChainLiquidationCases.DriftPerpFee,
        ["drift_spot_if_fee"] = ChainLiquidationCases.DriftSpotFee,
        ["drift_social_perp"] = ChainLiquidationCases.DriftSocialPerp,
        ["drift_social_spot"] = ChainLiquidationCases.DriftSocialSpot,
        ["drift_liq_fee"] = ChainLiquidationCases.DriftFee,
        ["drift_max_pct"] = ChainLiquidationCases.DriftPart,
        ["dydx_if_delta"] = ChainLiquidationCases.DydxDelta,
        ["dydx_if_valid"] = ChainLiquidationCases.DydxValid,
        ["dydx_adl"] = ChainLiquidationCases.DydxDeleveraging,
        ["aave3_dust"] = ChainLiquidationCases.AaveDust,
        ["aave4_bonus"] = ChainLiquidationCases.AaveBonus,
        ["aave4_amounts"] = ChainLiquidationCases.AaveAmounts,
        ["vega_loss_social"] = ChainLiquidationCases.VegaLoss,
        ["adl_rank"] = HouseLiquidationCases.AdlRank,
    };

    /// <summary>Models of the larger set the file was drawn from; it may hold cases of them or not.</summary>
    private static readonly Dictionary<string, Func<JsonElement, object>> RarerModels = new()
    {
        ["tiered_mm"] = ExchangeCases.TieredMaintenance,
        ["deribit_standard"] = ExchangeCases.DeribitShortOption,
    };

    private static readonly Dictionary<string, Func<JsonElement, object>> LiquidationModels = new()
    {
        ["smart_ltv"] = ChainCases.SmartLtv,
        ["horizon_haircut"] = ExchangeCases.Horizon,
        ["square_root_impact"] = ExchangeCases.Impact,
        ["oracle_three_vote_median"] = HouseLiquidationCases.ThreeVotes,
        ["spiral_threshold"] = HouseLiquidationCases.SpiralThreshold,
        ["full_spiral"] = HouseLiquidationCases.FullSpiral,
        ["minimal_close_factor"] = HouseLiquidationCases.MinimalCloseFactor,
        ["twap_manipulation"] = HouseLiquidationCases.Twap,
        ["gpd_tail"] = HouseLiquidationCases.Tail,
        ["adl_ranked_queue"] = HouseLiquidationCases.Queue,
        ["adl_bitmex_score"] = HouseLiquidationCases.BitMexScore,
        ["adl_hyperliquid_score"] = HouseLiquidationCases.HyperliquidIndex,
        ["adl_water_filling"] = HouseLiquidationCases.Water,
        ["isolated_liquidation_price"] = HouseLiquidationCases.Isolated,
        ["fund_sizing"] = HouseLiquidationCases.Fund,
        ["liquidator_profit"] = HouseLiquidationCases.Liquidator,
        ["best_sale_into_pool"] = HouseLiquidationCases.PoolSale,
        ["fairness"] = HouseLiquidationCases.Evenness,
        ["dynamic_breaker"] = HouseLiquidationCases.Breaker,
    };

    /// <summary>One row per case; one skipped row per model that nobody has built, or one for a file that is not there.</summary>
    public static IEnumerable<ITheoryDataRow> MarginCases() => Rows(Margin, model => Built(model) is not null);

    /// <summary>The same of the other file.</summary>
    public static IEnumerable<ITheoryDataRow> LiquidationCases() => Rows(Liquidation, LiquidationModels.ContainsKey);

    [Theory]
    [MemberData(nameof(MarginCases))]
    public void A_published_margin_is_met(string id)
    {
        var one = Margin[id];
        one.Fault(Built(one.Model)!(one.Inputs)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(LiquidationCases))]
    public void A_published_liquidation_figure_is_met(string id)
    {
        var one = Liquidation[id];
        one.Fault(LiquidationModels[one.Model](one.Inputs)).ShouldBeNull();
    }

    [Fact]
    public void The_files_yield_cases_for_every_model_built()
    {
        Assert.SkipUnless(Margin.Exists && Liquidation.Exists, SharedFolder.HowToFind($"{Margin.Name} or {Liquidation.Name}"));
        MarginModels.Keys.Except(Margin.Models).ShouldBeEmpty();
        LiquidationModels.Keys.Except(Liquidation.Models).ShouldBeEmpty();
    }

    private static Func<JsonElement, object>? Built(string model) => MarginModels.GetValueOrDefault(model) ?? RarerModels.GetValueOrDefault(model);

    private static IEnumerable<ITheoryDataRow> Rows(ModelFile file, Predicate<string> built) => file.Exists
        ? file.Models.SelectMany(model => built(model)
            ? file.Cases.Where(one => one.Model == model).Select(one => new TheoryDataRow<string>(one.Id) { TestDisplayName = one.Id })
            : [Skipped(model, $"{model}: not built yet ({file.Cases.Count(one => one.Model == model)} cases).")])
        : [Skipped(file.Name, SharedFolder.HowToFind(file.Name))];

    private static TheoryDataRow<string> Skipped(string name, string reason) => new(name) { Skip = reason, TestDisplayName = name };
}
