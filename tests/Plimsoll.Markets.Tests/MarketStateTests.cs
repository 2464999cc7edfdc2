using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Units;

namespace Plimsoll.Markets.Tests;

public sealed class MarketStateTests
{
    private readonly Catalog _catalog = new();
    private readonly MarketState _market;
    private readonly AssetIndex _usdc;
    private readonly AssetIndex _btc;
    private readonly InstrumentIndex _perpetual;

    public MarketStateTests()
    {
        _usdc = _catalog.Add(new Asset(new AssetId("USDC"), new AssetScale(6), AssetClass.Stable, null));
        _btc = _catalog.Add(new Asset(new AssetId("BTC"), new AssetScale(8), AssetClass.Major, null));
        _perpetual = _catalog.Add(new Instrument
        {
            Id = new InstrumentId("BTC_USDC-PERPETUAL"),
            Kind = InstrumentKind.Perpetual,
            Payoff = Payoff.Linear,
            Underlying = _btc,
            Quote = _usdc,
            Settlement = _usdc,
            LotSize = 0.001m,
            TickSize = 0.5m,
        });
        _market = new MarketState(_catalog);
    }

    [Fact]
    public void An_asset_nobody_has_priced_counts_nothing()
    {
        _market.PriceOf(_btc).ShouldBe(0);
        _market.HasPrice(_perpetual).ShouldBeFalse();
        _market.ForwardOf(_perpetual).ShouldBe(0);
    }

    [Fact]
    public void An_instrument_nobody_has_quoted_is_valued_at_the_index_in_its_quote()
    {
        Price(_btc, 8000m);
        Price(_usdc, 0.8m);

        _market.HasPrice(_perpetual).ShouldBeTrue();
        _market.ForwardOf(_perpetual).ShouldBe(10_000);
    }

    [Fact]
    public void A_quoted_forward_stands_until_the_next_and_a_volatility_beside_it()
    {
        Price(_btc, 8000m);
        Price(_usdc, 1m);
        _market.Apply(new InstrumentQuote(_perpetual, new Price(8010m), null));
        _market.Apply(new InstrumentQuote(_perpetual, null, 0.7));

        _market.ForwardOf(_perpetual).ShouldBe(8010);
        _market.VolatilityOf(_perpetual).ShouldBe(0.7);
    }

    [Fact]
    public void The_market_s_time_never_goes_back()
    {
        _market.MoveTo(Instant.Utc(2020, 3, 12));

        Should.Throw<LawBrokenException>(() => _market.MoveTo(Instant.Utc(2020, 3, 11)));
    }

    [Fact]
    public void An_asset_or_instrument_is_listed_once()
    {
        Should.Throw<LawBrokenException>(() => _catalog.Add(_catalog[_btc]));
        Should.Throw<LawBrokenException>(() => _catalog.Add(_catalog[_perpetual]));
        _catalog.TryFind(new AssetId("DOGE"), out _).ShouldBeFalse();
    }

    private void Price(AssetIndex asset, decimal price) => _market.Apply(new AssetQuote(asset, new Price(price), default, 0, "test"));
}
