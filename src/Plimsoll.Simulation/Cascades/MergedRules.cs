using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Simulation.Cascades;

/// <summary>
/// A rulebook with sections laid over it: an object is merged member by member, anything else replaces what stood there, and null
/// takes it away (RFC 7396). What comes out is read as strictly as any rulebook.
/// </summary>
internal static class MergedRules
{
    public static RiskParameters Over(RiskParameters rules, JsonElement? sections)
    {
        if (sections is not { } over) return rules;

        JsonNode merged = Merge(JsonNode.Parse(rules.ToJson()), JsonNode.Parse(over.GetRawText()))!;

        return RiskParameters.FromJson(merged.ToJsonString());
    }

    private static JsonNode? Merge(JsonNode? under, JsonNode? over)
    {
        if (over is not JsonObject fields) return over?.DeepClone();

        JsonObject merged = under is JsonObject known ? (JsonObject)known.DeepClone() : [];
        foreach ((string name, JsonNode? value) in fields)
        {
            merged.Remove(name);
            if (value is null) continue;

            JsonNode? below = under is JsonObject before && before.TryGetPropertyValue(name, out JsonNode? there) ? there : null;
            merged.Add(name, Merge(below, value));
        }

        return merged;
    }
}
