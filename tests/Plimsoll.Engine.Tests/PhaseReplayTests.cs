using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class PhaseReplayTests
{
    [Fact]
    public void A_plan_interrupted_after_any_entry_finishes_once()
    {
        (TestVenue venue, List<Hash256> hashes, int from) = Eventful();
        for (int cut = from; cut < venue.Journal.Count; cut++)
        {
            var first = new VenueKernel();
            for (int i = 0; i < cut; i++) first.Replay(venue.Journal[i]);
            VenueKernel second = Snapshots.Restore(Snapshots.Take(first));
            second.State.NextDue.ShouldBe(first.State.NextDue);
            for (int i = cut; i < venue.Journal.Count; i++)
            {
                second.Verify(venue.Journal[i]);
                Snapshots.HashOf(second.State).ShouldBe(hashes[i], $"cut after entry {cut}, entry {i + 1}");
            }
        }
    }

    [Fact]
    public void Replay_and_deciding_again_on_two_threads_agree()
    {
        (TestVenue venue, List<Hash256> hashes, _) = Eventful();
        var replayed = new VenueKernel();
        var again = new VenueKernel();
        again.State.Judgement.Threads = 2;
        for (int i = 0; i < venue.Journal.Count; i++)
        {
            replayed.Replay(venue.Journal[i]);
            again.Verify(venue.Journal[i]);
            Snapshots.HashOf(replayed.State).ShouldBe(hashes[i], $"entry {i + 1} applied");
            Snapshots.HashOf(again.State).ShouldBe(hashes[i], $"entry {i + 1} decided");
        }
    }

    [Fact]
    public void Dropping_the_phases_leaves_no_case_behind()
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices);
        venue.Long("alice", "20000", 10m);
        venue.Prices(btc: 6600m, eth: 200m);
        venue.Case("alice").ShouldNotBeNull();
        Outcome outcome = venue.Accept(new SetParameters(venue.State.Parameters! with { Phases = PhaseTerms.None }));

        outcome.Events.OfType<LiquidationEnded>().ShouldHaveSingleItem().Ending.ShouldBe(LiquidationEnding.Dropped);
        venue.Verdict("alice").TargetHealth.ShouldBeGreaterThanOrEqualTo(0, "liquidated whole, as without phases");
        venue.State.NextDue.ShouldBeNull();
    }

    /// <summary>Slices of two accounts, an auction with a bid, and a backstop, with a snapshot possible between any two entries.</summary>
    private static (TestVenue Venue, List<Hash256> Hashes, int From) Eventful()
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices with { Auction = PhaseVenue.Auction, Halt = true, Backstop = PhaseVenue.Backstop, Caps = new PhaseCaps(4000m, 6000m), Dust = 50m });
        venue.Account("backstop");
        venue.Deposit("backstop", "100000", "USDC");
        venue.Rich("bob");
        venue.Long("alice", "20000", 10m);
        venue.Long("carol", "2000", 1m);
        venue.Long("dave", "60000", 30m);
        int from = venue.Journal.Count;
        venue.Prices(btc: 6850m, eth: 200m);
        venue.Prices(btc: 6600m, eth: 200m);
        for (int i = 0; i < 4; i++) venue.PassToDue();
        venue.Prices(btc: 6250m, eth: 200m);
        venue.Pass(70);
        venue.Do(new Bid(new AccountId("alice"), new AccountId("bob"), 0.3m));
        venue.Do(new Bid(new AccountId("dave"), new AccountId("bob"), 0.1m));
        for (int i = 0; i < 12 && venue.State.NextDue is not null; i++) venue.PassToDue();
        venue.Journal.Count.ShouldBeGreaterThan(from + 10);

        var hashes = new List<Hash256>();
        var kernel = new VenueKernel();
        foreach (JournalEntry entry in venue.Journal)
        {
            kernel.Replay(entry);
            hashes.Add(Snapshots.HashOf(kernel.State));
        }

        Snapshots.HashOf(venue.State).ShouldBe(hashes[^1]);

        return (venue, hashes, from);
    }
}
