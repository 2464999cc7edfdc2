using System.Net;
using System.Text.Json;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Server.Demo;
using Plimsoll.Units;

namespace Plimsoll.Server.Tests.Demo;

public sealed class StoryTests
{
    private static readonly Instant Start = Instant.Utc(2020, 3, 12);

    [Fact]
    public async Task A_story_plays_in_order_at_its_own_time_and_reports_its_progress()
    {
        await using Served served = await Served.Start(Playing(new Story(10_000)));

        JsonElement venue = await served.Eventually("api/v1/venue", v => v.GetProperty("accounts").GetInt32() == 10_000);
        await served.Server.Story;
        venue = await served.Eventually("api/v1/venue", v => v.GetProperty("demo").GetProperty("progress").GetDouble() == 1 && !v.GetProperty("demo").GetProperty("running").GetBoolean());

        venue.GetProperty("time").GetString().ShouldBe("2020-03-12T02:46:39Z");
        venue.GetProperty("sequence").GetInt64().ShouldBe(10_000);
        venue.GetProperty("demo").GetProperty("label").GetString().ShouldBe("accounts open");
        (await served.Server.Ask(kernel => kernel.State.Accounts[new AccountIndex(4_321)].Value)).ShouldBe("account-4321");
    }

    [Fact]
    public async Task A_users_command_in_a_demo_gets_the_storys_time()
    {
        await using Served served = await Served.Start(Playing(new Story(10)));
        await served.Server.Story;

        JsonElement answer = await served.Accept("""{"type":"open-account","account":"alice"}""");

        answer.GetProperty("time").GetString().ShouldBe("2020-03-12T00:00:09Z");
    }

    [Fact]
    public async Task A_story_played_again_after_a_restart_does_nothing_twice()
    {
        await using Served served = await Served.Start(Playing(new Story(50)));
        await served.Server.Story;
        var again = new Story(100);

        await served.Restart(Playing(again));
        await served.Server.Story;

        (await served.Server.Ask(kernel => kernel.Sequence)).ShouldBe(100);
        again.ResumedAt.ShouldBe(Start + TimeSpan.FromSeconds(49));
    }

    [Fact]
    public async Task The_speed_is_changed_while_it_plays()
    {
        await using Served served = await Served.Start(Playing(new Story(100), speed: 0));
        await Task.Delay(300);
        long paused = await served.Server.Ask(kernel => kernel.Sequence);

        using HttpResponseMessage answer = await served.Post("api/v1/demo/speed", """{"speed":10000}""");
        await served.Server.Story.WaitAsync(TimeSpan.FromSeconds(20));

        paused.ShouldBeLessThanOrEqualTo(1);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("speed").GetDouble().ShouldBe(10_000);
        (await served.Server.Ask(kernel => kernel.Sequence)).ShouldBe(100);
    }

    [Theory]
    [InlineData("""{"speed":-1}""")]
    [InlineData("""{"speed":"fast"}""")]
    [InlineData("""{"pace":1}""")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_speed_that_is_none_is_refused(string body)
    {
        await using Served served = await Served.Start(Playing(new Story(1)));

        await Served.Problem(await served.Post("api/v1/demo/speed", body), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_venue_without_a_demo_has_no_speed()
    {
        await using Served served = await Served.Start();

        await Served.Problem(await served.Post("api/v1/demo/speed", """{"speed":1}"""), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_server_stops_in_the_middle_of_a_paused_story()
    {
        Served served = await Served.Start(Playing(new Story(100), speed: 0));

        await served.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static Func<Plimsoll.Server.Hosting.ServerOptions, Plimsoll.Server.Hosting.ServerOptions> Playing(Story story, double speed = Pace.MaxSpeed) =>
        options => options with { Source = story, Demo = new DemoInfo("accounts open", true, speed, 1) };

    /// <summary>An account opens every second.</summary>
    private sealed class Story(int length) : ICommandSource
    {
        public Instant ResumedAt { get; private set; }

        public async Task Run(ICommandSink sink, CancellationToken cancellation)
        {
            ResumedAt = sink.DurableTime;
            for (int i = 0; i < length; i++)
            {
                Instant at = Start + TimeSpan.FromSeconds(i);
                await sink.Pace.WaitFor(at, cancellation);
                await sink.Post(new Envelope(at, Envelope.Venue, new CommandId($"open-{i}"), new OpenAccount(new AccountId($"account-{i}"))), cancellation);
                sink.Report((i + 1.0) / length);
            }

            await sink.Drain(cancellation);
        }
    }
}
