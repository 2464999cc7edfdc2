using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>
/// What persons have ordered about the liquidation of single accounts: what waits for its second person and what is in
/// force. Of one account at most one order is in force. There is no exemption that is not in here, and none in here that
/// is not in the journal, with both persons and the reason.
/// </summary>
public sealed class OverrideBook
{
    /// <summary>The most that may wait or be in force at once.</summary>
    public const int MaxOpen = 4096;

    /// <summary>The longest reason or note, in characters.</summary>
    public const int MaxReason = 256;

    private const string Section = "OVRD";
    private const ushort Version = 1;

    private readonly VenueState _venue;
    private readonly SortedDictionary<int, LiquidationOverride> _open = [];
    private readonly SortedDictionary<int, int> _inForce = [];

    internal OverrideBook(VenueState venue) => _venue = venue;

    /// <summary>How long a proposal waits for its second person.</summary>
    public static TimeSpan ConfirmWithin { get; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest hold; a longer one needs two persons again.</summary>
    public static TimeSpan LongestHold { get; } = TimeSpan.FromHours(24);

    /// <summary>How long the order to liquidate now stands.</summary>
    public static TimeSpan OrderStands { get; } = TimeSpan.FromHours(1);

    /// <summary>What waits and what is in force, by number.</summary>
    public IReadOnlyCollection<LiquidationOverride> Open => _open.Values;

    /// <summary>The number the last one was given; 0 before the first.</summary>
    public int LastNumber { get; private set; }

    /// <summary>The next time at which one of them ends by itself; none where nothing waits or is in force.</summary>
    public Instant? NextDue => _open.Count == 0 ? null : _open.Values.Min(order => order.EndsAt);

    /// <summary>One that waits or is in force.</summary>
    public LiquidationOverride? Find(int number) => _open.GetValueOrDefault(number);

    /// <summary>What is in force about an account.</summary>
    public LiquidationOverride? InForce(AccountIndex account) =>
        _inForce.Count > 0 && _inForce.TryGetValue(account.Value, out int number) ? _open[number] : null;

    /// <summary>
    /// Whether an account must not be liquidated now: two persons hold it, their time has not come to an end, and it still
    /// has more than the bound of its own. Who has nothing left is held by nobody: a bankruptcy is always recognised.
    /// </summary>
    public bool Holds(AccountIndex account) =>
        InForce(account) is { Kind: OverrideKind.HoldLiquidation } hold && _venue.Now < hold.Until && !IsGone(hold);

    /// <summary>Whether two persons have ordered that an account be liquidated without waiting for the deadline of its call.</summary>
    public bool Orders(AccountIndex account) =>
        InForce(account) is { Kind: OverrideKind.LiquidateNow } order && _venue.Now < order.Until;

    /// <summary>Ends what has come to the end of its time, before a command is decided; says whether anything did.</summary>
    internal bool Expire(Action<Event> happen) => End(happen, EndOfTime);

    /// <summary>Ends what the prices have ended, before anything follows from them.</summary>
    internal void Follow(Action<Event> happen)
    {
        if (_venue.Judgement.Model is not null) End(happen, EndByJudgement);
    }

    internal void Propose(LiquidationOverride order)
    {
        Law.Holds(order.Number == LastNumber + 1, "overrides are numbered without a gap");
        LastNumber = order.Number;
        _open.Add(order.Number, order);
    }

    internal void Confirm(int number, AccountId by)
    {
        LiquidationOverride order = Standing(number);
        Law.Holds(!order.IsConfirmed && order.ProposedBy != by, "an override is confirmed once, by a second person");
        Law.Holds(!_inForce.ContainsKey(order.Account.Value), "of one account one override is in force");
        if (order.Kind == OverrideKind.Release)
        {
            _open.Remove(number);

            return;
        }

        _open[number] = order with { ConfirmedBy = by };
        _inForce.Add(order.Account.Value, number);
    }

    internal void End(int number)
    {
        LiquidationOverride order = Standing(number);
        if (order.IsConfirmed) _inForce.Remove(order.Account.Value);
        _open.Remove(number);
    }

    internal void Write(StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInt(LastNumber);
        writer.WriteInt(_open.Count);
        foreach (LiquidationOverride order in _open.Values)
        {
            writer.WriteInt(order.Number);
            writer.WriteInt(order.Account.Value);
            writer.WriteByte((byte)order.Kind);
            writer.WriteText(order.Reason);
            writer.WriteText(order.ProposedBy.Value);
            writer.WriteInstant(order.ProposedAt);
            writer.WriteInstant(order.ConfirmBefore);
            writer.WriteInstant(order.Until);
            writer.WriteDouble(order.EquityBound);
            writer.WriteText(order.ConfirmedBy?.Value ?? "");
        }
    }

    internal void Read(StateReader reader)
    {
        reader.Section(Section, Version);
        LastNumber = reader.ReadInt();
        for (int left = reader.ReadCount(50); left > 0; left--)
        {
            var order = new LiquidationOverride(
                reader.ReadInt(),
                new AccountIndex(reader.ReadInt()),
                (OverrideKind)reader.ReadByte(),
                reader.ReadText(4 * MaxReason),
                new AccountId(reader.ReadText(Identifier.MaxLength)),
                reader.ReadInstant(),
                reader.ReadInstant(),
                reader.ReadInstant(),
                reader.ReadDouble(),
                reader.ReadText(Identifier.MaxLength) is { Length: > 0 } by ? new AccountId(by) : null);
            _open.Add(order.Number, order);
            if (order.IsConfirmed) _inForce.Add(order.Account.Value, order.Number);
        }
    }

    private bool End(Action<Event> happen, Func<LiquidationOverride, OverrideEnding?> ask)
    {
        if (_open.Count == 0) return false;

        bool any = false;
        foreach (LiquidationOverride order in _open.Values.ToArray())
        {
            if (ask(order) is not { } ending) continue;

            happen(new OverrideEnded(order.Number, _venue.Accounts[order.Account], ending));
            any = true;
        }

        return any;
    }

    private OverrideEnding? EndOfTime(LiquidationOverride order) =>
        _venue.Now < order.EndsAt ? null : order.IsConfirmed ? OverrideEnding.Expired : OverrideEnding.Unconfirmed;

    private OverrideEnding? EndByJudgement(LiquidationOverride order)
    {
        if (!order.IsConfirmed) return null;
        if (order.Kind == OverrideKind.HoldLiquidation) return IsGone(order) ? OverrideEnding.EquityGone : null;

        return _venue.Judgement.Of(order.Account).InitialHealth >= 0 ? OverrideEnding.Recovered : null;
    }

    // Not "below": an account whose equity is exactly nothing has nothing to lose by waiting, and others have.
    private bool IsGone(LiquidationOverride hold) =>
        _venue.Judgement.Model is not null && _venue.Judgement.Of(hold.Account) is var verdict && !(verdict.Equity > hold.EquityBound);

    private LiquidationOverride Standing(int number) =>
        Find(number) ?? throw new LawBrokenException($"an event names an override that waits or is in force, not number {number}");
}
