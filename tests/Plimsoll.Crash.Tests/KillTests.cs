using System.Diagnostics;
using System.Globalization;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Hosting;
using Plimsoll.Engine.Journal;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Crash.Tests;

/// <summary>A whole venue in a real process, under load, killed without warning again and again on one and the same file.</summary>
public sealed class KillTests
{
    private const int Kills = 50;
    private const int Traders = 3;
    private const string Perpetual = "BTC_USDC-PERPETUAL";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Instant Founded = Instant.Utc(2026, 1, 1);

    [Fact]
    public void Killed_fifty_times_under_load_a_venue_loses_no_acknowledged_command_and_carries_none_out_twice()
    {
        string directory = Directory.CreateTempSubdirectory("plimsoll-").FullName;
        try
        {
            string file = Path.Combine(directory, "crash.venue");
            Found(file);
            Client[] clients = [new Client("venue", Price), .. Enumerable.Range(0, Traders).Select(t => new Client($"t{t}", number => Trade(t, number)))];
            uint chance = 2463534242;
            for (int kill = 0; kill < Kills; kill++)
            {
                chance ^= chance << 13;
                chance ^= chance >> 17;
                chance ^= chance << 5;
                RunAndKill(file, clients, TimeSpan.FromMilliseconds(chance % 160), early: kill % 5 == 0, checkState: kill % 10 == 9);
                NothingIsLost(file, clients, $"kill {kill}", wholeChain: kill % 10 == 9);
            }

            NothingIsDoubled(file, clients);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Sets a venue up in this process: listings, rules, prices, a rich provider and the traders' accounts.</summary>
    private static void Found(string file)
    {
        using SqliteJournalStore store = SqliteJournalStore.Open(file);
        var kernel = new VenueKernel();
        Do(new ListAsset(new AssetId("USDC"), 6, AssetClass.Stable));
        Do(new ListAsset(new AssetId("BTC"), 8, AssetClass.Major));
        Do(new ListInstrument(new InstrumentId(Perpetual), Payoff.Linear, new AssetId("USDC"), 0.001m, 0.1m));
        Do(new SetParameters(RiskParameters.Default(kernel.State.Catalog)));
        Do(new MovePrices([Quote("USDC", 1m), Quote("BTC", 8000m)], []));
        Do(new OpenAccount(Provider));
        Do(new Deposit(Provider, new AssetId("USDC"), "1000000000"));
        for (int t = 0; t < Traders; t++) Do(new OpenAccount(new AccountId($"t{t}")));

        void Do(Command command)
        {
            JournalEntry entry = kernel.Execute(new Envelope(Founded, Envelope.Venue, new CommandId($"s{kernel.Sequence}"), command), out Outcome outcome);
            outcome.Accepted.ShouldBeTrue(outcome.Detail);
            store.Append([entry]);
        }

        static AssetPrice Quote(string asset, decimal price) => new(new AssetId(asset), price, Founded, 0, new AccountId("feed"));
    }

    private static AccountId Provider { get; } = new("liquidity");

    private static string Price(int number) =>
        $$"""{"type":"move-prices","assets":[{"asset":"BTC","price":"{{6000 + (number * 37 % 4000)}}","observedAt":{{Founded.UnixMicroseconds}},"confidence":0,"source":"feed"}],"instruments":[]}""";

    /// <summary>Two deposits of one USDC in three commands; the third buys as much as margin allows, and is refused where it does not.</summary>
    private static string Trade(int trader, int number) => number % 3 < 2
        ? $$"""{"type":"deposit","account":"t{{trader}}","asset":"USDC","amount":"1"}"""
        : $$"""{"type":"report-fill","buyer":"t{{trader}}","seller":"liquidity","instrument":"{{Perpetual}}","size":"0.002","price":"7000"}""";

    private static void RunAndKill(string file, Client[] clients, TimeSpan patience, bool early, bool checkState)
    {
        using var host = new HostProcess(file);
        host.Hear(Patience).ShouldNotBeNull("the venue opens").ShouldStartWith("open ");
        if (checkState) StateIsThatOfTheWholeJournal(host, file);
        foreach (Client client in clients) client.AskAgain(host);

        foreach (Client client in clients) client.AskMore(host);

        // Every fifth is killed over its first commands, the others when they have warmed to the work.
        if (!early) Hear(clients, host.Hear(Patience).ShouldNotBeNull("the venue answers"));
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < patience)
        {
            while (host.Hear(TimeSpan.FromMilliseconds(1)) is { } line) Hear(clients, line);
            foreach (Client client in clients) client.AskMore(host);
        }

        foreach (string line in host.Kill()) Hear(clients, line);
    }

    private static void Hear(Client[] clients, string line)
    {
        string[] ack = line.Split(' ');
        ack.Length.ShouldBe(5, line);
        Array.Find(clients, client => client.Name == ack[1])!.Hear(ack);
    }

    /// <summary>What the restarted venue recovered from snapshot and tail is what the whole journal leads to.</summary>
    private static void StateIsThatOfTheWholeJournal(HostProcess host, string file)
    {
        host.Say("hash");
        string[] told = host.Hear(Patience).ShouldNotBeNull("the venue knows its hash").Split(' ');
        using SqliteJournalStore store = SqliteJournalStore.Open(file, readOnly: true);
        VenueKernel whole = Recovery.FromStart(store, verify: false);

        whole.Sequence.ToString(CultureInfo.InvariantCulture).ShouldBe(told[1]);
        Snapshots.HashOf(whole.State).ToString().ShouldBe(told[2]);
    }

    private static void NothingIsLost(string file, Client[] clients, string when, bool wholeChain)
    {
        using SqliteJournalStore store = SqliteJournalStore.Open(file);
        foreach (Client client in clients)
        {
            if (client.Acknowledged.Count > 0) client.Acknowledged.Values.Max(told => told.Sequence).ShouldBeLessThanOrEqualTo(store.LastSequence, when);
        }

        if (wholeChain) store.Verify().ShouldBeNull(when);
    }

    /// <summary>Every id once in the journal, where and as it was acknowledged, and the money says the same.</summary>
    private static void NothingIsDoubled(string file, Client[] clients)
    {
        using SqliteJournalStore store = SqliteJournalStore.Open(file);
        var journal = new Dictionary<(string, string), (long Sequence, int Outcome)>();
        foreach (JournalEntry entry in store.ReadFrom(1))
            journal.TryAdd((entry.By.Value, entry.Id.Value), (entry.Sequence, entry.Outcome)).ShouldBeTrue($"{entry.By} {entry.Id} is in the journal once");

        foreach (Client client in clients)
        {
            client.Acknowledged.Count.ShouldBeGreaterThan(100, $"{client.Name} was under load");
            foreach ((int number, (long, int) told) in client.Acknowledged) journal[(client.Name, $"i{number}")].ShouldBe(told, $"{client.Name} i{number}");
        }

        VenueKernel venue = Recovery.Recover(store);
        long deposits = journal.Count(line => line.Key.Item1[0] == 't' && line.Value.Outcome == 0 && int.Parse(line.Key.Item2.AsSpan(1), CultureInfo.InvariantCulture) % 3 < 2);
        venue.State.Ledger.Held(Fund.Hot, venue.State.Asset(new AssetId("USDC"))).Units.ShouldBe((1_000_000_000 + deposits) * 1_000_000L);
        Recovery.FromStart(store, verify: true).Sequence.ShouldBe(store.LastSequence);
        TestContext.Current.SendDiagnosticMessage($"{store.LastSequence} entries, {deposits} deposits, {venue.State.Tally.Liquidations} liquidations");
    }
}
