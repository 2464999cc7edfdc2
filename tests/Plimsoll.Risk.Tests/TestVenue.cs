using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests;

/// <summary>A small venue to ask questions of: five assets, eleven contracts, as many accounts as a test opens.</summary>
internal sealed class TestVenue
{
    public static readonly Instant Start = Instant.Utc(2026, 1, 1);

    /// <summary>A venue under the default rulebook or one made from it, its assets listed in this order or in reverse.</summary>
    public TestVenue(Func<RiskParameters, RiskParameters>? rule = null, bool reversed = false)
    {
        if (reversed) Doge = Asset("DOGE", 8, AssetClass.Alt);
        if (reversed) Usdc = Asset("USDC", 6, AssetClass.Stable);
        Eth = Asset("ETH", 18, AssetClass.Major);
        Steth = Asset("STETH", 18, AssetClass.Staked, Eth);
        Btc = Asset("BTC", 8, AssetClass.Major);
        if (!reversed) Usdc = Asset("USDC", 6, AssetClass.Stable);
        if (!reversed) Doge = Asset("DOGE", 8, AssetClass.Alt);
        BtcPerp = List("BTC_USDC-PERPETUAL", Usdc, 0.001m, 0.5m);
        EthPerp = List("ETH_USDC-PERPETUAL", Usdc, 0.01m, 0.05m);
        BtcInverse = List("BTC-PERPETUAL", Btc, 10m, 0.5m);
        BtcFuture = List("BTC_USDC-25DEC26", Usdc, 0.001m, 0.5m);
        BtcCall = List("BTC_USDC-27MAR26-60000-C", Usdc, 0.01m, 5m);
        BtcPut = List("BTC_USDC-27MAR26-50000-P", Usdc, 0.01m, 5m);
        BtcInverseCall = List("BTC-27MAR26-60000-C", Btc, 0.1m, 0.0001m);
        BtcInversePut = List("BTC-27MAR26-40000-P", Btc, 0.1m, 0.0001m);
        DogePerp = List("DOGE_USDC-PERPETUAL", Usdc, 1m, 0.00001m);
        BtcPool = List("BTC_USDC-POOL-40000-70000", Usdc, 0.1m, 0.01m);
        EthPool = List("ETH_USDC-POOL", Usdc, 0.1m, 0.01m);

        RiskParameters parameters = RiskParameters.Default(Catalog);
        Model = new MarginModel(Catalog, rule is null ? parameters : rule(parameters));
        Market = new MarketState(Catalog);
        Market.MoveTo(Start);
        Responses = new ResponseSet(Model);
        foreach ((AssetIndex asset, decimal price) in new[] { (Btc, 60_000m), (Eth, 3_000m), (Usdc, 1m), (Steth, 3_000m), (Doge, 0.2m) })
            Market.Apply(new AssetQuote(asset, new Price(price), Start, 0, "test"));
        Responses.Rebuild(Market);
    }

    public Catalog Catalog { get; } = new();

    public MarginModel Model { get; }

    public MarketState Market { get; }

    public ResponseSet Responses { get; }

    public SparseRows Positions { get; } = new();

    public SparseRows Money { get; } = new();

    public AssetIndex Btc { get; }

    public AssetIndex Eth { get; }

    public AssetIndex Usdc { get; }

    public AssetIndex Steth { get; }

    public AssetIndex Doge { get; }

    public InstrumentIndex BtcPerp { get; }

    public InstrumentIndex EthPerp { get; }

    public InstrumentIndex BtcInverse { get; }

    public InstrumentIndex BtcFuture { get; }

    public InstrumentIndex BtcCall { get; }

    public InstrumentIndex BtcPut { get; }

    public InstrumentIndex BtcInverseCall { get; }

    public InstrumentIndex BtcInversePut { get; }

    public InstrumentIndex DogePerp { get; }

    public InstrumentIndex BtcPool { get; }

    public InstrumentIndex EthPool { get; }

    /// <summary>A rulebook with one flat maintenance rate of notional, no scenarios, no haircuts and no costs of closing.</summary>
    public static RiskParameters Flat(RiskParameters p, decimal rate) => p with
    {
        Collateral = [.. p.Collateral.Select(c => new CollateralTerms(c.Asset, [new CollateralTier(0m, 0m)]))],
        Grids = [.. p.Grids.Select(g => new ScenarioGrid(g.Class, [new Scenario("none", 0m, 0m, 1m)]))],
        Initial = new Threshold(0m, rate),
        Target = new Threshold(0m, rate),
        Maintenance = new Threshold(0m, rate),
        Liquidation = Free(p.Liquidation),
    };

    /// <summary>Closing at the mark without a penalty.</summary>
    public static LiquidationTerms Free(LiquidationTerms terms) =>
        new(0m, [.. terms.Slippage.Select(s => new SlippageTerms(s.Class, 0m, 0m, 0m))]);

    public int Open()
    {
        int account = Positions.Rows;
        Positions.EnsureRows(account + 1);
        Money.EnsureRows(account + 1);

        return account;
    }

    public void Price(AssetIndex asset, decimal price)
    {
        Market.Apply(new AssetQuote(asset, new Price(price), Start, 0, "test"));
        Responses.Rebuild(Market);
    }

    public void Mark(InstrumentIndex instrument, decimal forward, double? vol = null)
    {
        Market.Apply(new InstrumentQuote(instrument, new Price(forward), vol));
        Responses.Rebuild(Market);
    }

    public void Deposit(int account, AssetIndex asset, double coins) =>
        Money.Set(account, asset.Value, Money.Quantity(account, asset.Value) + coins);

    /// <summary>Buys at a price in the contract's own quotation; a sale has a negative size.</summary>
    public void Trade(int account, InstrumentIndex instrument, double size, double price)
    {
        Instrument contract = Catalog[instrument];
        bool inverse = contract.Payoff == Payoff.Inverse && contract.Kind != InstrumentKind.Option;
        Deposit(account, contract.Settlement, inverse ? size / price : -size * price);
        Positions.Set(account, instrument.Value, Positions.Quantity(account, instrument.Value) + size);
    }

    /// <summary>Everything is held by many, and some prices are unsure.</summary>
    public void Crowd() => Responses.Rebuild(Market, new VenueSizes(
        openInterest: [.. Responses.UnitNotionals.ToArray().Select((unit, i) => unit > 0 ? (i + 1) * 20_000_000 / unit : 0)],
        confidence: [.. Catalog.Assets.Select((_, a) => 0.001 * a)]));

    public Verdict Judged(int account) => Judge.Account(account, Positions, Money, Responses, Model);

    public LiquidationPrices LiquidationOf(int account, AssetIndex underlying) =>
        LiquidationPrice.Solve(account, underlying, Positions, Money, Market, Model);

    public OpenLots[] LotsOf(int account)
    {
        ReadOnlySpan<int> columns = Positions.Columns(account);
        ReadOnlySpan<double> sizes = Positions.Values(account);
        var lots = new List<OpenLots>();
        for (int p = 0; p < columns.Length; p++)
        {
            var instrument = new InstrumentIndex(columns[p]);
            long count = (long)Math.Round(sizes[p] / (double)Catalog[instrument].LotSize);
            if (count != 0) lots.Add(new OpenLots(instrument, new Lots(count)));
        }

        return [.. lots];
    }

    public LiquidationPlan PlanFor(int account, double fund = 1e12) =>
        LiquidationPlanner.Plan(account, LotsOf(account), Money, Responses, Model, fund);

    /// <summary>Carries a plan out on the books, as the engine would.</summary>
    public void Execute(int account, LiquidationPlan plan)
    {
        foreach (PlannedClose close in plan.Closes)
        {
            Instrument contract = Catalog[close.Instrument];
            Trade(account, close.Instrument, (double)close.Change.ToSize(contract.LotSize), (double)close.Price);
            Deposit(account, contract.Settlement, -Catalog[contract.Settlement].Scale.ToModel(close.Penalty));
            Tidy(account, close.Instrument);
        }

        foreach (PlannedConversion sale in plan.Conversions)
        {
            Deposit(account, sale.Sold, -Catalog[sale.Sold].Scale.ToModel(sale.Sell));
            Deposit(account, sale.Bought, Catalog[sale.Bought].Scale.ToModel(sale.Buy));
        }

        foreach (PlannedTakeover taken in plan.Takeovers)
        {
            Trade(account, taken.Instrument, (double)taken.Change.ToSize(Catalog[taken.Instrument].LotSize), (double)taken.Price);
            Tidy(account, taken.Instrument);
        }
    }

    private void Tidy(int account, InstrumentIndex instrument)
    {
        if (Math.Abs(Positions.Quantity(account, instrument.Value)) < 1e-9) Positions.Set(account, instrument.Value, 0);
    }

    private AssetIndex Asset(string name, int decimals, AssetClass assetClass, AssetIndex? follows = null) =>
        Catalog.Add(new Asset(new AssetId(name), new AssetScale(decimals), assetClass, follows));

    private InstrumentIndex List(string text, AssetIndex settlement, decimal lot, decimal tick)
    {
        var name = InstrumentName.Parse(text);
        Catalog.TryFind(name.Base, out AssetIndex underlying).ShouldBeTrue();

        return Catalog.Add(new Instrument
        {
            Id = new InstrumentId(text),
            Kind = name.Kind,
            Payoff = name.Quote is null ? Payoff.Inverse : Payoff.Linear,
            Underlying = underlying,
            Quote = name.Quote is null ? null : settlement,
            Settlement = settlement,
            LotSize = lot,
            TickSize = tick,
            Expiry = name.Expiry,
            Strike = name.Strike,
            Side = name.Side,
            Lower = name.Lower,
            Upper = name.Upper,
        }.Checked());
    }
}
