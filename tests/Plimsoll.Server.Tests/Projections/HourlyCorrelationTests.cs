using Plimsoll.Server.Projections;
using Plimsoll.Treasury.Backing;
using Plimsoll.Units;

namespace Plimsoll.Server.Tests.Projections;

public sealed class HourlyCorrelationTests
{
    private static readonly (string, AssetIndex)[] Both = [("A", new AssetIndex(0)), ("B", new AssetIndex(1))];

    [Fact]
    public void What_moves_alike_has_one_and_what_moves_against_has_minus_one()
    {
        CorrelationFigures alike = HourlyCorrelation.Of(Played(40, (h, a) => a), Both);
        CorrelationFigures against = HourlyCorrelation.Of(Played(40, (h, a) => 1 / a), Both);

        alike.Matrix[0][1]!.Value.ShouldBe(1, 1e-12);
        against.Matrix[1][0]!.Value.ShouldBe(-1, 1e-12);
        alike.Known.ShouldBe(39);
    }

    [Fact]
    public void A_textbook_pair_has_its_textbook_correlation()
    {
        // Returns 1, −1, 1, −1 … against 1, 1, −1, −1 … are orthogonal; half of one and half of the other share √½.
        var history = new MarketHistory();
        (double a, double b) = (0, 0);
        for (int h = 0; h <= 48; h++)
        {
            history.Record(At(h), [Math.Exp(a), Math.Exp(b)]);
            double first = h % 2 == 0 ? 0.01 : -0.01;
            double second = h % 4 < 2 ? 0.01 : -0.01;
            (a, b) = (a + first, b + first + second);
        }

        HourlyCorrelation.Of(history, Both).Matrix[0][1]!.Value.ShouldBe(Math.Sqrt(0.5), 1e-9);
    }

    [Fact]
    public void Too_few_hours_or_one_that_stands_still_have_none()
    {
        HourlyCorrelation.Of(Played(HourlyCorrelation.Least, (h, a) => a), Both).Matrix[0][1].ShouldBeNull();
        HourlyCorrelation.Of(Played(HourlyCorrelation.Least + 1, (h, a) => a), Both).Matrix[0][1].ShouldNotBeNull();
        HourlyCorrelation.Of(Played(40, (h, a) => 5), Both).Matrix[0][1].ShouldBeNull();
        HourlyCorrelation.Of(new MarketHistory(), Both).Known.ShouldBe(0);
        HourlyCorrelation.Of(new MarketHistory(), []).Matrix.ShouldBeEmpty();
    }

    [Fact]
    public void An_hour_without_a_price_is_left_out_on_both_sides_of_it()
    {
        CorrelationFigures gap = HourlyCorrelation.Of(Played(40, (h, a) => h == 20 ? 0 : a), Both);

        gap.Known.ShouldBe(37);
        gap.Matrix[0][1]!.Value.ShouldBe(1, 1e-12);
    }

    private static MarketHistory Played(int hours, Func<int, double, double> second)
    {
        var history = new MarketHistory();
        double price = 100;
        for (int h = 0; h < hours; h++)
        {
            history.Record(At(h), [price, second(h, price)]);
            price *= 1 + (0.01 * ((h * 7 % 5) - 2.1));
        }

        return history;
    }

    private static Instant At(int hour) => new(1_600_000_000_000_000 + (hour * Instant.MicrosecondsPerHour));
}
