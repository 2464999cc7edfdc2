using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Storage.Tests;

public sealed class OutboxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plimsoll-outbox-").FullName;

    private string File => Path.Combine(_folder, "venue.outbox");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_put_in_and_how_far_the_journal_was_read_is_there_after_it_is_opened_again()
    {
        using (var outbox = Outbox.Open(File, 7))
        {
            outbox.ReadUpTo.ShouldBe(7);
            outbox.Add([Message(8, 0), Message(8, 1)], [], 8);
        }

        using var again = Outbox.Open(File, 99);
        again.ReadUpTo.ShouldBe(8, "only a new outbox begins where it is told");
        again.Due("desk", 100, 10).Select(due => due.Key).ShouldBe([new MessageKey(8, 0), new MessageKey(8, 1)]);
    }

    [Fact]
    public void A_message_that_is_in_already_is_not_put_in_twice_however_far_it_has_come()
    {
        using var outbox = Outbox.Open(File, 0);
        outbox.Add([Message(1, 0)], [], 1);
        outbox.Settle("desk", [new MessageKey(1, 0)], DeliveryState.Delivered, 0, "");

        outbox.Add([Message(1, 0)], [], 1);

        outbox.Due("desk", 100, 10).ShouldBeEmpty();
        outbox.Count("desk", DeliveryState.Delivered).ShouldBe(1);
        outbox.Count("desk", DeliveryState.Waiting).ShouldBe(0);
    }

    [Fact]
    public void Nothing_is_due_before_its_time_and_a_failed_attempt_is_counted_with_what_it_met()
    {
        using var outbox = Outbox.Open(File, 0);
        outbox.Add([Message(1, 0) with { DueAt = 50 }], [], 1);

        outbox.Due("desk", 49, 10).ShouldBeEmpty();
        outbox.Due("desk", 50, 10).ShouldHaveSingleItem().Attempts.ShouldBe(0);
        outbox.Settle("desk", [new MessageKey(1, 0)], DeliveryState.Waiting, 80, "HTTP 500");
        outbox.Due("desk", 79, 10).ShouldBeEmpty();
        outbox.Due("desk", 80, 10).ShouldHaveSingleItem().Attempts.ShouldBe(1);
        outbox.Newest(10).ShouldHaveSingleItem().Reason.ShouldBe("HTTP 500");
    }

    [Fact]
    public void What_is_over_calls_off_what_waits_about_it_from_before_and_nothing_that_came_after()
    {
        using var outbox = Outbox.Open(File, 0);
        outbox.Add([Message(1, 0) with { Subject = "call:alice" }, Message(3, 0) with { Subject = "call:alice" }, Message(1, 1) with { Subject = "call:bob" }], [("call:alice", 2)], 3);

        outbox.Due("desk", 100, 10).Select(due => due.Key).ShouldBe([new MessageKey(1, 1), new MessageKey(3, 0)]);
        outbox.Count("desk", DeliveryState.NotNeeded).ShouldBe(1);
    }

    [Fact]
    public void What_waits_for_a_receiver_that_is_not_there_any_more_is_given_up_and_says_why()
    {
        using var outbox = Outbox.Open(File, 0);
        outbox.Add([Message(1, 0), Message(1, 0) with { Receiver = "gone" }], [], 1);

        outbox.GiveUpOthers(["desk"], "not configured any more");

        outbox.Newest(10, DeliveryState.Dead).ShouldHaveSingleItem().Reason.ShouldBe("not configured any more");
        outbox.Count("desk", DeliveryState.Waiting).ShouldBe(1);
    }

    [Fact]
    public void The_journals_place_never_goes_back()
    {
        using var outbox = Outbox.Open(File, 10);
        outbox.Add([], [], 5);

        outbox.ReadUpTo.ShouldBe(10);
    }

    [Fact]
    public void A_file_that_is_none_of_ours_is_refused_and_left_as_it_is()
    {
        System.IO.File.WriteAllText(File, "not a database at all, only some words that stand here to be long enough");
        Should.Throw<InputException>(() => Outbox.Open(File, 0)).Message.ShouldContain("not a SQLite database");
        System.IO.File.ReadAllText(File).ShouldStartWith("not a database");
    }

    private static OutboxMessage Message(long sequence, int place) => new(new MessageKey(sequence, place), "desk", 0, "", "{}"u8.ToArray());
}
