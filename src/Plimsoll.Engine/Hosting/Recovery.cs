using Plimsoll.Engine.Journal;
using Plimsoll.Units;

namespace Plimsoll.Engine.Hosting;

/// <summary>Brings a kernel to where its journal ends.</summary>
public static class Recovery
{
    /// <summary>
    /// Restores the newest snapshot that reads and applies the entries after it; without one, applies the whole journal.
    /// </summary>
    /// <param name="store">The journal.</param>
    /// <param name="threads">Threads that judge accounts.</param>
    /// <param name="progress">Told how many entries have been applied, now and then.</param>
    /// <exception cref="InputException">The journal or the snapshot does not read, or the chain is broken.</exception>
    public static VenueKernel Recover(IJournalStore store, int threads = 1, Action<long>? progress = null)
    {
        return Continue(store, Restored(store), threads, progress, verify: false);
    }

    /// <summary>
    /// Applies the whole journal from its start, or with <paramref name="verify"/> decides every command again and
    /// demands the same events to the byte.
    /// </summary>
    public static VenueKernel FromStart(IJournalStore store, bool verify, int threads = 1, Action<long>? progress = null) =>
        Continue(store, new VenueKernel(), threads, progress, verify);

    private static VenueKernel Restored(IJournalStore store)
    {
        long notAfter = long.MaxValue;
        while (store.LatestSnapshot(notAfter) is { } snapshot)
        {
            try
            {
                return Snapshots.Restore(snapshot);
            }
            catch (InputException)
            {
                // A snapshot only shortens replay: one that does not read is passed over for an older one.
                notAfter = snapshot.Sequence - 1;
            }
        }

        return new VenueKernel();
    }

    private static VenueKernel Continue(IJournalStore store, VenueKernel kernel, int threads, Action<long>? progress, bool verify)
    {
        const int ReportEvery = 4096;
        kernel.State.Judgement.Threads = threads;
        foreach (JournalEntry entry in store.ReadFrom(kernel.Sequence + 1))
        {
            if (verify) kernel.Verify(entry);
            else kernel.Replay(entry);
            if (entry.Sequence % ReportEvery == 0) progress?.Invoke(entry.Sequence);
        }

        Audit.Full(kernel.State);
        progress?.Invoke(kernel.Sequence);

        return kernel;
    }
}
