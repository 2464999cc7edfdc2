using System.Text;
using Plimsoll.Engine.Journal;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Storage.Tests;

public class ChainTests
{
    private const string Unguard = "DROP TRIGGER journal_is_never_changed; DROP TRIGGER journal_is_never_cut;";

    [Theory]
    [InlineData("at = at + 1")]
    [InlineData("\"by\" = 'account-0'")]
    [InlineData("\"by\" = 'no account!'")]
    [InlineData("id = 'c-1500x'")]
    [InlineData("id = ''")]
    [InlineData("outcome = 1 - outcome")]
    [InlineData("outcome = 65536")]
    [InlineData("command = replace(command, '1500', '1501')")]
    [InlineData("events = events || ' '")]
    [InlineData("hash = x'00' || substr(hash, 2)")]
    [InlineData("hash = x'00'")]
    public void A_change_in_any_column_is_found_at_its_entry(string change)
    {
        using Venue venue = Venue.With(3000);
        venue.Tamper($"{Unguard} UPDATE journal SET {change} WHERE seq = 1500");

        using SqliteJournalStore store = venue.Open();

        store.Verify()!.Sequence.ShouldBe(1500);
        Should.Throw<InputException>(() => store.ReadFrom(1).Count()).Message.ShouldContain("entry 1500");
        store.ReadFrom(1).Take(1499).Count().ShouldBe(1499);
    }

    [Theory]
    [InlineData("DELETE FROM journal WHERE seq = 1500")]
    [InlineData("UPDATE journal SET seq = 4000 WHERE seq = 1500")]
    public void A_missing_entry_is_found_at_its_place(string change)
    {
        using Venue venue = Venue.With(3000);
        venue.Tamper($"{Unguard} {change}");

        ChainFault? fault = null;
        try
        {
            using SqliteJournalStore store = venue.Open();
            fault = store.Verify();
        }
        catch (InputException refused)
        {
            // An entry moved behind the end is met on opening already.
            refused.Message.ShouldContain("entry 3999");

            return;
        }

        fault!.Sequence.ShouldBe(1500);
    }

    [Fact]
    public void A_flipped_byte_of_the_file_itself_is_found_at_its_entry()
    {
        using Venue venue = Venue.With(3000);
        byte[] bytes = File.ReadAllBytes(venue.File);
        int place = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("\"deposit\",\"amount\":\"1234\""));
        place.ShouldBeGreaterThan(0);
        bytes[place + 3] ^= 1;
        File.WriteAllBytes(venue.File, bytes);

        using SqliteJournalStore store = venue.Open();

        store.Verify()!.Sequence.ShouldBe(1234);
    }

    [Fact]
    public void A_page_of_noise_is_a_fault_of_the_input_and_not_a_crash()
    {
        using Venue venue = Venue.With(3000);
        byte[] bytes = File.ReadAllBytes(venue.File);
        int place = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("\"amount\":\"1234\"")) / 8192 * 8192;
        bytes.AsSpan(place, 8192).Fill(0xA5);
        File.WriteAllBytes(venue.File, bytes);

        using SqliteJournalStore store = venue.Open();

        store.Verify()!.Sequence.ShouldBeInRange(1100, 1234);
        Should.Throw<InputException>(() => store.ReadFrom(1).Count()).Message.ShouldContain(venue.File);
    }

    [Theory]
    [InlineData("outcome = 7")]
    [InlineData("hash = zeroblob(32)")]
    public void A_damaged_last_entry_is_refused_on_opening(string change)
    {
        using Venue venue = Venue.With(30);
        venue.Tamper($"{Unguard} UPDATE journal SET {change} WHERE seq = 30");

        Should.Throw<InputException>(() => venue.Open()).Message.ShouldContain("entry 30");
    }

    [Fact]
    public void An_entry_forged_with_a_hash_that_fits_is_found_at_the_next_one()
    {
        using Venue venue = Venue.With(30);
        JournalEntry[] honest;
        using (SqliteJournalStore store = venue.Open()) honest = [.. store.ReadFrom(1)];
        JournalEntry old = honest[9];
        byte[] command = Encoding.UTF8.GetBytes("{}");
        JournalEntry forged = JournalEntry.Chained(honest[8].Hash, 10, old.At, old.By, old.Id, old.Outcome, command, old.Events);
        venue.Tamper($"{Unguard} UPDATE journal SET command = '{{}}', hash = x'{forged.Hash}' WHERE seq = 10");

        using SqliteJournalStore again = venue.Open();

        again.Verify()!.Sequence.ShouldBe(11);
    }
}
