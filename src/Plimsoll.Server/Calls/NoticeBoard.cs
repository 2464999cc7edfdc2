using Plimsoll.Engine.Commands;
using Plimsoll.Server.Projections;

namespace Plimsoll.Server.Calls;

/// <summary>A notice as it stands now.</summary>
/// <param name="Notice">What people were told.</param>
/// <param name="AcknowledgedBy">Who acknowledged it; none where nobody has, or nobody is asked to.</param>
/// <param name="AcknowledgedAt">When, the venue's time.</param>
/// <param name="ClosedAt">When what it says was over; none while it stands.</param>
internal sealed record PostedNotice(Notice Notice, string? AcknowledgedBy = null, string? AcknowledgedAt = null, string? ClosedAt = null)
{
    /// <summary>Whether it waits for somebody.</summary>
    public bool IsOpen => Notice.Acknowledge && AcknowledgedBy is null && ClosedAt is null;
}

/// <summary>
/// The latest notices with what became of them, for the page. It is filled from the journal's tail after a restart, and by
/// one thread from then on; anybody reads.
/// </summary>
internal sealed class NoticeBoard
{
    /// <summary>The notices that are kept.</summary>
    public const int Most = 5000;

    private readonly Lock _gate = new();
    private readonly LinkedList<PostedNotice> _notices = [];

    // By account, looked up and never enumerated: the call that stands.
    private readonly Dictionary<string, LinkedListNode<PostedNotice>> _calls = new(StringComparer.Ordinal);
    private int _open;

    /// <summary>How many calls nobody has acknowledged.</summary>
    public int Open
    {
        get
        {
            lock (_gate) return _open;
        }
    }

    /// <summary>Puts up what a line of the feed says, where people are told of it.</summary>
    public Notice? Post(FeedEvent line, int place, Event happened)
    {
        if (Notice.Of(line, place) is not { } notice) return null;

        Post(notice, (happened as CallAcknowledged)?.By.Value);

        return notice;
    }

    /// <summary>Puts a notice up.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="by">Who acknowledged, where it says that somebody has.</param>
    public void Post(Notice notice, string? by)
    {
        lock (_gate)
        {
            if (notice is { Kind: Notice.Acknowledged, Account: { } seen }) Change(seen, call => call with { AcknowledgedBy = by, AcknowledgedAt = notice.Time }, over: false);
            if (notice is { EndsCall: true, Account: { } over }) Change(over, call => call with { ClosedAt = notice.Time }, over: true);
            LinkedListNode<PostedNotice> node = _notices.AddFirst(new PostedNotice(notice));
            if (notice is { Kind: Notice.Call, Account: { } called })
            {
                Change(called, call => call with { ClosedAt = notice.Time }, over: true);
                _calls[called] = node;
                _open++;
            }

            if (_notices.Count > Most) Drop(_notices.Last!);
        }
    }

    /// <summary>The newest, newest first.</summary>
    /// <param name="most">At most so many.</param>
    /// <param name="account">Of one account only.</param>
    /// <param name="openOnly">Only what waits for somebody.</param>
    public IReadOnlyList<PostedNotice> Newest(int most, string? account = null, bool openOnly = false)
    {
        lock (_gate)
            return [.. _notices.Where(posted => (account is null || posted.Notice.Account == account) && (!openOnly || posted.IsOpen)).Take(most)];
    }

    private void Change(string account, Func<PostedNotice, PostedNotice> change, bool over)
    {
        if (!_calls.TryGetValue(account, out LinkedListNode<PostedNotice>? node)) return;

        bool wasOpen = node.Value.IsOpen;
        node.Value = change(node.Value);
        if (wasOpen && !node.Value.IsOpen) _open--;
        if (over) _calls.Remove(account);
    }

    private void Drop(LinkedListNode<PostedNotice> node)
    {
        if (node.Value.IsOpen) _open--;
        if (node.Value.Notice.Account is { } account && _calls.TryGetValue(account, out LinkedListNode<PostedNotice>? call) && call == node) _calls.Remove(account);
        _notices.Remove(node);
    }
}
