using System.Text.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Units;

namespace Plimsoll.Risk.WhatIf;

/// <summary>A question in JSON, read strictly: see <c>docs/formats/whatif.md</c>.</summary>
public static class WhatIfJson
{
    /// <summary>Reads the fields of a question that speak of changes; the others are left to the caller.</summary>
    /// <param name="body">An object.</param>
    /// <param name="catalog">What is listed.</param>
    /// <param name="market">Today's market.</param>
    /// <exception cref="InputException">A field is not known, not listed, or no number.</exception>
    public static WhatIfPlan Read(JsonElement body, Catalog catalog, MarketState market)
    {
        if (body.ValueKind != JsonValueKind.Object) throw new InputException("body", "expected an object");

        var plan = new WhatIfPlan(catalog, market);
        // In the order in which things happen, whatever the order of the fields.
        foreach (JsonElement line in List(body, "deposits")) Read(line, "deposits", ["asset", "amount"], [], f => plan.Deposit(f[0]!, f[1]!));
        foreach (JsonElement line in List(body, "withdrawals")) Read(line, "withdrawals", ["asset", "amount"], [], f => plan.Withdraw(f[0]!, f[1]!));
        foreach (JsonElement line in List(body, "moves")) Read(line, "moves", ["asset", "amount", "to"], [], f => plan.Move(f[0]!, f[1]!, f[2]!));
        foreach (JsonElement line in List(body, "trades")) Read(line, "trades", ["instrument", "size"], ["price"], f => plan.Trade(f[0]!, f[1]!, f[2]));
        foreach (JsonElement line in List(body, "positions")) Read(line, "positions", ["instrument", "size"], ["price"], f => plan.Resize(f[0]!, f[1]!, f[2]));
        foreach ((string asset, string move) in Map(body, "prices")) plan.Price(asset, move);
        foreach ((string underlying, string move) in Map(body, "vols")) plan.Volatility(underlying, move);
        if (body.TryGetProperty("days", out JsonElement days) && days.ValueKind != JsonValueKind.Null) plan.Days(Text(days, "days"));

        return plan;
    }

    /// <summary>The fields this reads.</summary>
    public static bool Knows(string field) => field is "deposits" or "withdrawals" or "moves" or "trades" or "positions" or "prices" or "vols" or "days";

    private static IEnumerable<JsonElement> List(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement list) || list.ValueKind == JsonValueKind.Null) return [];
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > WhatIfPlan.MaxChanges) throw new InputException($"body {name}", $"expected a list of at most {WhatIfPlan.MaxChanges}");

        return list.EnumerateArray();
    }

    private static IEnumerable<(string Name, string Value)> Map(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement map) || map.ValueKind == JsonValueKind.Null) return [];
        if (map.ValueKind != JsonValueKind.Object) throw new InputException($"body {name}", "expected an object such as {\"BTC\": \"-20%\"}");

        return map.EnumerateObject().Select(field => (field.Name, Text(field.Value, $"{name}.{field.Name}")));
    }

    private static void Read(JsonElement line, string list, string[] needed, string[] optional, Action<string?[]> take)
    {
        if (line.ValueKind != JsonValueKind.Object) throw new InputException($"body {list}", "expected objects");
        string[] names = [.. needed, .. optional];
        foreach (JsonProperty property in line.EnumerateObject())
        {
            if (!names.Contains(property.Name)) throw new InputException($"body {list}.{property.Name}", "is not a field of this request");
        }

        take([.. names.Select(name => line.TryGetProperty(name, out JsonElement field) && field.ValueKind != JsonValueKind.Null
            ? Text(field, $"{list}.{name}")
            : needed.Contains(name) ? throw new InputException($"body {list}.{name}", "is missing") : null)]);
    }

    private static string Text(JsonElement field, string name) => field.ValueKind switch
    {
        JsonValueKind.String => field.GetString()!,
        JsonValueKind.Number => field.GetRawText(),
        _ => throw new InputException($"body {name}", $"found {field.ValueKind}, expected a text or a number"),
    };
}
