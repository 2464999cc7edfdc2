using System.CommandLine;
using System.Text;
using Plimsoll.Cli.Demo;
using Plimsoll.Cli.Serving;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Chains;
using Plimsoll.Server.Calls;
using Plimsoll.Server.Demo;
using Plimsoll.Server.Hosting;
using Plimsoll.Simulation.Stories;
using Plimsoll.Treasury.Attestation;
using Plimsoll.Treasury.Backing;
using Plimsoll.Units;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll serve</c>: a venue behind its API and its page, with a demo's story playing into it where asked.</summary>
internal static class ServeVerb
{
    private const string DefaultUrl = "http://127.0.0.1:5080";
    private const double DefaultSpeed = 1800;
    private const int DefaultStepSeconds = 120;
    private const int MostSecretBytes = 4096;
    private const int MostChainBytes = 64 << 20;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        var story = new StoryChoice(DefaultStepSeconds);
        Option<string?> file = new("--venue-file") { Description = "The venue's file, made where there is none (default: plimsoll.venue, or demo.venue for a demo).", HelpName = "FILE" };
        Option<string> url = new("--url") { Description = "Where to listen.", HelpName = "URL", DefaultValueFactory = _ => DefaultUrl };
        Option<bool> demo = new("--demo") { Description = "Build the sample venue and replay its crash; the venue's clock runs on the path's time." };
        Option<double?> speed = Asked.Number("--speed", "X", 0, Pace.MaxSpeed, $"Seconds of the story in a second of ours, 0 is paused (default {DefaultSpeed}).");
        Option<string?> keys = new("--api-keys") { Description = "A file of API keys; without one only this machine is listened to.", HelpName = "FILE" };
        Option<string?> secret = new("--attestation-secret") { Description = $"A file of at least {AttestationKeys.MinSecretBytes} secret bytes, from which attestations derive their salts.", HelpName = "FILE" };
        Option<string?> chain = new("--chain") { Description = "A chain of option quotes (JSON or CSV) to fit the page's surface to, in place of the venue's own marks.", HelpName = "FILE" };
        Option<string?> webhooks = new("--webhooks") { Description = "A file of endpoints that margin calls, liquidations and breaches are posted to, signed and retried.", HelpName = "FILE" };
        Option<int?> threads = Asked.Count("--threads", 1, 1024, "Threads that judge accounts (default 1).");
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "serve",
            "Serve a venue: API under /api/v1, a live page at /. It goes on from its file after a restart.",
            "serve --demo --accounts 2000",
            "serve --demo --accounts 2000 --speed 600 --heavier --venue-file heavier.venue",
            "serve --venue-file my.venue")
        {
            file, url, demo, speed, keys, secret, chain, webhooks, threads, json,
        };
        story.AddTo(verb);
        verb.SetAction(async (parsed, stop) =>
        {
            bool plays = parsed.GetValue(demo);
            string venueFile = parsed.GetValue(file) ?? (plays ? "demo.venue" : "plimsoll.venue");
            var options = new ServerOptions
            {
                VenueFile = venueFile,
                Url = parsed.GetRequiredValue(url),
                Threads = parsed.GetValue(threads) ?? 1,
                ApiKeysFile = parsed.GetValue(keys),
                AttestationSecret = parsed.GetValue(secret) is { } hidden ? new ReadOnlyMemory<byte>(InputFile.Bytes(hidden, MostSecretBytes)) : default(ReadOnlyMemory<byte>?),
                Chain = parsed.GetValue(chain) is { } quotes ? new ChainSource(Path.GetFileName(quotes), ChainReader.Read(Encoding.UTF8.GetString(InputFile.Bytes(quotes, MostChainBytes)), quotes)) : null,
                Webhooks = parsed.GetValue(webhooks) is { } endpoints ? WebhookOptions.Read(endpoints) : null,
                Log = screen.Say,
                Recovering = (applied, last) =>
                {
                    if (screen.IsWatched && last > 0) screen.Say($"recovering {venueFile}: entry {applied:N0} of {last:N0}");
                },
            };
            if (plays) options = WithStory(options, story.Open(parsed).Story, parsed.GetValue(speed) ?? DefaultSpeed);
            else story.RefuseWithout(parsed, "--demo");

            PlimsollServer server = await PlimsollServer.Start(options, stop).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            {
                Announce(screen, parsed.GetValue(json), server, options);

                return await Stay(screen, server, stop).ConfigureAwait(false);
            }
        });

        return verb;
    }

    private static ServerOptions WithStory(ServerOptions options, VenueStory told, double speed)
    {
        var source = new StorySource(told);
        source.MustHaveBuilt(options.VenueFile);

        return options with
        {
            Name = told.File.Name,
            Source = source,
            Demo = new DemoInfo(told.Path.Label, told.Path.Synthetic, speed, (long)told.Seed),
            Availability = VenueAvailability.For(told.File),
            // The sample story is six days long: three of them give this many overlapping windows.
            Shortfall = new ShortfallSettings { MinWindows = 48 },
            KindOf = DemoReporter.KindOf,
        };
    }

    private static void Announce(Screen screen, bool json, PlimsollServer server, ServerOptions options)
    {
        if (json)
        {
            screen.Json(new { server.Url, options.VenueFile, options.Name, Demo = options.Demo });

            return;
        }

        screen.Line($"{options.Name} is served at {server.Url} from {options.VenueFile}; Ctrl-C stops it, and it goes on from there.");
        if (options.Demo is { } demo)
            screen.Line($"Playing {demo.Label}{(demo.Synthetic && !demo.Label.Contains("synthetic", StringComparison.Ordinal) ? " (synthetic)" : "")} at {demo.Speed:0.##} times our speed; the page can change it.");
    }

    private static async Task<int> Stay(Screen screen, PlimsollServer server, CancellationToken stop)
    {
        bool told = server.Pace is null;
        while (!stop.IsCancellationRequested)
        {
            if (server.Halted is { } halted) throw halted;

            if (!told && server.Story.IsCompleted)
            {
                told = true;
                if (server.Story.IsCompletedSuccessfully) screen.Say("The story has been lived to its end; the venue stays up and takes commands.");
                else await server.Story.ConfigureAwait(false);
            }

            await Task.Delay(Glance, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        screen.Say("stopping; the venue takes a last snapshot");

        return ExitCode.Good;
    }
}
