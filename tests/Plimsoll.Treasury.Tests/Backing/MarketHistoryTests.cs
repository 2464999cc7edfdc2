using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Treasury.Backing;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Tests.Backing;

public sealed class MarketHistoryTests
{
    private static readonly AssetIndex Btc = new(0);
    private static readonly AssetIndex Eth = new(1);

    [Fact]
    public void An_hours_price_is_the_first_one_seen_in_it()
    {
        var history = new MarketHistory(10);
        history.Record(At(5), [100, 0]);
        history.Record(At(5) + TimeSpan.FromMinutes(59), [101, 7]);
        history.Record(At(6), [102, 8]);

        (history.PriceAt(Btc, 5), history.PriceAt(Eth, 5), history.PriceAt(Btc, 6)).ShouldBe((100, 7, 102));
        (history.OldestHour, history.NewestHour).ShouldBe((5, 6));
    }

    [Fact]
    public void Hours_nobody_saw_stay_empty_and_old_ones_give_way()
    {
        var history = new MarketHistory(4);
        foreach (int hour in new[] { 10, 11, 12, 13, 15 }) history.Record(At(hour), [hour, hour]);

        Enumerable.Range(9, 8).Select(hour => history.PriceAt(Btc, hour)).ShouldBe([0, 0, 0, 12, 13, 0, 15, 0]);

        history.Record(At(1000), [1, 1]);
        Enumerable.Range(995, 6).Select(hour => history.PriceAt(Btc, hour)).ShouldBe([0, 0, 0, 0, 0, 1]);
    }

    [Fact]
    public void The_ring_says_what_a_list_of_everything_says() => Seeded.Holds(50, chance =>
    {
        var history = new MarketHistory(24);
        var all = new SortedDictionary<long, double>();
        long hour = 0;
        for (int i = 0; i < 100; i++)
        {
            hour += chance.Below(4) == 0 ? chance.Below(40) : chance.Below(2);
            double price = 1 + chance.Below(1000);
            history.Record(At(hour), [price]);
            all.TryAdd(hour, price);
        }

        for (long h = hour - 40; h <= hour + 2; h++) history.PriceAt(Btc, h).ShouldBe(h > hour - 24 ? all.GetValueOrDefault(h) : 0);
    });

    [Fact]
    public void What_is_no_price_is_not_recorded_and_an_asset_may_come_later()
    {
        var history = new MarketHistory(10);
        history.Record(At(1), [double.NaN]);
        history.Record(At(2), [-5, 9]);
        history.Record(At(3), [double.PositiveInfinity, 10]);

        (history.PriceAt(Btc, 1), history.PriceAt(Btc, 2), history.PriceAt(Btc, 3)).ShouldBe((0, 0, 0));
        (history.PriceAt(Eth, 1), history.PriceAt(Eth, 2)).ShouldBe((0, 9));
    }

    [Fact]
    public void A_market_state_is_recorded_at_its_own_time()
    {
        var catalog = new Catalog();
        AssetIndex btc = catalog.Add(new Asset(new AssetId("BTC"), new AssetScale(8), AssetClass.Major, null));
        var market = new MarketState(catalog);
        market.MoveTo(At(7));
        market.Apply(new AssetQuote(btc, new Price(100), At(7), 0, "test"));
        var history = new MarketHistory(10);

        history.Record(market, assets: 1);

        history.PriceAt(btc, 7).ShouldBe(100);
    }

    [Fact]
    public void Time_that_goes_back_stops_the_kernel()
    {
        var history = new MarketHistory(10);
        history.Record(At(5), [1]);

        Should.Throw<LawBrokenException>(() => history.Record(At(4), [1]));
        Should.Throw<LawBrokenException>(() => new MarketHistory(10).Record(new Instant(-1), [1]));
        Should.Throw<InputException>(() => new MarketHistory(0));
    }

    private static Instant At(long hour) => new(hour * Instant.MicrosecondsPerHour);
}
