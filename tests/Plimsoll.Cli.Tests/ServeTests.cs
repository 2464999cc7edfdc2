using System.Text.Json;

namespace Plimsoll.Cli.Tests;

public sealed class ServeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_demo_is_lived_to_its_end_and_goes_on_from_its_file()
    {
        using var folder = new Folder();
        string venue = folder.File("demo.venue");

        (JsonElement lived, int code) = await Serve(venue, HasEnded);
        code.ShouldBe(ExitCode.Good);
        lived.GetProperty("name").GetString().ShouldBe("Harbour");
        long entries = await Entries(venue);

        // What is shown may lag behind what is durable; the file is what counts.
        await Serve(venue, HasEnded);
        (await Entries(venue)).ShouldBe(entries);
    }

    private static bool HasEnded(JsonElement figures) =>
        figures.GetProperty("demo").GetProperty("progress").GetDouble() >= 1 && figures.GetProperty("time").GetString() == "2020-03-17T00:00:00Z";

    private static async Task<long> Entries(string venue)
    {
        Typed replay = await Typed.Plimsoll("replay", venue, "--verify", "--json");
        replay.Code.ShouldBe(ExitCode.Good, replay.Output + replay.Error);

        return replay.Json.GetProperty("entries").GetInt64();
    }

    [Fact]
    public async Task What_cannot_be_served_is_one_line()
    {
        using var folder = new Folder();

        (await Typed.Plimsoll("serve", "--url", "http://0.0.0.0:0", "--venue-file", folder.File("a.venue"))).ShouldBeRefused("0.0.0.0");
        (await Typed.Plimsoll("serve", "--accounts", "100", "--venue-file", folder.File("a.venue"))).ShouldBeRefused("--accounts: found it without --demo");
        (await Typed.Plimsoll("serve", "--demo", "--speed", "-1")).ShouldBeRefused("--speed: found '-1'");
        (await Typed.Plimsoll("serve", "--venue-file", "/nowhere/a.venue")).ShouldBeRefused("/nowhere/a.venue");
    }

    [Fact]
    public async Task Another_story_may_not_go_on_in_a_demo_s_file()
    {
        using var folder = new Folder();
        string venue = folder.File("demo.venue");
        await Typed.Plimsoll("demo", "--accounts", "50", "--journal", venue);

        (await Typed.Plimsoll("serve", "--demo", "--accounts", "60", "--url", "http://127.0.0.1:0", "--venue-file", venue)).ShouldBeRefused("another story built");
    }

    private static async Task<(JsonElement Figures, int Code)> Serve(string venue, Func<JsonElement, bool> until)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var written = new StringWriter();
        using TextWriter output = TextWriter.Synchronized(written);
        using var error = new StringWriter();
        using TextWriter errors = TextWriter.Synchronized(error);
        Task<int> served = CommandLine.Run(
            ["serve", "--demo", "--accounts", "50", "--speed", "10000000", "--step", "1800", "--url", "http://127.0.0.1:0", "--venue-file", venue, "--json"], output, errors, stop.Token);
        DateTime end = DateTime.UtcNow + Patience;
        using var client = new HttpClient();
        JsonElement figures = default;
        string? url = null;
        while (DateTime.UtcNow < end && !served.IsCompleted)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            string text = written.ToString();
            if (url is null && text.TrimEnd().EndsWith('}')) url = JsonDocument.Parse(text).RootElement.GetProperty("url").GetString();
            if (url is null) continue;

            figures = JsonDocument.Parse(await client.GetStringAsync($"{url}/api/v1/venue", TestContext.Current.CancellationToken)).RootElement;
            if (until(figures)) break;
        }

        await stop.CancelAsync();

        return (figures, await served);
    }
}
