using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Lending;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests.Storms;

/// <summary>
/// A million events of crashing venues, applied one by one to a second state: after every one of them every asset sums to zero
/// and no fund that insures is below it; and of every deficit insurance, own funds, socialisation and deleveraging bear all,
/// to the unit, reckoned from the ledger before and after and not from what the engine says.
/// </summary>
public sealed class LossConservationTests
{
    private const int Wanted = 1_000_000;
    private const int CommandsOfOne = 1_200;

    [Fact]
    public void A_million_events_lose_nothing_and_every_deficit_is_borne_to_the_unit()
    {
        var seen = new SortedDictionary<string, long>(StringComparer.Ordinal);
        long events = 0;
        long deficits = 0;
        for (ulong seed = 1; events < Wanted; seed++)
        {
            var crash = new Crash(seed, seen);
            try
            {
                crash.Run(Wanted - events);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"seed {seed}, command {crash.Commands}: {fault.Message}", fault);
            }

            events += crash.Events;
            deficits += crash.Deficits;
        }

        TestContext.Current.SendDiagnosticMessage($"{events} events, {deficits} deficits: {string.Join(", ", seen.Select(k => $"{k.Key} {k.Value}"))}");
        events.ShouldBeGreaterThanOrEqualTo(Wanted);
        deficits.ShouldBeGreaterThan(5_000);
        foreach (string kind in (string[])["Deleveraged", "FundDrawn", "CoverClaimed", "LossBorne", "LossSocialised", "CoverStaked", "CoverUnstaked", "LayersFed", "PremiumPaid", "PositionLiquidated", "CollateralSold"])
            seen.ShouldContainKey(kind);
    }

    /// <summary>One venue of few contracts and many small accounts under one set of terms.</summary>
    private sealed class Crash
    {
        private const int Accounts = 40;
        private const string Linear = "BTC_USDC-PERPETUAL";
        private const string Inverse = "BTC-PERPETUAL";
        private static readonly AssetId Usdc = new("USDC");
        private static readonly AssetId Btc = new("BTC");

        private readonly Chance _chance;
        private readonly SortedDictionary<string, long> _seen;
        private readonly VenueKernel _kernel = new();
        private readonly VenueState _shadow = new();
        private Instant _now = Instant.Utc(2020, 3, 12);
        private decimal _price = 8000m;
        private Int128[]? _owedBefore;
        private AccountId? _settling;
        private Int128[] _borne = [];

        public Crash(ulong seed, SortedDictionary<string, long> seen) => (_chance, _seen) = (new Chance(seed), seen);

        public long Events { get; private set; }

        public long Deficits { get; private set; }

        public int Commands { get; private set; }

        public void Run(long most)
        {
            Open();
            for (int i = 0; i < CommandsOfOne && Events < most; i++) Do(Next());
            Audit.Full(_shadow);
            Snapshots.HashOf(_shadow).ShouldNotBe(Hash256.Zero);
        }

        private void Open()
        {
            Do(new ListAsset(Usdc, 6, AssetClass.Stable));
            Do(new ListAsset(Btc, 8, AssetClass.Major));
            Do(new ListInstrument(new InstrumentId(Linear), Payoff.Linear, Usdc, 0.001m, 0.5m));
            Do(new ListInstrument(new InstrumentId(Inverse), Payoff.Inverse, Btc, 10m, 0.5m));
            Do(new SetParameters(Rules()));
            Do(Prices());
            foreach (string name in (string[])["liquidity", "insurer"]) Do(new OpenAccount(new AccountId(name)));
            Do(new Deposit(new AccountId("liquidity"), Usdc, "1000000"));
            Do(new Deposit(new AccountId("liquidity"), Btc, "1000"));
            for (int i = 0; i < Accounts; i++)
            {
                Do(new OpenAccount(new AccountId($"a{i}")));
                Do(new Deposit(new AccountId($"a{i}"), Usdc, "3000"));
            }
        }

        private RiskParameters Rules()
        {
            RiskParameters rules = RiskParameters.Default(_kernel.State.Catalog);

            return rules with
            {
                Liquidation = rules.Liquidation with { PenaltyRate = 0.01m },
                Insurance = new InsuranceTerms
                {
                    Layers =
                    [
                        new LayerTerms(InsuranceLayer.Base, PerTick: _chance.OneIn(2) ? 2000m : null, Penalties: 0.4m, Fees: 0.1m, Target: 800m, Replenish: 1),
                        new LayerTerms(InsuranceLayer.FirstLoss, PerPeriod: 3000m, Penalties: 0.3m, Fees: 0.1m),
                        new LayerTerms(InsuranceLayer.Pool, PerAccount: 900m, Penalties: 0.3m, Fees: 0.2m),
                        new LayerTerms(InsuranceLayer.Cover, PerTick: 500m),
                    ],
                    PeriodHours = 1m,
                    Pool = new PoolTerms([Usdc, Btc], 0.1m, 20_000m, 4.8m, 100m, 0.5m, 0.02m, 0.5m, new RateCurve(0.01m, 0.1m, 0.5m, 1m), 1m),
                    Cover = new CoverTerms(new AccountId("insurer"), 2_000m),
                    OwnFunds = _chance.Of([0m, 50m, 5000m]),
                    Socialise = _chance.OneIn(2) ? Socialisation.Profit : Socialisation.Equity,
                },
                Deleveraging = new DeleveragingTerms(_chance.Of(Enum.GetValues<DeleveragingPolicy>()), _chance.OneIn(2)),
            };
        }

        private Command Next() => _chance.Below(100) switch
        {
            < 26 => Prices(),
            < 60 => Fill(),
            < 70 => new Deposit(Who(), _chance.OneIn(4) ? Btc : Usdc, _chance.OneIn(4) ? "0.1" : "2500"),
            < 76 => new Borrow(Who(), _chance.OneIn(2) ? Btc : Usdc, _chance.OneIn(2) ? "0.2" : "900"),
            < 82 => new Withdraw(Who(), _chance.OneIn(2) ? Btc : Usdc, _chance.OneIn(2) ? "0.15" : "800"),
            < 88 => new StakeCover(Who(), _chance.OneIn(3) ? Btc : Usdc, _chance.OneIn(2) ? "0.05" : "400"),
            < 91 => new RequestUnstake(Who(), _chance.OneIn(3) ? Btc : Usdc),
            < 94 => new Unstake(Who(), _chance.OneIn(3) ? Btc : Usdc),
            < 95 => new Deposit(new AccountId("insurer"), Usdc, "1500"),
            < 97 => new Endow(_chance.OneIn(2) ? Fund.InsuranceFund : Fund.FirstLoss, Usdc, "600", Fund.Hot),
            < 98 => new Endow(Fund.OwnFunds, Usdc, "100", Fund.Hot),
            _ => new PayFunding(new InstrumentId(_chance.OneIn(2) ? Linear : Inverse), _chance.OneIn(2) ? 0.002m : -0.002m),
        };

        private MovePrices Prices()
        {
            decimal move = _chance.Below(12) switch { 0 => 0.8m, 1 => 1.25m, 2 => 0.9m, 3 => 1.1m, _ => 0.97m + (0.06m * (decimal)_chance.Part()) };
            _price = Math.Clamp(decimal.Round(_price * move, 1), 800m, 80_000m);
            var feed = new AccountId("feed");

            return new MovePrices([new AssetPrice(Btc, _price, _now, 0, feed), new AssetPrice(Usdc, 1m, _now, 0, feed)], []);
        }

        private ReportFill Fill()
        {
            bool linear = !_chance.OneIn(3);

            return new ReportFill(
                Who(), _chance.OneIn(6) ? new AccountId("liquidity") : Who(), new InstrumentId(linear ? Linear : Inverse),
                linear ? _chance.Of([0.1m, 0.5m, 1m, 2m]) : _chance.Of([500m, 3000m, 10_000m]), _price, null, null, linear ? "1.234567" : "0.00012345", null);
        }

        private AccountId Who() => new($"a{_chance.Below(Accounts)}");

        private void Do(Command command)
        {
            Commands++;
            _now += TimeSpan.FromSeconds(1 + _chance.Below(60));
            _kernel.Execute(new Envelope(_now, Envelope.Venue, new CommandId($"c{Commands}"), command), out Outcome outcome);
            _shadow.Now = outcome.At;
            foreach (Event happened in outcome.Events) Apply(happened);
            End();
        }

        private void Apply(Event happened)
        {
            AccountId? debtor = Debtor(happened);
            if (debtor != _settling) End();
            if (debtor is { } whose && _settling is null)
            {
                _settling = whose;
                _owedBefore = Owed(whose);
                _borne = new Int128[_owedBefore.Length];
            }

            happened.Apply(_shadow);
            Events++;
            string kind = happened.GetType().Name;
            _seen[kind] = _seen.GetValueOrDefault(kind) + 1;
            if (debtor is not null) Count(happened);
            for (int a = 0; a < _shadow.Catalog.Assets.Count; a++)
            {
                var asset = new AssetIndex(a);
                Amount sum = _shadow.Ledger.ControlTotal(Purse.Cash, asset) + _shadow.Ledger.ControlTotal(Purse.Loan, asset) + _shadow.Ledger.FundTotal(asset);
                if (!sum.IsZero) throw new InvalidOperationException($"{kind} leaves {sum} units of {_shadow.Catalog[asset].Id}");
                foreach (Fund fund in (Fund[])[Fund.InsuranceFund, Fund.FirstLoss, Fund.MutualPool])
                    if (_shadow.Ledger.Balance(fund, asset).Sign < 0) throw new InvalidOperationException($"{kind} leaves {fund} below zero");
            }
        }

        /// <summary>What was owed at first is what was borne and what is owed still.</summary>
        private void End()
        {
            if (_settling is not { } account) return;

            Int128[] after = Owed(account);
            for (int a = 0; a < after.Length; a++)
            {
                if (_owedBefore![a] - after[a] != _borne[a])
                    throw new InvalidOperationException($"{account} owed {_owedBefore[a]} and owes {after[a]}, but {_borne[a]} were borne");
            }

            Deficits++;
            (_settling, _owedBefore) = (null, null);
        }

        /// <summary>Cash, loan and the cost of positions: what an account owes before its positions are marked, below zero a claim.</summary>
        private Int128[] Owed(AccountId account)
        {
            AccountIndex index = _shadow.Account(account);
            var owed = new Int128[_shadow.Catalog.Assets.Count];
            for (int a = 0; a < owed.Length; a++)
                owed[a] = -(_shadow.Ledger.Balance(index, Purse.Cash, new AssetIndex(a)) + _shadow.Ledger.Balance(index, Purse.Loan, new AssetIndex(a))).Units;
            Ledger.Positions.PositionRows held = _shadow.Positions.Rows(index);
            for (int i = 0; i < held.Count; i++) owed[_shadow.Catalog[held.Instrument(i)].Settlement.Value] += held.Cost(i).Units;

            return owed;
        }

        private void Count(Event happened)
        {
            switch (happened)
            {
                case FundDrawn e: _borne[_shadow.Asset(e.Asset).Value] += e.Amount.Units; break;
                case CoverClaimed e: _borne[_shadow.Asset(e.Asset).Value] += e.Amount.Units; break;
                case LossBorne e: _borne[_shadow.Asset(e.Asset).Value] += e.Amount.Units; break;
                case LossSocialised e: _borne[_shadow.Asset(e.Asset).Value] += e.Amount.Units; break;
                case Deleveraged e: foreach (TakeoverShare share in e.Shares) _borne[_shadow.Catalog[_shadow.Instrument(e.Instrument)].Settlement.Value] += share.Value.Units; break;
                case DeficitSettled e: foreach (DeficitLine line in e.Lines) (line.Deleveraged + line.Insured + line.OwnFunds + line.Socialised).ShouldBe(line.Deficit); break;
            }
        }

        private static AccountId? Debtor(Event happened) => happened switch
        {
            Deleveraged e => e.Account,
            FundDrawn e => e.Account,
            CoverClaimed e => e.Account,
            LossBorne e => e.Account,
            LossSocialised e => e.Account,
            DeficitSettled e => e.Account,
            _ => null,
        };
    }
}
