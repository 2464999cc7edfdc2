using Plimsoll.Engine.Journal;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Storage.Tests;

public class SnapshotTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4 << 20)]
    [InlineData((9 << 20) + 17)]
    public void A_snapshot_comes_back_byte_for_byte(int size)
    {
        using Venue venue = Venue.With(5);
        SnapshotRecord written;
        using (SqliteJournalStore store = venue.Open())
        {
            written = Of(store, 5, size);
            store.SaveSnapshot(written);
        }

        using SqliteJournalStore again = venue.Open();
        SnapshotRecord read = again.LatestSnapshot()!;

        read.State.Span.SequenceEqual(written.State.Span).ShouldBeTrue();
        (read with { State = default }).ShouldBe(written with { State = default });
        again.SnapshotNotes.ShouldBeEmpty();
    }

    [Fact]
    public void A_snapshot_may_come_before_the_first_entry()
    {
        using Venue venue = new();
        using SqliteJournalStore store = venue.Open();

        store.SaveSnapshot(Of(store, 0, 10));

        store.LatestSnapshot()!.Sequence.ShouldBe(0);
    }

    [Fact]
    public void The_last_three_are_kept_and_one_of_the_same_entry_is_replaced()
    {
        using Venue venue = Venue.With(10);
        using SqliteJournalStore store = venue.Open();

        foreach (long sequence in (long[])[2, 4, 6, 8, 8]) store.SaveSnapshot(Of(store, sequence, 100));

        store.LatestSnapshot()!.Sequence.ShouldBe(8);
        store.LatestSnapshot(notAfter: 7)!.Sequence.ShouldBe(6);
        store.LatestSnapshot(notAfter: 4)!.Sequence.ShouldBe(4);
        store.LatestSnapshot(notAfter: 3).ShouldBeNull();
        store.SnapshotNotes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("UPDATE snapshots SET format = 99 WHERE seq = 8", "format is 99")]
    [InlineData("UPDATE snapshots SET at = at + 1 WHERE seq = 8", "do not match their hash")]
    [InlineData("UPDATE snapshots SET state_hash = zeroblob(32) WHERE seq = 8", "do not match their hash")]
    [InlineData("UPDATE snapshots SET journal_hash = zeroblob(32) WHERE seq = 8", "do not match their hash")]
    [InlineData("UPDATE snapshots SET digest = zeroblob(32) WHERE seq = 8", "do not match their hash")]
    [InlineData("UPDATE snapshots SET digest = x'00' WHERE seq = 8", "has 1 bytes")]
    [InlineData("UPDATE snapshots SET size = 99999999 WHERE seq = 8", "inflated")]
    [InlineData("UPDATE snapshots SET size = size - 1 WHERE seq = 8", "do not match their hash")]
    [InlineData("UPDATE snapshot_parts SET bytes = x'FFFF' WHERE seq = 8", "inflated")]
    [InlineData("DELETE FROM snapshot_parts WHERE seq = 8", "has 0 bytes")]
    [InlineData("UPDATE snapshots SET seq = 80 WHERE seq = 8; UPDATE snapshot_parts SET seq = 80 WHERE seq = 8", "do not match their hash")]
    public void A_snapshot_that_cannot_be_used_is_passed_over_with_a_note(string tampering, string reason)
    {
        using Venue venue = Venue.With(10);
        using (SqliteJournalStore store = venue.Open())
        {
            store.SaveSnapshot(Of(store, 4, 100));
            store.SaveSnapshot(Of(store, 8, 100));
        }

        venue.Tamper(tampering);
        using SqliteJournalStore again = venue.Open();

        again.LatestSnapshot()!.Sequence.ShouldBe(4);
        again.SnapshotNotes.Single().ShouldContain(reason);
        again.SnapshotNotes.Single().ShouldContain(venue.File);
    }

    [Fact]
    public void A_snapshot_of_another_journal_is_passed_over()
    {
        using Venue venue = Venue.With(10);
        using Venue other = new();
        using (SqliteJournalStore store = venue.Open()) store.SaveSnapshot(Of(store, 8, 100));
        using (SqliteJournalStore store = other.Open()) store.Append(Venue.Entries(store, 10, padding: 1));
        other.Tamper($"""
            ATTACH '{venue.File}' AS donor;
            INSERT INTO snapshots SELECT * FROM donor.snapshots;
            INSERT INTO snapshot_parts SELECT * FROM donor.snapshot_parts;
            """);

        using SqliteJournalStore again = other.Open();

        again.LatestSnapshot().ShouldBeNull();
        again.SnapshotNotes.Single().ShouldContain("not that of the entry in this journal");
    }

    [Fact]
    public void A_snapshot_of_another_journal_is_not_taken_in()
    {
        using Venue venue = Venue.With(10);
        using SqliteJournalStore store = venue.Open();
        SnapshotRecord snapshot = Of(store, 8, 100);

        Should.Throw<LawBrokenException>(() => store.SaveSnapshot(snapshot with { Sequence = 7 }));
        Should.Throw<LawBrokenException>(() => store.SaveSnapshot(snapshot with { Sequence = 11 }));
        store.LatestSnapshot().ShouldBeNull();
    }

    private static SnapshotRecord Of(SqliteJournalStore store, long sequence, int size)
    {
        byte[] state = new byte[size];
        for (int i = 0; i < size; i++) state[i] = unchecked((byte)((i * 31) ^ (i >> 9)));
        Hash256 journalHash = sequence == 0 ? Hash256.Zero : store.ReadFrom(sequence).First().Hash;

        return new SnapshotRecord(1, sequence, new Instant(sequence * 10), journalHash, Hash256.Of(state), state);
    }
}
