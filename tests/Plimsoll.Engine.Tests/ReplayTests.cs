using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class ReplayTests
{
    [Fact]
    public void A_journal_replayed_gives_the_same_state_after_every_entry()
    {
        (TestVenue venue, List<Hash256> hashes) = Eventful();
        var again = new VenueKernel();
        for (int i = 0; i < venue.Journal.Count; i++)
        {
            again.Replay(venue.Journal[i]);
            Snapshots.HashOf(again.State).ShouldBe(hashes[i], $"after entry {i + 1}");
        }
    }

    [Fact]
    public void A_journal_decided_again_gives_the_same_entries()
    {
        (TestVenue venue, List<Hash256> hashes) = Eventful();
        var again = new VenueKernel();
        again.State.Judgement.Threads = 2;
        foreach (JournalEntry entry in venue.Journal) again.Verify(entry);

        Snapshots.HashOf(again.State).ShouldBe(hashes[^1]);
    }

    [Fact]
    public void A_snapshot_restored_in_the_middle_goes_on_as_if_nothing_had_happened()
    {
        (TestVenue venue, List<Hash256> hashes) = Eventful();
        int middle = venue.Journal.Count / 2;
        var first = new VenueKernel();
        for (int i = 0; i < middle; i++) first.Replay(venue.Journal[i]);

        VenueKernel second = Snapshots.Restore(Snapshots.Take(first));
        for (int i = middle; i < venue.Journal.Count; i++)
        {
            second.Verify(venue.Journal[i]);
            Snapshots.HashOf(second.State).ShouldBe(hashes[i], $"after entry {i + 1}");
        }
    }

    [Fact]
    public void An_entry_with_a_flipped_byte_is_refused_and_nothing_changes()
    {
        (TestVenue venue, _) = Eventful();
        JournalEntry entry = venue.Journal[3];
        byte[] command = entry.Command.ToArray();
        command[^3] ^= 1;
        var again = new VenueKernel();
        for (int i = 0; i < 3; i++) again.Replay(venue.Journal[i]);
        Hash256 before = Snapshots.HashOf(again.State);

        Should.Throw<InputException>(() => again.Replay(entry with { Command = command })).Message.ShouldContain("4");
        Snapshots.HashOf(again.State).ShouldBe(before);
    }

    [Fact]
    public void A_snapshot_of_another_format_is_refused()
    {
        (TestVenue venue, _) = Eventful();
        SnapshotRecord snapshot = Snapshots.Take(venue.Kernel) with { Format = 99 };

        Should.Throw<InputException>(() => Snapshots.Restore(snapshot)).Message.ShouldContain("format 99");
    }

    [Fact]
    public void A_truncated_snapshot_is_refused()
    {
        (TestVenue venue, _) = Eventful();
        SnapshotRecord snapshot = Snapshots.Take(venue.Kernel);

        foreach (int cut in (int[])[0, 1, 100, snapshot.State.Length / 2, snapshot.State.Length - 1])
            Should.Throw<InputException>(() => Snapshots.Restore(snapshot with { State = snapshot.State[..cut] }));
    }

    /// <summary>A venue that has seen one of everything, and its state hash after every entry.</summary>
    private static (TestVenue Venue, List<Hash256> Hashes) Eventful()
    {
        var hashes = new List<Hash256>();
        var venue = TestVenue.Open();
        var catchUp = new VenueKernel();
        foreach (JournalEntry entry in venue.Journal)
        {
            catchUp.Replay(entry);
            hashes.Add(Snapshots.HashOf(catchUp.State));
        }

        foreach (Action step in Steps(venue))
        {
            step();
            while (hashes.Count < venue.Journal.Count)
            {
                catchUp.Replay(venue.Journal[hashes.Count]);
                hashes.Add(Snapshots.HashOf(catchUp.State));
            }

            hashes[^1].ShouldBe(Snapshots.HashOf(venue.State), "live and replay agree");
        }

        return (venue, hashes);
    }

    private static IEnumerable<Action> Steps(TestVenue venue)
    {
        yield return () => venue.Accept(new Endow(Fund.InsuranceFund, new AssetId("USDC"), "1000", Fund.Cold));
        yield return () => venue.Rich("bob");
        yield return () => venue.Account("alice");
        yield return () => venue.Deposit("alice", "2500", "USDC");
        yield return () => venue.Deposit("alice", "0.1", "BTC");
        yield return () => venue.Fill("alice", "bob", "BTC_USDC-PERPETUAL", 1m, 8000m);
        yield return () => venue.Fill("alice", "bob", "BTC_USDC-27MAR20-8000-C", 0.2m, 400m);
        yield return () => venue.Fill("bob", "alice", "BTC-PERPETUAL", 100m, 8010m);
        yield return () => venue.Accept(new PlaceOrder(new AccountId("bob"), new CommandId("o"), new InstrumentId("ETH_USDC-PERPETUAL"), 3m, 190m));
        yield return () => venue.Refuse(new OpenAccount(new AccountId("bob")), Refusal.AccountExists);
        yield return () => venue.Prices(7900m, 190m);
        yield return () => venue.Accept(new PayFunding(new InstrumentId("BTC_USDC-PERPETUAL"), -0.0003m));
        yield return () => venue.Fill("bob", "alice", "BTC_USDC-POOL-6000-10000", 3.7m, 23.2m);
        yield return () => venue.Accept(new PayPoolFees(new InstrumentId("BTC_USDC-POOL-6000-10000"), 0.00000123m, 0.0123456m));
        yield return () => venue.Prices(6900m, 170m);
        yield return () => venue.Accept(new Borrow(new AccountId("bob"), new AssetId("USDT"), "100"));
        yield return () => venue.Accept(new AccrueInterest(new AssetId("USDT"), 0.001m));
        yield return () => venue.Prices(6400m, 150m);
        yield return () => venue.Prices(3700m, 90m);
        yield return () => venue.Accept(new CancelOrder(new AccountId("bob"), new CommandId("o")));
        yield return () => venue.Prices(5200m, 120m);
    }
}
