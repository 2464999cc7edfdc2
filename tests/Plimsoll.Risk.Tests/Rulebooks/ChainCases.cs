using System.Collections.Immutable;
using System.Text.Json;
using Plimsoll.Risk.Margin.Rulebooks;
using Plimsoll.Risk.Margin.Rulebooks.Aave;
using Plimsoll.Risk.Margin.Rulebooks.BProtocol;
using Plimsoll.Risk.Margin.Rulebooks.Drift;
using Plimsoll.Risk.Margin.Rulebooks.Dydx;
using Plimsoll.Risk.Margin.Rulebooks.Mango;
using Plimsoll.Risk.Margin.Rulebooks.Vega;

namespace Plimsoll.Risk.Tests.Rulebooks;

/// <summary>Cases of Mango, Drift, dYdX, Vega and Aave.</summary>
internal static class ChainCases
{
    public static object MangoHealth(JsonElement inputs)
    {
        var tokens = inputs.List("tokens").Select(t => new TokenHealth(t.Real("balance"), t.Real("price"), new SignedWeights(t.Real("initAssetWeight"), t.Real("initLiabWeight")))
        {
            Deposits = t.Real("deposits", 0),
            PotentialDeposits = t.Real("potentialSerum", 0),
            Borrows = t.Real("borrows", 0),
            DepositScaleStart = t.Real("depositScaleStart", 0),
            BorrowScaleStart = t.Real("borrowScaleStart", 0),
        });
        ImmutableArray<PerpHealth> perpetuals = inputs.TryGetProperty("perp", out var p) && p.ValueKind == JsonValueKind.Object
            ? [new PerpHealth(
                p.GetProperty("settle").GetInt32(), p.Real("lotSize"), p.Real("price"), p.Real("baseLots"), p.Real("quote"), p.Real("bidLots"), p.Real("askLots"),
                new SignedWeights(p.Real("assetWeight"), p.Real("liabWeight")), p.Real("overallAssetWeight"))]
            : [];
        var orders = inputs.List("spotOrders").Select(s => new SpotOrders(s.GetProperty("base").GetInt32(), s.GetProperty("quote").GetInt32(), s.Real("reservedBase"), s.Real("reservedQuote"))
        {
            HighestBidInverse = Known(s.Real("highestBidInv", 0)),
            LowestAsk = Known(s.Real("lowestAsk", 0)),
        });

        return new { initHealth = new HealthAccount([.. tokens], perpetuals, [.. orders]).Health() };
    }

    public static object MangoStablePrice(JsonElement inputs)
    {
        var terms = new StablePriceTerms(inputs.Real("delayGrowth", StablePriceTerms.Released.DelayGrowth), inputs.Real("stableGrowth", StablePriceTerms.Released.Growth));
        var price = new StablePrice(inputs.Real("start"), 0, terms);
        var checkpoints = new List<object>();
        long now = 0;
        foreach (var phase in inputs.List("phases"))
        {
            var oracle = phase.GetProperty("price");
            for (int step = 0; step < phase.GetProperty("steps").GetInt32(); step++)
            {
                now += phase.GetProperty("dt").GetInt64();
                price.Observe(oracle.ValueKind == JsonValueKind.Array ? oracle[now > oracle[0].GetDouble() ? 1 : 2].GetDouble() : oracle.GetDouble(), now);
            }

            checkpoints.Add(new { stable = price.Value, delay0 = price.DelayedAt(0) });
        }

        return new { checkpoints };
    }

    public static object DriftAssetWeight(JsonElement inputs) => new
    {
        weight = (decimal)(Weights(inputs) with { ScaleStart = inputs.WholeOrZero("scaleStart") }).Asset(inputs.Whole("size"), inputs.WholeOrZero("depositValue"), Kind(inputs)),
    };

    public static object DriftLiabilityWeight(JsonElement inputs) => new { weight = (decimal)Weights(inputs).Liability(inputs.Whole("size"), Kind(inputs)) };

    public static object DriftOracle(JsonElement inputs)
    {
        var guard = new OracleGuard(inputs.Whole("tooVolatileRatio"), inputs.Whole("maxConfPpm"), inputs.Whole("confMultiplier"), inputs.Whole("staleMargin"), inputs.Whole("staleAmm"));
        var reading = new OracleReading(inputs.Whole("price"), inputs.Whole("twap"), inputs.Whole("conf"), inputs.Whole("delay"));
        string validity = guard.Judge(reading) switch
        {
            OracleValidity.StaleForAmm => "StaleForAMM",
            var named => named.ToString(),
        };

        return inputs.TryGetProperty("mark", out _)
            ? new { validity, markOracleSpreadPpm = (decimal)OracleGuard.SpreadPpm(inputs.Whole("mark"), reading.Price) }
            : new { validity };
    }

    public static object DydxInitialMargin(JsonElement inputs)
    {
        var scaling = new OpenInterestScaling(inputs.Whole("imfPpm"), inputs.Whole("oiLower"), inputs.Whole("oiUpper"));
        var interest = inputs.Whole("oi");

        return new { adjustedImfPpm = (decimal)scaling.AdjustedPpm(interest), initialMargin = (decimal)scaling.InitialMargin(inputs.WholeOrZero("notional"), interest) };
    }

    public static object DydxFillablePrice(JsonElement inputs) => new
    {
        fillablePrice = Subaccount(inputs).FillablePrice(
            inputs.GetProperty("perp").GetString()!, new FillablePriceTerms(inputs.Exact("bankruptcyAdjustmentPpm"), inputs.Exact("spreadToMmrPpm"))),
    };

    public static object DydxBankruptcy(JsonElement inputs) => new
    {
        bankruptcyQuote = Subaccount(inputs).BankruptcyQuote(inputs.GetProperty("perp").GetString()!, inputs.Exact("delta")),
    };

    public static object VegaMargin(JsonElement inputs)
    {
        decimal[] factors = [.. inputs.List("factors").Select(InputReading.AsDecimal)];
        var multiples = factors.Length == 0 ? default : new MarginMultiples(factors[0], factors[1], factors[2]);
        var levels = new MarketMargin(inputs.Exact("linearSlippage"), inputs.Exact("rfLong"), inputs.Exact("rfShort")).Cross(
            new PartyVolume(inputs.Exact("position"), inputs.Exact("buyOrders", 0), inputs.Exact("sellOrders", 0)), inputs.Exact("mark"), multiples);

        return new { maintenance = levels.Maintenance, search = levels.Search, initial = levels.Initial, release = levels.Release };
    }

    public static object VegaIsolated(JsonElement inputs)
    {
        decimal factor = inputs.Exact("marginFactor");

        return new
        {
            positionMargin = MarketMargin.Isolated(factor, inputs.Exact("avgEntry"), inputs.Exact("position")),
            orderMargin = MarketMargin.Isolated(factor, inputs.Exact("orderPrice"), inputs.Exact("orderSize")),
        };
    }

    public static object AaveCloseFactor(JsonElement inputs) => new
    {
        maxLiquidatableDebtValue = (CloseFactor.Released with { SmallBelow = inputs.Exact("threshold") }).MostDebt(
            inputs.Exact("hf"), inputs.Exact("collateralValue"), inputs.Exact("debtValue"), inputs.Exact("totalDebtValue")),
    };

    public static object AaveTarget(JsonElement inputs) => new
    {
        debtToLiquidate = new TargetHealth(inputs.Exact("targetHf"), inputs.Exact("bonusBps") / 10_000, inputs.Exact("collateralFactorBps") / 10_000).DebtToRepay(
            inputs.Exact("totalDebtValue"), inputs.Exact("hf"), inputs.Exact("debtPrice")),
    };

    public static object SmartLtv(JsonElement inputs) => new
    {
        ltv = new SmartLoanToValue(inputs.Real("c"), inputs.Real("beta")).At(inputs.Real("sigma"), inputs.Real("liquidity"), inputs.Real("debt_cap")),
    };

    private static double? Known(double value) => value != 0 ? value : null;

    private static SpotWeights Weights(JsonElement inputs) =>
        new(inputs.Whole("initial"), inputs.WholeOrZero("maintenance"), inputs.Whole("imf"), inputs.GetProperty("decimals").GetInt32());

    private static MarginKind Kind(JsonElement inputs) => Enum.Parse<MarginKind>(inputs.GetProperty("type").GetString()!, ignoreCase: true);

    internal static Subaccount Subaccount(JsonElement inputs) => new(
        inputs.Exact("quote"),
        [.. inputs.GetProperty("positions").EnumerateObject().Select(p => new SubaccountPosition(p.Name, p.Value.Exact("size"), p.Value.Exact("price"), p.Value.Exact("mmf")))]);
}
