using Plimsoll.Server.Calls;
using Plimsoll.Server.Demo;
using Plimsoll.Treasury.Backing;
using Plimsoll.Treasury.Matching;
using Plimsoll.Units;

namespace Plimsoll.Server.Hosting;

/// <summary>How a venue is served. None of this changes what the engine decides.</summary>
public sealed record ServerOptions
{
    /// <summary>The venue's file; made where there is none. Its directory must exist.</summary>
    public required string VenueFile { get; init; }

    /// <summary>Where to listen; port 0 takes a free one. Without <see cref="ApiKeysFile"/> only a loopback address is accepted.</summary>
    public string Url { get; init; } = "http://127.0.0.1:5080";

    /// <summary>What the venue is called on its page.</summary>
    public string Name { get; init; } = "Plimsoll";

    /// <summary>The built dashboard's folder; by default <c>web</c> beside the program. Without an <c>index.html</c> there the plain page is served.</summary>
    public string? WebRoot { get; init; }

    /// <summary>Threads that judge accounts.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The only clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Who plays the venue's story into it; none for a venue that lives on what it is told through the API.</summary>
    public ICommandSource? Source { get; init; }

    /// <summary>What the page says of the story, where it is a demo; the story then owns the venue's clock.</summary>
    public DemoInfo? Demo { get; init; }

    /// <summary>The file of API keys; see <see cref="Access.ApiKeys"/>. Without one everybody on this machine is an operator.</summary>
    public string? ApiKeysFile { get; init; }

    /// <summary>
    /// At least 32 bytes nobody can guess, from which attestations derive their salts. Without it a demo takes one from its
    /// seed, labelled unsafe, and any other venue attests nothing.
    /// </summary>
    public ReadOnlyMemory<byte>? AttestationSecret { get; init; }

    /// <summary>The venue's time between attestations.</summary>
    public TimeSpan AttestEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How soon each place pays.</summary>
    public AvailabilityRules Availability { get; init; } = AvailabilityRules.Default;

    /// <summary>The run every asset is asked to outlast.</summary>
    public StressedRun Run { get; init; } = StressedRun.Ftx2022;

    /// <summary>How the venue's own loss is estimated.</summary>
    public ShortfallSettings Shortfall { get; init; } = new();

    /// <summary>When a feed is called degraded or stale.</summary>
    public FeedLimits Feeds { get; init; } = new();

    /// <summary>Quotes the volatility surface is fitted to; without them it is fitted to the marks of the venue's own options.</summary>
    public ChainSource? Chain { get; init; }

    /// <summary>What kind of customer an account is, for the page; by default every account is a customer.</summary>
    public Func<AccountId, string>? KindOf { get; init; }

    /// <summary>The most commands one caller may send in a second, and the most he may save up.</summary>
    public int CommandsPerSecond { get; init; } = 2000;

    /// <summary>Where notices are posted to; none for the page alone. See docs/formats/webhooks.md.</summary>
    public WebhookOptions? Webhooks { get; init; }

    /// <summary>The most bids and quotes one bidder may ask for in a second, and the most he may save up.</summary>
    public int BidsPerSecond { get; init; } = 20;

    /// <summary>Told what the server has to say, a sentence at a time.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Told how many journal entries have been applied of how many there are, while the venue is recovered.</summary>
    public Action<long, long>? Recovering { get; init; }
}

/// <summary>When the page calls a feed degraded or stale, by the venue's time.</summary>
/// <param name="DegradedSeconds">Age from which it is degraded.</param>
/// <param name="StaleSeconds">Age from which it is stale.</param>
/// <param name="WideConfidence">Half width of its uncertainty, as a part of the price, from which it is degraded.</param>
public sealed record FeedLimits(double DegradedSeconds = 120, double StaleSeconds = 900, double WideConfidence = 0.01);
