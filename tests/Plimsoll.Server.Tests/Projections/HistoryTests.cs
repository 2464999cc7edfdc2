using Plimsoll.Server.Projections;
using Plimsoll.Units;

namespace Plimsoll.Server.Tests.Projections;

public sealed class HistoryTests
{
    [Fact]
    public void A_long_past_is_thinned_and_what_was_liquidated_is_never_lost()
    {
        var history = new History();
        history.Begin(100);

        for (int i = 1; i <= 10_000; i++) history.Add(new Instant(i), 100 + (3 * i), liquidated => Point(i, liquidated));

        history.Points.Count.ShouldBeLessThanOrEqualTo(History.MostPoints);
        history.Points.Sum(p => p.Liquidated).ShouldBe(30_000);
        history.Points.Select(p => int.Parse(p.Time, System.Globalization.CultureInfo.InvariantCulture)).ShouldBeInOrder();
        history.Points[^1].Time.ShouldBe("10000");
    }

    [Fact]
    public void While_the_venues_time_stands_still_its_last_point_is_told_anew()
    {
        var history = new History();
        history.Add(new Instant(4), 0, liquidated => Point(4, liquidated));

        history.Add(new Instant(5), 0, liquidated => Point(5, liquidated));

        history.Add(new Instant(5), 10, liquidated => Point(5, liquidated)).Liquidated.ShouldBe(10);
        history.Add(new Instant(5), 12, liquidated => Point(5, liquidated)).Liquidated.ShouldBe(12);
        history.Points.Count.ShouldBe(1);
        history.Add(new Instant(6), 15, liquidated => Point(6, liquidated)).Liquidated.ShouldBe(3);
    }

    [Fact]
    public void The_moment_in_which_a_venue_is_built_gives_way_to_the_next_but_what_it_liquidated_is_kept()
    {
        var history = new History();

        history.Add(new Instant(5), 0, liquidated => Point(5, liquidated));
        history.Add(new Instant(5), 7, liquidated => Point(5, liquidated)).Liquidated.ShouldBe(7);

        history.Add(new Instant(6), 9, liquidated => Point(6, liquidated)).Liquidated.ShouldBe(9);
        history.Points.Single().Time.ShouldBe("6");
    }

    private static HistoryPoint Point(int time, double liquidated) => new($"{time}", new Dictionary<string, string>(StringComparer.Ordinal), 0, null, liquidated, new Dictionary<string, double>(StringComparer.Ordinal));
}
