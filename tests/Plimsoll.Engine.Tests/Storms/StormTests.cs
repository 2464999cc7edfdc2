using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine.Tests.Storms;

/// <summary>Whole venues under seeded storms of commands; every law is asked after every command.</summary>
public sealed class StormTests
{
    private const int Commands = 500;

    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("PLIMSOLL_STORMS"), out int seeds) ? seeds : 14;
    private static readonly int First = int.TryParse(Environment.GetEnvironmentVariable("PLIMSOLL_STORM"), out int first) ? first : 1;

    [Fact]
    public void No_storm_of_commands_breaks_a_law()
    {
        var faults = new List<string>();
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int seed = First; seed < First + Seeds; seed++)
        {
            var storm = new Storm((ulong)seed, seen);
            try
            {
                storm.Blow(Commands);
            }
            catch (Exception fault)
            {
                faults.Add($"seed {seed}, command {storm.Count} {storm.Last}: {string.Join('\n', fault.ToString().Split('\n').Take(14))}");
                if (faults.Count >= 3) break;
            }
        }

        TestContext.Current.SendDiagnosticMessage(string.Join(", ", seen.Select(kind => $"{kind.Key} {kind.Value}")));
        Assert.True(faults.Count == 0, string.Join('\n', faults));

        // A wave takes more accounts than a storm has: DeleveragingWaveTests make one; and ParameterTests a set that is held.
        foreach (Type kind in typeof(Event).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Event)) && t != typeof(TakeoversPassedOn) && t != typeof(ParametersHeld) && !PhaseKinds.All.Contains(t))) seen.ShouldContainKey(kind.Name);
    }

    /// <summary>One venue, its journal, and a second state that is fed the events alone.</summary>
    private sealed class Storm
    {
        private readonly Chance _chance;
        private readonly VenueKernel _kernel = new();
        private readonly VenueState _shadow = new();
        private readonly List<JournalEntry> _journal = [];
        private Instant _now = Instant.Utc(2020, 3, 11);
        private SnapshotRecord? _snapshot;

        private readonly SortedDictionary<string, int> _seen;

        private readonly int _weather;

        public Storm(ulong seed, SortedDictionary<string, int> seen) => (_chance, _seen, _weather) = (new Chance(seed), seen, seed % 2 == 0 ? 0 : (int)(seed % 8 / 2));

        public int Count { get; private set; }

        public Command? Last { get; private set; }

        private VenueState State => _kernel.State;

        public void Blow(int commands)
        {
            int accounts = 5 + _chance.Below(36);
            foreach (Command command in RandomCommands.Opening(_now, _chance)) Do(command);
            Do(new SetParameters(RiskParameters.Default(State.Catalog)));
            Do(new OpenAccount(new AccountId("liquidity")));
            if (!_chance.OneIn(4)) Do(new OpenAccount(new AccountId("insurer")));
            foreach (string asset in (string[])["USDC", "BTC", "ETH", "SHARE"]) Do(new Deposit(new AccountId("liquidity"), new AssetId(asset), _chance.OneIn(3) ? "100" : "1000000"));
            for (int i = 0; i < accounts / 2; i++)
            {
                Do(new OpenAccount(new AccountId($"a{i}")));
                Do(new Deposit(new AccountId($"a{i}"), new AssetId("USDC"), "10000"));
            }

            var random = new RandomCommands(_chance, State, accounts);
            if (_chance.OneIn(2)) Do(new SetParameters(random.Insured(RiskParameters.Default(State.Catalog))));
            if (_chance.OneIn(2)) Do(new SetParameters(random.Fed(State.Parameters ?? RiskParameters.Default(State.Catalog))));
            for (int i = 0; i < accounts / 8; i++) Do(new StakeCover(new AccountId($"a{i}"), new AssetId("USDC"), "500"));
            for (int i = 0; i < commands; i++)
            {
                Do(random.Next(_now, _weather));
                if (_chance.OneIn(12)) Do(random.Personal(_now), RandomCommands.Person(_chance));
                if (i == commands / 3) _snapshot = Snapshots.Take(_kernel);
                if (i % 250 == 249) ReplayAgrees();
            }

            ReplayAgrees();
            DecidedAgainAgrees();
        }

        private void Do(Command command, AccountId? by = null)
        {
            Last = command;
            Count++;
            bool back = _chance.OneIn(60);
            _now += TimeSpan.FromSeconds(_chance.OneIn(40) ? 20_000 : _chance.Below(5));
            Hash256 before = Essence(State);
            JournalEntry entry = _kernel.Execute(
                new Envelope(back ? new Instant(_now.UnixMicroseconds - 100_000_000_000) : _now, by ?? Envelope.Venue, new CommandId($"c{Count}"), command), out Outcome outcome);
            _journal.Add(entry);
            foreach (string kind in outcome.Events.Select(e => e.GetType().Name).Concat(outcome.Accepted ? [] : [outcome.Refusal.ToString()]))
                _seen[kind] = _seen.GetValueOrDefault(kind) + 1;
            Audit.Full(State);
            // A refused command may be the one with which parameters took force.
            if (outcome.Events.Count > 0) Follow(outcome);
            else Essence(State).ShouldBe(before, "a refused command changes nothing");
            Essence(_shadow).ShouldBe(Essence(State), "the events say all that happened");
            VerdictsHold();
        }

        /// <summary>Applies the events one by one, asking of each liquidation that it left nobody's health lower.</summary>
        private void Follow(Outcome outcome)
        {
            _shadow.Now = outcome.At;
            AccountId? account = null;
            double before = 0;
            bool estate = false;
            foreach (Event happened in outcome.Events)
            {
                // A penalty feeds the layers between two closes of one plan: it is no end of that plan.
                if (happened is LayersFed)
                {
                    happened.Apply(_shadow);
                    continue;
                }

                AccountId? next = Liquidated(happened);
                if (next != account)
                {
                    if (account is { } done) Close(done);
                    if (next is { } opened)
                    {
                        _shadow.Judgement.Refresh();
                        Verdict verdict = _shadow.Judgement.Of(_shadow.Account(opened));
                        verdict.IsLiquidatable.ShouldBeTrue($"{opened} is under water when it is liquidated");
                        (before, estate) = (verdict.MaintenanceHealth, verdict.Equity < 0);
                    }

                    account = next;
                }

                if (happened is ParametersSet set && _shadow.Parameters is not null) ForeseesWhat(set);
                else happened.Apply(_shadow);
            }

            _shadow.Judgement.Refresh();
            if (account is { } last) Close(last);

            void Close(AccountId closed)
            {
                _shadow.Judgement.Refresh();
                AccountIndex index = _shadow.Account(closed);
                if (estate || _shadow.Accounts.PhaseOf(index) == AccountPhase.Bankrupt) return;

                Verdict verdict = _shadow.Judgement.Of(index);
                double slack = (1e-9 * (Math.Abs(before) + Math.Abs(verdict.Counted) + verdict.Notional)) + Dust();
                verdict.MaintenanceHealth.ShouldBeGreaterThanOrEqualTo(before - slack, $"liquidation of {closed} lowers no health");
            }
        }

        /// <summary>A shadow run says of everybody, to the bit, what he is judged to be once the set is in force.</summary>
        private void ForeseesWhat(ParametersSet set)
        {
            _shadow.Judgement.Refresh();
            Verdict[] foreseen = ParameterShadow.BookOf(_shadow).Judged(set.Parameters);
            set.Apply(_shadow);
            _shadow.Judgement.Refresh();
            _shadow.Judgement.Verdicts.ToArray().ShouldBe(foreseen, "the shadow run foresees the verdicts");
        }

        private static AccountId? Liquidated(Event happened) => happened switch
        {
            PositionLiquidated e => e.Account,
            CollateralSold e => e.Account,
            Deleveraged e => e.Account,
            FundDrawn e => e.Account,
            LossBorne e => e.Account,
            CoverClaimed e => e.Account,
            LossSocialised e => e.Account,
            DeficitSettled e => e.Account,
            _ => null,
        };

        /// <summary>What rounding every asset to its unit a few times may cost.</summary>
        private double Dust()
        {
            double dust = 1e-6;
            for (int i = 0; i < _shadow.Catalog.Assets.Count; i++) dust += 20 * _shadow.Market.PriceOf(new AssetIndex(i)) / (double)_shadow.Catalog.Assets[i].Scale.UnitsPerWhole;

            return dust;
        }

        private void VerdictsHold()
        {
            if (State.Parameters is null) return;

            MarginModel model = new MarginModel(State.Catalog, State.Parameters).With(State.Crowd.Sizes, State.Crowd.Prices);
            var responses = new ResponseSet(model);
            responses.Rebuild(State.Market);
            var rows = new AccountRowsOf(State);
            (var positions, var money) = (new SparseRows(), new SparseRows());
            positions.EnsureRows(State.Accounts.Count);
            money.EnsureRows(State.Accounts.Count);
            for (int i = 0; i < State.Accounts.Count; i++) rows.Write(new AccountIndex(i), positions, money);
            for (int i = 0; i < State.Accounts.Count; i++)
            {
                var account = new AccountIndex(i);
                Verdict kept = State.Judgement.Of(account);
                kept.ShouldBe(Judge.Account(i, positions, money, responses, model, State.Judgement.Terms), $"the verdict on {State.Accounts[account]} is in step");
                (kept.InitialHealth <= kept.TargetHealth && kept.TargetHealth <= kept.MaintenanceHealth).ShouldBeTrue($"{kept}");
                if (State.Accounts[account] != Consequences.Provider) State.Ledger.Rows(account).Count.ShouldBeLessThan(100);
            }
        }

        private void ReplayAgrees()
        {
            var again = new VenueKernel();
            foreach (JournalEntry entry in _journal) again.Replay(entry);
            Snapshots.HashOf(again.State).ShouldBe(Snapshots.HashOf(State), "replay from the start");
        }

        private void DecidedAgainAgrees()
        {
            VenueKernel again = Snapshots.Restore(_snapshot!);
            again.State.Judgement.Threads = 2;
            foreach (JournalEntry entry in _journal.Skip((int)_snapshot!.Sequence)) again.Verify(entry);
            Snapshots.HashOf(again.State).ShouldBe(Snapshots.HashOf(State), "snapshot and tail, on two threads");
        }

        /// <summary>The state without its clock and without the commands it remembers.</summary>
        private static Hash256 Essence(VenueState state)
        {
            using StateWriter writer = StateWriter.ToHash();
            writer.WriteInt(state.Catalog.Assets.Count);
            writer.WriteInt(state.Catalog.Instruments.Count);
            foreach (Asset asset in state.Catalog.Assets)
            {
                state.Catalog.TryFind(asset.Id, out AssetIndex index);
                writer.WriteDouble(state.Market.PriceOf(index));
            }

            for (int i = 0; i < state.Catalog.Instruments.Count; i++) writer.WriteDouble(state.Market.ForwardOf(new InstrumentIndex(i)));
            state.Accounts.Write(writer);
            state.Ledger.Write(writer);
            state.Positions.Write(writer);
            state.Orders.Write(writer);
            state.Tally.Write(writer);
            state.Classes.Write(writer);
            state.Modes.Write(writer);
            state.Lending.Write(writer);
            ParameterEncoding.Write(state.ParameterSets, writer);
            LimitEncoding.Write(state.Limits, writer);
            state.Judgement.Write(writer);

            return writer.Hash();
        }
    }
}
