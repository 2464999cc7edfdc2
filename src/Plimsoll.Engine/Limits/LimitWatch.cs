using System.Diagnostics.CodeAnalysis;
using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Exposure;
using Plimsoll.Risk.Limits;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// Looks at the limits when positions or prices have moved, and says what was breached and what was cured.
/// <list type="number">
/// <item>Groups of accounts are kept as whole lots, moved by each account whose row is written anew.</item>
/// <item>When prices moved, or limits, buckets, classes or listings did, every limit is measured; otherwise those of groups
/// somebody changed in, and those that hold the changed accounts one by one.</item>
/// <item>A limit whose level differs from what was last said is said anew: by name, accounts ascending.</item>
/// </list>
/// What is measured follows from the state alone, so looking again, or after a restart, says nothing new. Without limits
/// all of this is one question an account.
/// </summary>
internal sealed class LimitWatch(VenueState venue, LimitBook book)
{
    private readonly SortedSet<int> _changed = [];
    // Looked up by name; walked only to forget, whatever the order.
    private readonly Dictionary<(LimitScope, string?), GroupLots> _groups = [];
    private WatchedLimit[] _limits = [];
    private BucketMap? _buckets;
    private GreekMatrix? _matrix;
    private double[] _lotSizes = [];
    private bool _ungrouped = true;
    private bool _unpriced = true;
    private bool _everything = true;

    /// <summary>Limits, buckets, classes or listings are others now.</summary>
    public void Regroup() => _ungrouped = _unpriced = _everything = true;

    /// <summary>Prices moved.</summary>
    public void Reprice() => _unpriced = _everything = true;

    /// <summary>An account's row is about to be written anew.</summary>
    public void Leaves(int account, SparseRows positions)
    {
        if (book.Any && !_ungrouped) Count(account, positions, -1);
    }

    /// <summary>An account's row has been written anew.</summary>
    public void Enters(int account, SparseRows positions)
    {
        if (!book.Any || _ungrouped) return;

        Count(account, positions, 1);
        _changed.Add(account);
    }

    /// <summary>Says what was breached and what was cured since it was last said.</summary>
    public void Follow(Action<Event> happen)
    {
        if (!book.Any || !Ready()) return;

        foreach (WatchedLimit limit in _limits)
        {
            if (limit.Terms.Measure == Measured.Held) Say(limit.Terms, null, HeldIn(limit.Terms), happen);
            else if (limit.Terms.Scope == LimitScope.Each) SayEach(limit, happen);
            else if (_everything || limit.Group!.Changed) Say(limit.Terms, null, limit.Of(_matrix!, _lotSizes), happen);
        }

        foreach (GroupLots group in _groups.Values) group.Changed = false;
        _changed.Clear();
        _everything = false;
    }

    /// <summary>What each limit measures now.</summary>
    public IReadOnlyList<LimitReading> Readings(int most)
    {
        var readings = new List<LimitReading>();
        if (!book.Any || !Ready()) return readings;

        foreach (WatchedLimit limit in _limits)
        {
            if (limit.Terms.Measure == Measured.Held) readings.Add(new LimitReading(limit.Terms, null, HeldIn(limit.Terms)));
            else if (limit.Terms.Scope != LimitScope.Each) readings.Add(new LimitReading(limit.Terms, null, limit.Of(_matrix!, _lotSizes)));
            else readings.AddRange(Highest(limit, most));
        }

        return readings;
    }

    /// <summary>The limits and the greeks they are measured by, brought up to date; false before parameters are set.</summary>
    public bool TryRead(out WatchedLimit[] limits, [NotNullWhen(true)] out GreekMatrix? matrix, out double[] lotSizes)
    {
        bool ready = book.Any && Ready();
        (limits, matrix, lotSizes) = (ready ? _limits : [], _matrix, _lotSizes);

        return ready && matrix is not null;
    }

    /// <summary>Whether a limit holds an account.</summary>
    public bool Holds(LimitTerms terms, AccountIndex account) => terms.Scope switch
    {
        LimitScope.Venue => venue.Accounts[account] != Consequences.Provider,
        LimitScope.Class => venue.Classes.ClassOf(account)?.Value == terms.Of,
        LimitScope.Owner => venue.Accounts[account].Value == terms.Of || OwnerOf(account) == terms.Of,
        LimitScope.Account => venue.Accounts[account].Value == terms.Of,
        _ => terms.Of is null ? venue.Accounts[account] != Consequences.Provider : venue.Classes.ClassOf(account)?.Value == terms.Of,
    };

    private string? OwnerOf(AccountIndex account) => venue.Classes.OwnerOf(account) is { } owner ? venue.Accounts[owner].Value : null;

    private void SayEach(WatchedLimit limit, Action<Event> happen)
    {
        if (!_everything)
        {
            foreach (int account in _changed) Look(account);

            return;
        }

        for (int account = 0; account < venue.Accounts.Count; account++) Look(account);

        void Look(int account)
        {
            var index = new AccountIndex(account);
            bool holds = Holds(limit.Terms, index);
            if (!holds && book.LevelOf(limit.Terms.Id, index) == LimitLevel.Within) return;

            Say(limit.Terms, index, holds ? MeasureOf(limit, account) : 0, happen);
        }
    }

    private void Say(LimitTerms terms, AccountIndex? account, double value, Action<Event> happen)
    {
        LimitLevel was = book.LevelOf(terms.Id, account);
        LimitLevel now = terms.LevelOf(value);
        if (now == was) return;

        AccountId? named = account is { } index ? venue.Accounts[index] : null;
        if (now > was) happen(new LimitBreached(terms.Id, now, value, (now == LimitLevel.Hard ? terms.Hard : terms.Soft)!.Value, named));
        else happen(new LimitCured(terms.Id, now, value, named));
    }

    private IEnumerable<LimitReading> Highest(WatchedLimit limit, int most)
    {
        var heap = new PriorityQueue<int, (double Value, int Older)>();
        for (int account = 0; account < venue.Accounts.Count; account++)
        {
            if (!Holds(limit.Terms, new AccountIndex(account)) || MeasureOf(limit, account) is var value && value == 0) continue;
            if (heap.Count < most) heap.Enqueue(account, (value, -account));
            else heap.EnqueueDequeue(account, (value, -account));
        }

        return heap.UnorderedItems.OrderByDescending(item => item.Priority.Value).ThenByDescending(item => item.Priority.Older)
            .Select(item => new LimitReading(limit.Terms, venue.Accounts[new AccountIndex(item.Element)], item.Priority.Value));
    }

    private double MeasureOf(WatchedLimit limit, int account) =>
        limit.Of(venue.Judgement.Positions.Columns(account), venue.Judgement.Positions.Values(account), _matrix!);

    private double HeldIn(LimitTerms terms)
    {
        int bucket = 0;
        while (_buckets!.Buckets[bucket].Id != terms.Bucket) bucket++;

        return _buckets.Held(
            _buckets.Buckets[bucket].Kind,
            (place, asset) => -venue.Catalog[asset].Scale.ToModel(venue.Ledger.Balance(place, asset)),
            _matrix!.AssetPrices)[bucket + 1];
    }

    private bool Ready()
    {
        if (venue.Judgement.Model is not { } model) return false;

        if (_ungrouped) Group();
        if (_matrix is null || _matrix.Model != model) _matrix = new GreekMatrix(model, venue.Market);
        else if (_unpriced) _matrix.Rebuild(venue.Market);
        _unpriced = false;

        return true;
    }

    private void Group()
    {
        int instruments = venue.Catalog.Instruments.Count;
        _lotSizes = [.. venue.Catalog.Instruments.Select(instrument => (double)instrument.LotSize)];
        _buckets = new BucketMap(venue.Catalog, [.. book.Buckets.Values]);
        _groups.Clear();
        _changed.Clear();
        _limits = [.. book.Terms.Values.Select(terms => new WatchedLimit(terms, GroupOf(terms, instruments), Covered(terms)))];
        _ungrouped = false;
        for (int account = 0; account < venue.Accounts.Count; account++) Count(account, venue.Judgement.Positions, 1);
    }

    private GroupLots? GroupOf(LimitTerms terms, int instruments)
    {
        if (terms.Scope == LimitScope.Each || terms.Measure == Measured.Held) return null;
        if (!_groups.TryGetValue((terms.Scope, terms.Of), out GroupLots? group)) _groups.Add((terms.Scope, terms.Of), group = new GroupLots(instruments));

        return group;
    }

    private bool[] Covered(LimitTerms terms) => [.. venue.Catalog.Instruments.Select((instrument, i) =>
        (terms.Underlying is not { } underlying || venue.Catalog[instrument.Underlying].Id == underlying)
        && (terms.Bucket is not { } bucket || IsIn(bucket, new InstrumentIndex(i))))];

    private bool IsIn(BucketId bucket, InstrumentIndex instrument) =>
        _buckets!.Of(book.Buckets[bucket].Kind, instrument) is >= 0 and var at && _buckets.Buckets[at].Id == bucket;

    private void Count(int account, SparseRows positions, int sign)
    {
        ReadOnlySpan<int> instruments = positions.Columns(account);
        if (instruments.Length == 0) return;

        ReadOnlySpan<double> quantities = positions.Values(account);
        var index = new AccountIndex(account);
        AccountId name = venue.Accounts[index];
        if (name != Consequences.Provider) Count(LimitScope.Venue, null, instruments, quantities, sign);
        Count(LimitScope.Account, name.Value, instruments, quantities, sign);
        Count(LimitScope.Owner, OwnerOf(index) ?? name.Value, instruments, quantities, sign);
        if (venue.Classes.ClassOf(index) is { } @class) Count(LimitScope.Class, @class.Value, instruments, quantities, sign);
    }

    private void Count(LimitScope scope, string? of, ReadOnlySpan<int> instruments, ReadOnlySpan<double> quantities, int sign)
    {
        if (!_groups.TryGetValue((scope, of), out GroupLots? group)) return;

        // Whole lots fit a double exactly, so the rounding only takes the lot size out again.
        for (int i = 0; i < instruments.Length; i++) group.Count(instruments[i], (long)Math.Round(quantities[i] / _lotSizes[instruments[i]]), sign);
        group.Changed = true;
    }
}
