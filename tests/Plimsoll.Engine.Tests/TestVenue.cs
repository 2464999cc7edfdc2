using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>A small venue to put through its paces: one kernel, its journal, and a clock that ticks a second per command.</summary>
internal sealed class TestVenue
{
    private long _next = 1;

    public VenueKernel Kernel { get; } = new();

    public List<JournalEntry> Journal { get; } = [];

    public Instant Clock { get; set; } = Instant.Utc(2020, 3, 11);

    public VenueState State => Kernel.State;

    /// <summary>A venue with BTC, ETH, USDC and USDT, the usual contracts, default parameters, prices, and a provider.</summary>
    public static TestVenue Open(Func<RiskParameters, RiskParameters>? rules = null)
    {
        var venue = new TestVenue();
        venue.Accept(new ListAsset(new AssetId("USDC"), 6, AssetClass.Stable));
        venue.Accept(new ListAsset(new AssetId("USDT"), 6, AssetClass.Stable));
        venue.Accept(new ListAsset(new AssetId("BTC"), 8, AssetClass.Major));
        venue.Accept(new ListAsset(new AssetId("ETH"), 18, AssetClass.Major));
        venue.List("BTC_USDC-PERPETUAL", Payoff.Linear, "USDC", 0.001m);
        venue.List("ETH_USDC-PERPETUAL", Payoff.Linear, "USDC", 0.01m);
        venue.List("BTC-PERPETUAL", Payoff.Inverse, "BTC", 10m);
        venue.List("BTC-27MAR20", Payoff.Inverse, "BTC", 10m);
        venue.List("BTC_USDC-27MAR20", Payoff.Linear, "USDC", 0.001m);
        venue.List("BTC_USDC-27MAR20-8000-C", Payoff.Linear, "USDC", 0.1m);
        venue.List("BTC-27MAR20-8000-P", Payoff.Inverse, "BTC", 0.1m);
        venue.List("BTC_USDC", Payoff.Linear, "USDC", 0.0001m);
        venue.List("BTC_USDC-POOL-6000-10000", Payoff.Linear, "USDC", 0.1m);
        RiskParameters parameters = RiskParameters.Default(venue.State.Catalog);
        venue.Accept(new SetParameters(rules is null ? parameters : rules(parameters)));
        venue.Prices(btc: 8000m, eth: 200m);
        venue.Rich("liquidity");

        return venue;
    }

    public Outcome Do(Command command, string by = "venue", string? id = null)
    {
        Clock += TimeSpan.FromSeconds(1);

        return DoAt(Clock, command, by, id);
    }

    public Outcome DoAt(Instant at, Command command, string by = "venue", string? id = null)
    {
        if (at > Clock) Clock = at;
        var envelope = new Envelope(at, new AccountId(by), new CommandId(id ?? $"c{_next++}"), command);
        Journal.Add(Kernel.Execute(envelope, out Outcome outcome));
        Audit.Full(State);

        return outcome;
    }

    public Outcome Accept(Command command)
    {
        Outcome outcome = Do(command);
        outcome.Refusal.ShouldBe(Refusal.None, outcome.Detail);

        return outcome;
    }

    public void Refuse(Command command, Refusal expected)
    {
        Hash256 before = Snapshots.HashOf(State);
        long at = State.Now.UnixMicroseconds;
        Do(command).Refusal.ShouldBe(expected);
        at.ShouldBeLessThanOrEqualTo(State.Now.UnixMicroseconds);
        before.ShouldNotBe(Hash256.Zero);
    }

    public void List(string name, Payoff payoff, string settlement, decimal lot) =>
        Accept(new ListInstrument(new InstrumentId(name), payoff, new AssetId(settlement), lot, 0.01m));

    public void Account(string name) => Accept(new OpenAccount(new AccountId(name)));

    public void Deposit(string account, string amount, string asset) =>
        Accept(new Deposit(new AccountId(account), new AssetId(asset), amount));

    /// <summary>An account that is open and has plenty of everything.</summary>
    public void Rich(string name)
    {
        Account(name);
        Deposit(name, "1000000000", "USDC");
        Deposit(name, "100000", "BTC");
        Deposit(name, "1000000", "ETH");
    }

    public Outcome Prices(decimal btc, decimal eth)
    {
        Clock += TimeSpan.FromSeconds(1);

        return DoAt(Clock, new MovePrices([Quote("BTC", btc), Quote("ETH", eth), Quote("USDC", 1m), Quote("USDT", 1m)], []));
    }

    public Outcome Fill(string buyer, string seller, string instrument, decimal size, decimal price) =>
        Accept(new ReportFill(new AccountId(buyer), new AccountId(seller), new InstrumentId(instrument), size, price));

    public string Cash(string account, string asset) => Format(asset, State.Ledger.Balance(Index(account), Purse.Cash, State.Asset(new AssetId(asset))));

    public string Loan(string account, string asset) => Format(asset, State.Ledger.Balance(Index(account), Purse.Loan, State.Asset(new AssetId(asset))));

    public string Balance(Fund fund, string asset) => Format(asset, State.Ledger.Balance(fund, State.Asset(new AssetId(asset))));

    public long LotsOf(string account, string instrument) =>
        State.Position(Index(account), State.Instrument(new InstrumentId(instrument))).Lots.Count;

    public Verdict Verdict(string account) => State.Judgement.Of(Index(account));

    public AccountPhase Phase(string account) => State.Accounts.PhaseOf(Index(account));

    public AccountIndex Index(string account) => State.Account(new AccountId(account));

    private AssetPrice Quote(string asset, decimal price) => new(new AssetId(asset), price, Clock, 0, new AccountId("test"));

    private string Format(string asset, Amount amount) => State.Catalog[State.Asset(new AssetId(asset))].Scale.Format(amount);
}
