using Plimsoll.Treasury.Matching;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Tests.Matching;

public sealed class OpeningHoursTests
{
    private static readonly OpeningHours London = Bank("Europe/London");

    [Theory]
    // January: London is UTC.
    [InlineData("2025-01-31T07:59:59Z", "2025-01-31T08:00:00Z")]
    [InlineData("2025-01-31T08:00:00Z", "2025-01-31T08:00:00Z")]
    [InlineData("2025-01-31T17:59:59.999999Z", "2025-01-31T17:59:59.999999Z")]
    [InlineData("2025-01-31T18:00:00Z", "2025-02-03T08:00:00Z")]
    [InlineData("2025-02-01T12:00:00Z", "2025-02-03T08:00:00Z")]
    [InlineData("2025-02-03T03:00:00Z", "2025-02-03T08:00:00Z")]
    // July: an hour ahead. The clocks go forward on the night to Sunday, 30 March.
    [InlineData("2025-07-04T17:00:00Z", "2025-07-07T07:00:00Z")]
    [InlineData("2025-03-28T18:30:00Z", "2025-03-31T07:00:00Z")]
    public void A_bank_in_London_opens(string from, string opens) => London.FirstOpen(At(from)).ShouldBe(At(opens));

    [Fact]
    public void The_hours_are_those_of_the_named_zone()
    {
        // Friday 18:00 in New York is Friday 23:00 UTC; Monday 08:00 there is 13:00 UTC.
        Bank("America/New_York").FirstOpen(At("2025-01-31T23:00:00Z")).ShouldBe(At("2025-02-03T13:00:00Z"));
        Bank("America/New_York").FirstOpen(At("2025-01-31T22:59:00Z")).ShouldBe(At("2025-01-31T22:59:00Z"));
    }

    [Fact]
    public void Holidays_are_passed_over_even_where_they_take_every_open_day_for_weeks()
    {
        var mondays = new OpeningHours(
            "UTC", new TimeOnly(9, 0), new TimeOnly(10, 0), [DayOfWeek.Monday], [new DateOnly(2025, 2, 3), new DateOnly(2025, 2, 10), new DateOnly(2025, 2, 17)]);

        mondays.FirstOpen(At("2025-02-03T09:30:00Z")).ShouldBe(At("2025-02-24T09:00:00Z"));
    }

    [Fact]
    public void An_opening_that_the_clocks_skip_is_the_moment_after_the_gap()
    {
        var early = new OpeningHours("Europe/London", new TimeOnly(1, 30), new TimeOnly(6, 0), [DayOfWeek.Sunday]);

        early.FirstOpen(At("2025-03-30T00:00:00Z")).ShouldBe(At("2025-03-30T01:30:00Z"));
    }

    [Fact]
    public void Hours_that_make_no_sense_are_refused()
    {
        Refused(() => Bank("Europe/Londinium")).ShouldBe("opening hours zone: 'Europe/Londinium' is not a zone of the IANA database");
        Refused(() => new OpeningHours("UTC", new TimeOnly(8, 0), new TimeOnly(8, 0), OpeningHours.WorkingDays))
            .ShouldBe("opening hours: found 08:00 to 08:00, expected closing after opening");
        Refused(() => new OpeningHours("UTC", new TimeOnly(8, 0), new TimeOnly(9, 0), []))
            .ShouldBe("opening hours days: found none, expected at least one day of the week");
    }

    private static OpeningHours Bank(string zone) => new(zone, new TimeOnly(8, 0), new TimeOnly(18, 0), OpeningHours.WorkingDays);

    private static string Refused(Action action) => Should.Throw<InputException>(action).Message;

    private static Instant At(string text)
    {
        Instant.TryParse(text, out Instant at).ShouldBeTrue();

        return at;
    }
}
