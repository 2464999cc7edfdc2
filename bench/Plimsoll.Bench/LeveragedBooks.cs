using System.Globalization;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Bench;

/// <summary>
/// The books of a venue without a venue: accounts with five positions on two to twenty times their equity, long and short,
/// and three balances. All hold the BTC perpetual; a stated part holds BTC options instead of other perpetuals.
/// </summary>
internal sealed class LeveragedBooks
{
    private const int Others = 40;
    private const int Strikes = 50;

    private static readonly Instant Now = Instant.Utc(2026, 12, 1);

    public LeveragedBooks(int accounts, double withOptions)
    {
        Catalog = new Catalog();
        Dollar = Catalog.Add(new Asset(new AssetId("USDC"), new AssetScale(6), AssetClass.Stable, null));
        Bitcoin = Catalog.Add(new Asset(new AssetId("BTC"), new AssetScale(8), AssetClass.Major, null));
        Ether = Catalog.Add(new Asset(new AssetId("ETH"), new AssetScale(18), AssetClass.Major, null));
        List("BTC_USDC-PERPETUAL", Bitcoin);
        for (int i = 0; i < Others; i++) List($"A{i}_USDC-PERPETUAL", Catalog.Add(new Asset(new AssetId($"A{i}"), new AssetScale(8), AssetClass.Alt, null)));
        for (int i = 0; i < Strikes; i++) List(string.Create(CultureInfo.InvariantCulture, $"BTC_USDC-29JAN27-{30_000 + (1_200 * i)}-{(i % 2 == 0 ? "C" : "P")}"), Bitcoin);

        Model = new MarginModel(Catalog, RiskParameters.Default(Catalog));
        Market = new MarketState(Catalog);
        Market.MoveTo(Now);
        for (int a = 0; a < Catalog.Assets.Count; a++) Market.Apply(new AssetQuote(new AssetIndex(a), new Price(a switch { 0 => 1m, 1 => 60_000m, 2 => 3_000m, _ => 10m }), Now, 0, "bench"));
        Responses = new ResponseSet(Model);
        Responses.Rebuild(Market);
        (Positions, Money) = Fill(accounts, withOptions);
    }

    public Catalog Catalog { get; }

    public AssetIndex Dollar { get; }

    public AssetIndex Bitcoin { get; }

    public AssetIndex Ether { get; }

    public MarginModel Model { get; }

    public MarketState Market { get; }

    public ResponseSet Responses { get; }

    public SparseRows Positions { get; }

    public SparseRows Money { get; }

    private (SparseRows Positions, SparseRows Money) Fill(int accounts, double withOptions)
    {
        var chance = new SeededStream(11);
        var positions = new SparseRowsBuilder(accounts * 5);
        var money = new SparseRowsBuilder(accounts * 3);
        Span<int> held = stackalloc int[5];
        Span<double> sizes = stackalloc double[5];
        Span<int> owned = [Dollar.Value, Bitcoin.Value, Ether.Value];
        Span<double> coins = stackalloc double[3];
        for (int account = 0; account < accounts; account++)
        {
            double leverage = 2 + (18 * chance.NextDouble() * chance.NextDouble());
            double equity = 1_000 + (20_000 * chance.NextDouble());
            (held[0], sizes[0]) = (0, Side(ref chance) * leverage * equity * 0.6 / 60_000);
            bool options = chance.NextDouble() < withOptions;
            int first = options ? 1 + Others + chance.NextInt(Strikes - 20) : 1 + chance.NextInt(Others - 20);
            double each = leverage * equity * 0.1 / (options ? 60_000 : 10);
            double paid = sizes[0] * 60_000;
            for (int p = 1; p < 5; p++)
            {
                (held[p], sizes[p]) = (first + ((p - 1) * 5), Side(ref chance) * each);
                paid += sizes[p] * Responses.UnitValues[held[p]];
            }

            (coins[0], coins[1], coins[2]) = ((0.8 * equity) - paid, 0.1 * equity / 60_000, 0.1 * equity / 3_000);
            positions.Add(held, sizes);
            money.Add(owned, coins);
        }

        return (positions.Build(), money.Build());
    }

    private static double Side(ref SeededStream chance) => chance.NextDouble() < 0.5 ? -1 : 1;

    private void List(string text, AssetIndex underlying) => LinearContracts.List(Catalog, text, underlying, Dollar, 0.0001m);
}
