using System.Net;
using System.Text.Json;
using Plimsoll.Engine;
using Plimsoll.Server.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Tests.Hosting;

public sealed class LifeTests
{
    [Fact]
    public async Task A_restart_brings_back_the_venue_its_feed_and_what_the_fund_was_given()
    {
        await using Served served = await Served.StartTrading();
        await served.Price(8_800);
        JsonElement before = await served.Get("api/v1/events");
        Hash256 state = await served.Server.Ask(kernel => Snapshots.HashOf(kernel.State));

        var applied = new List<(long, long)>();
        await served.Restart(options => options with { Recovering = (done, all) => applied.Add((done, all)) });

        (await served.Server.Ask(kernel => Snapshots.HashOf(kernel.State))).ShouldBe(state);
        (await served.Get("api/v1/events")).GetRawText().ShouldBe(before.GetRawText());
        (await served.Get("api/v1/venue")).GetProperty("fund").GetProperty("start").GetDouble().ShouldBe(100_000);
        applied[^1].ShouldBe((14, 14));
    }

    [Fact]
    public async Task A_venue_that_is_open_already_is_refused_in_one_line()
    {
        await using Served served = await Served.Start();

        InputException fault = await Should.ThrowAsync<InputException>(
            () => PlimsollServer.Start(new ServerOptions { VenueFile = served.File, Url = "http://127.0.0.1:0" }));

        fault.Message.ShouldContain("another process has this venue open");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_refused_and_the_venue_is_let_go()
    {
        await using Served served = await Served.Start();
        string file = Path.Combine(Path.GetDirectoryName(served.File)!, "other.plimsoll");

        InputException fault = await Should.ThrowAsync<InputException>(() => PlimsollServer.Start(new ServerOptions { VenueFile = file, Url = served.Server.Url }));
        await using PlimsollServer other = await PlimsollServer.Start(new ServerOptions { VenueFile = file, Url = "http://127.0.0.1:0" });

        fault.Message.ShouldContain("in use");
        other.Url.ShouldNotBe(served.Server.Url);
    }

    [Fact]
    public async Task The_last_snapshot_is_taken_on_the_way_out_so_that_a_restart_replays_nothing()
    {
        await using Served served = await Served.StartTrading();

        await served.Server.DisposeAsync();

        using var store = Storage.Sqlite.SqliteJournalStore.Open(served.File, readOnly: true);
        store.LatestSnapshot()!.Sequence.ShouldBe(13);
    }

    [Fact]
    public async Task A_halted_engine_answers_503_and_the_page_says_so()
    {
        await using Served served = await Served.StartTrading();
        // A question that breaks is a broken law: the engine stops rather than go on.
        await Should.ThrowAsync<Exception>(() => served.Server.Ask<int>(_ => throw new LawBrokenException("a test may stop the engine")));

        JsonElement problem = await Served.Problem(await served.Send("""{"type":"open-account","account":"carol"}"""), HttpStatusCode.ServiceUnavailable);
        await Served.Problem(await served.Client.GetAsync("health"), HttpStatusCode.ServiceUnavailable);
        await Served.Problem(await served.Client.GetAsync("api/v1/accounts/alice"), HttpStatusCode.ServiceUnavailable);
        JsonElement venue = await served.Eventually("api/v1/venue", v => v.GetProperty("halted").ValueKind == JsonValueKind.String);

        problem.GetProperty("type").GetString().ShouldBe("urn:plimsoll:problem:halted");
        venue.GetProperty("halted").GetString()!.ShouldContain("a test may stop the engine");
        served.Server.Halted.ShouldNotBeNull();
    }
}
