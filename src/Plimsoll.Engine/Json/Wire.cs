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

    /// <summary>Fewer events are written sooner than a second thread is woken.</summary>
    private const int WorthThreads = 4096;

    private static readonly ReadOnlyMemory<byte> Nothing = "[]"u8.ToArray();
    private static readonly WireNames Commands = new(WireContext.Default.Command, WireContext.Default);
    private static readonly WireNames Events = new(WireContext.Default.Event, WireContext.Default);

    [ThreadStatic]
    private static WireBuffer? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>A command as it is journaled.</summary>
    public static byte[] Write(Command command) => Text(command).ToArray();

    /// <summary>Events as they are journaled: an array, in the order they happened.</summary>
    public static byte[] Write(Event[] events) => Text(events).ToArray();

    /// <summary>A command as it is journaled, in memory it shares with its neighbours.</summary>
    internal static ReadOnlyMemory<byte> Text(Command command)
    {
        (WireBuffer buffer, Utf8JsonWriter writer) = Start();
        Commands.Write(buffer, writer, command);

        return buffer.Text;
    }

    /// <summary>Events as they are journaled, in memory they share with their neighbours; many of them by several threads.</summary>
    internal static ReadOnlyMemory<byte> Text(IReadOnlyList<Event> events, int threads = 1)
    {
        if (events.Count == 0) return Nothing;
        if (threads > 1 && events.Count >= WorthThreads) return TextInParts(events, threads);

        (WireBuffer buffer, Utf8JsonWriter writer) = Start();
        Put(buffer, (byte)'[');
        Join(buffer, writer, events, 0, events.Count);
        Put(buffer, (byte)']');

        return buffer.Text;
    }

    private static ReadOnlyMemory<byte> TextInParts(IReadOnlyList<Event> events, int threads)
    {
        var parts = new ReadOnlyMemory<byte>[threads];
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
        {
            (WireBuffer buffer, Utf8JsonWriter writer) = Start();
            Join(buffer, writer, events, PlaceOf(part), PlaceOf(part + 1));
            parts[part] = buffer.Text;
        });

        (WireBuffer whole, _) = Start();
        byte before = (byte)'[';
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            Put(whole, before);
            whole.Write(part.Span);
            before = (byte)',';
        }

        Put(whole, (byte)']');

        return whole.Text;

        int PlaceOf(int part) => (int)((long)events.Count * part / threads);
    }

    private static void Join(WireBuffer buffer, Utf8JsonWriter writer, IReadOnlyList<Event> events, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            if (i > from) Put(buffer, (byte)',');
            Events.Write(buffer, writer, events[i]);
        }
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

    // The serializer keeps nulls out of members, but not out of lists.
    private static bool IsWhole(Command command) => command switch
    {
        MovePrices prices => IsFull(prices.Assets) && IsFull(prices.Instruments),
        ReportPrices reports => IsFull(reports.Reports),
        _ => true,
    };

    private static bool IsWhole(Event happened) => happened switch
    {
        null => false,
        PricesMoved prices => IsFull(prices.Assets) && IsFull(prices.Instruments),
        QuotesIgnored ignored => IsFull(ignored.Quotes),
        PricesReported reported => IsFull(reported.Reports) && IsFull(reported.Prices) && reported.Prices.All(price => IsFull(price.Rejected)),
        ReportsIgnored ignored => IsFull(ignored.Reports),
        Deleveraged deleveraged => IsFull(deleveraged.Shares),
        BidTaken bid => IsFull(bid.Positions) && IsFull(bid.Coins),
        BackstopTook took => IsFull(took.Positions) && IsFull(took.Coins),
        TakeoversPassedOn passed => IsFull(passed.Shares),
        LossSocialised socialised => IsFull(socialised.Shares),
        DeficitSettled settled => IsFull(settled.Lines),
        LayersFed fed => IsFull(fed.Parts),
        PremiumPaid paid => IsFull(paid.Parts),
        _ => true,
    };

    private static bool IsFull<T>(IReadOnlyList<T> items) where T : class => items.All(item => item is not null);

    private static (WireBuffer Buffer, Utf8JsonWriter Writer) Start()
    {
        _buffer ??= new WireBuffer();
        _writer ??= new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });
        _buffer.Begin();

        return (_buffer, _writer);
    }

    private static void Put(WireBuffer buffer, byte letter)
    {
        buffer.GetSpan(1)[0] = letter;
        buffer.Advance(1);
    }

    private static InputException Fault(string what, Exception fault)
    {
        string place = fault is JsonException { Path: { Length: > 1 } path } ? $"{what} {path[(path.StartsWith("$.", StringComparison.Ordinal) ? 2 : 1)..]}" : what;
        string message = fault.Message.Split(" Path:", 2)[0].Split('\n')[0].Trim();

        return new InputException(place, message, fault);
    }
}
