using System.Globalization;
using System.Text.Json;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// The fields of one JSON object, each asked for by name; what nobody asked for is refused by <see cref="End"/>, so that
/// a misspelt parameter cannot be silently ignored.
/// </summary>
internal sealed class JsonFields
{
    private readonly JsonElement element;
    private readonly string place;
    private readonly HashSet<string> asked = [];

    public JsonFields(JsonElement element, string place)
    {
        (this.element, this.place) = (element, place);
        if (element.ValueKind != JsonValueKind.Object) throw new InputException(place, $"found {element.ValueKind}, expected an object");
    }

    public JsonFields Object(string name) => new(Field(name), Place(name));

    public JsonFields? OptionalObject(string name) => IsThere(name) ? Object(name) : null;

    public IEnumerable<JsonFields> Objects(string name)
    {
        JsonElement field = Field(name);
        if (field.ValueKind != JsonValueKind.Array) throw new InputException(Place(name), $"found {field.ValueKind}, expected a list");

        return field.EnumerateArray().Select((item, i) => new JsonFields(item, $"{Place(name)}[{i}]"));
    }

    public IEnumerable<JsonFields> OptionalObjects(string name) => IsThere(name) ? Objects(name) : [];

    public IReadOnlyList<decimal>? OptionalNumbers(string name)
    {
        if (!IsThere(name)) return null;
        JsonElement field = Field(name);
        if (field.ValueKind != JsonValueKind.Array) throw new InputException(Place(name), $"found {field.ValueKind}, expected a list");

        return [.. field.EnumerateArray().Select((item, i) => ToDecimal(item, $"{name}[{i}]"))];
    }

    public IEnumerable<string> Texts(string name)
    {
        JsonElement field = Field(name);
        if (field.ValueKind != JsonValueKind.Array) throw new InputException(Place(name), $"found {field.ValueKind}, expected a list");

        return field.EnumerateArray().Select((item, i) => item.ValueKind == JsonValueKind.String
            ? item.GetString()!
            : throw new InputException($"{Place(name)}[{i}]", $"found {item.ValueKind}, expected a text"));
    }

    public string Text(string name)
    {
        JsonElement field = Field(name);
        if (field.ValueKind != JsonValueKind.String) throw new InputException(Place(name), $"found {field.ValueKind}, expected a text");

        return field.GetString()!;
    }

    public string? OptionalText(string name) => IsThere(name) ? Text(name) : null;

    /// <summary>A yes or no; no where it is left out.</summary>
    public bool OptionalFlag(string name)
    {
        if (!IsThere(name)) return false;

        return Field(name).ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            var other => throw new InputException(Place(name), $"found {other}, expected true or false"),
        };
    }

    public int Whole(string name)
    {
        decimal value = Decimal(name);

        return value == decimal.Truncate(value) && Math.Abs(value) < 1_000_000m
            ? (int)value
            : throw new InputException(Place(name), $"'{value}' is not a whole number");
    }

    public decimal Decimal(string name) => ToDecimal(Field(name), name);

    public decimal? OptionalDecimal(string name) => IsThere(name) ? ToDecimal(Field(name), name) : null;

    public TEnum Name<TEnum>(string name) where TEnum : struct, Enum
    {
        string text = Text(name);
        foreach (TEnum value in Enum.GetValues<TEnum>())
            if (string.Equals(RiskParametersJson.NameOf(value), text, StringComparison.Ordinal)) return value;

        throw new InputException(Place(name), $"'{text}' is none of {string.Join(", ", Enum.GetValues<TEnum>().Select(v => RiskParametersJson.NameOf(v)))}");
    }

    public TEnum? OptionalName<TEnum>(string name) where TEnum : struct, Enum => IsThere(name) ? Name<TEnum>(name) : null;

    public void End()
    {
        foreach (JsonProperty property in element.EnumerateObject())
            if (!asked.Contains(property.Name)) throw new InputException(Place(property.Name), "is not a known field");
    }

    private bool IsThere(string name)
    {
        asked.Add(name);

        return element.TryGetProperty(name, out JsonElement field) && field.ValueKind != JsonValueKind.Null;
    }

    private JsonElement Field(string name)
    {
        asked.Add(name);

        return element.TryGetProperty(name, out JsonElement field) ? field : throw new InputException(Place(name), "is missing");
    }

    private decimal ToDecimal(JsonElement field, string name)
    {
        string text = field.ValueKind switch
        {
            JsonValueKind.Number => field.GetRawText(),
            JsonValueKind.String => field.GetString()!,
            _ => throw new InputException(Place(name), $"found {field.ValueKind}, expected a number"),
        };

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            ? value
            : throw new InputException(Place(name), $"'{text}' is not a number");
    }

    public string Place(string name) => place.EndsWith("parameters", StringComparison.Ordinal) ? $"{place} {name}" : $"{place}.{name}";
}
