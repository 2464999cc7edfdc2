using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Matching;

/// <summary>How soon what lies at a place can be paid out.</summary>
/// <param name="Place">One of <see cref="Funds.Places"/>.</param>
/// <param name="LatencyHours">Hours from the call until it could be paid: signing ceremonies, unbonding queues, recall terms.</param>
/// <param name="Rail">When the way out is open; none for ways that never close.</param>
/// <param name="Asset">The one asset the rule is for; none for all that have no rule of their own.</param>
public sealed record AvailabilityRule(Fund Place, int LatencyHours, OpeningHours? Rail = null, AssetId? Asset = null);

/// <summary>
/// How soon the venue's coins can be paid out, place by place. Everything is called at once, when the question is asked:
/// first the latency passes by the clock, then the rail must be open; what has become available stays so.
/// </summary>
public sealed class AvailabilityRules
{
    /// <summary>The longest latency: ten years.</summary>
    public const int MaxLatencyHours = 87_600;

    private readonly SortedDictionary<(Fund Place, AssetId Asset), AvailabilityRule> _rules = [];

    /// <summary>A set of rules.</summary>
    /// <param name="rules">For every place one that holds for all assets, and any number for single assets.</param>
    /// <exception cref="InputException">A place without a rule, a rule twice, a fund that is no place, or a latency out of range.</exception>
    public AvailabilityRules(IEnumerable<AvailabilityRule> rules)
    {
        foreach (AvailabilityRule rule in rules)
        {
            if (!Funds.Places.Contains(rule.Place)) throw new InputException("availability place", $"{rule.Place} is not a place where coins lie");
            if (rule.LatencyHours is < 0 or > MaxLatencyHours)
                throw new InputException($"availability {rule.Place} latency", $"found {rule.LatencyHours} hours, expected 0 to {MaxLatencyHours}");
            if (!_rules.TryAdd((rule.Place, rule.Asset ?? default), rule))
                throw new InputException($"availability {rule.Place}", $"found two rules for {rule.Asset?.Value ?? "all assets"}");
        }

        foreach (Fund place in Funds.Places)
            if (!_rules.ContainsKey((place, default))) throw new InputException($"availability {place}", "found no rule that holds for all assets");
    }

    /// <summary>
    /// The house's assumptions until a venue states its own: hot at once, cold in a day, staked in a week, lent in three
    /// days, banks at once from 08:00 to 18:00 in London on working days.
    /// </summary>
    public static AvailabilityRules Default { get; } = new(
    [
        new AvailabilityRule(Fund.Hot, 0),
        new AvailabilityRule(Fund.Cold, 24),
        new AvailabilityRule(Fund.Staked, 168),
        new AvailabilityRule(Fund.Lent, 72),
        new AvailabilityRule(Fund.Bank, 0, new OpeningHours("Europe/London", new TimeOnly(8, 0), new TimeOnly(18, 0), OpeningHours.WorkingDays)),
    ]);

    /// <summary>The rule for an asset at a place: its own, else the one for all assets.</summary>
    public AvailabilityRule For(Fund place, AssetId asset) =>
        _rules.TryGetValue((place, asset), out AvailabilityRule? own) ? own : _rules[(place, default)];

    /// <summary>When an asset at a place can be paid out, if it is called now.</summary>
    public Instant AvailableAt(Fund place, AssetId asset, Instant now)
    {
        AvailabilityRule rule = For(place, asset);
        var ready = new Instant(checked(now.UnixMicroseconds + (rule.LatencyHours * Instant.MicrosecondsPerHour)));

        return rule.Rail is { } rail ? rail.FirstOpen(ready) : ready;
    }
}
