using System.Globalization;
using System.Security.Cryptography;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Storage.Tests;

public class OpeningTests
{
    [Fact]
    public void A_second_writer_is_refused_until_the_first_is_gone()
    {
        using Venue venue = new();
        using (venue.Open())
        {
            string message = Should.Throw<InputException>(() => venue.Open()).Message;
            message.ShouldContain(venue.File);
            message.ShouldContain("another process");
            message.ShouldNotContain("\n");
        }

        venue.Open().Dispose();
    }

    [Fact]
    public void A_closed_venue_is_one_file_and_an_empty_lock()
    {
        using Venue venue = Venue.With(10);

        venue.Names().ShouldBe(["test.venue", "test.venue.lock"]);
        new FileInfo(venue.Beside("test.venue.lock")).Length.ShouldBe(0);
    }

    [Fact]
    public void A_reader_of_a_closed_venue_leaves_no_trace()
    {
        using Venue venue = Venue.With(2000);
        File.Delete(venue.Beside("test.venue.lock"));
        byte[] before = SHA256.HashData(File.ReadAllBytes(venue.File));
        DateTime written = File.GetLastWriteTimeUtc(venue.File);

        using (SqliteJournalStore reader = venue.Open(readOnly: true))
        {
            reader.LastSequence.ShouldBe(2000);
            reader.Verify().ShouldBeNull();
            reader.LatestSnapshot().ShouldBeNull();
            venue.Names().ShouldBe(["test.venue"]);
            Should.Throw<InvalidOperationException>(() => reader.Append(Venue.Entries(reader, 1)));
        }

        venue.Names().ShouldBe(["test.venue"]);
        SHA256.HashData(File.ReadAllBytes(venue.File)).ShouldBe(before);
        File.GetLastWriteTimeUtc(venue.File).ShouldBe(written);
    }

    [Fact]
    public void A_reader_beside_a_writer_sees_what_is_durable()
    {
        using Venue venue = Venue.With(10);
        using SqliteJournalStore writer = venue.Open();
        writer.Append(Venue.Entries(writer, 5));
        using SqliteJournalStore reader = venue.Open(readOnly: true);

        writer.Append(Venue.Entries(writer, 5));

        reader.LastSequence.ShouldBe(15);
        reader.ReadFrom(1).Count().ShouldBe(20);
        reader.Verify().ShouldBeNull();
    }

    [Fact]
    public void A_reader_says_so_when_a_writer_came_under_it()
    {
        using Venue venue = Venue.With(10);
        using SqliteJournalStore reader = venue.Open(readOnly: true);
        using SqliteJournalStore writer = venue.Open();

        Should.Throw<InputException>(() => reader.ReadFrom(1).Count()).Message.ShouldContain("read it again");
    }

    [Fact]
    public void A_missing_directory_is_named()
    {
        using Venue venue = new();
        string path = Path.Combine(venue.Beside("nowhere"), "test.venue");

        Should.Throw<InputException>(() => SqliteJournalStore.Open(path)).Message.ShouldContain("nowhere does not exist");
    }

    [Fact]
    public void A_directory_is_no_venue()
    {
        using Venue venue = new();
        Directory.CreateDirectory(venue.File);

        Should.Throw<InputException>(() => venue.Open()).Message.ShouldContain("directory");
    }

    [Fact]
    public void A_reader_does_not_make_a_venue()
    {
        using Venue venue = new();

        Should.Throw<InputException>(() => venue.Open(readOnly: true)).Message.ShouldContain("no such file");
        venue.Names().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_is_no_database_is_refused_and_left_alone(bool readOnly)
    {
        using Venue venue = new();
        string text = string.Concat(Enumerable.Range(0, 2000).Select(i => $"row {i}\n"));
        File.WriteAllText(venue.File, text);

        Should.Throw<InputException>(() => venue.Open(readOnly)).Message.ShouldContain("not a SQLite database");
        File.ReadAllText(venue.File).ShouldBe(text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Another_program_s_database_is_refused_and_left_alone(bool readOnly)
    {
        using Venue venue = new();
        venue.Tamper("CREATE TABLE songs (name TEXT)");
        byte[] before = File.ReadAllBytes(venue.File);

        Should.Throw<InputException>(() => venue.Open(readOnly)).Message.ShouldContain("not a Plimsoll venue");
        File.ReadAllBytes(venue.File).ShouldBe(before);
    }

    [Theory]
    [InlineData("2", "newer")]
    [InlineData("one", "expected a number")]
    public void A_schema_this_build_does_not_know_is_refused(string schema, string reason)
    {
        using Venue venue = Venue.With(1);
        venue.Tamper($"UPDATE venue SET value = '{schema}' WHERE name = 'schema'");

        Should.Throw<InputException>(() => venue.Open()).Message.ShouldContain(reason);
        Should.Throw<InputException>(() => venue.Open(readOnly: true)).Message.ShouldContain(reason);
    }

    [Fact]
    public void A_venue_without_a_table_is_refused_in_one_line()
    {
        using Venue venue = Venue.With(1);
        venue.Tamper("DROP TABLE journal");

        string message = Should.Throw<InputException>(() => venue.Open()).Message;
        message.ShouldContain("no such table");
        message.ShouldNotContain("\n");
        venue.Tamper("SELECT 1"); // and the lock and the file are free again
    }

    [Fact]
    public void A_read_only_file_is_refused_for_writing_and_fine_for_reading()
    {
        using Venue venue = Venue.With(3);
        File.SetAttributes(venue.File, FileAttributes.ReadOnly);

        Should.Throw<InputException>(() => venue.Open()).Message.ShouldContain("read-only");
        using SqliteJournalStore reader = venue.Open(readOnly: true);
        reader.ReadFrom(1).Count().ShouldBe(3);

        File.SetAttributes(venue.File, FileAttributes.Normal);
    }

    [Fact]
    public void A_venue_says_what_it_is_to_any_SQLite_tool()
    {
        using Venue venue = Venue.With(3);
        byte[] head = File.ReadAllBytes(venue.File)[..100];

        System.Text.Encoding.ASCII.GetString(head, 0, 15).ShouldBe("SQLite format 3");
        System.Text.Encoding.ASCII.GetString(head, 68, 4).ShouldBe("PLIM");
        venue.Tamper("""
            CREATE TEMP TABLE check_it (ok INTEGER CHECK (ok));
            INSERT INTO check_it SELECT value = 'Plimsoll' FROM venue WHERE name = 'product';
            INSERT INTO check_it SELECT count(*) = 3 AND sum(json_extract(command, '$.amount')) = 6 FROM journal;
            """);
    }

    [Fact]
    public void The_SQLite_that_runs_is_new_enough() =>
        int.Parse(SqliteLibrary.Version.Split('.')[1], CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(35);
}
