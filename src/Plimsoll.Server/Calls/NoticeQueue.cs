namespace Plimsoll.Server.Calls;

/// <summary>
/// The bounded queue between the engine's writing thread, which must never wait, and the outbox. What finds no room is not
/// kept; that something was lost is, and all of it is in the journal.
/// </summary>
internal sealed class NoticeQueue(int most)
{
    private readonly Lock _gate = new();
    private List<Notice> _waiting = [];
    private long _reached;
    private bool _lost;

    /// <summary>Takes a notice, if there is room.</summary>
    public void Offer(Notice notice)
    {
        lock (_gate)
        {
            if (_lost) return;
            if (_waiting.Count < most)
            {
                _waiting.Add(notice);

                return;
            }

            _lost = true;
            _waiting = [];
        }
    }

    /// <summary>Says that what was drained was lost on its way.</summary>
    public void Lose()
    {
        lock (_gate) (_lost, _waiting) = (true, []);
    }

    /// <summary>Says that every notice up to a journal entry has been offered.</summary>
    public void Reach(long sequence)
    {
        lock (_gate) _reached = Math.Max(_reached, sequence);
    }

    /// <summary>What waits, and up to which journal entry that is everything; or that something was lost.</summary>
    public (IReadOnlyList<Notice> Notices, long Reached, bool Lost) Drain()
    {
        lock (_gate)
        {
            // Of an entry that is being told some may be missing still: it is read up to the one before.
            (List<Notice> taken, bool lost) = (_waiting, _lost);
            (_waiting, _lost) = ([], false);

            return (taken, _reached, lost);
        }
    }
}
