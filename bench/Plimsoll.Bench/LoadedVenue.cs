using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Bench;

/// <summary>
/// A venue with many accounts, each with 5 positions and 3 balances: all of them hold the BTC perpetual, a hundred hold a
/// rare one. It is made by applying events, as a replay would, and then runs the true kernel.
/// </summary>
internal sealed class LoadedVenue
{
    private const int Others = 40;
    private const int RareHolders = 100;

    private readonly Catalog _catalog;
    private Instant _now = Instant.Utc(2020, 3, 11);
    private int _next;

    public LoadedVenue(int accounts, int threads)
    {
        var state = new VenueState();
        _catalog = state.Catalog;
        foreach (Event listed in Listings()) listed.Apply(state);
        new ParametersSet(RiskParameters.Default(state.Catalog)).Apply(state);
        Populate(state, accounts);
        state.Judgement.Threads = threads;
        Kernel = new VenueKernel(state, 0, Hash256.Zero);
        Tick([.. _catalog.Assets.Select(asset => (asset.Id, PriceOf(asset.Id)))]);
    }

    public VenueKernel Kernel { get; }

    public static AssetId Bitcoin { get; } = new("BTC");

    public static AssetId Rare { get; } = new("RARE");

    /// <summary>One price command, from what it says to all verdicts, without writing its journal entry down.</summary>
    public Outcome Tick(params (AssetId Asset, decimal Price)[] prices)
    {
        _now += TimeSpan.FromSeconds(1);
        var command = new MovePrices([.. prices.Select(p => new AssetPrice(p.Asset, p.Price, _now, 0, new AccountId("bench")))], []);
        Kernel.Execute(new Envelope(_now, Envelope.Venue, new CommandId($"t{_next++}"), command), out Outcome outcome);

        return outcome;
    }

    private static IEnumerable<Event> Listings()
    {
        yield return new AssetListed(new AssetId("USDC"), 6, AssetClass.Stable);
        yield return new AssetListed(Bitcoin, 8, AssetClass.Major);
        yield return new AssetListed(new AssetId("ETH"), 18, AssetClass.Major);
        yield return new AssetListed(Rare, 8, AssetClass.Alt);
        yield return new InstrumentListed(new InstrumentId("BTC_USDC-PERPETUAL"), Payoff.Linear, new AssetId("USDC"), 0.0001m, 0.01m);
        yield return new InstrumentListed(new InstrumentId("RARE_USDC-PERPETUAL"), Payoff.Linear, new AssetId("USDC"), 0.0001m, 0.01m);
        for (int i = 0; i < Others; i++)
        {
            yield return new AssetListed(new AssetId($"A{i}"), 8, AssetClass.Alt);
            yield return new InstrumentListed(new InstrumentId($"A{i}_USDC-PERPETUAL"), Payoff.Linear, new AssetId("USDC"), 0.0001m, 0.01m);
        }
    }

    private static decimal PriceOf(AssetId asset) => asset.Value switch
    {
        "USDC" => 1m,
        "BTC" => 8000m,
        "ETH" => 200m,
        _ => 10m,
    };

    private void Populate(VenueState state, int accounts)
    {
        var chance = new SeededStream(7);
        for (int i = 0; i < accounts; i++)
        {
            var account = new AccountId($"account-{i:0000000}");
            new AccountOpened(account).Apply(state);
            new Deposited(account, new AssetId("USDC"), new Amount(5_000_000_000 + (i * 1000L)), Fund.Hot).Apply(state);
            new Deposited(account, Bitcoin, new Amount(10_000_000 + i), Fund.Hot).Apply(state);
            new Deposited(account, new AssetId("ETH"), new Amount(Int128.One * 1_000_000_000_000_000_000 + i), Fund.Hot).Apply(state);
            if (i % 2 == 0) continue;

            // Every second account trades with the one before, so that each ends with the same five contracts.
            var before = new AccountId($"account-{i - 1:0000000}");
            Fill(state, account, before, "BTC_USDC-PERPETUAL", 1000 + (long)(chance.NextDouble() * 1000), 8000m);
            int first = (int)(chance.NextDouble() * Others);
            for (int p = 0; p < 4; p++)
            {
                string contract = p == 0 && i < RareHolders ? "RARE" : $"A{(first + (p * 7)) % Others}";
                Fill(state, before, account, $"{contract}_USDC-PERPETUAL", 10_000 + (long)(chance.NextDouble() * 100_000), 10m);
            }
        }
    }

    private void Fill(VenueState state, AccountId buyer, AccountId seller, string name, long lots, decimal price)
    {
        var id = new InstrumentId(name);
        var at = new Price(price);
        Amount value = state.Worth(state.Instrument(id), new Lots(lots), at, Rounding.Nearest);
        new Filled(buyer, seller, id, new Lots(lots), at, value, Amount.Zero, Amount.Zero).Apply(state);
    }
}
