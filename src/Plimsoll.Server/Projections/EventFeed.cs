using Plimsoll.Engine.Commands;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>The last lines of the venue's feed, oldest first; written by one thread, read by any.</summary>
internal sealed class EventFeed(EventSentences sentences)
{
    public const int MostLines = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<FeedEvent> _lines = [];
    private long _told;

    /// <summary>Told of every line, with the event it tells of and that event's place in its entry; on the thread that adds them.</summary>
    public Action<FeedEvent, int, Event>? Told { get; set; }

    /// <summary>Takes the events of one durable entry.</summary>
    public void Take(long sequence, Instant at, IReadOnlyList<Event> events)
    {
        for (int i = 0; i < events.Count; i++)
        {
            if (sentences.Of(sequence, at, events[i]) is not { } line) continue;

            Add(line);
            Told?.Invoke(line, i, events[i]);
        }
    }

    /// <summary>The newest lines, or with a sequence the first lines after it; oldest first either way.</summary>
    /// <param name="after">A journal sequence; none for the newest.</param>
    /// <param name="limit">At most so many.</param>
    public IReadOnlyList<FeedEvent> Read(long? after, int limit)
    {
        lock (_gate)
        {
            return after is { } sequence
                ? [.. _lines.SkipWhile(line => line.Sequence <= sequence).Take(limit)]
                : [.. _lines.Skip(Math.Max(0, _lines.Count - limit))];
        }
    }

    /// <summary>Lines added since the last call, the newest of them where there are too many to show.</summary>
    /// <param name="seen">How many lines the caller has been told of; moved on.</param>
    /// <param name="limit">At most so many.</param>
    public IReadOnlyList<FeedEvent> Fresh(ref long seen, int limit)
    {
        lock (_gate)
        {
            int fresh = (int)Math.Min(Math.Min(_told - seen, limit), _lines.Count);
            seen = _told;

            return fresh == 0 ? [] : [.. _lines.Skip(_lines.Count - fresh)];
        }
    }

    private void Add(FeedEvent line)
    {
        lock (_gate)
        {
            _lines.Enqueue(line);
            _told++;
            if (_lines.Count > MostLines) _lines.Dequeue();
        }
    }
}
