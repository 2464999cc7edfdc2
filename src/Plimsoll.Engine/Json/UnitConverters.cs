using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Units;

namespace Plimsoll.Engine.Json;

/// <summary>Writes a value as text and reads it back; what does not parse is one clear error.</summary>
internal abstract class TextConverter<T>(string expected) : JsonConverter<T>
{
    /// <summary>The longest text accepted, in characters.</summary>
    private const int MaxLength = 128;

    protected abstract bool TryParse(string text, out T value);

    protected abstract string Print(T value);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number when AcceptsNumbers => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            _ => null,
        };
        if (text is { Length: <= MaxLength } && TryParse(text, out T value)) return value;

        throw new JsonException($"expected {expected}");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Print(value));

    protected virtual bool AcceptsNumbers => false;
}

internal sealed class AssetIdConverter() : TextConverter<AssetId>("an asset name of 1 to 64 of A-Z a-z 0-9 . _ -")
{
    protected override bool TryParse(string text, out AssetId value)
    {
        bool valid = Identifier.IsValid(text);
        value = valid ? new AssetId(text) : default;

        return valid;
    }

    protected override string Print(AssetId value) => value.Value;
}

internal sealed class InstrumentIdConverter() : TextConverter<InstrumentId>("an instrument name like BTC-PERPETUAL")
{
    protected override bool TryParse(string text, out InstrumentId value)
    {
        bool valid = Identifier.IsValid(text);
        value = valid ? new InstrumentId(text) : default;

        return valid;
    }

    protected override string Print(InstrumentId value) => value.Value;
}

internal sealed class AccountIdConverter() : TextConverter<AccountId>("an account name of 1 to 64 of A-Z a-z 0-9 . _ -")
{
    protected override bool TryParse(string text, out AccountId value)
    {
        bool valid = Identifier.IsValid(text);
        value = valid ? new AccountId(text) : default;

        return valid;
    }

    protected override string Print(AccountId value) => value.Value;
}

internal sealed class CommandIdConverter() : TextConverter<CommandId>("an id of 1 to 64 of A-Z a-z 0-9 . _ -")
{
    protected override bool TryParse(string text, out CommandId value)
    {
        bool valid = Identifier.IsValid(text);
        value = valid ? new CommandId(text) : default;

        return valid;
    }

    protected override string Print(CommandId value) => value.Value;
}

internal sealed class ClassIdConverter() : TextConverter<ClassId>("a class of 1 to 64 of A-Z a-z 0-9 . _ -")
{
    protected override bool TryParse(string text, out ClassId value)
    {
        bool valid = Identifier.IsValid(text);
        value = valid ? new ClassId(text) : default;

        return valid;
    }

    protected override string Print(ClassId value) => value.Value;
}

internal sealed class BucketIdConverter() : TextConverter<BucketId>("a bucket of 1 to 64 of A-Z a-z 0-9 . _ -")
{
    protected override bool TryParse(string text, out BucketId value)
    {
        bool valid = Identifier.IsValid(text);
        value = valid ? new BucketId(text) : default;

        return valid;
    }

    protected override string Print(BucketId value) => value.Value;
}

internal sealed class LimitIdConverter() : TextConverter<LimitId>("a limit of 1 to 64 of A-Z a-z 0-9 . _ -")
{
    protected override bool TryParse(string text, out LimitId value)
    {
        bool valid = Identifier.IsValid(text);
        value = valid ? new LimitId(text) : default;

        return valid;
    }

    protected override string Print(LimitId value) => value.Value;
}

internal sealed class HashConverter() : TextConverter<Hash256>("a hash of 64 hex digits")
{
    protected override bool TryParse(string text, out Hash256 value) => Hash256.TryParse(text, out value);

    protected override string Print(Hash256 value) => value.ToString();
}

/// <summary>Decimals travel as strings, so that no reader on the way turns them into binary fractions; numbers are read too.</summary>
internal sealed class DecimalConverter() : TextConverter<decimal>("a decimal number")
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    protected override bool AcceptsNumbers => true;

    protected override bool TryParse(string text, out decimal value) =>
        decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out value);

    protected override string Print(decimal value) => Price.Canonical(value).ToString(CultureInfo.InvariantCulture);
}

internal sealed class PriceConverter() : TextConverter<Price>("a price above 0")
{
    protected override bool AcceptsNumbers => true;

    protected override bool TryParse(string text, out Price value)
    {
        bool valid = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && number is >= Price.Min and <= Price.Max;
        value = valid ? new Price(number) : default;

        return valid;
    }

    protected override string Print(Price value) => value.ToString();
}

/// <summary>Amounts of the journal are whole smallest units as strings.</summary>
internal sealed class AmountConverter() : TextConverter<Amount>("a whole number of smallest units")
{
    /// <summary>A sign and the 39 digits of 2^127.</summary>
    private const int LongestText = 40;

    protected override bool TryParse(string text, out Amount value)
    {
        bool valid = Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 units)
            && units < AssetScale.Limit && units > -AssetScale.Limit;
        value = valid ? new Amount(units) : default;

        return valid;
    }

    public override void Write(Utf8JsonWriter writer, Amount value, JsonSerializerOptions options)
    {
        // Nearly every amount fits into 64 bits, whose digits cost a tenth of those of 128.
        Span<byte> digits = stackalloc byte[LongestText];
        Int128 units = value.Units;
        bool fits = units >= long.MinValue && units <= long.MaxValue;
        _ = fits
            ? ((long)units).TryFormat(digits, out int length, provider: CultureInfo.InvariantCulture)
            : units.TryFormat(digits, out length, provider: CultureInfo.InvariantCulture);
        writer.WriteStringValue(digits[..length]);
    }

    protected override string Print(Amount value) => value.Units.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Model numbers: finite, so that whatever was read can be written again.</summary>
internal sealed class FiniteConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw new JsonException("expected a finite number");

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

internal sealed class LotsConverter : JsonConverter<Lots>
{
    public override Lots Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long count) && count is >= -Lots.Max and <= Lots.Max
            ? new Lots(count)
            : throw new JsonException("expected a whole number of lots");

    public override void Write(Utf8JsonWriter writer, Lots value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Count);
}

internal sealed class InstantConverter : JsonConverter<Instant>
{
    /// <summary>The year 9999: later moments cannot be printed.</summary>
    private const long Latest = 253_402_300_799_999_999;

    /// <summary>Whether a moment can be read back once it is written.</summary>
    public static bool Reads(Instant instant) => instant.UnixMicroseconds is >= 0 and <= Latest;

    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long microseconds) && microseconds is >= 0 and <= Latest
            ? new Instant(microseconds)
            : throw new JsonException("expected Unix microseconds, a whole number");

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteNumberValue(value.UnixMicroseconds);
}
