using Microsoft.Playwright;

namespace Plimsoll.Page.Tests;

/// <summary>One browser and one venue for all tests of this assembly, which run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PageCollection : ICollectionFixture<Chromium>
{
    public const string Name = "Page";
}

/// <summary>A real browser, and the venue most tests look at.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Harbour? _harbour;

    internal Harbour Harbour => _harbour!;

    public async ValueTask InitializeAsync()
    {
        if (Missing() is not null) return;

        _harbour = await Harbour.Start();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = Flags });
    }

    /// <summary>A page of its own, closed by its user; the test is skipped where there is no browser or no built page, but never in CI.</summary>
    internal async Task<Watched> Open(string url, BrowserNewContextOptions? options = null)
    {
        Demand();

        return await Watched.Open(_browser!, url, options ?? new BrowserNewContextOptions());
    }

    /// <summary>Skips the test, in CI fails it, where it cannot be run.</summary>
    internal static void Demand()
    {
        if (Missing() is not { } missing) return;

        (Environment.GetEnvironmentVariable("CI") == "true").ShouldBeFalse(missing);
        Assert.Skip(missing);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_harbour is not null) await _harbour.DisposeAsync();
    }

    private static string? Missing() => (File.Exists(Program), File.Exists(Path.Combine(Repository.Dashboard, "index.html"))) switch
    {
        (false, _) => $"There is no browser at {Program}: install Chromium.",
        (_, false) => $"There is no page in {Repository.Dashboard}: run 'npm ci && npm run build' in web/.",
        _ => null,
    };
}
