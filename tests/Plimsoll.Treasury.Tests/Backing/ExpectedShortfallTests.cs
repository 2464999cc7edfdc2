using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Treasury.Backing;
using Plimsoll.Treasury.Matching;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Tests.Backing;

public sealed class ExpectedShortfallTests
{
    private static readonly AssetScale Scale = new(8);
    private static readonly ShortfallSettings OneHour = new() { WindowHours = 1, MinWindows = 1, Confidence = 0.75m };

    [Fact]
    public void Ten_windows_by_hand()
    {
        // Moves of one hour: −10, +10, −5, +2, −1, +3, −20, 0, +1, +4 %, today's price 50, long 2: 1 % is 1.
        MarketHistory history = History([-0.10, 0.10, -0.05, 0.02, -0.01, 0.03, -0.20, 0, 0.01, 0.04]);

        ExpectedShortfall answer = ExpectedShortfall.Measure([Position(0, 2)], Market(50), history, OneHour);

        // The worst quarter of ten windows is 2.5 of them: (20 + 10 + 5/2) / 2.5 = 13. The third greatest loss is 5.
        answer.Value!.Value.ShouldBe(13, 1e-12);
        answer.ValueAtRisk!.Value.ShouldBe(5, 1e-12);
        answer.WorstLoss!.Value.ShouldBe(20, 1e-12);
        answer.WorstWindowEnd.ShouldBe(new Instant(107 * Instant.MicrosecondsPerHour));
        (answer.Windows, answer.Confidence, answer.Reason).ShouldBe((10, 0.75m, null));
    }

    [Fact]
    public void A_short_book_loses_where_a_long_one_wins()
    {
        MarketHistory history = History([-0.10, 0.10, -0.05, 0.02]);

        ExpectedShortfall.Measure([Position(0, -2)], Market(50), history, OneHour).Value!.Value.ShouldBe(10, 1e-12);
    }

    [Fact]
    public void It_agrees_with_the_formula_written_out_directly() => Seeded.Holds(60, chance =>
    {
        (int assets, int hours, int window) = (1 + chance.Below(5), 60 + chance.Below(200), 1 + chance.Below(30));
        var history = new MarketHistory(400);
        double[][] paths = [.. Enumerable.Range(0, assets).Select(_ => Walk(hours, chance))];
        for (int h = 0; h < hours; h++) history.Record(At(100 + h), [.. paths.Select(path => path[h])]);
        double[] quantities = [.. paths.Select(_ => (double)(chance.Below(2001) - 1000))];
        double[] now = [.. paths.Select(path => path[^1])];
        decimal confidence = 0.5m + (chance.Below(49) / 100m);

        ExpectedShortfall answer = ExpectedShortfall.Measure(
            [.. quantities.Select((q, a) => Position(a, (long)q))], Market(now), history, new ShortfallSettings { Confidence = confidence, WindowHours = window, MinWindows = 1 });

        double[] losses = [.. Enumerable.Range(window, hours - window)
            .Select(h => -Enumerable.Range(0, assets).Sum(a => quantities[a] * now[a] * ((paths[a][h] / paths[a][h - window]) - 1)))
            .OrderDescending()];
        double tail = losses.Length * (double)(1 - confidence);
        double sum = 0;
        for (int i = 0; i < losses.Length; i++) sum += losses[i] * Math.Clamp(tail - i, 0, 1);
        answer.Windows.ShouldBe(hours - window);
        answer.Value!.Value.ShouldBe(sum / tail, 1e-9 * Math.Abs(losses[0]) * 10);
        answer.Value.Value.ShouldBeGreaterThanOrEqualTo(answer.ValueAtRisk!.Value - 1e-6);
        answer.ValueAtRisk.Value.ShouldBe(losses[(int)Math.Ceiling(losses.Length * (1 - confidence)) - 1], 1e-9 * Math.Abs(losses[0]) * 10);
    });

    [Fact]
    public void Twice_the_book_loses_twice_and_two_books_together_never_more_than_apart() => Seeded.Holds(40, chance =>
    {
        var history = new MarketHistory(400);
        double[][] paths = [Walk(200, chance), Walk(200, chance)];
        for (int h = 0; h < 200; h++) history.Record(At(h), [paths[0][h], paths[1][h]]);
        MarketState market = Market(paths[0][^1], paths[1][^1]);
        var settings = new ShortfallSettings { MinWindows = 1 };
        double Loss(long first, long second) => ExpectedShortfall.Measure([Position(0, first), Position(1, second)], market, history, settings).Value!.Value;
        (long a, long b) = (chance.Below(100) - 50, chance.Below(100) - 50);

        Loss(2 * a, 2 * b).ShouldBe(2 * Loss(a, b), 1e-6);
        Loss(a, b).ShouldBeLessThanOrEqualTo(Loss(a, 0) + Loss(0, b) + 1e-6);
    });

    [Fact]
    public void Too_few_windows_are_refused_with_their_number()
    {
        ExpectedShortfall answer = ExpectedShortfall.Measure([Position(0, 1)], Market(100), History(new double[100]), new ShortfallSettings());

        (answer.Value, answer.ValueAtRisk, answer.Windows).ShouldBe((null, null, 77));
        answer.Reason.ShouldBe("the history holds 77 windows, at least 240 are needed");
        ExpectedShortfall.Measure([Position(0, 1)], Market(100), new MarketHistory(), new ShortfallSettings()).Reason
            .ShouldBe("the history holds 0 windows, at least 240 are needed");
    }

    [Fact]
    public void A_window_without_a_price_of_something_held_is_left_out()
    {
        var history = new MarketHistory(100);
        for (int h = 0; h < 20; h++) history.Record(At(h), [100, h == 10 ? 0 : 5]);

        Windows(Position(0, 1)).ShouldBe(19);
        // Hour 10 ends one window and begins another.
        Windows(Position(0, 1), Position(1, 1)).ShouldBe(17);
        // What is not held need not have a price.
        Windows(Position(0, 1), Position(1, 0)).ShouldBe(19);

        int Windows(params OpenPosition[] book) => ExpectedShortfall.Measure(book, Market(100, 5), history, OneHour).Windows;
    }

    [Fact]
    public void An_asset_held_but_never_priced_is_named()
    {
        ExpectedShortfall answer = ExpectedShortfall.Measure([Position(1, 1)], Market(100), History(new double[5]), OneHour);

        answer.Reason.ShouldBe("A1 has no price yet");
    }

    [Fact]
    public void A_venue_without_a_position_of_its_own_cannot_lose()
    {
        ExpectedShortfall.Measure([], Market(100), History([-0.5, 0.5]), OneHour).Value.ShouldBe(0);
    }

    [Fact]
    public void The_open_position_is_what_is_held_less_what_is_owed_and_set_aside()
    {
        var ledger = new GeneralLedger();
        var btc = new AssetIndex(0);
        ledger.Post([
            new Leg(Fund.Hot, btc, new Amount(-70)), new Leg(Fund.Lent, btc, new Amount(-50)),
            new Leg(Fund.InsuranceFund, btc, new Amount(15)), new Leg(Fund.OwnFunds, btc, new Amount(105))]);

        // 120 held − 90 owed + 10 owed by customers − 15 insurance.
        OpenPosition.Of(btc, new AssetId("BTC"), Scale, new CustomerClaims(new Amount(90), new Amount(10)), ledger).Net.ShouldBe(new Amount(25));
    }

    [Fact]
    public void Settings_that_make_no_sense_cannot_be_born()
    {
        Should.Throw<InputException>(() => new ShortfallSettings { Confidence = 1 }).Message.ShouldBe("shortfall confidence: found 1, expected 0.5 to 0.9999");
        Should.Throw<InputException>(() => new ShortfallSettings { WindowHours = 0 }).Message.ShouldBe("shortfall window: found 0 hours, expected 1 to 720");
        Should.Throw<InputException>(() => new ShortfallSettings { MinWindows = 0 }).Message.ShouldBe("shortfall windows: found 0, expected 1 or more");
    }

    private static OpenPosition Position(int asset, long wholes) =>
        new(new AssetIndex(asset), new AssetId($"A{asset}"), Scale, new Amount((Int128)wholes * 100_000_000));

    private static MarketState Market(params double[] prices)
    {
        var catalog = new Catalog();
        for (int a = 0; a < 5; a++) catalog.Add(new Asset(new AssetId($"A{a}"), Scale, AssetClass.Major, null));
        var market = new MarketState(catalog);
        for (int a = 0; a < prices.Length; a++) market.Apply(new AssetQuote(new AssetIndex(a), new Price((decimal)prices[a]), default, 0, "test"));

        return market;
    }

    private static MarketHistory History(double[] moves)
    {
        var history = new MarketHistory(500);
        double price = 1000;
        history.Record(At(100), [price]);
        for (int i = 0; i < moves.Length; i++) history.Record(At(101 + i), [price *= 1 + moves[i]]);

        return history;
    }

    private static double[] Walk(int hours, Seeded chance)
    {
        double[] path = new double[hours];
        double price = 50 + chance.Below(100);
        // Round prices, so that a price and the decimal it is quoted as are one number.
        for (int h = 0; h < hours; h++) path[h] = price = Math.Max(1, Math.Round(price * (0.95 + (0.1 * chance.Uniform()))));

        return path;
    }

    private static Instant At(long hour) => new(hour * Instant.MicrosecondsPerHour);
}
