using System.Text.Json;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>The JSON form of the section <c>oracles</c>; where it says nothing it is not written.</summary>
internal static class OracleRulesJson
{
    private static readonly OracleAction[] Listed =
        [OracleAction.Reduce, OracleAction.Call, OracleAction.Liquidate, OracleAction.Withdraw, OracleAction.Borrow, OracleAction.Open];

    public static OracleRules ReadAlone(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
            OracleRules rules = ReadSection(new JsonFields(document.RootElement, "oracles"));
            rules.Check("oracles");

            return rules.Canonical();
        }
        catch (JsonException fault)
        {
            throw new InputException($"oracles line {fault.LineNumber + 1}", fault.Message, fault);
        }
    }

    public static OracleRules Read(JsonFields fields) => fields.OptionalObject("oracles") is { } oracles ? ReadSection(oracles) : OracleRules.None;

    private static OracleRules ReadSection(JsonFields oracles)
    {
        OracleLine? rest = oracles.OptionalObject("rest") is { } usual ? ReadLine(usual, null) : null;
        var rules = new OracleRules(rest, [.. oracles.OptionalObjects("assets").Select(line => ReadLine(line, new AssetId(line.Text("asset"))))])
        {
            Actions = ReadActions(oracles),
            Damping = ReadDamping(oracles),
        };
        oracles.End();

        return rules;
    }

    private static OracleLine ReadLine(JsonFields fields, AssetId? asset)
    {
        var usual = new OracleTerms(1);
        (RedemptionAnchor? anchor, AssetId? redeemedFor) = ReadAnchor(fields);
        decimal seconds = fields.Decimal("heartbeatSeconds");
        if (seconds is <= 0m or > OracleTerms.MostHeartbeat / 1_000_000) throw new InputException(fields.Place("heartbeatSeconds"), $"{seconds} lies outside 0 (excluded) to 366 days");

        var terms = new OracleTerms((long)(seconds * 1_000_000m))
        {
            MostAge = Real(fields, "mostAge") ?? usual.MostAge,
            HaltAge = Real(fields, "haltAge") ?? usual.HaltAge,
            MostConfidence = Real(fields, "mostConfidence") ?? usual.MostConfidence,
            LiveConfidence = Real(fields, "liveConfidence") ?? usual.LiveConfidence,
            LeastSources = Whole(fields, "leastSources") ?? usual.LeastSources,
            LiveSources = Whole(fields, "liveSources") ?? usual.LiveSources,
            MostJump = Real(fields, "mostJump"),
            OutlierScore = Real(fields, "outlierScore") ?? usual.OutlierScore,
            LeastAnswer = Real(fields, "leastAnswer"),
            FrozenMove = Real(fields, "frozenMove"),
            AssumedConfidence = Real(fields, "assumedConfidence"),
            OwnBook = fields.OptionalText("ownBook") is { } own ? new AccountId(own) : null,
            Anchor = anchor,
        };
        fields.End();

        return new OracleLine(asset, terms, redeemedFor);
    }

    public static void Write(Utf8JsonWriter json, OracleRules rules)
    {
        if (rules.IsNone) return;

        json.WriteStartObject("oracles");
        if (rules.Rest is { } rest)
        {
            json.WriteStartObject("rest");
            Write(json, rest);
            json.WriteEndObject();
        }

        if (!rules.Lines.IsEmpty)
        {
            json.WriteStartArray("assets");
            foreach (OracleLine line in rules.Lines)
            {
                json.WriteStartObject();
                json.WriteString("asset", line.Asset!.Value.Value);
                Write(json, line);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartObject("actions");
        foreach (OracleAction action in Listed) json.WriteString(RiskParametersJson.NameOf(action), RiskParametersJson.NameOf(rules.Actions.WorstFor(action)));
        json.WriteEndObject();
        if (rules.Damping is { } damping)
        {
            json.WriteStartObject("damping");
            json.WriteNumber("delayGrowth", damping.DelayGrowth);
            json.WriteNumber("growth", damping.Growth);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static (RedemptionAnchor? Anchor, AssetId? RedeemedFor) ReadAnchor(JsonFields fields)
    {
        if (fields.OptionalObject("anchor") is not { } anchor) return (null, null);

        var value = new RedemptionAnchor((double)anchor.Decimal("value"), (double)anchor.Decimal("weight"));
        AssetId? redeemedFor = anchor.OptionalText("asset") is { } name ? new AssetId(name) : null;
        anchor.End();

        return (value, redeemedFor);
    }

    private static ActionMatrix ReadActions(JsonFields oracles)
    {
        if (oracles.OptionalObject("actions") is not { } actions) return ActionMatrix.House;

        var worst = new Dictionary<OracleAction, OracleStatus>();
        foreach (OracleAction action in Enum.GetValues<OracleAction>())
        {
            bool isFree = action is OracleAction.Deposit or OracleAction.Repay;
            OracleStatus usual = ActionMatrix.House.WorstFor(action);
            worst[action] = isFree ? usual : actions.OptionalName<OracleStatus>(RiskParametersJson.NameOf(action)) ?? usual;
        }

        actions.End();

        return new ActionMatrix(worst);
    }

    private static DampingTerms? ReadDamping(JsonFields oracles)
    {
        if (oracles.OptionalObject("damping") is not { } damping) return null;

        var terms = new DampingTerms(damping.Decimal("delayGrowth"), damping.Decimal("growth"));
        damping.End();

        return terms;
    }

    private static double? Real(JsonFields fields, string name) => (double?)fields.OptionalDecimal(name);

    private static int? Whole(JsonFields fields, string name) => fields.OptionalDecimal(name) is null ? null : fields.Whole(name);

    private static void Write(Utf8JsonWriter json, OracleLine line)
    {
        OracleTerms terms = line.Terms;
        json.WriteNumber("heartbeatSeconds", Price.Canonical(terms.Heartbeat / 1_000_000m));
        json.WriteNumber("mostAge", terms.MostAge);
        json.WriteNumber("haltAge", terms.HaltAge);
        json.WriteNumber("mostConfidence", terms.MostConfidence);
        json.WriteNumber("liveConfidence", terms.LiveConfidence);
        json.WriteNumber("leastSources", terms.LeastSources);
        json.WriteNumber("liveSources", terms.LiveSources);
        if (terms.MostJump is { } jump) json.WriteNumber("mostJump", jump);
        json.WriteNumber("outlierScore", terms.OutlierScore);
        if (terms.LeastAnswer is { } least) json.WriteNumber("leastAnswer", least);
        if (terms.FrozenMove is { } frozen) json.WriteNumber("frozenMove", frozen);
        if (terms.AssumedConfidence is { } assumed) json.WriteNumber("assumedConfidence", assumed);
        if (terms.OwnBook is { } own) json.WriteString("ownBook", own.Value);
        if (terms.Anchor is not { } anchor) return;

        json.WriteStartObject("anchor");
        json.WriteNumber("value", anchor.Value);
        json.WriteNumber("weight", anchor.Weight);
        if (line.RedeemedFor is { } asset) json.WriteString("asset", asset.Value);
        json.WriteEndObject();
    }
}
