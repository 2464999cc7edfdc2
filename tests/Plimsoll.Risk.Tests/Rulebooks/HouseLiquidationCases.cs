using System.Numerics;
using System.Text.Json;
using Plimsoll.Markets.Oracles;
using Plimsoll.Numerics;
using Plimsoll.Published;
using Plimsoll.Risk.Liquidation.Breakers;
using Plimsoll.Risk.Liquidation.Deleveraging;
using Plimsoll.Risk.Liquidation.Insurance;
using Plimsoll.Risk.Liquidation.Spirals;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests.Rulebooks;

/// <summary>Cases of the house's own liquidation mathematics: spirals, deleveraging, funds, breakers, oracles.</summary>
internal static class HouseLiquidationCases
{
    private const long Slot = 1_001;

    public static object ThreeVotes(JsonElement inputs)
    {
        var quotes = inputs.List("quotes").Select(q => new SourceQuote(
            (BigInteger)InputReading.AsDecimal(q[0]), (BigInteger)InputReading.AsDecimal(q[1]), q[2].GetInt32() == 1, Slot - 1_000 - q[3].GetInt64()));
        var joined = ThreeVoteMedian.Of(quotes);

        return new { price = (decimal)joined.Price, conf = (decimal)joined.Confidence, status = joined.IsKnown ? "trading" : "unknown" };
    }

    public static object SpiralThreshold(JsonElement inputs)
    {
        double impact = inputs.TryGetProperty("quote_reserve", out _) ? SpiralBound.ImpactAgainstPool(inputs.Real("collateral_value"), inputs.Real("quote_reserve")) : 1;

        return new { lambda = impact, ltv_threshold = SpiralBound.LoanToValue(inputs.Real("incentive"), impact) };
    }

    public static object FullSpiral(JsonElement inputs)
    {
        var loan = new CollateralisedLoan(inputs.Real("collateral"), inputs.Real("debt"));

        return new { bad_debt_after_full_liquidation = loan.BadDebtAfterFullLiquidation(inputs.Real("incentive")), shortfall_if_not_liquidated = loan.Shortfall };
    }

    public static object MinimalCloseFactor(JsonElement inputs)
    {
        var loan = new CollateralisedLoan(inputs.Real("C"), inputs.Real("D"));
        double? part = loan.MinimalCloseFactor(inputs.Real("liq_threshold_v"), inputs.Real("incentive"), inputs.Real("target_hf"));

        return new { k = part, ltv_after = loan.After(part ?? 1, inputs.Real("incentive")).LoanToValue };
    }

    public static object Twap(JsonElement inputs)
    {
        (double target, int blocks, int held) = (inputs.Real("target"), inputs.GetProperty("blocks").GetInt32(), inputs.GetProperty("manipulated").GetInt32());
        if (inputs.GetProperty("mean").GetString() == "arithmetic") return new { ratio = TwapManipulation.Arithmetic(target, blocks, held) };

        return new { ratio = Finite(TwapManipulation.Geometric(target, blocks, held)), log10_ratio = TwapManipulation.GeometricDecades(target, blocks, held) };
    }

    public static object Tail(JsonElement inputs)
    {
        double[] losses = Column(inputs.GetProperty("data").GetString()!);
        var tail = ParetoTail.Fit(losses, inputs.Real("threshold"));
        var answer = new Dictionary<string, double> { ["n_exceed"] = tail.Exceedances, ["xi"] = tail.Shape, ["beta"] = tail.Scale, ["neg_loglik"] = tail.NegativeLogLikelihood };
        foreach (string level in new[] { "0.95", "0.975", "0.99", "0.995", "0.999", "0.9999" })
        {
            double p = double.Parse(level, System.Globalization.CultureInfo.InvariantCulture);
            if (losses.Length * (1 - p) > tail.Exceedances) continue;
            (answer[$"VaR{level}"], answer[$"ES{level}"]) = (tail.ValueAtRisk(p), tail.ExpectedShortfall(p));
        }

        return answer;
    }

    public static object Queue(JsonElement inputs)
    {
        var holders = inputs.GetProperty("accounts").EnumerateObject().ToList();
        var bankrupt = inputs.EnumerateObject().First(p => p.Name.StartsWith("liquidated", StringComparison.Ordinal)).Value;
        long[] closed = RankedQueue.Close([.. holders.Select(h => new RankedHolder(Lots(h.Value.Exact("qty")), h.Value.Real("score")))], Lots(bankrupt.Exact("qty")));

        return new { closed = holders.Zip(closed).Where(pair => pair.Second > 0).ToDictionary(pair => pair.First.Name, pair => pair.Second / LotsPerCoin) };
    }

    public static object BitMexScore(JsonElement inputs)
    {
        double profit = RankScore.Profit(inputs.Real("mark"), inputs.Real("entry"), 1);
        double leverage = RankScore.EffectiveLeverage(inputs.Real("mark"), inputs.Real("bankrupt"));

        return new { pnl_pct = profit, effective_leverage = leverage, score = RankScore.BitMex(profit, leverage) };
    }

    public static object HyperliquidIndex(JsonElement inputs) => new
    {
        index = RankScore.Hyperliquid(inputs.Real("mark"), inputs.Real("entry"), inputs.Real("notional"), inputs.Real("account_value")),
    };

    public static object Water(JsonElement inputs)
    {
        var levelled = WaterFilling.Reduce(
            [.. inputs.List("q").Zip(inputs.List("equity"), (q, e) => new GearedHolder(q.GetDouble(), e.GetDouble()))], inputs.Real("price"), inputs.Real("Q"));

        return new { l_star = Finite(levelled.Leverage), reductions = levelled.Reductions };
    }

    public static object Isolated(JsonElement inputs)
    {
        double? Price(int side) => new IsolatedPosition(
            inputs.Real("price"), side * inputs.Real("size"), inputs.Real("isolated_margin"), inputs.Real("maintenance_leverage")).LiquidationPrice();

        return new Dictionary<string, double?> { ["long"] = Price(1), ["short"] = Price(-1) };
    }

    public static object Fund(JsonElement inputs)
    {
        if (inputs.TryGetProperty("losses_over_margin_by_scenario", out var scenarios))
        {
            double[][] losses = [.. scenarios.EnumerateArray().Select(s => s.EnumerateArray().Select(l => l.GetDouble()).ToArray())];

            return new { cover1 = FundSizing.Cover(losses, 1), cover2 = FundSizing.Cover(losses, 2) };
        }

        var tail = new ParetoTail(inputs.Real("threshold"), inputs.Real("xi"), inputs.Real("beta"), 0, 0, 0);

        return new { annual_max_quantile = FundSizing.AnnualMaximum(tail, inputs.Real("exceedances_per_year"), inputs.Real("q")) };
    }

    public static object Liquidator(JsonElement inputs)
    {
        var terms = new LiquidatorProfit(inputs.Real("incentive"));

        return new { profit = terms.Of(inputs.Real("R"), inputs.Real("slippage"), inputs.Real("gas_usd")), min_repay = terms.LeastRepaid(inputs.Real("slippage"), inputs.Real("gas_usd")) };
    }

    public static object PoolSale(JsonElement inputs)
    {
        var best = new LiquidatorProfit(inputs.Real("incentive")).BestIntoPool(inputs.Real("quote_reserve"));

        return new { sale = best.Seized, profit_before_gas = best.Profit };
    }

    public static object Evenness(JsonElement inputs)
    {
        var fairness = Fairness.Of([.. inputs.List("haircut_fraction").Select(x => x.GetDouble())]);

        return new { gini = fairness.Gini, jain = fairness.Jain };
    }

    public static object Breaker(JsonElement inputs)
    {
        var band = new DynamicBand(inputs.Real("width"), Instant.MicrosecondsPerHour);
        int? tripped = null;
        int k = 0;
        foreach (var price in inputs.List("price_path"))
        {
            if (band.Trips(new Instant(k * (Instant.MicrosecondsPerHour / 6)), price.GetDouble())) tripped ??= k;
            k++;
        }

        return new { triggered_at_index = tripped };
    }

    public static object AdlRank(JsonElement inputs)
    {
        double[] scores = [.. inputs.List("clients").Select(c => RankScore.ProfitTimesLeverage(c[0].GetDouble(), c[1].GetDouble()))];

        return new { score = scores, rank = RankScore.Ranks(scores) };
    }

    private const decimal LotsPerCoin = 100_000_000m;

    private static long Lots(decimal quantity) => (long)(Math.Abs(quantity) * LotsPerCoin);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>The last number of every line of a CSV file of the shared folder that ends in one.</summary>
    private static double[] Column(string name)
    {
        string path = SharedFolder.Find(name) ?? throw new FileNotFoundException(SharedFolder.HowToFind(name));

        return [.. File.ReadLines(path)
            .Select(line => line.Split(',')[^1].Trim('"', ' '))
            .Where(cell => double.TryParse(cell, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _))
            .Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))];
    }
}
