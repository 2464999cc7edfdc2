using System.Buffers;
using System.Text.Json;
using Plimsoll.Engine.Commands;
using Plimsoll.Units;

namespace Plimsoll.Engine.Json;

/// <summary>Commands and events as UTF-8 JSON and back. The bytes are canonical: equal values have equal bytes.</summary>
public static class Wire
{
    /// <summary>The longest command or list of events, in bytes.</summary>
    public const int MaxBytes = 64 << 20;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>A command as it is journaled.</summary>
    public static byte[] Write(Command command)
    {
        Utf8JsonWriter writer = Start();
        JsonSerializer.Serialize(writer, command, WireContext.Default.Command);

        return _buffer!.WrittenSpan.ToArray();
    }

    /// <summary>Events as they are journaled: an array, in the order they happened.</summary>
    public static byte[] Write(Event[] events)
    {
        if (events.Length == 0) return Empty;

        Utf8JsonWriter writer = Start();
        JsonSerializer.Serialize(writer, events, WireContext.Default.EventArray);

        return _buffer!.WrittenSpan.ToArray();
    }

    /// <summary>Reads a command.</summary>
    /// <exception cref="InputException">Not a command: which member, and what was expected.</exception>
    public static Command ReadCommand(ReadOnlySpan<byte> json)
    {
        try
        {
            Command command = JsonSerializer.Deserialize(json, WireContext.Default.Command) ?? throw new InputException("command", "expected an object, found null");

            return IsWhole(command) ? command : throw new InputException("command", "expected an object in each place of a list, found null");
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw Fault("command", fault);
        }
    }

    /// <summary>Reads a list of events.</summary>
    /// <exception cref="InputException">Not events: which member, and what was expected.</exception>
    public static Event[] ReadEvents(ReadOnlySpan<byte> json)
    {
        try
        {
            Event[] events = JsonSerializer.Deserialize(json, WireContext.Default.EventArray) ?? throw new InputException("events", "expected a list, found null");

            return Array.TrueForAll(events, IsWhole) ? events : throw new InputException("events", "expected an object in each place of a list, found null");
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw Fault("events", fault);
        }
    }

    private static byte[] Empty { get; } = "[]"u8.ToArray();

    // The serializer keeps nulls out of members, but not out of lists.
    private static bool IsWhole(Command command) =>
        command is not MovePrices prices || (IsFull(prices.Assets) && IsFull(prices.Instruments));

    private static bool IsWhole(Event happened) => happened switch
    {
        null => false,
        PricesMoved prices => IsFull(prices.Assets) && IsFull(prices.Instruments),
        Deleveraged deleveraged => IsFull(deleveraged.Shares),
        _ => true,
    };

    private static bool IsFull<T>(IReadOnlyList<T> items) where T : class => items.All(item => item is not null);

    private static Utf8JsonWriter Start()
    {
        _buffer ??= new ArrayBufferWriter<byte>(1024);
        _buffer.ResetWrittenCount();
        _writer ??= new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });
        _writer.Reset(_buffer);

        return _writer;
    }

    private static InputException Fault(string what, Exception fault)
    {
        string place = fault is JsonException { Path: { Length: > 1 } path } ? $"{what} {path[(path.StartsWith("$.", StringComparison.Ordinal) ? 2 : 1)..]}" : what;
        string message = fault.Message.Split(" Path:", 2)[0].Split('\n')[0].Trim();

        return new InputException(place, message, fault);
    }
}
