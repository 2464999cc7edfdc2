using Plimsoll.Engine.Journal;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Storage.Tests;

public class FullDiskTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void An_append_that_does_not_fit_leaves_nothing_and_stops_the_store()
    {
        using Venue venue = Venue.With(100);
        using (SqliteJournalStore store = venue.Open(largestBytes: Megabyte))
        {
            JournalEntry[] tooMuch = Venue.Entries(store, 2000, padding: 1000);

            Should.Throw<JournalFailedException>(() => store.Append(tooMuch)).Message.ShouldContain("full");

            store.LastSequence.ShouldBe(100);
            store.ReadFrom(1).Count().ShouldBe(100);
            Should.Throw<JournalFailedException>(() => store.Append(tooMuch.AsSpan(0, 1))).Message.ShouldContain("earlier append failed");
            Should.Throw<JournalFailedException>(() => store.SaveSnapshot(new SnapshotRecord(1, 100, default, store.LastHash, default, default)));
        }

        using SqliteJournalStore again = venue.Open();
        again.LastSequence.ShouldBe(100);
        again.Append(Venue.Entries(again, 10));
        again.Verify().ShouldBeNull();
    }

    [Fact]
    public void A_snapshot_that_does_not_fit_leaves_the_journal_at_work()
    {
        using Venue venue = Venue.With(100);
        using SqliteJournalStore store = venue.Open(largestBytes: Megabyte);
        byte[] state = new byte[8 * Megabyte];
        ulong noise = 88172645463325252;
        for (int i = 0; i < state.Length; i++)
        {
            noise ^= noise << 13;
            noise ^= noise >> 7;
            noise ^= noise << 17;
            state[i] = unchecked((byte)noise);
        }

        Should.Throw<JournalFailedException>(() => store.SaveSnapshot(new SnapshotRecord(1, 100, default, store.LastHash, default, state)));

        store.LatestSnapshot().ShouldBeNull();
        store.Append(Venue.Entries(store, 10));
        store.LastSequence.ShouldBe(110);
    }

    [Fact]
    public void A_venue_whose_table_vanished_under_it_stops()
    {
        using Venue venue = Venue.With(10);
        using SqliteJournalStore store = venue.Open();
        venue.Tamper("DROP TABLE journal");

        Should.Throw<JournalFailedException>(() => store.Append(Venue.Entries(store, 1)));
        store.LastSequence.ShouldBe(10);
    }
}
