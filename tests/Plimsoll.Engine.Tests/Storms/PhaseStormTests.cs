using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests.Storms;

/// <summary>Whole venues with phases under seeded storms: caps, conservation, health, and the same again after replay.</summary>
public sealed class PhaseStormTests
{
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("PLIMSOLL_STORMS"), out int seeds) ? seeds : 12;
    private static readonly int First = int.TryParse(Environment.GetEnvironmentVariable("PLIMSOLL_STORM"), out int first) ? first : 1;

    [Fact]
    public void No_storm_breaks_a_law_where_the_rulebook_has_phases()
    {
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int seed = First; seed < First + Seeds; seed++)
        {
            var storm = new Storm((ulong)seed, seen);
            try
            {
                storm.Blow(400);
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {seed}, command {storm.Count} {storm.Last}: {fault}");
            }
        }

        TestContext.Current.SendDiagnosticMessage(string.Join(", ", seen.Select(kind => $"{kind.Key} {kind.Value}")));
        if (Seeds >= 12) foreach (Type kind in PhaseKinds.All) seen.ShouldContainKey(kind.Name);
    }

    private sealed class Storm(ulong seed, SortedDictionary<string, int> seen)
    {
        private readonly Chance _chance = new(seed);
        private readonly VenueKernel _kernel = new();
        private readonly List<JournalEntry> _journal = [];
        private Instant _now = Instant.Utc(2020, 3, 11);
        private SnapshotRecord? _snapshot;
        private double _largestLot;

        public int Count { get; private set; }

        public Command? Last { get; private set; }

        private VenueState State => _kernel.State;

        public void Blow(int commands)
        {
            int accounts = 6 + _chance.Below(20);
            foreach (Command command in RandomCommands.Opening(_now, _chance)) Do(command);
            Do(new SetParameters(RiskParameters.Default(State.Catalog) with { Phases = Phases() }));
            foreach (string name in (string[])["liquidity", "backstop", "rich"]) Do(new OpenAccount(new AccountId(name)));
            foreach (string asset in (string[])["USDC", "BTC", "ETH", "SHARE"])
            {
                Do(new Deposit(new AccountId("liquidity"), new AssetId(asset), "1000000"));
                Do(new Deposit(new AccountId("rich"), new AssetId(asset), "1000000"));
            }

            Do(new Deposit(new AccountId("backstop"), new AssetId("USDC"), "100000"));
            for (int i = 0; i < accounts / 2; i++)
            {
                Do(new OpenAccount(new AccountId($"a{i}")));
                Do(new Deposit(new AccountId($"a{i}"), new AssetId("USDC"), "10000"));
            }

            var random = new RandomCommands(_chance, State, accounts);
            for (int i = 0; i < commands; i++)
            {
                Do(Next(random));
                if (i == commands / 2) _snapshot = Snapshots.Take(_kernel);
            }

            Agrees();
        }

        private PhaseTerms Phases() => new()
        {
            PeriodSeconds = _chance.Of([1, 5, 30]),
            WarnAt = _chance.OneIn(4) ? null : 0.7m,
            CallSeconds = _chance.OneIn(4) ? null : 20,
            Slices = _chance.OneIn(5) ? null : new SliceTerms(
                0.5m,
                _chance.OneIn(2) ? [] : [new DepthTerms(new AssetScope(null, Markets.Instruments.AssetClass.Major), _chance.Of([500m, 20_000m]), 0.01m)],
                _chance.OneIn(2) ? 0 : 40),
            Caps = _chance.OneIn(3) ? PhaseCaps.None : new PhaseCaps(2000m, 5000m, 50_000m, 10_000m),
            Dust = _chance.OneIn(2) ? 0m : 100m,
            Auction = _chance.OneIn(4) ? null : new AuctionPhaseTerms(new AssetId("USDC"), 0.01m, 0.5m, 60, 7, 0.1m),
            Backstop = _chance.OneIn(4) ? null : new BackstopTerms(new AccountId("backstop"), 100_000m, _chance.Of([1000m, 50_000m]), 500_000m, 5m),
        };

        private Command Next(RandomCommands random)
        {
            LiquidationCase[] auctions = [.. State.Liquidations.Cases.Where(one => one.Stage == LiquidationStage.Auctioned)];
            if (auctions.Length > 0 && _chance.OneIn(3))
                return new Bid(State.Accounts[_chance.Of(auctions).Account], new AccountId(_chance.OneIn(6) ? "a0" : "rich"), _chance.Of([1m, 0.5m, 0.123456m, 0.01m, 2m]));
            if (_chance.OneIn(6)) return new PassTime();
            Command command = random.Next(_now);

            // The phases stay what they are: another set would only stop them.
            return command is SetParameters or ProposeParameters ? new PassTime() : command;
        }

        private void Do(Command command)
        {
            (Last, Count) = (command, Count + 1);
            _now += TimeSpan.FromSeconds(_chance.OneIn(40) ? 500 : _chance.Below(5));
            if (State.Parameters is { } rules && rules.Phases.Halt != (seed % 2 == 0) && rules.Phases.Auction is not null && Count == 40)
                command = new SetParameters(rules with { Phases = rules.Phases with { Halt = seed % 2 == 0 } });
            double[] before = [.. State.Judgement.Verdicts.ToArray().Select(v => v.MaintenanceHealth)];
            _journal.Add(_kernel.Execute(new Envelope(_now, Envelope.Venue, new CommandId($"c{Count}"), command), out Outcome outcome));
            foreach (string kind in outcome.Events.Select(e => e.GetType().Name).Concat(outcome.Accepted ? [] : [outcome.Refusal.ToString()])) seen[kind] = seen.GetValueOrDefault(kind) + 1;
            Audit.Full(State);
            if (State.Parameters is not null) LawsHold(outcome, before, command);
        }

        private void LawsHold(Outcome outcome, double[] before, Command command)
        {
            PhaseTerms terms = State.Parameters!.Phases;
            if (terms.IsNone) return;

            for (int i = 0; i < State.Catalog.Instruments.Count; i++)
                _largestLot = Math.Max(_largestLot, (double)State.Catalog.Instruments[i].LotSize * State.Judgement.Responses!.UnitNotionals[i]);
            if (terms.Caps.Venue is { } venue) State.Liquidations.Usage.Sold.ShouldBeLessThanOrEqualTo(Passed(venue), "the venue's cap of a period");
            if (terms.Caps.Backstop is { } backstop) State.Liquidations.Usage.Backstopped.ShouldBeLessThanOrEqualTo((double)backstop * (1 + 1e-9), "the backstop's cap of a period");
            if (terms.Caps.Auction is { } auction) State.Liquidations.Usage.Bid.ShouldBeLessThanOrEqualTo((double)auction * (1 + 1e-9), "the bidders' cap of a period");
            foreach (LiquidationCase one in State.Liquidations.Cases)
            {
                if (terms.Caps.Account is { } account && State.Liquidations.Usage.PeriodStart == one.SoldAt) one.Sold.ShouldBeLessThanOrEqualTo(Passed(account), "an account's cap of a period");
                (one.Auction is not null).ShouldBe(one.Stage == LiquidationStage.Auctioned);
                if (one.DueAt is { } due) State.NextDue.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(due);
            }

            // Time alone moves no price, but it ages options: what is left of those cannot be compared.
            if (command is not PassTime || State.Catalog.Instruments.Any(one => one.Strike is not null)) return;

            foreach (LiquidationSliced slice in outcome.Events.OfType<LiquidationSliced>())
            {
                AccountIndex index = State.Account(slice.Account);
                if (State.Judgement.Of(index).Equity >= 0 && State.Accounts.PhaseOf(index) == AccountPhase.Liquidating)
                    State.Judgement.Of(index).MaintenanceHealth.ShouldBeGreaterThanOrEqualTo(before[index.Value] - 1e-3, $"a slice of {slice.Account} lowers no health");
            }
        }

        /// <summary>A cap, and beyond it less than a lot that is larger than the cap.</summary>
        private double Passed(decimal cap) => ((double)cap * (1 + 1e-9)) + (_largestLot > (double)cap ? _largestLot : 0);

        private void Agrees()
        {
            var again = new VenueKernel();
            foreach (JournalEntry entry in _journal) again.Replay(entry);
            Snapshots.HashOf(again.State).ShouldBe(Snapshots.HashOf(State), "replay from the start");

            VenueKernel tail = Snapshots.Restore(_snapshot!);
            tail.State.Judgement.Threads = 2;
            foreach (JournalEntry entry in _journal.Skip((int)_snapshot!.Sequence)) tail.Verify(entry);
            Snapshots.HashOf(tail.State).ShouldBe(Snapshots.HashOf(State), "snapshot and tail, on two threads");
        }
    }
}
