using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Plimsoll.Risk.Margin.Rulebooks;
using Plimsoll.Risk.Margin.Rulebooks.Aave;
using Plimsoll.Risk.Margin.Rulebooks.Derive;
using Plimsoll.Risk.Margin.Rulebooks.Drift;
using Plimsoll.Risk.Margin.Rulebooks.Dydx;
using Plimsoll.Risk.Margin.Rulebooks.Mango;
using Plimsoll.Risk.Margin.Rulebooks.Vega;

namespace Plimsoll.Risk.Tests.Rulebooks;

/// <summary>Cases of how Derive, Mango, Drift, dYdX, Aave and Vega liquidate and share what is lost.</summary>
internal static class ChainLiquidationCases
{
    public static object DeriveAuction(JsonElement inputs)
    {
        var p = inputs.GetProperty("params");
        var auction = new SolventAuction(new AuctionTerms(p.Real("start"), p.Real("fastCutoff"), p.Real("fastLength"), p.Real("slowLength"), p.Real("bufferPct")));

        return new
        {
            steps = inputs.List("steps")
                .Select(s => auction.Bid(s.Real("t"), s.Real("preMtM"), s.Real("preMM"), s.Real("percentOfCurrent")))
                .Select(bid => new { bufferMargin = bid.BufferMargin, maxProportion = bid.MostPart, fraction = bid.Part, cashFromBidder = bid.Cash })
                .ToArray(),
        };
    }

    public static object DeriveInsolvent(JsonElement inputs)
    {
        var bid = new InsolventAuction(inputs.Real("length")).Bid(
            inputs.Real("t"), inputs.Real("mtm"), inputs.Real("mm"), inputs.Real("percent"), inputs.Real("securityModule", 0));

        return new { cashToBidder = bid.ToBidder, fromSecurityModule = bid.FromSecurityModule, socialisedLoss = bid.Socialised };
    }

    public static object MangoTokens(JsonElement inputs)
    {
        var asset = new LiquidatedToken(
            inputs.Real("asset"), inputs.Real("assetPerpQuote"), inputs.Real("assetPrice"),
            new SignedWeights(inputs.Real("assetAssetWeight"), inputs.Real("assetLiabWeight")), inputs.Real("assetFee"), inputs.Real("assetPlatformFee"));
        var liability = new LiquidatedToken(
            inputs.Real("liab"), inputs.Real("liabPerpQuote"), inputs.Real("liabPrice"),
            new SignedWeights(inputs.Real("liabAssetWeight"), inputs.Real("liabLiabWeight")), inputs.Real("liabFee"), inputs.Real("liabPlatformFee"));
        var moved = new TokenLiquidation(asset, liability, inputs.Real("otherHealth"), inputs.Real("perpOverallWeight")).Transfer(inputs.Real("maxLiab"));

        return moved is not { } transfer
            ? new { success = false, asset = asset.Balance, liab = liability.Balance }
            : new
            {
                success = true,
                asset = asset.Balance - transfer.AssetTaken,
                liab = liability.Balance + transfer.LiabilityRepaid,
                liabTransfer = transfer.LiabilityRepaid,
                assetFromLiqee = transfer.AssetTaken,
                assetToLiquidator = transfer.ToLiquidator,
                platformFee = transfer.PlatformFee,
                healthBefore = transfer.HealthBefore,
            };
    }

    public static object MangoPerpetual(JsonElement inputs)
    {
        var after = new PerpLiquidation(inputs.Real("baseAssetWeight"), inputs.Real("overallWeight"), inputs.Real("pnlLiqFee")).Liquidate(
            new PerpAccount(inputs.Real("spot"), inputs.Real("base"), inputs.Real("quote"), inputs.Real("other")), inputs.Real("maxBase"), inputs.Real("maxPnl"));

        return new { spot = after.SettleTokens, @base = after.BaseLots, quote = after.Quote };
    }

    public static object MangoBankruptcy(JsonElement inputs)
    {
        var cover = InsuranceCover.Of(
            inputs.Exact("liabTransfer"), inputs.Exact("liabPrice"), inputs.Exact("insurancePrice"), inputs.Exact("fee"), inputs.Exact("insurance"));

        return new { insurancePaid = cover.Paid, insuranceLeft = cover.Left };
    }

    public static object DriftBase(JsonElement inputs) => new
    {
        @base = Number(new PerpCover(inputs.Whole("marginRatio"), inputs.Whole("liqFee"), inputs.Whole("oraclePrice"), inputs.Whole("quotePrice"))
            .Base(inputs.Whole("shortage"), inputs.Whole("ifFee"))),
    };

    public static object DriftPerpFee(JsonElement inputs) => new
    {
        fee = Number(new PerpCover(inputs.Whole("marginRatio"), inputs.Whole("liqFee"), inputs.Whole("oraclePrice"), inputs.Whole("quotePrice"))
            .InsuranceFee(inputs.Whole("shortage"), inputs.Whole("base"), inputs.Whole("maxFee"))),
    };

    public static object DriftTransfer(JsonElement inputs) => new
    {
        transfer = Spot(inputs).Transfer(inputs.Whole("shortage"), inputs.Whole("ifFee")) is { } tokens ? (object)Number(tokens) : "MAX",
    };

    public static object DriftSpotFee(JsonElement inputs) => new
    {
        fee = Number(Spot(inputs).InsuranceFee(inputs.Whole("shortage"), inputs.Whole("tokens"), inputs.Whole("maxFee"))),
    };

    public static object DriftSocialPerp(JsonElement inputs) => new
    {
        fundingDelta = Number(LossSharing.FundingStep(inputs.Whole("loss"), inputs.Whole("longBase"), inputs.Whole("shortBase"))),
    };

    public static object DriftSocialSpot(JsonElement inputs) => new
    {
        interestDelta = Number(LossSharing.DepositStep(inputs.Whole("loss"), inputs.Whole("deposits"), inputs.Whole("cumInterest"))),
    };

    public static object DriftFee(JsonElement inputs) => new
    {
        fee = Number(LiquidationPace.Fee(inputs.Whole("base"), inputs.Whole("max"), inputs.Whole("slot") - inputs.Whole("lastSlot"), inputs.Whole("perSlot"))),
    };

    public static object DriftPart(JsonElement inputs) => new
    {
        pct = Number(LiquidationPace.MostPart(inputs.Whole("shortage"), inputs.Whole("freed"), inputs.Whole("slots"), inputs.Whole("duration"), inputs.Whole("initialPct"))),
    };

    public static object DydxDelta(JsonElement inputs) => new
    {
        insuranceFundDelta = InsuranceFund.Delta(
            inputs.Exact("fillQuote"),
            ChainCases.Subaccount(inputs).BankruptcyQuote(inputs.GetProperty("perp").GetString()!, inputs.Exact("delta")),
            inputs.Exact("maxLiqFeePpm")),
    };

    public static object DydxValid(JsonElement inputs) => new { valid = InsuranceFund.Bears(inputs.Exact("balance"), inputs.Exact("delta")) };

    public static object DydxDeleveraging(JsonElement inputs)
    {
        var done = Deleveraging.Offset(
            ChainCases.Subaccount(inputs.GetProperty("liquidated")),
            inputs.GetProperty("perp").GetString()!,
            inputs.List("offsetting").Select(o => new OtherSide(o.Exact("size"), o.Exact("quote"))));

        return new { offsets = done.Offsets.Select(o => new { fill = o.Fill, quote = o.Quote }).ToArray(), remaining = done.Remaining };
    }

    public static object AaveDust(JsonElement inputs) => new
    {
        maxPartialDebt = DustRule.Of(CloseFactor.Released with { SmallBelow = inputs.Exact("threshold") }).MostPartialDebt(inputs.Exact("reserveDebt")),
    };

    public static object AaveBonus(JsonElement inputs) => new { bonusBps = Bonus(inputs).At(inputs.Exact("hf")) };

    public static object AaveAmounts(JsonElement inputs)
    {
        var amounts = LiquidationAmounts.Of(
            new BorrowerStanding(
                inputs.Exact("collateralBalance"), inputs.Exact("collateralPrice"), inputs.Exact("debtBalance"), inputs.Exact("debtPrice"), inputs.Exact("totalDebtValue"), inputs.Exact("hf")),
            Bonus(inputs),
            inputs.Exact("targetHf"),
            inputs.Exact("collateralFactorBps") / 10_000,
            inputs.Exact("debtToCover"),
            inputs.Exact("feeBps"),
            inputs.Exact("dust"));

        return new { debtToLiquidate = amounts.Debt, collateralToLiquidate = amounts.Collateral, collateralToLiquidator = amounts.ToLiquidator };
    }

    public static object VegaLoss(JsonElement inputs)
    {
        var settled = LossSocialisation.Settle(
            [.. inputs.List("losers").Select(l => new SettlementLoss(l.Whole("loss"), l.Whole("balance")))],
            inputs.Whole("insurance"),
            [.. inputs.List("winners").Select(w => BigInteger.Parse(w.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture))],
            inputs.GetProperty("remainderTo").GetInt32());

        return new
        {
            received = settled.Received.Select(Number).ToArray(),
            haircut = settled.Haircuts.Select(Number).ToArray(),
            insuranceDrawn = Number(settled.InsuranceDrawn),
            insuranceLeft = Number(settled.InsuranceLeft),
        };
    }

    private static decimal Number(BigInteger whole) => (decimal)whole;

    private static SpotCover Spot(JsonElement inputs) => new(
        inputs.Whole("assetWeight"), inputs.Whole("assetMult"), inputs.Whole("liabWeight"), inputs.Whole("liabMult"), inputs.GetProperty("decimals").GetInt32(), inputs.Whole("liabPrice"));

    private static LiquidationBonus Bonus(JsonElement inputs) => new(inputs.Exact("hfForMaxBonus"), inputs.Exact("maxBonusBps"), inputs.Exact("bonusFactorBps"));
}
