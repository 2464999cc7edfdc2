using Plimsoll.Engine;
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

namespace Plimsoll.Crash.Tests;

/// <summary>Where in a script a venue stands after an entry, so that a test can kill it there.</summary>
[Flags]
internal enum Midst
{
    Nothing = 0,
    Called = 1,
    Slicing = 2,
    Auction = 4,
    LastResort = 8,
    Held = 16,
    Paused = 32,
    Staked = 64,
}

/// <summary>
/// A venue with every guard on, lived once in this process without being killed: what was asked, at which moment, what became
/// of it, and the state after every entry. Prices come from three sources and fall; calls are answered or not; persons hold and
/// hurry; bidders bid; stakers stake and leave; time passes when something is due.
/// </summary>
internal sealed class Script
{
    public const string Perpetual = "BTC_USDC-PERPETUAL";
    private const int Traders = 14;

    private static readonly AssetId Usdc = new("USDC");
    private static readonly AssetId Btc = new("BTC");
    private readonly List<Envelope> _asked = [];
    private readonly List<JournalEntry> _entries = [];
    private readonly List<Hash256> _states = [];
    private readonly List<Midst> _midst = [];
    private readonly VenueKernel _kernel = new();
    private Instant _now = Instant.Utc(2026, 1, 1);
    private uint _chance = 2463534242;
    private double _btc = 8000;

    public IReadOnlyList<Envelope> Asked => _asked;

    public IReadOnlyList<JournalEntry> Entries => _entries;

    /// <summary>The hash of the state after each entry.</summary>
    public IReadOnlyList<Hash256> States => _states;

    /// <summary>Where the venue stood after each entry.</summary>
    public IReadOnlyList<Midst> At => _midst;

    public IReadOnlyList<Event> Events { get; private set; } = [];

    public VenueState Venue => _kernel.State;

    public static Script Lived(int commands)
    {
        var script = new Script();
        var events = new List<Event>();
        foreach (Command command in script.Opening()) script.Do(Envelope.Venue, command, events).Refusal.ShouldBe(Refusal.None, command.ToString());
        for (int i = 0; i < commands; i++)
        {
            script._now += TimeSpan.FromSeconds(1 + script.Below(9));
            script.PassTime(events);
            (AccountId by, Command command) = script.Next();
            script.Do(by, command, events);
            Audit.Full(script.Venue);
        }

        script.Events = events;

        return script;
    }

    private Outcome Do(AccountId by, Command command, List<Event> events)
    {
        var asked = new Envelope(_now, by, new CommandId($"i{_asked.Count}"), command);
        _asked.Add(asked);
        _entries.Add(_kernel.Execute(asked, out Outcome outcome));
        events.AddRange(outcome.Events);
        _states.Add(Snapshots.HashOf(Venue));
        _midst.Add(Standing());

        return outcome;
    }

    /// <summary>As a server does: time is told when something is due and nothing else came.</summary>
    private void PassTime(List<Event> events)
    {
        for (int i = 0; i < 3 && Venue.NextDue is { } due && due < _now; i++)
        {
            Instant next = _now;
            _now = due > Venue.Now ? due : Venue.Now;
            Do(Envelope.Venue, new PassTime(), events);
            _now = next;
        }
    }

    private Midst Standing()
    {
        Midst midst = Midst.Nothing;
        foreach (LiquidationCase one in Venue.Liquidations.Cases)
        {
            midst |= one.Stage switch
            {
                LiquidationStage.Called => Midst.Called,
                LiquidationStage.Slicing => Midst.Slicing,
                LiquidationStage.Auctioned => Midst.Auction,
                _ => Midst.LastResort,
            };
        }

        if (Venue.Overrides.Open.Any(order => order.IsConfirmed)) midst |= Midst.Held;
        if (Venue.Breakers.All.Any(one => one.Breaker.IsHeld)) midst |= Midst.Paused;
        if (Venue.Insurance.Pool.IsStaked) midst |= Midst.Staked;

        return midst;
    }

    private IEnumerable<Command> Opening()
    {
        yield return new ListAsset(Usdc, 6, AssetClass.Stable);
        yield return new ListAsset(Btc, 8, AssetClass.Major);
        yield return new ListInstrument(new InstrumentId(Perpetual), Payoff.Linear, Usdc, 0.001m, 0.1m);
        yield return new SetParameters(Rules());
        yield return Prices();
        foreach (string name in (string[])["liquidity", "backstop", "insurer", "bidder", "staker"]) yield return new OpenAccount(new AccountId(name));
        yield return new Deposit(new AccountId("liquidity"), Usdc, "1000000000");
        yield return new Deposit(new AccountId("backstop"), Usdc, "100000");
        yield return new Deposit(new AccountId("bidder"), Usdc, "5000000");
        yield return new Deposit(new AccountId("staker"), Usdc, "100000");
        yield return new Endow(Fund.InsuranceFund, Usdc, "3000", Fund.Hot);
        for (int t = 0; t < Traders; t++)
        {
            yield return new OpenAccount(Trader(t));
            yield return new Deposit(Trader(t), Usdc, "12000");
        }
    }

    /// <summary>Every section on.</summary>
    private RiskParameters Rules()
    {
        var feed = new OracleTerms(60_000_000) { LeastSources = 2, MostJump = 0.3, FrozenMove = 0.05, HaltAge = 20 };

        return RiskParameters.Default(Venue.Catalog) with
        {
            Phases = new PhaseTerms
            {
                PeriodSeconds = 10,
                WarnAt = 0.7m,
                CallSeconds = 40,
                Slices = new SliceTerms(0.5m, [new DepthTerms(new AssetScope(Btc, null), 40_000m, 0.01m)], 30),
                Caps = new PhaseCaps(8_000m, 12_000m),
                Auction = new AuctionPhaseTerms(Usdc, 0.02m, 0.30m, 60, 10, 0.05m),
                Backstop = new BackstopTerms(new AccountId("backstop"), 100_000m, 50_000m, 1_000_000m, 10m),
                Halt = true,
            },
            Oracles = new OracleRules(null, [new OracleLine(Btc, feed), new OracleLine(Usdc, feed)]) { Damping = new DampingTerms(0.06m, 0.0003m) },
            Breakers = new BreakerTerms
            {
                Lines = [new BreakerLine(null, AssetClass.Major, new BandTerms(0.3m, 3600), new BandTerms(0.12m, 60), 10, 10, 20, new EscalationTerms(2m, 600, 40))],
                Throttles = new ThrottleTerms(60, 30_000m, 30_000m),
            },
            Insurance = new InsuranceTerms
            {
                Layers =
                [
                    new LayerTerms(InsuranceLayer.Base, Penalties: 0.5m, Fees: 0.1m),
                    new LayerTerms(InsuranceLayer.Pool, Penalties: 0.3m, Fees: 0.2m),
                    new LayerTerms(InsuranceLayer.Cover, PerTick: 500m),
                ],
                PeriodHours = 1m,
                Pool = new PoolTerms([Usdc], 0.02m, 20_000m, 4.8m, 100m, 0.5m, 0.02m, 0.5m, new RateCurve(0.01m, 0.1m, 0.5m, 1m), 1m),
                Cover = new CoverTerms(new AccountId("insurer"), 2_000m),
                OwnFunds = 1000m,
                Socialise = Socialisation.Equity,
            },
            Deleveraging = new DeleveragingTerms(DeleveragingPolicy.WaterFilling),
        };
    }

    private (AccountId By, Command Command) Next()
    {
        if (Venue.Liquidations.Cases.FirstOrDefault(one => one.Stage == LiquidationStage.Auctioned) is { } auction && Below(2) == 0)
            return (Envelope.Venue, new Bid(Venue.Accounts[auction.Account], new AccountId("bidder"), One(0.1m, 0.25m, 1m), Below(2) == 0 ? null : "1000000"));
        if (Venue.Overrides.Open.FirstOrDefault(order => !order.IsConfirmed) is { } order && Below(3) == 0)
            return (new AccountId("ben"), new ConfirmOverride(order.Number));

        return Below(40) switch
        {
            < 22 => (Envelope.Venue, Prices()),
            < 29 => (Envelope.Venue, Fill()),
            < 30 => (Envelope.Venue, new Deposit(Trader(Below(Traders)), Usdc, One("500", "2000"))),
            < 31 => (Envelope.Venue, new StakeCover(new AccountId("staker"), Usdc, "700")),
            < 32 => (Envelope.Venue, new RequestUnstake(new AccountId("staker"), Usdc, One("100", null))),
            < 33 => (Envelope.Venue, new Unstake(new AccountId("staker"), Usdc)),
            < 35 => (new AccountId("anna"), new AcknowledgeCall(Called(), "seen")),
            < 36 => (new AccountId("anna"), new ProposeOverride(Called(), OverrideKind.HoldLiquidation, "the customer is paying in", _now + TimeSpan.FromSeconds(60))),
            < 37 => (new AccountId("anna"), new ProposeOverride(Called(), OverrideKind.LiquidateNow, "he does not answer")),
            < 38 => (Envelope.Venue, new Withdraw(Trader(Below(Traders)), Usdc, "3000")),
            _ => (Envelope.Venue, new PassTime()),
        };
    }

    /// <summary>Three sources, now and then one that is silent, doubled, late or alone in what it says; on the whole the price falls and comes back.</summary>
    private ReportPrices Prices()
    {
        double drift = _btc < 4800 ? 0.04 : -0.002;
        _btc = Math.Clamp(_btc * (1 + drift + (0.03 * ((Below(1000) / 1000.0) - 0.5)) - (Below(40) == 0 ? 0.24 : 0)), 4000, 9000);
        var reports = new List<SourcePrice>();
        foreach (string source in (string[])["a", "b", "c"])
        {
            if (reports.Count > 0 && Below(9) == 0) continue;
            decimal btc = decimal.Round((decimal)(_btc * (Below(15) == 0 ? 1.2 : 1 + (0.0004 * Below(5)))), 2);
            Instant seen = Below(12) == 0 ? _now + TimeSpan.FromSeconds(-Below(50)) : _now;
            reports.Add(new SourcePrice(Btc, new AccountId(source), btc, 0.001, seen, 1000));
            reports.Add(new SourcePrice(Usdc, new AccountId(source), 1m, 0.0005, seen, 1000));
            if (Below(9) == 0) reports.Add(reports[^2]);
        }

        return new ReportPrices(reports);
    }

    private ReportFill Fill()
    {
        decimal price = decimal.Round((decimal)_btc, 1);
        (AccountId one, AccountId other) = (Trader(Below(Traders)), Below(2) == 0 ? new AccountId("liquidity") : Trader(Below(Traders)));

        return Below(4) == 0
            ? new ReportFill(other, one, new InstrumentId(Perpetual), One(0.5m, 2m), price)
            : new ReportFill(one, other, new InstrumentId(Perpetual), One(1m, 4m, 8m), price);
    }

    private AccountId Called() =>
        Venue.Liquidations.Cases.Count > 0 ? Venue.Accounts[Venue.Liquidations.Cases.ElementAt(Below(Venue.Liquidations.Cases.Count)).Account] : Trader(Below(Traders));

    private static AccountId Trader(int number) => new($"t{number}");

    private T One<T>(params T[] values) => values[Below(values.Length)];

    private int Below(int bound)
    {
        unchecked
        {
            _chance ^= _chance << 13;
            _chance ^= _chance >> 17;
            _chance ^= _chance << 5;

            return (int)(_chance % (uint)bound);
        }
    }
}
