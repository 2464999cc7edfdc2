using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Hosting;
using Plimsoll.Engine.Journal;
using Plimsoll.Engine.Json;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Server.Calls;
using Plimsoll.Treasury.Backing;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>
/// What the server remembers of the journal beside the state: the feed, hourly prices, what the insurance fund was given,
/// and how many commands were refused. Fed with every durable entry, and with the journal's tail after a restart.
/// </summary>
internal sealed class Chronicle
{
    /// <summary>Entries read again after a restart, from the journal's end; the setting up of a venue is read from its start.</summary>
    private const int TailEntries = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<AssetId, int> _places = [];
    private readonly MarketHistory _history = new();
    private readonly Dictionary<int, Amount> _endowed = [];
    private long _refused;

    public Chronicle(Catalog catalog)
    {
        for (int a = 0; a < catalog.Assets.Count; a++) _places[catalog.Assets[a].Id] = a;
        Feed = new EventFeed(new EventSentences(catalog));
    }

    public EventFeed Feed { get; }

    /// <summary>Commands refused since the server started.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Reads the journal's first and last entries again.</summary>
    public void Remember(IJournalStore store, CallDesk calls)
    {
        long last = store.LastSequence;
        long tail = Math.Max(1, last - TailEntries + 1);
        foreach (JournalEntry entry in store.ReadFrom(1))
        {
            if (entry.Sequence >= tail || entry.Sequence > TailEntries) break;
            foreach (Event happened in Wire.ReadEvents(entry.Events.Span)) Endow(happened);
        }

        // The board is filled again; what waits to be sent is in the outbox already.
        Feed.Told = (line, place, happened) => calls.Board.Post(line, place, happened);
        foreach (JournalEntry entry in store.ReadFrom(tail))
        {
            Take(entry.Sequence, entry.At, Wire.ReadEvents(entry.Events.Span));
        }

        Feed.Told = calls.Take;
    }

    /// <summary>Takes what became durable; called on the engine's writing thread.</summary>
    public void Take(Committed committed)
    {
        foreach (Outcome outcome in committed.Outcomes)
        {
            // A refused command may be the one with which parameters took force.
            if (outcome.Events.Count > 0) Take(outcome.Sequence, outcome.At, outcome.Events);
            if (!outcome.Accepted) Interlocked.Increment(ref _refused);
        }
    }

    /// <summary>What was brought into the insurance fund, by asset.</summary>
    public Amount[] Endowed(int assets)
    {
        lock (_gate)
        {
            return [.. Enumerable.Range(0, assets).Select(a => _endowed.GetValueOrDefault(a))];
        }
    }

    /// <summary>Looks at the hourly prices while nobody adds to them.</summary>
    public T Read<T>(Func<MarketHistory, T> question)
    {
        lock (_gate) return question(_history);
    }

    private void Take(long sequence, Instant at, IReadOnlyList<Event> events)
    {
        Feed.Take(sequence, at, events);
        foreach (Event happened in events)
        {
            Endow(happened);
            if (happened is AssetListed listed) _places.TryAdd(listed.Asset, _places.Count);
        }

        Record(at, events);
    }

    private void Endow(Event happened)
    {
        (AssetId asset, Amount amount) = happened switch
        {
            Endowed { Fund: Fund.InsuranceFund } e => (e.Asset, e.Amount),
            CapitalMoved { To: Fund.InsuranceFund } e => (e.Asset, e.Amount),
            CapitalMoved { From: Fund.InsuranceFund } e => (e.Asset, -e.Amount),
            _ => default,
        };
        if (amount.IsZero) return;

        lock (_gate) _endowed[_places[asset]] = _endowed.GetValueOrDefault(_places[asset]) + amount;
    }

    /// <summary>Prices that were said and prices that were made of reports, of one command together.</summary>
    private void Record(Instant at, IReadOnlyList<Event> events)
    {
        double[]? prices = null;
        foreach (Event happened in events)
        {
            IEnumerable<(AssetId Asset, double Price)> told = happened switch
            {
                PricesMoved moved => moved.Assets.Select(quote => (quote.Asset, (double)quote.Price)),
                PricesReported reported => reported.Prices.Where(joined => joined.Price is not null).Select(joined => (joined.Asset, joined.Price!.Value.ToModel())),
                _ => [],
            };
            foreach ((AssetId asset, double price) in told) (prices ??= new double[_places.Count])[_places[asset]] = price;
        }

        if (prices is null) return;

        lock (_gate) _history.Record(at, prices);
    }
}
