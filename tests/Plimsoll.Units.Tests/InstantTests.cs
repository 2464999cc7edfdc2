using Plimsoll.Units.Tests;

namespace Plimsoll.Units.Tests;

public sealed class InstantTests
{
    [Theory]
    [InlineData("2020-03-12T23:00:00Z", 1_584_054_000_000_000)]
    [InlineData("2020-03-12 23:00:00", 1_584_054_000_000_000)]
    [InlineData("2020-03-12T23:00", 1_584_054_000_000_000)]
    [InlineData("2020-03-12T23:00:00.5Z", 1_584_054_000_500_000)]
    [InlineData("2020-03-12T23:00:00.0000019Z", 1_584_054_000_000_001)]
    [InlineData("2020-03-13T00:00:00+01:00", 1_584_054_000_000_000)]
    [InlineData("2020-03-12", 1_583_971_200_000_000)]
    [InlineData("1970-01-01", 0)]
    [InlineData("1969-12-31T23:59:59.9999999Z", -1)]
    public void A_moment_is_read_in_UTC(string text, long microseconds)
    {
        Instant.TryParse(text, out Instant instant).ShouldBeTrue();

        instant.UnixMicroseconds.ShouldBe(microseconds);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("23:00")]
    [InlineData("12")]
    [InlineData("3/12/2020")]
    [InlineData("March 12")]
    [InlineData("2020-03")]
    [InlineData("2020-02-30")]
    [InlineData("2020-03-12T24:00:00Z")]
    [InlineData("2020-03-12T23:00:00Zulu")]
    public void A_text_that_needs_guessing_or_the_clock_is_refused(string? text) => Instant.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Every_moment_of_the_calendar_survives_text() => Seeded.Holds(2000, chance =>
    {
        Instant instant = new(chance.Between(-62_135_596_800_000_000, 253_402_300_799_999_999));
        if (chance.Coin()) instant = new(instant.UnixMicroseconds / 1_000_000 * 1_000_000);

        Instant.TryParse(instant.ToString(), out Instant read).ShouldBeTrue();

        read.ShouldBe(instant);
    });

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00Z")]
    [InlineData(1_584_054_000_000_001, "2020-03-12T23:00:00.000001Z")]
    [InlineData(long.MaxValue, "9223372036854775807us")]
    [InlineData(long.MinValue, "-9223372036854775808us")]
    public void Any_moment_can_be_printed(long microseconds, string text) => new Instant(microseconds).ToString().ShouldBe(text);

    [Fact]
    public void Time_adds_and_subtracts_exactly()
    {
        Instant start = Instant.Utc(2024, 2, 28, 8);
        Instant end = start + TimeSpan.FromDays(2);

        end.ShouldBe(Instant.Utc(2024, 3, 1, 8));
        (end - start).ShouldBe(TimeSpan.FromDays(2));
        start.YearsUntil(end).ShouldBe(2 / 365.0);
        (start < end && end > start && start <= end && end >= start).ShouldBeTrue();
        Instant.FromUnixMilliseconds(5).UnixMicroseconds.ShouldBe(5000);
    }
}
