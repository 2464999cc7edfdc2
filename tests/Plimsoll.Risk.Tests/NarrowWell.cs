using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests;

/// <summary>One account short a butterfly of three strikes 200 apart an hour before they expire, far from today's price, under flat rules.</summary>
internal sealed class NarrowWell
{
    private static readonly Instant Now = Instant.Utc(2026, 3, 27, 7);

    public NarrowWell(Catalog catalog)
    {
        AssetIndex dollar = catalog.Add(new Asset(new AssetId("USDC"), new AssetScale(6), AssetClass.Stable, null));
        Coin = catalog.Add(new Asset(new AssetId("BTC"), new AssetScale(8), AssetClass.Major, null));
        InstrumentIndex[] calls = [.. new[] { 72_800, 73_000, 73_200 }.Select(strike => catalog.Add(new Instrument
        {
            Id = new InstrumentId($"BTC_USDC-27MAR26-{strike}-C"),
            Kind = InstrumentKind.Option,
            Payoff = Payoff.Linear,
            Underlying = Coin,
            Quote = dollar,
            Settlement = dollar,
            LotSize = 0.1m,
            TickSize = 1m,
            Expiry = Instant.Utc(2026, 3, 27, 8),
            Strike = strike,
            Side = OptionSide.Call,
        }.Checked()))];
        Model = new MarginModel(catalog, TestVenue.Flat(RiskParameters.Default(catalog), 0m));
        Market = new MarketState(catalog);
        Market.MoveTo(Now);
        Market.Apply(new AssetQuote(dollar, new Price(1m), Now, 0, "test"));
        Market.Apply(new AssetQuote(Coin, new Price(60_000m), Now, 0, "test"));
        foreach (InstrumentIndex call in calls) Market.Apply(new InstrumentQuote(call, null, 0.05));
        Book = WhatIfBook.Empty.WithCoins(dollar, 1_000).WithQuantity(calls[0], -10).WithQuantity(calls[1], 20).WithQuantity(calls[2], -10);
    }

    public AssetIndex Coin { get; }

    public MarginModel Model { get; }

    public MarketState Market { get; }

    public WhatIfBook Book { get; }
}
