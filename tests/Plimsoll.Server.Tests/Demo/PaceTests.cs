using Plimsoll.Server.Demo;
using Plimsoll.Units;

namespace Plimsoll.Server.Tests.Demo;

public sealed class PaceTests
{
    private static readonly Instant Start = Instant.Utc(2020, 3, 12);

    [Fact]
    public async Task The_first_moment_is_there_at_once_and_the_next_after_its_share_of_our_time()
    {
        var pace = new Pace(TimeProvider.System, 100);
        await pace.WaitFor(Start, default);
        long began = TimeProvider.System.GetTimestamp();

        await pace.WaitFor(Start + TimeSpan.FromSeconds(20), default);

        TimeProvider.System.GetElapsedTime(began).TotalMilliseconds.ShouldBeInRange(150, 2_000);
    }

    [Fact]
    public async Task A_paused_story_waits_until_it_is_given_a_speed()
    {
        var pace = new Pace(TimeProvider.System, 0);
        Task waiting = pace.WaitFor(Start, default).AsTask();
        await Task.Delay(50);
        bool early = waiting.IsCompleted;

        pace.Speed = 1;
        await waiting.WaitAsync(TimeSpan.FromSeconds(5));

        early.ShouldBeFalse();
    }

    [Fact]
    public async Task A_new_speed_holds_from_where_the_story_is()
    {
        var pace = new Pace(TimeProvider.System, 1);
        await pace.WaitFor(Start, default);
        Task waiting = pace.WaitFor(Start + TimeSpan.FromHours(1), default).AsTask();

        pace.Speed = 36_000;

        await waiting.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_speed_that_is_none_is_refused(double speed) =>
        Should.Throw<InputException>(() => new Pace(TimeProvider.System, speed));
}
