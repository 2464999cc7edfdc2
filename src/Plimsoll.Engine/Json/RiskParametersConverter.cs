using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Json;

/// <summary>Risk parameters travel in their own canonical JSON, validated as one set.</summary>
internal sealed class RiskParametersConverter : JsonConverter<RiskParameters>
{
    public override RiskParameters Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        try
        {
            return RiskParameters.FromJson(document.RootElement.GetRawText());
        }
        catch (InputException fault)
        {
            throw new JsonException(fault.Message, fault);
        }
    }

    public override void Write(Utf8JsonWriter writer, RiskParameters value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.ToJson(), skipInputValidation: false);
}
