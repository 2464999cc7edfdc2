using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Hosting;
using Plimsoll.Engine.Journal;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class EngineTests
{
    private static readonly AccountId Venue = Envelope.Venue;

    [Fact]
    public async Task A_command_asked_again_is_answered_with_its_first_outcome_and_does_nothing()
    {
        using VenueEngine engine = Start(new MemoryJournalStore());
        Outcome first = await engine.Submit(Venue, new CommandId("a"), new ListAsset(new AssetId("BTC"), 8, AssetClass.Major));
        Outcome second = await engine.Submit(Venue, new CommandId("a"), new ListAsset(new AssetId("ETH"), 18, AssetClass.Major));

        second.Sequence.ShouldBe(first.Sequence);
        second.Repeated.ShouldBeTrue();
        second.Events.ShouldBe(first.Events);
        (await engine.Ask(kernel => kernel.State.Catalog.Assets.Count)).ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_asked_again_stays_a_refusal()
    {
        using VenueEngine engine = Start(new MemoryJournalStore());
        var deposit = new Deposit(new AccountId("alice"), new AssetId("BTC"), "1");
        (await engine.Submit(new AccountId("alice"), new CommandId("d"), deposit)).Refusal.ShouldBe(Refusal.AccountUnknown);
        await engine.Submit(Venue, new CommandId("o"), new OpenAccount(new AccountId("alice")));
        Outcome again = await engine.Submit(new AccountId("alice"), new CommandId("d"), deposit);

        again.Refusal.ShouldBe(Refusal.AccountUnknown);
        again.Repeated.ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_is_answered_when_the_journal_cannot_be_written_and_the_engine_stops()
    {
        using VenueEngine engine = Start(new FailingStore());
        Task<Outcome> answer = engine.Submit(Venue, new CommandId("a"), new OpenAccount(new AccountId("alice")));

        (await Should.ThrowAsync<EngineHaltedException>(() => answer)).Message.ShouldContain("the disk is full");
        engine.Halted.ShouldNotBeNull();
        await Should.ThrowAsync<EngineHaltedException>(() => engine.Ask(kernel => kernel.Sequence));
    }

    [Fact]
    public async Task An_engine_reopened_stands_where_it_stopped()
    {
        var store = new KeptStore();
        Hash256 before;
        using (VenueEngine engine = Start(store))
        {
            for (int i = 0; i < 500; i++) await engine.Submit(Venue, new CommandId($"o{i}"), new OpenAccount(new AccountId($"a{i}")));
            before = await engine.Ask(kernel => Snapshots.HashOf(kernel.State));
        }

        using VenueEngine again = Start(store);
        (await again.Ask(kernel => Snapshots.HashOf(kernel.State))).ShouldBe(before);
        (await again.Submit(Venue, new CommandId("o7"), new OpenAccount(new AccountId("a7")))).Repeated.ShouldBeTrue();
    }

    [Fact]
    public async Task Many_clients_at_once_get_one_order_and_an_answer_each()
    {
        using VenueEngine engine = Start(new MemoryJournalStore());
        Outcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 5000).Select(i =>
            Task.Run(() => engine.Submit(new AccountId($"c{i % 7}"), new CommandId($"o{i}"), new OpenAccount(new AccountId($"a{i}"))))));

        outcomes.ShouldAllBe(o => o.Accepted);
        outcomes.Select(o => o.Sequence).Order().ShouldBe(Enumerable.Range(1, 5000).Select(i => (long)i));
    }

    [Fact]
    public async Task A_clock_set_back_does_not_take_the_venue_s_time_back()
    {
        var now = Instant.Utc(2026, 1, 2);
        using var engine = new VenueEngine(new VenueKernel(), new MemoryJournalStore(), new EngineOptions { Clock = () => now });
        await engine.Submit(Venue, new CommandId("a"), new OpenAccount(new AccountId("a")));
        now = Instant.Utc(2026, 1, 1);
        Outcome outcome = await engine.Submit(Venue, new CommandId("b"), new OpenAccount(new AccountId("b")));

        outcome.Accepted.ShouldBeTrue();
        outcome.At.ShouldBe(Instant.Utc(2026, 1, 2));
    }

    private static VenueEngine Start(IJournalStore store) =>
        new(Recovery.Recover(store), store, new EngineOptions { Clock = () => Instant.Utc(2026, 1, 1) });

    /// <summary>A store whose disk is full.</summary>
    private sealed class FailingStore : IJournalStore
    {
        public long LastSequence => 0;

        public Hash256 LastHash => Hash256.Zero;

        public void Append(ReadOnlySpan<JournalEntry> entries) => throw new JournalFailedException("venue", "the disk is full");

        public IEnumerable<JournalEntry> ReadFrom(long sequence) => [];

        public void SaveSnapshot(SnapshotRecord snapshot) => throw new JournalFailedException("venue", "the disk is full");

        public SnapshotRecord? LatestSnapshot(long notAfter = long.MaxValue) => null;

        public void Dispose()
        {
        }
    }

    /// <summary>A memory store that outlives the engine that closes it.</summary>
    private sealed class KeptStore : IJournalStore
    {
        private readonly MemoryJournalStore _kept = new();

        public long LastSequence => _kept.LastSequence;

        public Hash256 LastHash => _kept.LastHash;

        public void Append(ReadOnlySpan<JournalEntry> entries) => _kept.Append(entries);

        public IEnumerable<JournalEntry> ReadFrom(long sequence) => _kept.ReadFrom(sequence);

        public void SaveSnapshot(SnapshotRecord snapshot) => _kept.SaveSnapshot(snapshot);

        public SnapshotRecord? LatestSnapshot(long notAfter = long.MaxValue) => _kept.LatestSnapshot(notAfter);

        public void Dispose()
        {
        }
    }
}
