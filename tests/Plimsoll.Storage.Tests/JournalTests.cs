using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Plimsoll.Engine.Journal;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Storage.Tests;

public class JournalTests
{
    [Fact]
    public void What_is_appended_is_read_back_field_by_field_and_in_order()
    {
        using Venue venue = new();
        using SqliteJournalStore store = venue.Open();
        JournalEntry[] entries = Venue.Entries(store, 2500);

        store.Append(entries.AsSpan(0, 1));
        store.Append(entries.AsSpan(1));

        store.LastSequence.ShouldBe(2500);
        store.LastHash.ShouldBe(entries[^1].Hash);
        ShouldBeTheSame(store.ReadFrom(1), entries);
        ShouldBeTheSame(store.ReadFrom(2400), entries[2399..]);
        store.ReadFrom(2501).ShouldBeEmpty();
        store.ReadFrom(9999).ShouldBeEmpty();
    }

    [Fact]
    public void A_command_of_the_venue_itself_has_no_account_and_no_id_and_may_have_no_text()
    {
        using Venue venue = new();
        using SqliteJournalStore store = venue.Open();
        JournalEntry entry = JournalEntry.Chained(Hash256.Zero, 1, new Instant(-5), default, default, ushort.MaxValue, default, default);

        store.Append([entry]);

        ShouldBeTheSame(store.ReadFrom(1), [entry]);
        store.Verify().ShouldBeNull();
    }

    [Fact]
    public void A_large_command_survives()
    {
        using Venue venue = new();
        using SqliteJournalStore store = venue.Open();
        JournalEntry[] entries = Venue.Entries(store, 3, padding: 3_000_000);

        store.Append(entries);

        ShouldBeTheSame(store.ReadFrom(1), entries);
    }

    [Fact]
    public void A_reopened_venue_goes_on_where_it_stopped()
    {
        using Venue venue = Venue.With(10);

        using (SqliteJournalStore again = venue.Open())
        {
            again.LastSequence.ShouldBe(10);
            again.Append(Venue.Entries(again, 5));
        }

        using SqliteJournalStore store = venue.Open();
        store.LastSequence.ShouldBe(15);
        store.Verify().ShouldBeNull();
    }

    [Fact]
    public void The_hash_of_an_entry_is_the_SHA_256_the_design_states()
    {
        using MemoryJournalStore store = new();
        JournalEntry[] entries = Venue.Entries(store, 2, padding: 2000);
        JournalEntry entry = entries[1];

        using MemoryStream encoding = new();
        encoding.Write(Convert.FromHexString(entries[0].Hash.ToString()));
        WriteLong(encoding, 2);
        WriteLong(encoding, 1_583_971_202_000_000); // 2020-03-12T00:00:02Z
        WriteText(encoding, Encoding.UTF8.GetBytes("account-2"));
        WriteText(encoding, Encoding.UTF8.GetBytes("c-2"));
        encoding.Write([2, 0]);
        WriteText(encoding, entry.Command.ToArray());
        WriteText(encoding, entry.Events.ToArray());

        entry.Hash.ToString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(encoding.ToArray())));
    }

    [Fact]
    public void A_batch_that_leaves_a_gap_or_starts_elsewhere_breaks_a_law_and_appends_nothing()
    {
        using Venue venue = Venue.With(3);
        using SqliteJournalStore store = venue.Open();
        JournalEntry[] next = Venue.Entries(store, 3);

        Should.Throw<LawBrokenException>(() => store.Append(next.AsSpan(1)));
        Should.Throw<LawBrokenException>(() => store.Append([next[0], next[2]]));
        Should.Throw<LawBrokenException>(() => store.Append([next[0] with { Outcome = 9 }]));

        store.LastSequence.ShouldBe(3);
        store.Append(next);
        store.Verify().ShouldBeNull();
    }

    [Fact]
    public void A_journal_refuses_to_be_changed_by_hand()
    {
        using Venue venue = Venue.With(3);

        Should.Throw<ShouldAssertException>(() => venue.Tamper("UPDATE journal SET outcome = 0")).Message.ShouldContain("append-only");
        Should.Throw<ShouldAssertException>(() => venue.Tamper("DELETE FROM journal WHERE seq = 3")).Message.ShouldContain("append-only");
    }

    [Fact]
    public void A_journal_can_be_read_while_it_grows()
    {
        using Venue venue = Venue.With(1500);
        using SqliteJournalStore store = venue.Open();

        long seen = 0;
        foreach (JournalEntry entry in store.ReadFrom(1))
        {
            if (entry.Sequence == 700) store.Append(Venue.Entries(store, 100));
            seen = entry.Sequence;
        }

        seen.ShouldBe(1600);
    }

    [Fact]
    public void The_store_in_memory_and_the_one_on_disk_answer_alike()
    {
        using Venue venue = new();
        using SqliteJournalStore disk = venue.Open();
        using MemoryJournalStore memory = new();

        foreach (IJournalStore store in (IJournalStore[])[disk, memory])
        {
            JournalEntry[] entries = Venue.Entries(store, 20);
            store.Append(entries.AsSpan(0, 8));
            store.Append([]);
            store.Append(entries.AsSpan(8));
            Should.Throw<LawBrokenException>(() => store.Append([entries[3]]));
            Should.Throw<LawBrokenException>(() => store.SaveSnapshot(new SnapshotRecord(1, 4, default, store.LastHash, default, default)));
            Should.Throw<ArgumentOutOfRangeException>(() => store.ReadFrom(0));
            for (int i = 0; i < 20; i += 4)
                store.SaveSnapshot(new SnapshotRecord(1, i + 1, new Instant(i), entries[i].Hash, entries[i].Hash, new byte[i]));
        }

        memory.LastHash.ShouldBe(disk.LastHash);
        ShouldBeTheSame(memory.ReadFrom(5), [.. disk.ReadFrom(5)]);
        memory.ReadFrom(21).ShouldBeEmpty();
        foreach (long notAfter in (long[])[20, 16, 12, 9, 8, 0])
            memory.LatestSnapshot(notAfter)?.Sequence.ShouldBe(disk.LatestSnapshot(notAfter)?.Sequence ?? -1);
    }

    internal static void ShouldBeTheSame(IEnumerable<JournalEntry> read, IReadOnlyList<JournalEntry> written)
    {
        JournalEntry[] found = [.. read];
        found.Length.ShouldBe(written.Count);
        for (int i = 0; i < found.Length; i++)
        {
            found[i].Command.ToArray().ShouldBe(written[i].Command.ToArray());
            found[i].Events.ToArray().ShouldBe(written[i].Events.ToArray());
            (found[i] with { Command = default, Events = default }).ShouldBe(written[i] with { Command = default, Events = default });
        }
    }

    private static void WriteLong(Stream stream, long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void WriteText(Stream stream, byte[] utf8)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, utf8.Length);
        stream.Write(bytes);
        stream.Write(utf8);
    }
}
