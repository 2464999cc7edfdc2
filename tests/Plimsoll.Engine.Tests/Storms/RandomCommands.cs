using System.Globalization;
using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Exposure;
using Plimsoll.Risk.Lending;
using Plimsoll.Risk.Limits;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests.Storms;

/// <summary>Commands of every kind, most of them plausible, many of them garbage, over a venue that may not have been set up yet.</summary>
internal sealed class RandomCommands(Chance chance, VenueState venue, int accounts)
{
    private static readonly string[] Assets = ["USDC", "BTC", "ETH", "SHARE", "NEW", "GHOST"];
    private static readonly string[] Numbers = ["0", "-1", "NaN", "Infinity", "1e5", "", "1.", ".5", "0.0000000000000000000000000001", "99999999999999999999999999999", "999999999999999999", "1", "0.000001", " 1", "1,0", "+1"];
    private static readonly Dictionary<string, double> Level = new(StringComparer.Ordinal) { ["USDC"] = 1, ["BTC"] = 8000, ["ETH"] = 200, ["SHARE"] = 3000, ["NEW"] = 5 };

    private readonly Dictionary<string, double> _prices = new(Level, StringComparer.Ordinal);
    private int _order;

    public static IEnumerable<Command> Opening(Instant now, Chance chance)
    {
        yield return new ListAsset(new AssetId("USDC"), 6, AssetClass.Stable);
        yield return new ListAsset(new AssetId("BTC"), 8, AssetClass.Major);
        yield return new ListAsset(new AssetId("ETH"), 18, AssetClass.Major);
        yield return new ListAsset(new AssetId("SHARE"), 0, AssetClass.Alt);
        yield return new ListAsset(new AssetId("NEW"), 24, AssetClass.Alt);
        foreach ((string name, Payoff payoff, string settlement, decimal lot) in Listings) yield return new ListInstrument(new InstrumentId(name), payoff, new AssetId(settlement), lot, 0.01m);
        yield return new MovePrices([.. Level.Where(l => l.Key != "NEW").Select(l => new AssetPrice(new AssetId(l.Key), (decimal)l.Value, now, 0, new AccountId("feed")))], []);
        if (!chance.OneIn(4)) yield return new Endow(Fund.InsuranceFund, new AssetId(chance.OneIn(2) ? "USDC" : "BTC"), chance.OneIn(2) ? "5" : "20000", Fund.Cold);
    }

    private static (string, Payoff, string, decimal)[] Listings { get; } =
    [
        ("BTC_USDC-PERPETUAL", Payoff.Linear, "USDC", 0.001m), ("ETH_USDC-PERPETUAL", Payoff.Linear, "USDC", 0.000001m),
        ("BTC-PERPETUAL", Payoff.Inverse, "BTC", 10m), ("ETH-PERPETUAL", Payoff.Inverse, "ETH", 1m),
        ("BTC-13MAR20", Payoff.Inverse, "BTC", 10m), ("ETH_USDC-13MAR20", Payoff.Linear, "USDC", 0.01m),
        ("BTC_USDC-13MAR20-8000-C", Payoff.Linear, "USDC", 0.1m), ("BTC-13MAR20-7000-P", Payoff.Inverse, "BTC", 0.1m),
        ("ETH-13MAR20-200-C", Payoff.Inverse, "ETH", 1m), ("SHARE_USDC-PERPETUAL", Payoff.Linear, "USDC", 1m),
        ("SHARE-PERPETUAL", Payoff.Inverse, "SHARE", 100m), ("NEW_USDC-PERPETUAL", Payoff.Linear, "USDC", 1m), ("BTC_USDC", Payoff.Linear, "USDC", 0.0001m), ("SHARE_USDC", Payoff.Linear, "USDC", 0.5m),
        ("BTC_USDC-POOL-5000-12000", Payoff.Linear, "USDC", 0.1m), ("ETH_USDC-POOL", Payoff.Linear, "USDC", 0.001m), ("SHARE_USDC-POOL", Payoff.Linear, "USDC", 1m),
    ];

    /// <summary>The next command where the weather differs from storm to storm: as always, wild prices, full books, or owners and rules that change.</summary>
    public Command Next(Instant now, int weather) => weather switch
    {
        1 when chance.OneIn(2) => Prices(now),
        2 when chance.OneIn(2) => chance.OneIn(8) ? Prices(now) : Fill(),
        3 when chance.OneIn(3) => Governed(now),
        3 when chance.OneIn(4) => chance.OneIn(3) ? new Borrow(Account(), Asset(), Amount(2000)) : Prices(now),
        _ => Next(now),
    };

    public Command Next(Instant now) => chance.OneIn(11) ? Governed(now) : Traded(now);

    private Command Governed(Instant now) => chance.Below(34) switch
    {
        >= 30 => new StakeCover(Account(), chance.OneIn(8) ? Asset() : new AssetId("USDC"), Amount(300)),
        >= 28 => new RequestUnstake(Staker(), chance.OneIn(8) ? Asset() : new AssetId("USDC"), chance.OneIn(2) ? null : Amount(50)),
        >= 26 => Unstake(),
        >= 24 => new OpenIsolated(new AccountId($"i{chance.Below(accounts)}"), Account(), Instrument(), chance.OneIn(3) ? Asset() : new AssetId("USDC")),
        >= 21 => new SetMarginMode(Account(), chance.OneIn(6) ? MarginMode.Isolated : chance.OneIn(2) ? MarginMode.Cross : MarginMode.Portfolio),
        >= 18 => Move(),
        17 => new ApplyParameters(Version(), chance.OneIn(2) ? chance.Below(6) : null),
        16 => new WithdrawProposal(Version(), chance.OneIn(5) ? "" : "no longer"),
        >= 12 => new ProposeParameters(
            chance.OneIn(2) ? Harsh() : Parameters().Parameters, chance.OneIn(9) ? "" : "storm", chance.OneIn(4) ? null : now + TimeSpan.FromSeconds(chance.Below(chance.OneIn(2) ? 20_000 : 300_000) - 10), chance.OneIn(4) ? null : chance.OneIn(9) ? -1 : chance.Below(2)),
        0 => new DropLimit(Limit()),
        1 => new DropBucket(Bucket()),
        2 => new ClassifyAccount(Account(), chance.OneIn(2) ? Account() : null, chance.OneIn(2) ? new ClassId(chance.OneIn(2) ? "maker" : "retail") : null),
        3 => new OpenAccount(Account(), Account(), chance.OneIn(2) ? new ClassId("maker") : null),
        < 6 => new SetBucket(
            Bucket(), chance.Of([BucketKind.Issuer, BucketKind.Oracle]), [Asset()], chance.OneIn(2) ? [Instrument()] : null, chance.OneIn(4) ? [Place()] : null,
            chance.Part(), chance.Part(), chance.Part(), chance.OneIn(9) ? 2 : chance.Part()),
        _ => SetLimit(),
    };

    /// <summary>Somebody who acts under his own name.</summary>
    public static AccountId Person(Chance chance) => new(chance.Of<string>(["anna", "ben", "a0", "a1"]));

    /// <summary>What is only done under one's own name: seeing a call, and what two persons decide together.</summary>
    public Command Personal(Instant now) => chance.Below(10) switch
    {
        < 3 => new AcknowledgeCall(NotHealthy(), chance.OneIn(2) ? "seen" : null),
        < 6 => new ProposeOverride(
            NotHealthy(), chance.Of([OverrideKind.HoldLiquidation, OverrideKind.Release, OverrideKind.LiquidateNow]), chance.OneIn(9) ? "" : "storm",
            chance.OneIn(2) ? null : now + TimeSpan.FromSeconds(chance.Below(40_000) - 10), chance.OneIn(3) ? chance.Below(2000) - 1000 : null),
        < 9 => new ConfirmOverride(Waiting()),
        _ => new WithdrawOverride(Waiting(), chance.OneIn(9) ? "" : "no longer"),
    };

    private int Waiting() => venue.Overrides.Open.Where(order => !order.IsConfirmed).Select(order => order.Number).LastOrDefault(chance.Below(9));

    private AccountId NotHealthy()
    {
        for (int i = 0; i < venue.Accounts.Count && !chance.OneIn(5); i++)
            if (venue.Accounts.PhaseOf(new AccountIndex(i)) is not (AccountPhase.Healthy or AccountPhase.Warned)) return venue.Accounts[new AccountIndex(i)];

        return Account();
    }

    private AccountId Staker() => venue.Insurance.Pool.IsStaked && !chance.OneIn(4)
        ? venue.Accounts[venue.Insurance.Pool.All.ElementAt(chance.Below(venue.Insurance.Pool.All.Count())).Account]
        : Account();

    private Unstake Unstake() => venue.Insurance.Pool.All.FirstOrDefault(stake => stake.Stake.Asked > 0) is { Stake.Shares: var shares } stake && shares > 0 && !chance.OneIn(4)
        ? new Unstake(venue.Accounts[stake.Account], venue.Catalog[stake.Asset].Id)
        : new Unstake(Account(), new AssetId("USDC"));

    private CancelOrder Cancel()
    {
        AccountId account = Account();
        CommandId any = new($"o{chance.Below(_order + 2)}");

        return new CancelOrder(account, venue.Accounts.TryFind(account, out AccountIndex index) && venue.Orders.Count(index) > 0 && !chance.OneIn(3) ? venue.Orders.Of(index).First().Id : any);
    }

    private MoveCollateral Move()
    {
        AccountId sub = new($"i{chance.Below(accounts)}");
        AccountId other = venue.Accounts.TryFind(sub, out AccountIndex index) && venue.Classes.OwnerOf(index) is { } owner ? venue.Accounts[owner] : Account();

        return chance.OneIn(3) ? new MoveCollateral(sub, other, Asset(), Amount(50)) : new MoveCollateral(other, sub, new AssetId("USDC"), Amount(800));
    }

    private SetLimit SetLimit()
    {
        LimitScope scope = chance.Of([LimitScope.Venue, LimitScope.Class, LimitScope.Owner, LimitScope.Account, LimitScope.Each]);
        string? of = scope switch { LimitScope.Class => "maker", LimitScope.Owner or LimitScope.Account => Account().Value, LimitScope.Each when chance.OneIn(2) => "retail", _ => null };
        double hard = Math.Pow(10, 2 + (5 * chance.Part()));

        return new SetLimit(
            Limit(), scope, chance.OneIn(8) ? Measured.Held : chance.Of([Measured.Delta, Measured.Gamma, Measured.Vega, Measured.Notional, Measured.Charm]), of, chance.OneIn(2),
            chance.OneIn(3) ? Asset() : null, chance.OneIn(4) ? Bucket() : null, chance.OneIn(3) ? null : hard / 2, chance.OneIn(3) ? null : chance.OneIn(12) ? 1 : hard);
    }

    private LimitId Limit() => new($"l{chance.Below(6)}");

    private BucketId Bucket() => new($"b{chance.Below(4)}");

    private Command Traded(Instant now) => chance.Below(100) switch
    {
        < 6 => new OpenAccount(Account()),
        < 18 => new Deposit(Account(), Asset(), Amount(5000), Place()),
        < 22 => new Withdraw(Account(), Asset(), Amount(3000), Place()),
        < 26 => new Borrow(Account(), Asset(), Amount(1000)),
        < 28 => new Repay(Account(), Asset(), Amount(500)),
        < 30 => new AccrueInterest(Asset(), chance.OneIn(2) ? Rate() : null),
        < 36 => new PlaceOrder(Account(), new CommandId($"o{++_order}"), Instrument(), Size(true), Price()),
        < 38 => Cancel(),
        < 64 => Fill(),
        < 82 => venue.Oracles.Feeds.Count == 0 || !chance.OneIn(3) ? Prices(now) : Reports(now),
        < 85 => new PayFunding(Instrument(), Rate() * (chance.OneIn(2) ? -1 : 1)),
        < 86 => new PayPoolFees(chance.OneIn(6) ? Instrument() : new InstrumentId(chance.Of<string>(["BTC_USDC-POOL-5000-12000", "ETH_USDC-POOL", "SHARE_USDC-POOL"])), Rate() * (chance.OneIn(9) ? -1 : 0.1m), Rate()),
        < 89 => new SettleExpiry(chance.OneIn(2) ? Dated() : Instrument(), Price()),
        < 91 => new MoveHoldings(Asset(), Amount(1000), Place(), Place()),
        < 93 => new MoveCapital(Asset(), Amount(10), Capital(), Capital()),
        < 95 => new ConvertHoldings(Asset(), Amount(100), Place(), Asset(), Amount(100), Place()),
        < 96 => new Endow(Capital(), Asset(), Amount(1000), Place()),
        < 97 => new ListAsset(new AssetId($"X{chance.Below(9)}"), chance.Below(30) - 2, AssetClass.Alt, chance.OneIn(2) ? Asset() : null),
        < 98 => new ListInstrument(new InstrumentId(chance.Of<string>(["BTC_USDC-27MAR20", "ETH_USDC-POOL-150-300", "BTC_ETH-POOL-30-50", "ETH-27MAR20-300-P", "X1_USDC-PERPETUAL", "nonsense", "BTC-29FEB21"])), chance.OneIn(2) ? Payoff.Linear : Payoff.Inverse, Asset(), chance.OneIn(5) ? 0m : 0.01m, 0.01m),
        _ => Parameters(),
    };

    private ReportFill Fill()
    {
        InstrumentId instrument = Instrument();
        CommandId? order = chance.OneIn(8) ? new CommandId($"o{chance.Below(_order + 2)}") : null;
        decimal price = chance.OneIn(12) ? Price() : Near(instrument);

        return new ReportFill(
            Account(), chance.OneIn(3) ? new AccountId("liquidity") : Account(), instrument, Size(false), price, order, null, chance.OneIn(6) ? Amount(1) : null, chance.OneIn(6) ? Amount(1) : null);
    }

    private MovePrices Prices(Instant now)
    {
        int storm = chance.Below(40);
        var moved = new List<string>();
        foreach (string asset in _prices.Keys.Order(StringComparer.Ordinal))
        {
            if (asset == "NEW" && !chance.OneIn(3)) continue;
            if (storm == 0 || chance.OneIn(3)) moved.Add(asset);
        }

        double factor = storm switch { 0 => 0.55, 1 => 10, 2 => 0.1, 3 => 1e-4, 4 => 1e4, _ => 0 };
        foreach (string asset in moved)
        {
            double quiet = asset == "USDC" ? 1 + (0.002 * (chance.Part() - 0.5)) : Math.Exp(0.16 * (chance.Part() - 0.52));
            _prices[asset] = Math.Clamp(_prices[asset] * (factor > 0 ? factor : quiet), 1e-10, 1e10);
            if (storm > 5 && chance.OneIn(6)) _prices[asset] = Level[asset];
        }

        var quotes = moved.ConvertAll(asset => new AssetPrice(new AssetId(asset), (decimal)_prices[asset], chance.OneIn(40) ? now + TimeSpan.FromSeconds(-30) : now, chance.OneIn(50) ? 2 : 0.01, new AccountId("feed")));
        if (chance.OneIn(30) && quotes.Count > 0) quotes[0] = quotes[0] with { Price = chance.Of([0m, -1m, Units.Price.Min, Units.Price.Max, 1e20m]) };
        if (chance.OneIn(30) && quotes.Count > 0) quotes.Add(quotes[0]);
        List<InstrumentPrice> instruments = [];
        if (chance.OneIn(4)) instruments.Add(new InstrumentPrice(Instrument(), chance.OneIn(2) ? Price() : null, chance.OneIn(10) ? 60 : chance.OneIn(10) ? 1e-9 : chance.Part() * 3));

        return new MovePrices(quotes, instruments);
    }

    private ReportPrices Reports(Instant now) => new([.. Enumerable.Range(0, chance.Below(9)).Select(_ => Report(now))]);

    private SourcePrice Report(Instant now)
    {
        AssetId asset = chance.OneIn(30) ? Asset() : new AssetId(chance.Of<string>(["ETH", "SHARE"]));
        decimal price = chance.OneIn(15) ? chance.Of([0m, -1m, Units.Price.Max, 1e20m]) : (decimal)(_prices.GetValueOrDefault(asset.Value, 1) * (0.98 + (0.04 * chance.Part())));
        Instant seen = now + TimeSpan.FromSeconds(chance.OneIn(15) ? 3600 : -chance.Below(120));

        return new SourcePrice(asset, new AccountId(chance.Of<string>(["a", "b", "c", "feed"])), price, chance.OneIn(9) ? 0 : 0.08 * chance.Part() * chance.Part(), seen, chance.OneIn(9) ? 0 : 1e6 * chance.Part());
    }

    /// <summary>Some assets' prices are made of reports, watched and damped.</summary>
    public RiskParameters Fed(RiskParameters rules)
    {
        var terms = new OracleTerms(chance.OneIn(2) ? 30_000_000 : 3_600_000_000)
        {
            AssumedConfidence = chance.OneIn(3) ? null : 0.002,
            MostJump = chance.OneIn(2) ? 0.3 : null,
            FrozenMove = 0.05,
            LeastAnswer = 1,
            LeastSources = 1 + chance.Below(2),
            OwnBook = new AccountId("a"),
        };

        return rules with
        {
            Oracles = new OracleRules(null, [new OracleLine(new AssetId("ETH"), terms), new OracleLine(new AssetId("SHARE"), terms with { Anchor = new RedemptionAnchor(15, 0.3) }, new AssetId("ETH"))])
            {
                Damping = chance.OneIn(2) ? new DampingTerms(0.06m, 0.0003m) : null,
                Actions = chance.OneIn(2) ? ActionMatrix.House : new ActionMatrix(new Dictionary<OracleAction, OracleStatus>()),
            },
        };
    }

    private int Version() => venue.ParameterSets.Proposals is { Count: > 0 } standing && !chance.OneIn(4)
        ? standing.ElementAt(chance.Below(standing.Count)).Version
        : 1 + chance.Below(venue.ParameterSets.LastVersion + 1);

    private RiskParameters Harsh() =>
        RiskParameters.Default(venue.Catalog) with { Maintenance = new Threshold(1m, 0.1m), Target = new Threshold(1.2m, 0.1m), Initial = new Threshold(1.5m, 0.2m) };

    private SetParameters Parameters()
    {
        RiskParameters rules = RiskParameters.Default(venue.Catalog);

        // By what has been so far and not by chance, so that the storms of other tests stay what they were.
        if (_order % 3 == 0) rules = Guarded(rules);

        return new SetParameters(chance.Below(13) switch
        {
            >= 8 => Insured(rules),
            0 => Harsh(),
            1 => rules with { Collateral = [] },
            2 => rules with { Liquidation = rules.Liquidation with { PenaltyRate = 0.5m, MaxFundDrawPerTick = chance.OneIn(2) ? 0m : 100m } },
            3 => rules with { Maintenance = default, Target = default },
            4 => rules with { Lending = new LendingTerms([new LentTerms(new AssetId("USDC"), 5000m, 500m, new RateCurve(0.01m, 0.1m, 0.8m, 3m)), new LentTerms(new AssetId("BTC"), null, 1m, new RateCurve(0m, 5m, 0.5m, 5m))], [new PledgeTerms(new AssetId("BTC"), 0.5m, 0.8m), new PledgeTerms(new AssetId("SHARE"), 0.3m, 0.35m)]) },
            5 or 6 => Watchful(rules),
            _ => rules,
        });
    }

    /// <summary>Bands narrow enough to be broken, short pauses, throttles, and a halt of the whole venue.</summary>
    private RiskParameters Guarded(RiskParameters rules) => rules with
    {
        Breakers = new BreakerTerms
        {
            Lines =
            [
                new BreakerLine(null, AssetClass.Major, new BandTerms(0.2m, _order % 2 == 0 ? 0 : 3600), new BandTerms(0.05m, 900), 5, _order % 5 == 0 ? 0 : 60, 30, new EscalationTerms(2m, 600, 40)),
                new BreakerLine(new InstrumentId("SHARE_USDC-PERPETUAL"), null, new BandTerms(0.1m, 0), null, 30, 30, 60),
            ],
            Throttles = _order % 4 < 2 ? new ThrottleTerms(60, 5000m, 500m) : null,
            Venue = _order % 7 < 4 ? new VenueBreakerTerms(_order % 9 == 0 ? 1m : null, 0.9m, _order % 8 < 4 ? 1000m : null, 20, 30) : null,
        },
    };

    /// <summary>Every layer of insurance, most of them small, and whoever is left.</summary>
    public RiskParameters Insured(RiskParameters rules) => rules with
    {
        Liquidation = rules.Liquidation with { PenaltyRate = 0.05m },
        Insurance = new InsuranceTerms
        {
            Layers =
            [
                new LayerTerms(InsuranceLayer.Base, PerTick: chance.OneIn(2) ? 100m : null, Fees: 0.1m, Penalties: 0.4m, Target: 500m, Replenish: 2),
                new LayerTerms(InsuranceLayer.FirstLoss, PerPeriod: 2000m, Fees: 0.1m, Penalties: 0.3m, Target: 100m, Replenish: 1),
                new LayerTerms(InsuranceLayer.Pool, PerAccount: 500m, Fees: 0.2m, Penalties: 0.3m),
                new LayerTerms(InsuranceLayer.Cover, PerTick: 300m),
            ],
            PeriodHours = chance.OneIn(2) ? 0.5m : 48m,
            Pool = new PoolTerms(
                [new AssetId("USDC"), new AssetId("BTC")], 0.01m, 5000m, 4.8m, 10m, chance.OneIn(2) ? 1m : 0.2m, 0.02m, 0.5m, new RateCurve(0.01m, 0.1m, 0.5m, 1m), 1m),
            Cover = new CoverTerms(new AccountId("insurer"), chance.OneIn(3) ? 100m : 100_000m),
            OwnFunds = chance.Of([0m, 1m, 1000m]),
            Socialise = chance.OneIn(2) ? Socialisation.Profit : Socialisation.Equity,
        },
        Deleveraging = new DeleveragingTerms(chance.Of(Enum.GetValues<DeleveragingPolicy>()), chance.OneIn(2)),
    };

    /// <summary>Everything that is asked of collateral beyond its schedules.</summary>
    private static RiskParameters Watchful(RiskParameters rules) => rules with
    {
        Collateral = [.. rules.Collateral.Select(line => line with
        {
            Issuer = line.Asset.Value is "USDC" or "DOGE" ? line.Asset.Value : null,
            VenueCap = line.Asset.Value == "BTC" ? 1_000_000m : null,
            ThroughRoot = line.Asset.Value == "STETH",
            AccountCap = line.Asset.Value == "ETH" ? 5_000_000m : null,
        })],
        CollateralPolicy = new CollateralPolicy
        {
            Issuers = [new IssuerTerms("USDC", 2_000_000m, 10_000_000m), new IssuerTerms("DOGE", 100_000m)],
            Profits = [new ProfitTerms(null, AssetClass.Alt, 0m), new ProfitTerms(null, AssetClass.Major, 0.5m)],
            Dynamic = new DynamicHaircutTerms(
                3m, 0.05m, 0.1m, 0.001m, 0m, 0.05m, 1, 0.94m,
                [
                    new HaircutMarket(new AssetScope(null, AssetClass.Major), 0.02m, 0.03m, 1_000_000_000m, 0.001m, 1m, 0m),
                    new HaircutMarket(new AssetScope(null, AssetClass.Alt), 0.05m, 0.08m, 10_000_000m, 0.004m, 1m, 0.05m),
                ]),
        },
    };

    private AccountId Account() => new(chance.Below(60) switch { 0 => "nobody", 1 or 2 => "liquidity", < 12 => $"a{chance.Below(accounts)}", 13 or 14 => $"i{chance.Below(accounts)}", _ => $"a{chance.Below(accounts / 2)}" });

    private AssetId Asset() => new(chance.OneIn(3) ? "USDC" : chance.Of(Assets));

    private InstrumentId Instrument() => new(chance.OneIn(40) ? "GHOST-PERPETUAL" : chance.Of(Listings).Item1);

    private InstrumentId Dated() => new(chance.Of<string>([.. Listings.Select(listing => listing.Item1).Where(name => name.Contains("13MAR20", StringComparison.Ordinal))]));

    private Fund Place() => chance.OneIn(12) ? chance.Of([Fund.OwnFunds, Fund.Suspense, Fund.Clearing]) : chance.OneIn(3) ? Fund.Cold : Fund.Hot;

    private Fund Capital() => chance.OneIn(12) ? Fund.Clearing : chance.Of([Fund.InsuranceFund, Fund.Fees, Fund.Interest, Fund.OwnFunds, Fund.FirstLoss]);

    private decimal Rate() => chance.Of([0.0001m, 0.001m, 0.01m, 0.1m, 0m, 0.2m, 0.0000000000000000000001m]);

    private string Amount(double scale) => chance.OneIn(10)
        ? chance.Of(Numbers)
        : Math.Round(scale * Math.Pow(chance.Part(), 3), chance.OneIn(3) ? 6 : 0).ToString("0.######", CultureInfo.InvariantCulture);

    private decimal Size(bool signed)
    {
        decimal size = chance.OneIn(12)
            ? chance.Of([0m, -1m, 1e-28m, 0.0001m, 1_000_000_000m, 1_000_000_000_000m, 10_000_000_000_000_000m, decimal.MaxValue])
            : chance.Of([0.1m, 0.2m, 1m, 2m, 3m, 10m, 100m, 1000m, 20000m]);

        return signed && chance.OneIn(2) ? -size : size;
    }

    private decimal Price() => chance.OneIn(4)
        ? chance.Of([0m, -5m, Units.Price.Min, Units.Price.Max, 1e13m, 0.05m])
        : Near(Instrument());

    private decimal Near(InstrumentId instrument)
    {
        double level = _prices[instrument.Value.Split('_', '-')[0] is { } asset && _prices.ContainsKey(asset) ? asset : "BTC"];
        bool option = instrument.Value.EndsWith("-C", StringComparison.Ordinal) || instrument.Value.EndsWith("-P", StringComparison.Ordinal);
        if (instrument.Value.Contains("-POOL", StringComparison.Ordinal)) level = Math.Sqrt(level) * (instrument.Value.EndsWith("POOL", StringComparison.Ordinal) ? 2 : 0.4);
        double premium = option ? (instrument.Value.Contains("USDC", StringComparison.Ordinal) ? 0.05 * level : 0.05) : level;

        return (decimal)(premium * (0.98 + (0.04 * chance.Part())));
    }
}
