using System.Collections.Immutable;
using System.Text.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Surfaces;
using Plimsoll.Risk.Margin.Rulebooks;
using Plimsoll.Risk.Margin.Rulebooks.Derive;

namespace Plimsoll.Risk.Tests.Rulebooks;

/// <summary>Derive's cases; portfolios, grids and parameters are shared between them by name.</summary>
internal static class DeriveCases
{
    public static object Portfolio(JsonElement inputs, JsonElement shared)
    {
        var book = Named(inputs, "sharedScenario", "scenario", shared, "scenarios");
        var grid = Named(inputs, "sharedScenarios", "scenarios", shared, "grids");
        var verdict = new PortfolioRules(Parameters(inputs, shared, [.. grid.EnumerateArray().Select(Scenario)])).Judge(Book(book));

        return new { IM = verdict.Initial, MM = verdict.Maintenance, MTM = verdict.MarkToMarket, basisContingency = verdict.Basis, scenarioPnl = verdict.Scenarios };
    }

    public static object Standard(JsonElement inputs)
    {
        var markets = inputs.GetProperty("markets").EnumerateObject().Select(m => Market(m.Value));
        var verdict = new StandardRules(StandardTerms(inputs.GetProperty("params")))
            .Judge(new StandardBook(inputs.Real("cash"), inputs.Real("stablePrice"), [.. markets]));

        // Upstream's first suite states whole dollars.
        bool whole = inputs.TryGetProperty("truncate", out var truncate) && truncate.ValueKind == JsonValueKind.True;

        return whole
            ? new { IM = Math.Truncate(Math.Round(verdict.Initial, 7)), MM = Math.Truncate(Math.Round(verdict.Maintenance, 7)) }
            : new { IM = verdict.Initial, MM = verdict.Maintenance, MTM = verdict.MarkToMarket };
    }

    public static object Smile(JsonElement inputs)
    {
        double[] feed = [.. inputs.List("svi").Select(v => v.GetDouble())];
        var smile = new SviSlice(feed[0], feed[1], feed[2], feed[3], feed[4]);

        return new { vol = inputs.List("strikes").Select(strike => SmileVolatility.Of(smile, strike.GetDouble(), feed[5], feed[6])) };
    }

    private static JsonElement Named(JsonElement inputs, string byName, string own, JsonElement shared, string kind) =>
        inputs.TryGetProperty(byName, out var name) ? shared.GetProperty(kind).GetProperty(name.GetString()!) : inputs.GetProperty(own);

    private static PortfolioBook Book(JsonElement s)
    {
        var options = s.List("options").ToLookup(o => o.Real("sec"));
        var expiries = s.List("feeds").Select(feed => new OptionExpiry(
            feed.Real("sec"),
            new ScoredPrice(feed.Real("fwd"), feed.Real("fwdConf")),
            feed.Real("rate"),
            feed.Real("rateConf"),
            feed.Real("volConf"),
            [.. options[feed.Real("sec")].Select(Option)]));
        var collateral = s.List("collaterals").Select(c => new CollateralPosition(
            c.GetProperty("name").GetString()!,
            c.Real("amount"),
            new ScoredPrice(c.Real("price"), c.Real("conf")),
            c.Real("mmHaircut"),
            c.Real("imHaircut"),
            c.GetProperty("riskCancelling").GetBoolean()));

        return new PortfolioBook(
            s.Real("cash"),
            new ScoredPrice(s.Real("spot"), s.Real("spotConf")),
            s.Real("stablePrice"),
            new PerpetualPosition(s.Real("perps"), new ScoredPrice(s.Real("perpPrice"), s.Real("perpConf")), s.Real("perpUpnl"), s.Real("perpFunding")),
            [.. expiries],
            [.. collateral]);
    }

    private static OptionPosition Option(JsonElement o) =>
        new(o.GetProperty("call").GetBoolean() ? OptionSide.Call : OptionSide.Put, o.Real("K"), o.Real("amt"), o.Real("vol"));

    private static SpotVolScenario Scenario(JsonElement row) => new(
        row[0].GetDouble(),
        row[1].GetString() switch
        {
            "None" => SurfaceMove.None,
            "Up" => SurfaceMove.Up,
            "Down" => SurfaceMove.Down,
            "LINEAR" => SurfaceMove.LinearSkew,
            "ABS" => SurfaceMove.AbsoluteSkew,
            var other => throw new InvalidOperationException($"no surface move {other}"),
        },
        row[2].GetDouble());

    private static PortfolioParameters Parameters(JsonElement inputs, JsonElement shared, ImmutableArray<SpotVolScenario> grid)
    {
        var base_ = Named(inputs, "sharedParams", "params", shared, "params");
        double P(string group, string name) =>
            inputs.TryGetProperty("paramOverrides", out var overrides) && overrides.TryGetProperty($"{group}.{name}", out var value)
                ? value.GetDouble()
                : base_.GetProperty(group).Real(name);
        double Vol(string name) => P("VolShock", name);
        double Margin(string name) => P("Margin", name);
        double Skew(string name) => P("SkewShock", name);
        double Basis(string name) => P("BasisContingency", name);
        double Other(string name) => P("OtherContingency", name);

        return new PortfolioParameters(
            new VolatilityShock(Vol("VOLRANGEUP"), Vol("VOLRANGEDOWN"), Vol("SHORTTERMPOWER"), Vol("LONGTERMPOWER"), Vol("DTE_FLOOR"), Vol("MIN_VOL_EVAL_SHOCKED")),
            new StaticDiscount(
                Margin("BASE_STATIC_DISCOUNT"), Margin("LONG_RATE_MULTSCALE"), Margin("LONG_RATE_ADDSCALE"),
                Margin("BASE_STATIC_DISCOUNT_NEG"), Margin("SHORT_RATE_MULTSCALE"), Margin("SHORT_RATE_ADDSCALE")),
            new SkewShock(
                new SkewLimit(Skew("LINEAR_SCALE_CAP"), Skew("LINEAR_CBASE")), new SkewLimit(Skew("ABS_SCALE_CAP"), Skew("ABS_CBASE")),
                Skew("MIN_K_STAR"), Skew("MIN_WIDTH_SCALE"), Skew("VOL_PARAM_STATIC"), Skew("VOL_PARAM_SCALE")),
            new BasisContingency(Basis("SCENARIO_SPOT_UP"), Basis("SCENARIO_SPOT_DOWN"), Basis("BASIS_CONT_ADD_FACTOR"), Basis("BASIS_CONT_MULT_FACTOR")),
            new OtherContingency(
                new PegLoss(Other("PEG_LOSS_THRESHOLD"), Other("PEG_LOSS_FACTOR")), new ConfidenceCharge(Other("CONF_THRESHOLD"), Other("CONF_MARGIN")),
                Other("MM_PERP_PERCENT"), Other("IM_PERP_PERCENT"), Other("MM_OPTION_PERCENT"), Other("IM_OPTION_PERCENT")),
            Margin("MM_LOSS_FACTOR"),
            Margin("IM_LOSS_FACTOR"),
            grid);
    }

    private static StandardMarket Market(JsonElement m)
    {
        var expiries = m.List("options").GroupBy(o => o.GetProperty("expiry").ToString()).Select(expiry => new StandardExpiry(
            expiry.First().Real("t"),
            new ScoredPrice(expiry.First().Real("fwd"), expiry.Min(o => o.Real("fwdConf"))),
            expiry.Min(o => o.Real("volConf")),
            [.. expiry.Select(Option)]));

        return new StandardMarket(
            new ScoredPrice(m.Real("spot"), m.Real("spotConf")),
            new PerpetualPosition(m.Real("perpPos"), new ScoredPrice(m.Real("perpPrice"), m.Real("perpConf")), m.Real("perpPnl"), 0),
            [.. expiries],
            m.Real("base"));
    }

    private static StandardParameters StandardTerms(JsonElement p) => new(
        new ShortOptionRequirement(
            p.Real("maxSpotReq"), p.Real("minSpotReq"), p.Real("mmCallSpotReq"), p.Real("mmPutSpotReq"), p.Real("mmPutMtmReq"), p.Real("mmOffsetScale"),
            p.Real("unpairedIMScale"), p.Real("unpairedMMScale")),
        p.Real("mmPerp"),
        p.Real("imPerp"),
        p.Real("baseFactor"),
        p.Real("imScale"),
        new ConfidenceCharge(p.Real("ocThreshold"), p.Real("ocFactor")),
        new PegLoss(p.Real("depegThreshold"), p.Real("depegFactor")));
}
