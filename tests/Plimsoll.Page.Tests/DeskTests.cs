using System.Text.Json;
using Microsoft.Playwright;

namespace Plimsoll.Page.Tests;

[Collection(PageCollection.Name)]
public sealed class DeskTests(Chromium chromium)
{
    [Fact]
    public async Task The_desk_names_the_venue_its_verdict_and_its_worst_asset()
    {
        Chromium.Demand();
        await using Watched desk = await (await chromium.Open(chromium.Harbour.Url)).Live();

        JsonElement headline = (await chromium.Harbour.Get("api/v1/venue")).GetProperty("headline");

        (await desk.Page.Locator(".topbar h1").InnerTextAsync()).ShouldBe("Harbour");
        (await desk.Page.Locator(".verdict").InnerTextAsync()).ShouldBeOneOf("Afloat", "Awash", "Sunk");
        (await desk.Page.Locator(".headline dd").First.InnerTextAsync()).ShouldStartWith(headline.GetProperty("asset").GetString()!);
        (await desk.Page.Locator(".headline-text").InnerTextAsync()).ShouldNotBeNullOrWhiteSpace();
        await Assertions.Expect(desk.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("(afloat|awash|sunk) · ", default, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Time_moves_without_a_reload_and_without_moving_the_page()
    {
        Chromium.Demand();
        await using Watched desk = await (await chromium.Open(chromium.Harbour.Url)).Live();
        await desk.Page.EvaluateAsync("() => { window.stayed = true; }");

        (int changes, double shift) = await WatchHeader(desk);

        changes.ShouldBeGreaterThanOrEqualTo(5);
        shift.ShouldBeLessThan(1);
        (await desk.Page.EvaluateAsync<bool>("() => window.stayed === true")).ShouldBeTrue("the page was loaded anew");
    }

    [Fact]
    public async Task The_browser_has_nothing_to_complain_of()
    {
        Chromium.Demand();
        await using Watched desk = await (await chromium.Open(chromium.Harbour.Url)).Live();
        await desk.Page.Locator("#accounts-grid .account-row").First.ClickAsync();
        await desk.Page.Locator("dialog .scenarios").WaitForAsync();

        await WatchHeader(desk);

        desk.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1280, 800, ColorScheme.Dark)]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(1920, 1080, ColorScheme.Dark)]
    [InlineData(1920, 1080, ColorScheme.Light)]
    public async Task Nothing_overflows_sideways(int width, int height, ColorScheme scheme)
    {
        Chromium.Demand();
        var screen = new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme };
        await using Watched desk = await (await chromium.Open(chromium.Harbour.Url, screen)).Live();
        await desk.Page.Locator("#coverage tbody tr").First.WaitForAsync();

        string[] tooWide = await desk.Page.EvaluateAsync<string[]>(
            """
            () => [document.documentElement, ...document.querySelectorAll('.topbar, .demobar, .desk, .panel, .standing > :not(.unseen), .tiles > div, .panel-head, .scroll-x, .accounts-grid, .events')]
              .filter(e => e.scrollWidth > e.clientWidth + 1)
              .map(e => `${e.tagName}.${e.className} is ${e.scrollWidth} wide in ${e.clientWidth}`)
            """);

        tooWide.ShouldBeEmpty();
        (await desk.Page.Locator(".headline-text").EvaluateAsync<int>("e => e.scrollHeight - e.clientHeight")).ShouldBeLessThanOrEqualTo(1, "the headline is cut short");
        (await desk.Page.Locator("html").GetAttributeAsync("data-theme")).ShouldBe(scheme == ColorScheme.Dark ? "dark" : "light");
    }

    [Fact]
    public async Task The_speed_chosen_is_the_speed_played()
    {
        Chromium.Demand();
        await using Watched desk = await (await chromium.Open(chromium.Harbour.Url)).Live();
        ILocator speed = desk.Page.Locator(".demobar select");
        Task<double> Played() => Demo("speed");

        await speed.SelectOptionAsync("60");
        await Watched.Eventually(Played, x => x == 60, "the venue is played at 60×");
        await Assertions.Expect(speed).ToHaveValueAsync("60");
        DateTimeOffset before = await Now();
        await speed.SelectOptionAsync("3600");

        // An hour of the venue is a second at this speed and a minute at the one before.
        await Watched.Eventually(Now, now => now - before > TimeSpan.FromHours(1), "an hour of the venue's time has passed");
        await speed.SelectOptionAsync($"{Harbour.Speed}");
        await Watched.Eventually(Played, x => x == Harbour.Speed, "the venue is played at its first speed");
    }

    private async Task<double> Demo(string name) => (await chromium.Harbour.Get("api/v1/venue")).GetProperty("demo").GetProperty(name).GetDouble();

    private async Task<DateTimeOffset> Now() => (await chromium.Harbour.Get("api/v1/venue")).GetProperty("time").GetDateTimeOffset();

    /// <summary>Watches the header and the top of the desk until the clock has moved five times.</summary>
    private static Task<(int Changes, double Shift)> WatchHeader(Watched desk) => desk.Watch(
        [".topbar", ".topbar h1", ".venue-time", ".topbar nav", ".link-badge", ".demobar", ".demobar select", "#standing", ".headline", ".fund", ".tiles", "#coverage"],
        ".venue-time strong", changes: 5, TimeSpan.FromSeconds(8));
}
