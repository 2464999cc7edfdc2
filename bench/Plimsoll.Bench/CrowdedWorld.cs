using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Bench;

/// <summary>
/// A market of 2,000 contracts on 40 coins, and a million accounts of 5 positions each: half trade futures and perpetuals
/// of several coins, a quarter those of one, a quarter five options of one; or anything at random, as in <see cref="ProductBench"/>.
/// Every optional section of the rulebook speaks.
/// </summary>
internal sealed class CrowdedWorld
{
    public const int Positions = 5;

    private const int Coins = 40;
    private const int Majors = 2;
    private const int Strikes = 11;
    private const int Anything = 3;
    private static readonly Instant Start = Instant.Utc(2026, 1, 1);
    private static readonly string[] Expiries = ["30JAN26", "27FEB26", "27MAR26", "26JUN26", "25DEC26"];

    private readonly List<int>[] _futures = [.. Enumerable.Range(0, Coins).Select(_ => new List<int>())];
    private readonly List<int>[] _options = [.. Enumerable.Range(0, Coins).Select(_ => new List<int>())];

    public CrowdedWorld(int accounts, bool atRandom)
    {
        var usdc = Catalog.Add(new Asset(new AssetId("USDC"), new AssetScale(6), AssetClass.Stable, null));
        for (int c = 0; c < Coins; c++) List(c, usdc);
        Market = new MarketState(Catalog);
        Market.MoveTo(Start);
        for (int a = 0; a < Catalog.Assets.Count; a++)
            Market.Apply(new AssetQuote(new AssetIndex(a), new Price(a == 0 ? 1m : PriceOf(a - 1)), Start, 0, "bench"));
        Model = new MarginModel(Catalog, Rules());
        Neutral = new MarginModel(Catalog, RiskParameters.Default(Catalog) with { OffsetCredit = 1m, Leverage = [], OpenInterest = [], Contingencies = MarginContingencies.None });
        Responses = new ResponseSet(Model);
        Responses.Rebuild(Market);
        Responses.Rebuild(Market, new VenueSizes(confidence: [.. Catalog.Assets.Select(_ => 0.002)], openInterest: [.. Responses.UnitNotionals.ToArray().Select(unit => 2_000_000 / unit)]));
        NeutralResponses = new ResponseSet(Neutral);
        NeutralResponses.Rebuild(Market);
        Populate(accounts, atRandom);
    }

    public Catalog Catalog { get; } = new();

    public MarketState Market { get; }

    public MarginModel Model { get; }

    public MarginModel Neutral { get; }

    public ResponseSet Responses { get; }

    public ResponseSet NeutralResponses { get; }

    public SparseRows Book { get; private set; } = new();

    public SparseRows Money { get; private set; } = new();

    /// <summary>Accounts by what they trade: perpetuals, futures, options.</summary>
    public int[][] Kinds { get; private set; } = [];

    private static decimal PriceOf(int coin) => coin switch { 0 => 60_000m, 1 => 3_000m, _ => 100m + (10m * coin) };

    private void List(int coin, AssetIndex usdc)
    {
        string name = coin switch { 0 => "BTC", 1 => "ETH", _ => $"C{coin}" };
        AssetIndex asset = Catalog.Add(new Asset(new AssetId(name), new AssetScale(8), coin < Majors ? AssetClass.Major : AssetClass.Alt, null));
        _futures[coin].Add(Add($"{name}_USDC-PERPETUAL", asset, usdc));
        foreach (string expiry in Expiries) _futures[coin].Add(Add($"{name}_USDC-{expiry}", asset, usdc));
        for (int k = 0; k < 2 * Strikes * 2; k++)
        {
            decimal strike = Math.Round(PriceOf(coin) * (0.5m + (0.1m * (k / 2 % Strikes))));
            _options[coin].Add(Add($"{name}_USDC-{Expiries[1 + (k / 2 / Strikes)]}-{strike:0}-{(k % 2 == 0 ? "C" : "P")}", asset, usdc));
        }
    }

    private int Add(string text, AssetIndex underlying, AssetIndex usdc) => LinearContracts.List(Catalog, text, underlying, usdc, 0.001m);

    private RiskParameters Rules() => RiskParameters.Default(Catalog) with
    {
        OffsetCredit = 0.8m,
        Leverage = [.. new[] { AssetClass.Major, AssetClass.Alt }.Select(c => new LeverageTerms(null, c, [new(0m, new(0.02m, 0.015m, 0.01m)), new(1_000_000m, new(0.05m, 0.04m, 0.03m))]))],
        OpenInterest = [new OpenInterestTerms(null, AssetClass.Major, 100_000_000m, 1_000_000_000m), new OpenInterestTerms(null, AssetClass.Alt, 1_000_000m, 10_000_000m)],
        Contingencies = new MarginContingencies
        {
            Basis = new BasisTerms(0.005m, 0.03m, 0m),
            Skew = new SkewTerms(0.15m, -0.05m, 2m, 0.01m),
            NakedShort = new LineRates(0.005m, 0.004m, 0.003m),
            Depeg = new DepegTerms(1, [new DepegLine(new AssetScope(null, AssetClass.Stable), 0.05m, 0.02m)]),
            CloseOut = new CloseOutTerms(LineRates.Same(1m),
            [
                new CloseOutLine(new AssetScope(null, AssetClass.Major), 0.0004m, 1m, 0.03m, 20_000_000_000m, 1m),
                new CloseOutLine(new AssetScope(null, AssetClass.Alt), 0.002m, 1m, 0.06m, 50_000_000m, 4m),
            ]),
            Confidence = new ConfidenceTerms(0.001m, 2m),
            Concentration = new ConcentrationTerms(0.05m, 0.1m, 0.2m),
        },
    };

    private void Populate(int accounts, bool atRandom)
    {
        var chance = new SeededStream(3);
        var book = new SparseRowsBuilder(accounts * Positions);
        var money = new SparseRowsBuilder(accounts * 2);
        ImmutableArray<ImmutableArray<int>.Builder> kinds = [.. Enumerable.Range(0, Anything + 1).Select(_ => ImmutableArray.CreateBuilder<int>())];
        Span<int> columns = stackalloc int[Positions];
        Span<double> sizes = stackalloc double[Positions];
        int[] some = new int[Positions];
        for (int account = 0; account < accounts; account++)
        {
            int kind = atRandom ? Anything : chance.NextInt(4) switch { 0 or 1 => 0, 2 => 1, _ => 2 };
            kinds[kind].Add(account);
            Draw(chance, kind, some);
            some.CopyTo(columns);
            for (int p = 0; p < Positions; p++) sizes[p] = (chance.NextDouble() - 0.5) * 40_000 / Responses.UnitNotionals[columns[p]];
            book.Add(columns, sizes);
            money.Add([0, 1], [5_000 + (20_000 * chance.NextDouble()), 0.1 * chance.NextDouble()]);
        }

        (Book, Money) = (book.Build(), money.Build());
        Kinds = [.. kinds.Select(k => k.ToArray())];
    }

    private void Draw(SeededStream chance, int kind, int[] columns)
    {
        int coin = chance.NextInt(Coins);
        do
        {
            for (int p = 0; p < Positions; p++)
            {
                if (kind == Anything)
                {
                    columns[p] = chance.NextInt(Catalog.Instruments.Count);
                    continue;
                }

                List<int> from = kind switch { 0 => _futures[chance.NextInt(Coins)], 1 => _futures[coin], _ => _options[coin] };
                columns[p] = from[chance.NextInt(from.Count)];
            }

            Array.Sort(columns);
        }
        while (columns.Distinct().Count() < Positions);
    }
}
