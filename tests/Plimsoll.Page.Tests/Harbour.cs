using System.Text.Json;
using Plimsoll.Risk.Margin;
using Plimsoll.Server.Demo;
using Plimsoll.Server.Hosting;
using Plimsoll.Simulation.Stories;

namespace Plimsoll.Page.Tests;

/// <summary>The sample venue living through March 2020 on a free port, ten ticks a second, with the built page in front.</summary>
internal sealed class Harbour : IAsyncDisposable
{
    public const int Speed = 600;

    private readonly string _folder;
    private readonly string? _webRoot;
    private PlimsollServer _server;
    private HttpClient _client;

    private Harbour(string folder, string? webRoot, PlimsollServer server)
    {
        (_folder, _webRoot, _server) = (folder, webRoot, server);
        _client = new HttpClient { BaseAddress = new Uri(server.Url) };
    }

    public string Url => _server.Url;

    /// <summary>Opens the venue and begins its story.</summary>
    /// <param name="webRoot">The folder of the page; none for the built one.</param>
    public static async Task<Harbour> Start(string? webRoot = null)
    {
        string folder = Directory.CreateTempSubdirectory("plimsoll-page-").FullName;

        return new Harbour(folder, webRoot, await Serve(folder, webRoot, "http://127.0.0.1:0"));
    }

    /// <summary>Opens a venue in which nothing has been set up and nothing happens.</summary>
    public static async Task<Harbour> StartEmpty()
    {
        string folder = Directory.CreateTempSubdirectory("plimsoll-page-").FullName;

        return new Harbour(folder, null, await PlimsollServer.Start(new ServerOptions
        {
            VenueFile = Path.Combine(folder, "empty.venue"),
            Url = "http://127.0.0.1:0",
            WebRoot = Repository.Dashboard,
        }));
    }

    /// <summary>The usual risk parameters of what is listed, as JSON.</summary>
    public async Task<string> DefaultParameters() =>
        System.Text.Encoding.UTF8.GetString(await _server.Ask(kernel => RiskParameters.Default(kernel.State.Catalog).ToJson()));

    public async Task Stop() => await _server.DisposeAsync();

    /// <summary>Serves the same file again where it was served before.</summary>
    public async Task StartAgain() => _server = await Serve(_folder, _webRoot, Url);

    public async Task<JsonElement> Get(string path)
    {
        using HttpResponseMessage answer = await _client.GetAsync(path);
        string body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {body}");

        return JsonDocument.Parse(body).RootElement;
    }

    public async Task Post(string path, string json)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _client.PostAsync(path, body);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {await answer.Content.ReadAsStringAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<PlimsollServer> Serve(string folder, string? webRoot, string url)
    {
        var story = VenueStory.Open(
            Path.Combine(Repository.Root, "samples", "harbour", "venue.json"),
            new StoryOptions { Accounts = 400, Step = TimeSpan.FromMinutes(1) });

        return await PlimsollServer.Start(new ServerOptions
        {
            VenueFile = Path.Combine(folder, "harbour.venue"),
            Url = url,
            Name = story.File.Name,
            WebRoot = webRoot ?? Repository.Dashboard,
            Source = new StoryTeller(story),
            Demo = new DemoInfo(story.Path.Label, story.Path.Synthetic, Speed, (long)story.Seed),
            Availability = VenueAvailability.For(story.File),
            KindOf = account => account.Value.Split('-')[0],
        });
    }
}
