using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Exposure;
using Plimsoll.Risk.Limits;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// The venue's limits, the risk buckets they may name, and how far each is used: a part of the state. What is measured is
/// worked out from positions and prices and kept nowhere.
/// </summary>
public sealed class LimitBook
{
    /// <summary>The most limits.</summary>
    public const int MaxLimits = 1024;

    /// <summary>The most risk buckets.</summary>
    public const int MaxBuckets = 256;

    /// <summary>The place of a breach that is no single account's.</summary>
    private const int Together = -1;

    private readonly SortedDictionary<LimitId, LimitTerms> _terms = [];
    private readonly SortedDictionary<BucketId, RiskBucket> _buckets = [];
    private readonly SortedDictionary<LimitId, SortedDictionary<int, LimitLevel>> _levels = [];

    internal LimitBook(VenueState venue)
    {
        Watch = new LimitWatch(venue, this);
        Check = new LimitCheck(venue, Watch);
    }

    /// <summary>The limits, by name.</summary>
    public IReadOnlyDictionary<LimitId, LimitTerms> Terms => _terms;

    /// <summary>The risk buckets, by name.</summary>
    public IReadOnlyDictionary<BucketId, RiskBucket> Buckets => _buckets;

    /// <summary>Whether there is any limit to hold.</summary>
    public bool Any => _terms.Count > 0;

    /// <summary>What a trade would do to the limits.</summary>
    public LimitCheck Check { get; }

    /// <summary>What every limit measures now.</summary>
    internal LimitWatch Watch { get; }

    /// <summary>How far a limit is used, as far as it has been said.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="account">Whose, where the limit holds every account by itself.</param>
    public LimitLevel LevelOf(LimitId limit, AccountIndex? account = null) =>
        _levels.TryGetValue(limit, out SortedDictionary<int, LimitLevel>? levels) ? levels.GetValueOrDefault(account?.Value ?? Together) : LimitLevel.Within;

    /// <summary>How many breaches of a limit there are: more than one only where it holds every account by itself.</summary>
    public int BreachesOf(LimitId limit) => _levels.TryGetValue(limit, out SortedDictionary<int, LimitLevel>? levels) ? levels.Count : 0;

    /// <summary>
    /// What each limit measures, by name: of one that holds every account by itself the accounts that use it most.
    /// On the kernel's thread; empty before risk parameters are set.
    /// </summary>
    /// <param name="most">The most accounts of one limit.</param>
    public IReadOnlyList<LimitReading> Readings(int most = 10) => Watch.Readings(most);

    internal IEnumerable<AccountIndex> BreachedBy(LimitId limit) =>
        _levels.TryGetValue(limit, out SortedDictionary<int, LimitLevel>? levels) ? levels.Keys.Where(at => at != Together).Select(at => new AccountIndex(at)) : [];

    internal void Set(LimitTerms terms)
    {
        _terms[terms.Id] = terms;
        _levels.Remove(terms.Id);
        Watch.Regroup();
    }

    internal void Drop(LimitId limit)
    {
        _terms.Remove(limit);
        _levels.Remove(limit);
        Watch.Regroup();
    }

    internal void Set(RiskBucket bucket)
    {
        _buckets[bucket.Id] = bucket;
        Watch.Regroup();
    }

    internal void Drop(BucketId bucket)
    {
        _buckets.Remove(bucket);
        Watch.Regroup();
    }

    /// <summary>Accounts were classified anew.</summary>
    internal void Regroup() => Watch.Regroup();

    internal void Mark(LimitId limit, AccountIndex? account, LimitLevel level)
    {
        Law.Holds(_terms.ContainsKey(limit), "a breach is one of a limit");
        if (!_levels.TryGetValue(limit, out SortedDictionary<int, LimitLevel>? levels)) _levels.Add(limit, levels = []);
        if (level == LimitLevel.Within) levels.Remove(account?.Value ?? Together);
        else levels[account?.Value ?? Together] = level;
        if (levels.Count == 0) _levels.Remove(limit);
    }

    /// <summary>Every level above within: limit, place and level, in order.</summary>
    internal IEnumerable<(LimitId Limit, int Place, LimitLevel Level)> Levels =>
        _levels.SelectMany(limit => limit.Value.Select(level => (limit.Key, level.Key, level.Value)));

    internal void Restore(LimitId limit, int place, LimitLevel level) => Mark(limit, place == Together ? null : new AccountIndex(place), level);
}
