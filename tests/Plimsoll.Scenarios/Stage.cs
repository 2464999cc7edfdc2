using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Scenarios;

/// <summary>The venue a scenario plays at: BTC, ETH, USDC, linear and inverse perpetuals, a rich provider, and rules without grids.</summary>
internal sealed class Stage
{
    private readonly VenueKernel _kernel = new();
    private readonly List<JournalEntry> _journal = [];
    private readonly SortedDictionary<string, decimal> _prices = new(StringComparer.Ordinal) { ["BTC"] = 30000m, ["ETH"] = 2000m, ["USDC"] = 1m };
    private Instant _clock = Instant.Utc(2022, 1, 1);

    public Stage()
    {
        Accept(new ListAsset(new AssetId("USDC"), 6, AssetClass.Stable));
        Accept(new ListAsset(new AssetId("BTC"), 8, AssetClass.Major));
        Accept(new ListAsset(new AssetId("ETH"), 18, AssetClass.Major));
        Accept(new ListInstrument(new InstrumentId("BTC_USDC-PERPETUAL"), Payoff.Linear, new AssetId("USDC"), 0.001m, 0.01m));
        Accept(new ListInstrument(new InstrumentId("ETH_USDC-PERPETUAL"), Payoff.Linear, new AssetId("USDC"), 0.01m, 0.01m));
        Accept(new ListInstrument(new InstrumentId("BTC-PERPETUAL"), Payoff.Inverse, new AssetId("BTC"), 10m, 0.5m));
        Accept(new SetParameters(Flat(RiskParameters.Default(State.Catalog))));
        Price();
        Account("liquidity");
        Accept(new Deposit(new AccountId("liquidity"), new AssetId("USDC"), "10000000000"));
        Accept(new Deposit(new AccountId("liquidity"), new AssetId("BTC"), "1000000"));
    }

    private VenueState State => _kernel.State;

    public void Rule(string name, decimal value)
    {
        RiskParameters now = State.Parameters!;
        LiquidationTerms terms = now.Liquidation;
        Accept(new SetParameters(name switch
        {
            "initial" => now with { Initial = new Threshold(0, value) },
            "target" => now with { Target = new Threshold(0, value) },
            "maintenance" => now with { Maintenance = new Threshold(0, value) },
            "call" => now with { CallAt = value },
            "penalty" => now with { Liquidation = terms with { PenaltyRate = value } },
            "slippage" => now with { Liquidation = terms with { Slippage = [.. terms.Slippage.Select(s => s with { Base = value, PerMillion = 0, Max = value })] } },
            "haircut" => now with { Collateral = [.. now.Collateral.Select(c => c with { Tiers = [new(0, c.Asset.Value == "USDC" ? 0 : value)] })] },
            _ => throw new InvalidOperationException($"'{name}' is no rule of a scenario."),
        }));
    }

    public void Mark(string asset, decimal price)
    {
        _prices[asset] = price;
        Price();
    }

    public AccountId Account(string name)
    {
        var id = new AccountId(name);
        if (!State.Accounts.TryFind(id, out _)) Accept(new OpenAccount(id));

        return id;
    }

    public Outcome Do(Command command)
    {
        _clock += TimeSpan.FromSeconds(1);
        _journal.Add(_kernel.Execute(new Envelope(_clock, Envelope.Venue, new CommandId($"c{_journal.Count}"), command), out Outcome outcome));
        Audit.Full(State);

        return outcome;
    }

    public AccountPhase Phase(string account) => State.Accounts.PhaseOf(Index(account));

    public double OfAccount(string account, string what)
    {
        Verdict verdict = State.Judgement.Of(Index(account));

        return what switch
        {
            "equity" => verdict.Equity,
            "counted" => verdict.Counted,
            "maintenance" => verdict.MaintenanceRequirement,
            "initial" => verdict.InitialRequirement,
            "target" => verdict.TargetRequirement,
            "notional" => verdict.Notional,
            _ when State.Catalog.TryFind(new AssetId(what), out AssetIndex asset) => Coins(asset, State.Ledger.Balance(Index(account), Purse.Cash, asset)),
            _ => Size(account, what),
        };
    }

    public double OfVenue(string what) => what switch
    {
        "bad-debt" => State.Tally.BadDebt,
        "liquidations" => State.Tally.Liquidations,
        "deleveragings" => State.Tally.Deleveragings,
        "calls" => State.Tally.MarginCalls,
        "fund" => Coins(State.Asset(new AssetId("USDC")), State.Ledger.Balance(Fund.InsuranceFund, State.Asset(new AssetId("USDC")))),
        _ => throw new InvalidOperationException($"'{what}' is nothing a scenario expects of the venue."),
    };

    public void ReplaysToTheSameHash()
    {
        var again = new VenueKernel();
        foreach (JournalEntry entry in _journal) again.Verify(entry);

        Snapshots.HashOf(again.State).ShouldBe(Snapshots.HashOf(State));
    }

    private static RiskParameters Flat(RiskParameters parameters) => parameters with
    {
        Grids = [.. parameters.Grids.Select(grid => grid with { Scenarios = [.. grid.Scenarios.Select(s => s with { Spot = 0, Vol = 0 })] })],
        Initial = new Threshold(0, 0.10m),
        Target = new Threshold(0, 0.10m),
        Maintenance = new Threshold(0, 0.05m),
    };

    private double Size(string account, string instrument)
    {
        InstrumentIndex index = State.Instrument(new InstrumentId(instrument));
        Position position = State.Position(Index(account), index);

        return (double)position.Lots.ToSize(State.Catalog[index].LotSize);
    }

    private double Coins(AssetIndex asset, Amount amount) => State.Catalog[asset].Scale.ToModel(amount);

    private AccountIndex Index(string account) => State.Account(new AccountId(account));

    private void Price() => Accept(new MovePrices(
        [.. _prices.Select(p => new AssetPrice(new AssetId(p.Key), p.Value, _clock, 0, new AccountId("scenario")))], []));

    private void Accept(Command command)
    {
        Outcome outcome = Do(command);
        outcome.Refusal.ShouldBe(Refusal.None, outcome.Detail);
    }
}
