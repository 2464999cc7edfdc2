using System.Text.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral;

/// <summary>The JSON form of what the rulebook says of collateral; what says nothing is not written.</summary>
internal static class CollateralJson
{
    public static CollateralTerms Read(JsonFields fields) => Ended(fields, line => new CollateralTerms(
        new AssetId(line.Text("asset")),
        [.. line.Objects("tiers").Select(tier => Ended(tier, t => new CollateralTier(t.Decimal("fromValue"), t.Decimal("haircut"))))],
        line.OptionalDecimal("cap"))
    {
        AccountCap = line.OptionalDecimal("accountCap"),
        VenueCap = line.OptionalDecimal("venueCap"),
        Kind = line.OptionalName<CollateralKind>("kind") ?? CollateralKind.Native,
        Issuer = line.OptionalText("issuer"),
        BridgeHaircut = line.OptionalDecimal("bridgeHaircut") ?? 0m,
        Finality = line.OptionalName<Finality>("finality") ?? Finality.Final,
        ThroughRoot = line.OptionalFlag("throughRoot"),
        Quality = line.OptionalObject("quality") is { } quality ? Ended(quality, ReadQuality) : null,
    });

    public static CollateralPolicy ReadPolicy(JsonFields fields)
    {
        if (fields.OptionalObject("collateralPolicy") is not { } parts) return CollateralPolicy.None;

        return Ended(parts, policy => new CollateralPolicy
        {
            Issuers = [.. policy.OptionalObjects("issuers").Select(line => Ended(line, l => new IssuerTerms(
                l.Text("issuer"), l.OptionalDecimal("cap"), l.OptionalDecimal("venueCap"), l.OptionalFlag("isHouse"))))],
            Standard = policy.OptionalObject("standard") is { } standard ? Ended(standard, ReadStandard) : null,
            Profits = [.. policy.OptionalObjects("profits").Select(line => Ended(line, l => new ProfitTerms(
                l.OptionalText("instrument") is { } name ? new InstrumentId(name) : null, l.OptionalName<AssetClass>("class"), l.Decimal("part"))))],
            Dynamic = policy.OptionalObject("dynamic") is { } haircut ? Ended(haircut, ReadDynamic) : null,
        });
    }

    public static void Write(Utf8JsonWriter json, CollateralTerms terms)
    {
        json.WriteStartObject();
        json.WriteString("asset", terms.Asset.Value);
        json.WriteStartArray("tiers");
        foreach (CollateralTier tier in terms.Tiers)
        {
            json.WriteStartObject();
            json.WriteNumber("fromValue", tier.FromValue);
            json.WriteNumber("haircut", tier.Haircut);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, "cap", terms.Cap);
        Write(json, "accountCap", terms.AccountCap);
        Write(json, "venueCap", terms.VenueCap);
        if (terms.Kind != CollateralKind.Native) json.WriteString("kind", RiskParametersJson.NameOf(terms.Kind));
        if (terms.Issuer is { } issuer) json.WriteString("issuer", issuer);
        if (terms.BridgeHaircut != 0m) json.WriteNumber("bridgeHaircut", terms.BridgeHaircut);
        if (terms.Finality != Finality.Final) json.WriteString("finality", RiskParametersJson.NameOf(terms.Finality));
        if (terms.ThroughRoot) json.WriteBoolean("throughRoot", true);
        if (terms.Quality is { } quality)
        {
            json.WriteStartObject("quality");
            foreach (QualityMark mark in Enum.GetValues<QualityMark>()) Write(json, RiskParametersJson.NameOf(mark), quality.Of(mark));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, CollateralPolicy policy)
    {
        if (policy.IsNone) return;

        json.WriteStartObject("collateralPolicy");
        if (!policy.Issuers.IsEmpty) WriteIssuers(json, policy);
        if (policy.Standard is { } standard) Write(json, standard);
        if (!policy.Profits.IsEmpty) WriteProfits(json, policy);
        if (policy.Dynamic is { } haircut) Write(json, haircut);
        json.WriteEndObject();
    }

    private static CollateralQuality ReadQuality(JsonFields fields) => new()
    {
        DailyVolume = fields.OptionalDecimal("dailyVolume"),
        Depth = fields.OptionalDecimal("depth"),
        DailyVolatility = fields.OptionalDecimal("dailyVolatility"),
        WorstDepeg = fields.OptionalDecimal("worstDepeg"),
        Venues = fields.OptionalDecimal("venues"),
        FreeFloat = fields.OptionalDecimal("freeFloat"),
    };

    private static CollateralStandard ReadStandard(JsonFields fields) => new(
        [.. fields.Objects("lines").Select(line => Ended(line, l => new QualityLine(l.Name<QualityMark>("mark"), l.Decimal("least"), l.Decimal("full"))))],
        fields.Decimal("limitedPart"));

    private static DynamicHaircutTerms ReadDynamic(JsonFields fields) => new(
        fields.Decimal("multiplier"),
        fields.Decimal("detectionDays"),
        fields.Decimal("participation"),
        fields.Decimal("fee"),
        fields.Decimal("floor"),
        fields.Decimal("fallPerDay"),
        fields.Whole("sampleMinutes"),
        fields.Decimal("decay"),
        [.. fields.Objects("markets").Select(line => Ended(line, l => new HaircutMarket(
            new AssetScope(l.OptionalText("asset") is { } name ? new AssetId(name) : null, l.OptionalName<AssetClass>("class")),
            l.Decimal("volatility"),
            l.Decimal("stressed"),
            l.Decimal("dailyVolume"),
            l.Decimal("spread"),
            l.Decimal("impact"),
            l.Decimal("jump"))))]);

    private static void WriteIssuers(Utf8JsonWriter json, CollateralPolicy policy)
    {
        json.WriteStartArray("issuers");
        foreach (IssuerTerms issuer in policy.Issuers)
        {
            json.WriteStartObject();
            json.WriteString("issuer", issuer.Issuer);
            Write(json, "cap", issuer.Cap);
            Write(json, "venueCap", issuer.VenueCap);
            if (issuer.IsHouse) json.WriteBoolean("isHouse", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteProfits(Utf8JsonWriter json, CollateralPolicy policy)
    {
        json.WriteStartArray("profits");
        foreach (ProfitTerms line in policy.Profits)
        {
            json.WriteStartObject();
            if (line.Instrument is { } instrument) json.WriteString("instrument", instrument.Value);
            if (line.Class is { } assetClass) json.WriteString("class", RiskParametersJson.NameOf(assetClass));
            json.WriteNumber("part", line.Part);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, CollateralStandard standard)
    {
        json.WriteStartObject("standard");
        json.WriteStartArray("lines");
        foreach (QualityLine line in standard.Lines)
        {
            json.WriteStartObject();
            json.WriteString("mark", RiskParametersJson.NameOf(line.Mark));
            json.WriteNumber("least", line.Least);
            json.WriteNumber("full", line.Full);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("limitedPart", standard.LimitedPart);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DynamicHaircutTerms terms)
    {
        json.WriteStartObject("dynamic");
        json.WriteNumber("multiplier", terms.Multiplier);
        json.WriteNumber("detectionDays", terms.DetectionDays);
        json.WriteNumber("participation", terms.Participation);
        json.WriteNumber("fee", terms.Fee);
        json.WriteNumber("floor", terms.Floor);
        json.WriteNumber("fallPerDay", terms.FallPerDay);
        json.WriteNumber("sampleMinutes", terms.SampleMinutes);
        json.WriteNumber("decay", terms.Decay);
        json.WriteStartArray("markets");
        foreach (HaircutMarket market in terms.Markets)
        {
            json.WriteStartObject();
            if (market.Scope.Asset is { } asset) json.WriteString("asset", asset.Value);
            if (market.Scope.Class is { } assetClass) json.WriteString("class", RiskParametersJson.NameOf(assetClass));
            json.WriteNumber("volatility", market.Volatility);
            json.WriteNumber("stressed", market.Stressed);
            json.WriteNumber("dailyVolume", market.DailyVolume);
            json.WriteNumber("spread", market.Spread);
            json.WriteNumber("impact", market.Impact);
            json.WriteNumber("jump", market.Jump);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
    }

    private static T Ended<T>(JsonFields fields, Func<JsonFields, T> read)
    {
        T value = read(fields);
        fields.End();

        return value;
    }
}
