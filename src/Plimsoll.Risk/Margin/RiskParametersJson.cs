using System.Text.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Lending;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>The JSON form of the rulebook: strict to read, canonical to write.</summary>
internal static class RiskParametersJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static RiskParameters Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray(), Strict);

            return Read(new JsonFields(document.RootElement, "parameters")).Checked();
        }
        catch (JsonException fault)
        {
            throw new InputException($"parameters line {fault.LineNumber + 1}", fault.Message, fault);
        }
    }

    public static byte[] Write(RiskParameters p)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("collateral");
            foreach (CollateralTerms terms in p.Collateral) CollateralJson.Write(json, terms);
            json.WriteEndArray();
            json.WriteStartArray("grids");
            foreach (ScenarioGrid grid in p.Grids) Write(json, grid);
            json.WriteEndArray();
            Write(json, "initial", p.Initial);
            Write(json, "target", p.Target);
            Write(json, "maintenance", p.Maintenance);
            json.WriteNumber("callAt", p.CallAt);
            Write(json, p.Liquidation);
            CollateralJson.Write(json, p.CollateralPolicy);
            MarginTermsJson.Write(json, p);
            LendingTermsJson.Write(json, p.Lending);
            PhaseTermsJson.Write(json, p.Phases);
            InsuranceTermsJson.Write(json, p.Insurance);
            InsuranceTermsJson.Write(json, p.Deleveraging);
            OracleRulesJson.Write(json, p.Oracles);
            BreakerTermsJson.Write(json, p.Breakers);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    public static string NameOf<TEnum>(TEnum value) where TEnum : struct, Enum =>
        JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static RiskParameters Read(JsonFields fields)
    {
        var parameters = new RiskParameters
        {
            Collateral = [.. fields.Objects("collateral").Select(CollateralJson.Read)],
            Grids = [.. fields.Objects("grids").Select(ReadGrid)],
            Initial = ReadThreshold(fields.Object("initial")),
            Target = ReadThreshold(fields.Object("target")),
            Maintenance = ReadThreshold(fields.Object("maintenance")),
            CallAt = fields.Decimal("callAt"),
            Liquidation = ReadLiquidation(fields.Object("liquidation")),
            CollateralPolicy = CollateralJson.ReadPolicy(fields),
            OffsetCredit = fields.OptionalDecimal("offsetCredit") ?? 1m,
            Leverage = MarginTermsJson.ReadLeverage(fields),
            OpenInterest = MarginTermsJson.ReadOpenInterest(fields),
            Contingencies = MarginTermsJson.ReadContingencies(fields),
            Lending = LendingTermsJson.Read(fields),
            Phases = PhaseTermsJson.Read(fields),
            Insurance = InsuranceTermsJson.Read(fields),
            Deleveraging = InsuranceTermsJson.ReadDeleveraging(fields),
            Oracles = OracleRulesJson.Read(fields),
            Breakers = BreakerTermsJson.Read(fields),
        };
        fields.End();

        return parameters;
    }

    private static ScenarioGrid ReadGrid(JsonFields fields)
    {
        var grid = new ScenarioGrid(fields.Name<AssetClass>("class"), [.. fields.Objects("scenarios").Select(ReadScenario)]);
        fields.End();

        return grid;
    }

    private static Scenario ReadScenario(JsonFields fields)
    {
        var scenario = new Scenario(fields.Text("id"), fields.Decimal("spot"), fields.Decimal("vol"), fields.Decimal("dampening"));
        fields.End();

        return scenario;
    }

    private static Threshold ReadThreshold(JsonFields fields)
    {
        var threshold = new Threshold(fields.Decimal("factor"), fields.Decimal("floor"));
        fields.End();

        return threshold;
    }

    private static LiquidationTerms ReadLiquidation(JsonFields fields)
    {
        var terms = new LiquidationTerms(
            fields.Decimal("penaltyRate"),
            [.. fields.Objects("slippage").Select(ReadSlippage)],
            fields.OptionalDecimal("maxFundDrawPerTick"));
        fields.End();

        return terms;
    }

    private static SlippageTerms ReadSlippage(JsonFields fields)
    {
        var terms = new SlippageTerms(fields.Name<AssetClass>("class"), fields.Decimal("base"), fields.Decimal("perMillion"), fields.Decimal("max"));
        fields.End();

        return terms;
    }

    private static void Write(Utf8JsonWriter json, ScenarioGrid grid)
    {
        json.WriteStartObject();
        json.WriteString("class", NameOf(grid.Class));
        json.WriteStartArray("scenarios");
        foreach (Scenario scenario in grid.Scenarios)
        {
            json.WriteStartObject();
            json.WriteString("id", scenario.Id);
            json.WriteNumber("spot", scenario.Spot);
            json.WriteNumber("vol", scenario.Vol);
            json.WriteNumber("dampening", scenario.Dampening);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Threshold threshold)
    {
        json.WriteStartObject(name);
        json.WriteNumber("factor", threshold.Factor);
        json.WriteNumber("floor", threshold.Floor);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LiquidationTerms terms)
    {
        json.WriteStartObject("liquidation");
        json.WriteNumber("penaltyRate", terms.PenaltyRate);
        json.WriteStartArray("slippage");
        foreach (SlippageTerms line in terms.Slippage)
        {
            json.WriteStartObject();
            json.WriteString("class", NameOf(line.Class));
            json.WriteNumber("base", line.Base);
            json.WriteNumber("perMillion", line.PerMillion);
            json.WriteNumber("max", line.Max);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (terms.MaxFundDrawPerTick is { } cap) json.WriteNumber("maxFundDrawPerTick", cap);
        json.WriteEndObject();
    }
}
