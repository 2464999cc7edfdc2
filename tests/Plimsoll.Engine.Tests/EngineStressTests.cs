using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Hosting;
using Plimsoll.Engine.Journal;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>Many askers, bad disks and sudden ends: everybody is answered or told why not, and nobody is told too early.</summary>
public sealed class EngineStressTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task When_the_disk_fails_at_any_batch_every_asker_hears_of_it_and_what_was_answered_is_durable()
    {
        for (int failAt = 1; failAt <= 25; failAt++)
        {
            var store = new TroubledStore { FailAt = failAt };
            using VenueEngine engine = Start(store, batch: 3);
            Task<Outcome>[] asked = [.. Enumerable.Range(0, 200).Select(i => Task.Run(() => Open(engine, i)))];
            await Settled(asked);

            Outcome[] answered = [.. asked.Where(t => t.IsCompletedSuccessfully).Select(t => t.Result)];
            answered.ShouldAllBe(o => o.Sequence <= store.LastSequence, $"fails at append {failAt}");
            asked.Where(t => t.IsFaulted).ShouldAllBe(t => t.Exception!.InnerException is EngineHaltedException);
            asked.ShouldContain(t => t.IsFaulted, $"fails at append {failAt}");
            engine.Halted.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Shut_down_while_commands_wait_every_asker_is_answered_or_told()
    {
        for (int round = 0; round < 20; round++)
        {
            var store = new TroubledStore { Delay = TimeSpan.FromMilliseconds(1) };
            VenueEngine engine = Start(store, batch: 4, queue: 8);
            Task<Outcome>[] asked = [.. Enumerable.Range(0, 300).Select(i => Task.Run(() => Open(engine, i)))];
            Thread.Sleep(round);
            engine.Dispose();
            await Settled(asked);

            asked.Where(t => t.IsFaulted).ShouldAllBe(t => t.Exception!.InnerException is EngineHaltedException);
            asked.Count(t => t.IsCompletedSuccessfully).ShouldBe((int)store.LastSequence);
            await Should.ThrowAsync<EngineHaltedException>(() => Open(engine, 1000));
            await Should.ThrowAsync<EngineHaltedException>(() => engine.Ask(kernel => kernel.Sequence));
        }
    }

    [Fact]
    public async Task One_id_asked_a_hundred_times_at_once_happens_once_and_everybody_hears_the_same()
    {
        using VenueEngine engine = Start(new TroubledStore { Delay = TimeSpan.FromMilliseconds(1) }, batch: 2);
        await engine.Submit(Envelope.Venue, new CommandId("list"), new ListAsset(new AssetId("BTC"), 8, AssetClass.Major));
        await Open(engine, 0);
        var deposit = new Deposit(new AccountId("a0"), new AssetId("BTC"), "1");
        Outcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
            Task.Run(() => engine.Submit(new AccountId("a0"), new CommandId("once"), deposit))));

        outcomes.Count(o => !o.Repeated).ShouldBe(1);
        outcomes.ShouldAllBe(o => o.Sequence == outcomes[0].Sequence && o.Refusal == Refusal.None && o.Events.SequenceEqual(outcomes[0].Events));
        (await engine.Ask(kernel => kernel.State.Ledger.ControlTotal(Ledger.Accounts.Purse.Cash, new AssetIndex(0)))).Units.ShouldBe(100_000_000);
    }

    [Fact]
    public async Task A_question_between_many_commands_hears_the_hash_of_the_very_entry_before_it()
    {
        var store = new TroubledStore { Delay = TimeSpan.FromMilliseconds(1) };
        using VenueEngine engine = Start(store, batch: 16);
        Task<(long, Hash256)>[] seen = [.. Enumerable.Range(0, 300).Select(i => Task.Run(async () =>
        {
            await Open(engine, i);

            return await engine.Ask(kernel => (kernel.Sequence, Hash256.Zero), (read, hash) => (read.Sequence, hash));
        }))];

        foreach ((long sequence, Hash256 hash) in await Task.WhenAll(seen)) hash.ShouldBe(store.ReadFrom(sequence).First().Hash);
    }

    [Fact]
    public async Task Nothing_is_answered_or_shown_before_it_is_durable()
    {
        var store = new TroubledStore();
        using VenueEngine engine = Start(store);
        store.Gate.Reset();
        Task<Outcome> asked = Open(engine, 0);
        Task<int> question = engine.Ask(kernel => kernel.State.Accounts.Count);
        Task<Outcome> again = Open(engine, 0);
        await Task.Delay(150);
        asked.IsCompleted.ShouldBeFalse();
        question.IsCompleted.ShouldBeFalse("it has seen the account, so it waits for it");
        again.IsCompleted.ShouldBeFalse();

        store.Gate.Set();
        (await question.WaitAsync(Patience)).ShouldBe(1);
        (await asked.WaitAsync(Patience)).Sequence.ShouldBe((await again.WaitAsync(Patience)).Sequence);
    }

    [Fact]
    public async Task Behind_a_disk_that_stands_still_no_more_is_decided_than_a_few_batches()
    {
        var store = new TroubledStore();
        using VenueEngine engine = Start(store, batch: 4, queue: 16);
        store.Gate.Reset();
        Task<Outcome>[] asked = [.. Enumerable.Range(0, 500).Select(i => Open(engine, i))];
        await Task.Delay(200);

        // One being written, two waiting for the writer, one in the decider's hands.
        store.Clocked.ShouldBeLessThanOrEqualTo(4 * 4);
        store.Gate.Set();
        await Settled(asked);
        asked.ShouldAllBe(t => t.IsCompletedSuccessfully);
        store.Largest.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task A_question_that_fails_fails_for_its_asker_alone()
    {
        using VenueEngine engine = Start(new TroubledStore());
        await Should.ThrowAsync<IndexOutOfRangeException>(() => engine.Ask(kernel => kernel.State.Judgement.Verdicts[7].Equity));

        engine.Halted.ShouldBeNull();
        (await Open(engine, 0)).Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_kept_stops_the_venue_and_everybody_hears_of_it()
    {
        var store = new TroubledStore { FailSnapshots = true };
        using VenueEngine engine = Start(store, batch: 4, snapshotEvery: 10);
        Task<Outcome>[] asked = [.. Enumerable.Range(0, 100).Select(i => Task.Run(() => Open(engine, i)))];
        await Settled(asked);

        asked.Where(t => t.IsFaulted).ShouldAllBe(t => t.Exception!.InnerException is EngineHaltedException);
        engine.Halted.ShouldNotBeNull();
    }

    private static Task<Outcome> Open(VenueEngine engine, int i) =>
        engine.Submit(Envelope.Venue, new CommandId($"o{i}"), new OpenAccount(new AccountId($"a{i}")));

    private static async Task Settled(Task[] tasks)
    {
        Task all = Task.WhenAll(tasks);
        await Task.WhenAny(all, Task.Delay(Patience));
        tasks.Count(t => !t.IsCompleted).ShouldBe(0, "nobody is left waiting");
        _ = all.Exception;
    }

    private static VenueEngine Start(TroubledStore store, int batch = 2048, int queue = 65_536, int snapshotEvery = 0) => new(
        new VenueKernel(),
        store,
        new EngineOptions { Clock = store.Clock, MaxBatch = batch, QueueLimit = queue, SnapshotEvery = snapshotEvery });

    /// <summary>A store that fails, dawdles or stands still on demand; its clock counts the commands that were decided.</summary>
    private sealed class TroubledStore : IJournalStore
    {
        private readonly MemoryJournalStore _kept = new();
        private long _clocked;
        private int _appends;

        public int FailAt { get; init; }

        public bool FailSnapshots { get; init; }

        public TimeSpan Delay { get; init; }

        public ManualResetEventSlim Gate { get; } = new(true);

        public int Largest { get; private set; }

        public long Clocked => Interlocked.Read(ref _clocked);

        public long LastSequence => _kept.LastSequence;

        public Hash256 LastHash => _kept.LastHash;

        public Instant Clock() => new(Interlocked.Increment(ref _clocked));

        public void Append(ReadOnlySpan<JournalEntry> entries)
        {
            Gate.Wait();
            Thread.Sleep(Delay);
            if (++_appends == FailAt) throw new JournalFailedException("venue", "the disk is full");
            Largest = Math.Max(Largest, entries.Length);
            _kept.Append(entries);
        }

        public IEnumerable<JournalEntry> ReadFrom(long sequence) => _kept.ReadFrom(sequence);

        public void SaveSnapshot(SnapshotRecord snapshot)
        {
            if (FailSnapshots) throw new JournalFailedException("venue", "the disk is full");
            _kept.SaveSnapshot(snapshot);
        }

        public SnapshotRecord? LatestSnapshot(long notAfter = long.MaxValue) => _kept.LatestSnapshot(notAfter);

        public void Dispose() => Gate.Set();
    }
}
