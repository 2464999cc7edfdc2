using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Lending;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests.Storms;

/// <summary>
/// Feeds that fall silent in the middle of crashes. The test keeps its own watch on when anybody last spoke of an asset, and holds
/// the venue to it: while an asset is silent nobody is liquidated on it and what its matrix forbids is refused; what helps is
/// always possible; and who has nothing to do with it goes on.
/// </summary>
public sealed class HaltStormTests
{
    private const int Seeds = 10;
    private const int Commands = 350;
    private const int Traders = 8;
    private static readonly TimeSpan Halting = TimeSpan.FromSeconds(5 * 60);
    private static readonly AssetId Usdc = new("USDC");
    private static readonly AssetId Btc = new("BTC");
    private static readonly AssetId Eth = new("ETH");

    [Fact]
    public void While_a_feed_is_silent_nobody_is_liquidated_on_it_and_who_does_not_hang_on_it_goes_on()
    {
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int seed = 1; seed <= Seeds; seed++)
        {
            var storm = new Storm((ulong)seed, seen);
            try
            {
                storm.Blow();
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {seed}, command {storm.Count} {storm.Last}: {fault}");
            }
        }

        TestContext.Current.SendDiagnosticMessage(string.Join(", ", seen.Select(kind => $"{kind.Key} {kind.Value}")));
        foreach (string kind in (string[])["halted-btc", "halted-eth", "probed", "went-on", "held-back", "LiquidationSliced", "PositionLiquidated", "CollateralSold", "AuctionOpened", "BidTaken", "Deleveraged"]) seen.ShouldContainKey(kind);
    }

    private sealed class Storm(ulong seed, SortedDictionary<string, int> seen)
    {
        private readonly Chance _chance = new(seed);
        private readonly VenueKernel _kernel = new();
        private readonly List<JournalEntry> _journal = [];
        private readonly SortedDictionary<string, double> _prices = new(StringComparer.Ordinal) { ["BTC"] = 8000, ["ETH"] = 200, ["USDC"] = 1 };
        private readonly SortedDictionary<string, Instant> _spoken = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, int> _mute = new(StringComparer.Ordinal);
        private Instant _now = Instant.Utc(2020, 3, 12);

        public int Count { get; private set; }

        public Command? Last { get; private set; }

        private VenueState State => _kernel.State;

        public void Blow()
        {
            Open();
            for (int i = 0; i < Commands; i++)
            {
                _now += TimeSpan.FromSeconds(1 + _chance.Below(20));
                Do(Next());
                if (_mute.Count > 0 && _chance.OneIn(4)) Probe();
            }

            var again = new VenueKernel();
            foreach (JournalEntry entry in _journal) again.Verify(entry);
            Snapshots.HashOf(again.State).ShouldBe(Snapshots.HashOf(State));
        }

        private void Open()
        {
            Accept(new ListAsset(Usdc, 6, AssetClass.Stable));
            Accept(new ListAsset(Btc, 8, AssetClass.Major));
            Accept(new ListAsset(Eth, 18, AssetClass.Major));
            Accept(new ListInstrument(new InstrumentId("BTC_USDC-PERPETUAL"), Payoff.Linear, Usdc, 0.001m, 0.1m));
            Accept(new ListInstrument(new InstrumentId("ETH_USDC-PERPETUAL"), Payoff.Linear, Usdc, 0.01m, 0.01m));
            Accept(new ListInstrument(new InstrumentId("BTC-PERPETUAL"), Payoff.Inverse, Btc, 10m, 0.1m));
            Accept(new SetParameters(Rules()));
            Accept(Reports());
            foreach (string name in (string[])["liquidity", "clean", "other", "bidder"])
            {
                Accept(new OpenAccount(new AccountId(name)));
                Accept(new Deposit(new AccountId(name), Usdc, "100000000"));
                if (name is "liquidity" or "bidder") Accept(new Deposit(new AccountId(name), Btc, "100000"));
            }

            Accept(new Endow(Fund.InsuranceFund, Usdc, _chance.Of<string>(["100", "100000"]), Fund.Hot));
            for (int t = 0; t < Traders; t++)
            {
                Accept(new OpenAccount(Trader(t)));
                Accept(new Deposit(Trader(t), Usdc, "9000"));
                if (t % 2 == 0) Accept(new Deposit(Trader(t), Btc, "0.5"));
            }
        }

        private RiskParameters Rules()
        {
            OracleTerms terms = new(60_000_000) { HaltAge = Halting.TotalSeconds / 60, AssumedConfidence = 0.001 };

            return RiskParameters.Default(State.Catalog) with
            {
                Oracles = new OracleRules(null, [new OracleLine(Btc, terms), new OracleLine(Eth, terms), new OracleLine(Usdc, terms)]),
                Phases = _chance.OneIn(3) ? PhaseTerms.None : new PhaseTerms
                {
                    PeriodSeconds = 30,
                    CallSeconds = 120,
                    Slices = new SliceTerms(0.5m, [new DepthTerms(new AssetScope(null, AssetClass.Major), _chance.Of([8_000m, 60_000m]), 0.01m)]),
                    Auction = new AuctionPhaseTerms(Usdc, 0.02m, 0.4m, 120, 20, 0.05m),
                    Halt = _chance.OneIn(2),
                },
                Deleveraging = _chance.OneIn(2) ? DeleveragingTerms.None : new DeleveragingTerms(DeleveragingPolicy.BitMex),
            };
        }

        private Command Next()
        {
            if (State.Liquidations.Cases.FirstOrDefault(one => one.Stage == LiquidationStage.Auctioned) is { } auction && _chance.OneIn(3))
                return new Bid(State.Accounts[auction.Account], new AccountId("bidder"), _chance.Of([1m, 0.3m]));
            if (_chance.OneIn(25)) Silence();

            return _chance.Below(20) switch
            {
                < 10 => Reports(),
                < 15 => new ReportFill(Trader(_chance.Below(Traders)), _chance.OneIn(2) ? new AccountId("liquidity") : Trader(_chance.Below(Traders)), Instrument(), Size(), Near()),
                < 16 => new Borrow(Trader(_chance.Below(Traders)), _chance.Of([Usdc, Btc]), _chance.Of<string>(["0.2", "2000"])),
                < 17 => new Withdraw(Trader(_chance.Below(Traders)), _chance.Of([Usdc, Btc]), _chance.Of<string>(["0.2", "3000"])),
                < 18 => new Deposit(Trader(_chance.Below(Traders)), Usdc, "1000"),
                _ => new PassTime(),
            };
        }

        private InstrumentId _instrument;

        private InstrumentId Instrument() => _instrument = new InstrumentId(_chance.Of<string>(["BTC_USDC-PERPETUAL", "BTC_USDC-PERPETUAL", "ETH_USDC-PERPETUAL", "BTC-PERPETUAL"]));

        private decimal Size() => _instrument.Value switch { "BTC-PERPETUAL" => _chance.Of([2000m, 20_000m]), "ETH_USDC-PERPETUAL" => _chance.Of([20m, 200m]), _ => _chance.Of([0.5m, 4m]) };

        private decimal Near() => decimal.Round((decimal)_prices[_instrument.Value[..3]], 1);

        /// <summary>A feed of one asset says nothing for a while; mostly one, now and then another beside it.</summary>
        private void Silence() => _mute[_chance.Of<string>(["BTC", "BTC", "ETH"])] = 20 + _chance.Below(60);

        private ReportPrices Reports()
        {
            var said = new List<SourcePrice>();
            foreach (string asset in _prices.Keys.ToArray())
            {
                if (asset != "USDC")
                {
                    double fall = _chance.OneIn(25) ? 0.75 : 1;
                    _prices[asset] = Math.Clamp(_prices[asset] * fall * (1 + (0.05 * (_chance.Part() - 0.48))), asset == "BTC" ? 3000 : 80, asset == "BTC" ? 12_000 : 300);
                }

                if (_mute.TryGetValue(asset, out int left))
                {
                    if (left > 1) _mute[asset] = left - 1;
                    else _mute.Remove(asset);
                    continue;
                }

                foreach (string source in (string[])["a", "b", "c"]) said.Add(new SourcePrice(new AssetId(asset), new AccountId(source), decimal.Round((decimal)_prices[asset], 4), 0.001, _now));
                _spoken[asset] = _now;
            }

            return new ReportPrices(said);
        }

        private Outcome Accept(Command command)
        {
            Outcome outcome = Do(command);
            outcome.Refusal.ShouldBe(Refusal.None, $"{command} {outcome.Detail}");

            return outcome;
        }

        private Outcome Do(Command command)
        {
            (Last, Count) = (command, Count + 1);
            _journal.Add(_kernel.Execute(new Envelope(_now, Envelope.Venue, new CommandId($"c{Count}"), command), out Outcome outcome));
            Audit.Full(State);
            foreach (Event happened in outcome.Events)
            {
                See(happened.GetType().Name);
                foreach (AssetId asset in TradedOn(happened)) IsSilent(asset).ShouldBeFalse($"{asset} has been silent since {_spoken[asset.Value]}, and {happened}");
            }

            foreach (AssetId asset in (AssetId[])[Btc, Eth])
            {
                if (!IsSilent(asset)) continue;

                See($"halted-{asset.Value.ToLowerInvariant()}");
                if (Enumerable.Range(0, Traders).Any(t => State.Accounts.TryFind(Trader(t), out AccountIndex index) && State.Judgement.Of(index).IsLiquidatable)) See("held-back");
            }

            return outcome;
        }

        /// <summary>Assets whose prices an event trades at on somebody else's account who did not ask for it.</summary>
        private IEnumerable<AssetId> TradedOn(Event happened) => happened switch
        {
            PositionLiquidated closed => Of(closed.Instrument),
            CollateralSold sold => [sold.Sold, sold.Bought],
            Deleveraged over => Of(over.Instrument),
            TakeoversPassedOn passed => Of(passed.Instrument),
            BidTaken taken => [.. taken.Positions.SelectMany(position => Of(position.Instrument)), .. taken.Coins.Select(coin => coin.Asset), taken.PaidIn],
            BackstopTook took => [.. took.Positions.SelectMany(position => Of(position.Instrument)), .. took.Coins.Select(coin => coin.Asset)],
            _ => [],
        };

        private AssetId[] Of(InstrumentId name)
        {
            Instrument instrument = State.Catalog[State.Instrument(name)];

            return [State.Catalog[instrument.Underlying].Id, State.Catalog[instrument.Settlement].Id];
        }

        private bool IsSilent(AssetId asset) => _spoken.TryGetValue(asset.Value, out Instant at) && _now > at + Halting;

        private bool IsFresh(AssetId asset) => _spoken.TryGetValue(asset.Value, out Instant at) && _now <= at + TimeSpan.FromSeconds(60);

        /// <summary>What is allowed and what is not, asked while something is silent.</summary>
        private void Probe()
        {
            bool btc = IsSilent(Btc), eth = IsSilent(Eth);
            if ((!btc && !eth) || !IsFresh(Usdc)) return;

            See("probed");
            if (btc)
            {
                Fill("clean", "other", "BTC_USDC-PERPETUAL", 0.1m).Refusal.ShouldBe(Refusal.OraclePriceUnfit);
                Do(new Borrow(new AccountId("clean"), Btc, "0.01")).Refusal.ShouldBe(Refusal.OraclePriceUnfit);
                Accept(new Deposit(Trader(1), Btc, "0.0001"));
            }

            // Who hangs on nothing that is silent goes on as ever.
            if (IsFresh(Eth))
            {
                See("went-on");
                Fill("clean", "other", "ETH_USDC-PERPETUAL", 0.5m).Refusal.ShouldBe(Refusal.None);
                Fill("other", "clean", "ETH_USDC-PERPETUAL", 0.5m).Refusal.ShouldBe(Refusal.None);
            }

            Accept(new Withdraw(new AccountId("clean"), Usdc, "1"));
            Accept(new Deposit(new AccountId("clean"), Usdc, "1"));
        }

        private Outcome Fill(string buyer, string seller, string instrument, decimal size)
        {
            _instrument = new InstrumentId(instrument);

            return Do(new ReportFill(new AccountId(buyer), new AccountId(seller), _instrument, size, Near()));
        }

        private void See(string kind) => seen[kind] = seen.GetValueOrDefault(kind) + 1;

        private static AccountId Trader(int number) => new($"t{number}");
    }
}
