using System.Globalization;
using System.Text.Json;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Attestation;

/// <summary>
/// A JSON object read strictly: a field that is missing, of another kind, spelled another way, given twice or unknown is
/// refused by name. Fields are asked for one by one; <see cref="ExpectNoMore"/> ends the reading.
/// </summary>
internal sealed class StrictObject
{
    private readonly string _place;
    private readonly SortedDictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);

    /// <summary>An object at a stated place.</summary>
    /// <exception cref="InputException">Not an object, or a field given twice.</exception>
    public StrictObject(string place, JsonElement element)
    {
        _place = place;
        if (element.ValueKind != JsonValueKind.Object) throw new InputException(place, $"found {Kind(element)}, expected an object");
        foreach (JsonProperty field in element.EnumerateObject())
        {
            string name = Decoded(() => field.Name, place);
            if (!_fields.TryAdd(name, field.Value)) throw new InputException(At(Shown(name)), "found twice, expected once");
        }
    }

    public void Expect(string name, string value)
    {
        string found = Text(name);
        if (!string.Equals(found, value, StringComparison.Ordinal)) throw new InputException(At(name), $"found '{Shown(found)}', expected '{value}'");
    }

    public void Expect(string name, int value)
    {
        long found = Long(name);
        if (found != value) throw new InputException(At(name), $"found {found}, expected {value}");
    }

    public long Long(string name)
    {
        JsonElement value = Take(name, JsonValueKind.Number);
        // One spelling: 1.0 and 1e0 are numbers too, but not what is written.
        bool read = value.TryGetInt64(out long number)
            && string.Equals(value.GetRawText(), number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        return read ? number : throw new InputException(At(name), $"found {Shown(value.GetRawText())}, expected a whole number");
    }

    public int Int(string name, int least = int.MinValue, int most = int.MaxValue)
    {
        long number = Long(name);

        return number >= least && number <= most ? (int)number : throw new InputException(At(name), $"found {number}, expected {least} to {most}");
    }

    public string Identifier(string name)
    {
        string text = Text(name);

        return Units.Identifier.IsValid(text) ? text : throw new InputException(At(name), $"found '{Shown(text)}', expected an identifier");
    }

    public Hash256 Hash(string name)
    {
        string text = Text(name);
        bool read = Hash256.TryParse(text, out Hash256 hash) && string.Equals(hash.ToString(), text, StringComparison.Ordinal);

        return read ? hash : throw new InputException(At(name), $"found '{Shown(text)}', expected 64 lowercase hex digits");
    }

    public Instant Instant(string name)
    {
        string text = Text(name);
        bool read = Units.Instant.TryParse(text, out Instant at) && string.Equals(at.ToString(), text, StringComparison.Ordinal);

        return read ? at : throw new InputException(At(name), $"found '{Shown(text)}', expected a time such as 2025-01-31T12:00:00Z");
    }

    public Amount Amount(string name, AssetScale scale) => Amount(Take(name, JsonValueKind.String), At(name), scale);

    public Amount[] Amounts(string name, AssetScale[] scales)
    {
        JsonElement list = Take(name, JsonValueKind.Array);
        if (list.GetArrayLength() != scales.Length) throw new InputException(At(name), $"found {list.GetArrayLength()} sums, expected {scales.Length}");

        var amounts = new Amount[scales.Length];
        for (int i = 0; i < amounts.Length; i++) amounts[i] = Amount(list[i], $"{At(name)}[{i}]", scales[i]);

        return amounts;
    }

    public StrictObject[] Objects(string name, int most)
    {
        JsonElement list = Take(name, JsonValueKind.Array);
        int count = list.GetArrayLength();
        if (count > most) throw new InputException(At(name), $"found {count} entries, expected at most {most}");

        var objects = new StrictObject[count];
        for (int i = 0; i < count; i++) objects[i] = new StrictObject($"{At(name)}[{i}]", list[i]);

        return objects;
    }

    public void ExpectNoMore()
    {
        foreach (string name in _fields.Keys) throw new InputException(At(Shown(name)), "found a field nobody knows");
    }

    private static Amount Amount(JsonElement value, string place, AssetScale scale)
    {
        if (value.ValueKind != JsonValueKind.String) throw new InputException(place, $"found {Kind(value)}, expected an amount as text");

        string text = Decoded(() => value.GetString()!, place);
        bool read = scale.TryParse(text, out Amount amount) && string.Equals(scale.Format(amount), text, StringComparison.Ordinal);

        return read ? amount : throw new InputException(place, $"found '{Shown(text)}', expected an amount of at most {scale.Decimals} decimals, such as 12.5");
    }

    private string Text(string name)
    {
        JsonElement value = Take(name, JsonValueKind.String);

        return Decoded(() => value.GetString()!, At(name));
    }

    // The document checks its texts only when they are asked for.
    private static string Decoded(Func<string> text, string place)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException fault)
        {
            throw new InputException(place, "found bytes that are not Unicode text", fault);
        }
    }

    private JsonElement Take(string name, JsonValueKind kind)
    {
        if (!_fields.Remove(name, out JsonElement value)) throw new InputException(At(name), "is missing");

        return value.ValueKind == kind
            ? value
            : throw new InputException(At(name), $"found {Kind(value)}, expected {(kind == JsonValueKind.Number ? "a number" : kind == JsonValueKind.Array ? "a list" : "a text")}");
    }

    private string At(string name) => $"{_place}.{name}";

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    // A message is one short line whatever the file holds.
    private static string Shown(string text)
    {
        const int Longest = 80;
        string printable = string.Concat(text.Take(Longest).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));

        return text.Length > Longest ? printable + "…" : printable;
    }
}
