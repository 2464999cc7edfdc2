using System.Text.Json;
using Plimsoll.Risk.Lending;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Terms;

/// <summary>The JSON form of the sections <c>insurance</c> and <c>deleveraging</c>; where they say nothing they are not written.</summary>
internal static class InsuranceTermsJson
{
    public static InsuranceTerms Read(JsonFields fields)
    {
        if (fields.OptionalObject("insurance") is not { } section) return InsuranceTerms.None;

        var terms = new InsuranceTerms
        {
            Layers = [.. section.Objects("layers").Select(ReadLayer)],
            PeriodHours = section.OptionalDecimal("periodHours") ?? 24m,
            Pool = section.OptionalObject("pool") is { } pool ? ReadPool(pool) : null,
            Cover = section.OptionalObject("cover") is { } cover ? ReadCover(cover) : null,
            OwnFunds = section.OptionalDecimal("ownFunds"),
            Socialise = section.OptionalName<Socialisation>("socialise") ?? Socialisation.None,
        };
        section.End();

        return terms;
    }

    public static DeleveragingTerms ReadDeleveraging(JsonFields fields)
    {
        if (fields.OptionalObject("deleveraging") is not { } section) return DeleveragingTerms.None;

        var terms = new DeleveragingTerms(section.Name<DeleveragingPolicy>("policy"), section.OptionalFlag("spareHedged"));
        section.End();

        return terms;
    }

    public static void Write(Utf8JsonWriter json, InsuranceTerms terms)
    {
        if (terms.IsNone) return;

        json.WriteStartObject("insurance");
        json.WriteStartArray("layers");
        foreach (LayerTerms layer in terms.Layers) Write(json, layer);
        json.WriteEndArray();
        json.WriteNumber("periodHours", terms.PeriodHours);
        if (terms.Pool is { } pool) Write(json, pool);
        if (terms.Cover is { } cover)
        {
            json.WriteStartObject("cover");
            json.WriteString("insurer", cover.Insurer.Value);
            json.WriteNumber("limit", cover.Limit);
            json.WriteEndObject();
        }

        Write(json, "ownFunds", terms.OwnFunds);
        if (terms.Socialise != Socialisation.None) json.WriteString("socialise", RiskParametersJson.NameOf(terms.Socialise));
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, DeleveragingTerms terms)
    {
        if (terms.IsNone) return;

        json.WriteStartObject("deleveraging");
        json.WriteString("policy", RiskParametersJson.NameOf(terms.Policy));
        if (terms.SpareHedged) json.WriteBoolean("spareHedged", true);
        json.WriteEndObject();
    }

    private static LayerTerms ReadLayer(JsonFields fields)
    {
        var terms = new LayerTerms(
            fields.Name<InsuranceLayer>("layer"),
            fields.OptionalDecimal("perTick"),
            fields.OptionalDecimal("perPeriod"),
            fields.OptionalDecimal("perAccount"),
            fields.OptionalDecimal("fees") ?? 0m,
            fields.OptionalDecimal("penalties") ?? 0m,
            fields.OptionalDecimal("target"),
            fields.OptionalDecimal("replenish") is null ? null : fields.Whole("replenish"));
        fields.End();

        return terms;
    }

    private static PoolTerms ReadPool(JsonFields fields)
    {
        var terms = new PoolTerms(
            [.. fields.Texts("assets").Select(name => new AssetId(name))],
            fields.Decimal("cooldownHours"),
            fields.Decimal("cover"),
            fields.Decimal("gearing"),
            fields.OptionalDecimal("floor") ?? 0m,
            fields.OptionalDecimal("accountPart") ?? 1m,
            fields.OptionalDecimal("expectedLoss") ?? 0m,
            fields.OptionalDecimal("load") ?? 0m,
            fields.OptionalObject("utilisation") is { } curve ? ReadCurve(curve) : null,
            fields.OptionalDecimal("premiumHours") ?? 24m);
        fields.End();

        return terms;
    }

    private static RateCurve ReadCurve(JsonFields fields)
    {
        var curve = new RateCurve(fields.Decimal("base"), fields.Decimal("slope1"), fields.Decimal("optimal"), fields.Decimal("slope2"));
        fields.End();

        return curve;
    }

    private static CoverTerms ReadCover(JsonFields fields)
    {
        var terms = new CoverTerms(new AccountId(fields.Text("insurer")), fields.Decimal("limit"));
        fields.End();

        return terms;
    }

    private static void Write(Utf8JsonWriter json, LayerTerms layer)
    {
        json.WriteStartObject();
        json.WriteString("layer", RiskParametersJson.NameOf(layer.Layer));
        Write(json, "perTick", layer.PerTick);
        Write(json, "perPeriod", layer.PerPeriod);
        Write(json, "perAccount", layer.PerAccount);
        if (layer.Fees != 0m) json.WriteNumber("fees", layer.Fees);
        if (layer.Penalties != 0m) json.WriteNumber("penalties", layer.Penalties);
        Write(json, "target", layer.Target);
        if (layer.Replenish is { } place) json.WriteNumber("replenish", place);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PoolTerms pool)
    {
        json.WriteStartObject("pool");
        json.WriteStartArray("assets");
        foreach (AssetId asset in pool.Assets) json.WriteStringValue(asset.Value);
        json.WriteEndArray();
        json.WriteNumber("cooldownHours", pool.CooldownHours);
        json.WriteNumber("cover", pool.Cover);
        json.WriteNumber("gearing", pool.Gearing);
        json.WriteNumber("floor", pool.Floor);
        json.WriteNumber("accountPart", pool.AccountPart);
        json.WriteNumber("expectedLoss", pool.ExpectedLoss);
        json.WriteNumber("load", pool.Load);
        if (pool.Utilisation is { } curve)
        {
            json.WriteStartObject("utilisation");
            json.WriteNumber("base", curve.Base);
            json.WriteNumber("slope1", curve.Slope1);
            json.WriteNumber("optimal", curve.Optimal);
            json.WriteNumber("slope2", curve.Slope2);
            json.WriteEndObject();
        }

        json.WriteNumber("premiumHours", pool.PremiumHours);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } given) json.WriteNumber(name, given);
    }
}
