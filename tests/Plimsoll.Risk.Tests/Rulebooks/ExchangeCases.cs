using System.Text.Json;
using Plimsoll.Markets.Depth;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin.Rulebooks;
using Plimsoll.Risk.Margin.Rulebooks.Binance;
using Plimsoll.Risk.Margin.Rulebooks.Bybit;
using Plimsoll.Risk.Margin.Rulebooks.Deribit;

namespace Plimsoll.Risk.Tests.Rulebooks;

/// <summary>Cases of exchanges' help pages, and of formulas that several of them share.</summary>
internal static class ExchangeCases
{
    public static object BinanceLiquidationPrice(JsonElement inputs)
    {
        decimal size = Math.Abs(inputs.Exact("qty")) * (inputs.GetProperty("long").GetBoolean() ? 1 : -1);
        var others = inputs.List("others").Select(o => new FuturesPosition(o.Exact("qty"), o.Exact("entry"), o.Exact("mark"), o.Exact("mmr"), o.Exact("cum")));
        var position = new FuturesPosition(size, inputs.Exact("entry"), inputs.Exact("entry"), inputs.Exact("mmr"), inputs.Exact("cum"));

        return new { liqPrice = new FuturesAccount(inputs.Exact("wallet"), [.. others]).LiquidationPrice(position) };
    }

    public static object BinanceMaintenanceAmounts(JsonElement inputs) =>
        new { cum = RateTiers.FromFloors(inputs.List("tiers").Select(t => (t.Exact("floor"), t.Exact("mmr")))).Deductions };

    public static object BinancePortfolioProfit(JsonElement inputs) => new
    {
        linear = inputs.List("linear").Select(p => Profit.Linear(p.Exact("qty"), p.Exact("entry"), p.Exact("mark"))),
        inverse = inputs.List("inverse").Select(p => Profit.Inverse(p.Exact("usd"), p.Exact("entry"), p.Exact("mark"))),
        loanMM = inputs.List("loans").Select(loan => PortfolioMargin.LoanMaintenance(InputReading.AsDecimal(loan), inputs.Exact("loanMMR"))),
    };

    public static object TieredCollateral(JsonElement inputs) => new { collateralValue = Tiers(inputs).Amount(inputs.Exact("usdValue")) };

    public static object TieredMaintenance(JsonElement inputs)
    {
        decimal value = inputs.Exact("positionValue");

        return new { positionValue = value, initialMargin = value / inputs.Exact("leverage"), maintenanceMargin = Tiers(inputs).Amount(value) };
    }

    public static object InverseTiered(JsonElement inputs)
    {
        var position = new InversePosition(inputs.Exact("contracts"), inputs.Exact("entry"), inputs.Exact("leverage"), Tiers(inputs));

        return new { positionValue = position.Value, initialMargin = position.InitialMargin, maintenanceMargin = position.MaintenanceMargin };
    }

    public static object CrossMargin(JsonElement inputs)
    {
        var account = new CrossAccount(
            inputs.Exact("collateral"), [.. inputs.List("positions").Select(p => new CrossPosition(p.Exact("qty"), p.Exact("cost"), p.Exact("mark"), p.Exact("imf"), p.Exact("mmf")))]);

        return new
        {
            equity = account.Equity,
            initialMargin = account.InitialMargin,
            maintenanceMargin = account.MaintenanceMargin,
            liquidatable = account.IsLiquidatable,
            tradeAllowed = account.MayTrade,
        };
    }

    public static object CrossLiquidation(JsonElement inputs) => new
    {
        liqPrice = LinearLiquidation.Price(
            inputs.Exact("equity"), inputs.Exact("size"), inputs.Exact("mark"), inputs.Exact("mmr"), otherMaintenance: inputs.Exact("otherMaintenance")),
    };

    public static object Funding(JsonElement inputs) => new
    {
        collateral = inputs.Exact("collateral") + FundingIndex.Payment(inputs.Exact("qty"), inputs.Exact("lastIndex"), inputs.Exact("newIndex")),
    };

    public static object VolatilityShocks(JsonElement inputs) =>
        new { ivShock = inputs.List("days").Select(days => TermShock.Of(inputs.Real("range"), days.GetDouble(), inputs.Real("power"))) };

    public static object ContingencyCharge(JsonElement inputs) => new { charge = new Contingency(inputs.Exact("rate")).On(inputs.Exact("notional")) };

    public static object DeribitShortOption(JsonElement inputs)
    {
        var side = inputs.GetProperty("type").GetString() switch
        {
            "shortCall" => OptionSide.Call,
            "shortPut" => OptionSide.Put,
            var other => throw new InvalidOperationException($"no option {other}"),
        };
        var margin = new ShortOption(side, inputs.Exact("underlying"), inputs.Exact("otm"), inputs.Exact("mark")).Margin;

        return new { IM = margin.Initial, MM = margin.Maintenance };
    }

    public static object Horizon(JsonElement inputs) => new { h = HorizonHaircut.Of(inputs.Real("z"), inputs.Real("sigma_daily"), inputs.Real("tau_days")) };

    public static object Impact(JsonElement inputs) =>
        new { impact = new ImpactLaw(inputs.Real("Y"), inputs.Real("sigma_daily"), inputs.Real("V")).Move(inputs.Real("Q")) };

    private static RateTiers Tiers(JsonElement inputs) => new(inputs.List("tiers").Select(t =>
        new RateTier(t[0].ValueKind == JsonValueKind.Null ? null : InputReading.AsDecimal(t[0]), InputReading.AsDecimal(t[1]))));
}
