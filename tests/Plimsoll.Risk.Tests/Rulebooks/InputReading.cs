using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Plimsoll.Risk.Tests.Rulebooks;

/// <summary>Inputs of published cases as the rulebooks' own types want them.</summary>
internal static class InputReading
{
    /// <summary>A double.</summary>
    public static double Real(this JsonElement inputs, string name) => inputs.GetProperty(name).GetDouble();

    /// <summary>A double, or what stands for it when it is missing or null.</summary>
    public static double Real(this JsonElement inputs, string name, double otherwise) =>
        inputs.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetDouble() : otherwise;

    /// <summary>A decimal, written as a number or as a text.</summary>
    public static decimal Exact(this JsonElement inputs, string name) => AsDecimal(inputs.GetProperty(name));

    /// <summary>A decimal, or what stands for it when it is missing or null.</summary>
    public static decimal Exact(this JsonElement inputs, string name, decimal otherwise) =>
        inputs.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? AsDecimal(value) : otherwise;

    /// <summary>A whole number of any size.</summary>
    public static BigInteger Whole(this JsonElement inputs, string name) => AsWhole(inputs.GetProperty(name));

    /// <summary>A whole number, 0 when it is missing.</summary>
    public static BigInteger WholeOrZero(this JsonElement inputs, string name) =>
        inputs.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? AsWhole(value) : BigInteger.Zero;

    /// <summary>The entries of a list, none when it is missing or null.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement inputs, string name) =>
        inputs.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>A decimal, written as a number or as a text.</summary>
    public static decimal AsDecimal(JsonElement value) =>
        decimal.Parse(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static BigInteger AsWhole(JsonElement value) =>
        BigInteger.Parse(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);
}
