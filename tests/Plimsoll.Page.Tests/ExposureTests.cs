using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Plimsoll.Page.Tests;

[Collection(PageCollection.Name)]
public sealed partial class ExposureTests(Chromium chromium)
{
    [Fact]
    public async Task The_exposure_opens_from_the_top_bar_and_by_key_and_has_an_address_of_its_own()
    {
        Chromium.Demand();
        await using Watched desk = await (await chromium.Open(chromium.Harbour.Url)).Live();

        await desk.Page.Locator(".views").GetByText("Exposure").ClickAsync();
        await Assertions.Expect(desk.Page.Locator("#greeks")).ToBeVisibleAsync();
        desk.Page.Url.ShouldEndWith("#/exposure");
        await desk.Page.Keyboard.PressAsync("d");
        await Assertions.Expect(desk.Page.Locator("#standing")).ToBeVisibleAsync();
        await desk.Page.Keyboard.PressAsync("e");
        await Assertions.Expect(desk.Page.Locator("#limits")).ToBeVisibleAsync();
        await desk.Page.ReloadAsync();
        await Assertions.Expect(desk.Page.Locator("#hedge")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task All_five_parts_show_the_served_venue_and_nobody_complains()
    {
        Chromium.Demand();
        await using Watched page = await Exposure();

        await Assertions.Expect(page.Page.Locator("#greeks tbody tr").First).ToContainTextAsync("BTC");
        await Assertions.Expect(page.Page.Locator("#surface .smiles-table tbody tr").First).ToContainTextAsync("27MAR20");
        (await page.Page.Locator("#surface .smiles-table tbody tr").CountAsync()).ShouldBe(2);
        await Assertions.Expect(page.Page.Locator("#limits li").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator("#buckets tbody").First).ToContainTextAsync("lido");
        await Assertions.Expect(page.Page.Locator("#buckets .unwinding")).ToContainTextAsync("Liquidity-adjusted");
        await Assertions.Expect(page.Page.Locator("#hedge .propose")).ToBeEnabledAsync();
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_heat_map_moves_with_the_market_and_nothing_moves_on_the_page()
    {
        Chromium.Demand();
        await using Watched page = await Exposure();

        (int changes, double shift) = await page.Watch(
            [".topbar", "#greeks", "#greeks table", "#greeks td", "#surface", "#limits", "#buckets", "#hedge"], "#greeks tbody", changes: 4, TimeSpan.FromSeconds(40));

        changes.ShouldBeGreaterThanOrEqualTo(4);
        shift.ShouldBeLessThan(1);
    }

    [Fact]
    public async Task The_heat_map_switches_greek_side_unit_and_accounts()
    {
        Chromium.Demand();
        await using Watched page = await Exposure();
        ILocator greeks = page.Page.Locator("#greeks");
        ILocator first = greeks.Locator(".heat").First.Locator("tbody tr").First.Locator("td").Nth(1);
        await Assertions.Expect(first).ToContainTextAsync("$");

        await page.Page.Keyboard.PressAsync("3");
        await Assertions.Expect(greeks.Locator("[aria-label='Greek'] [aria-pressed='true']")).ToHaveTextAsync("Vega");
        await Assertions.Expect(first).ToContainTextAsync("/pt");
        await greeks.GetByText("Coin", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(first).ToContainTextAsync("BTC");
        await greeks.GetByText("Gross", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(greeks.Locator("td[data-side='minus']")).ToHaveCountAsync(0);
        await Assertions.Expect(greeks.Locator(".heat thead").Nth(1)).ToContainTextAsync("95–105 %");
        await greeks.Locator("select").SelectOptionAsync("whale");
        await Assertions.Expect(greeks.Locator("tbody tr").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_surface_is_drawn_and_is_a_table_too()
    {
        Chromium.Demand();
        await using Watched page = await Exposure();
        ILocator surface = page.Page.Locator("#surface");
        await Watched.Eventually(() => page.Page.EvaluateAsync<int>(ChartTests.Coloured, new object[] { "#surface", 0.1, 0.9 }), pixels => pixels > 200, "the smiles are drawn");

        await surface.GetByText("Strike × expiry").ClickAsync();

        await Assertions.Expect(surface.Locator(".volmap tbody tr").First).ToContainTextAsync("%");
        await surface.GetByText("ETH", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(surface.Locator(".volmap thead")).ToContainTextAsync("200");
        Percent().IsMatch(await surface.Locator(".smiles-table td b").First.InnerTextAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_breached_limit_is_red_and_says_why()
    {
        Chromium.Demand();
        await chromium.Harbour.Post("api/v1/limits", """{"id":"page-breach","limit":"page-breach","scope":"venue","measure":"notional","gross":true,"underlying":"BTC","soft":1,"hard":1000}""");
        await using Watched page = await Exposure();

        ILocator breached = page.Page.Locator("#limits li[data-level='hard']").Filter(new() { HasText = "Gross notional of the venue in BTC" });
        await Assertions.Expect(breached.Locator(".limit-why")).ToContainTextAsync("beyond the hard line of $1.00k: only what reduces it is allowed.");
        (await breached.Locator("[role='meter']").GetAttributeAsync("aria-valuetext")).ShouldNotBeNull().ShouldContain("beyond the hard line");
        await Assertions.Expect(page.Page.Locator("#limits .panel-head")).ToContainTextAsync("breached");
    }

    [Fact]
    public async Task A_proposal_shows_its_trades_its_cost_and_what_it_does_with_the_keyboard_alone()
    {
        Chromium.Demand();
        await using Watched page = await Exposure();
        ILocator hedge = page.Page.Locator("#hedge");
        // The page asks once by itself, for the venue's own book or the largest account's.
        await hedge.Locator(".hedge-summary").WaitForAsync();
        await hedge.GetByText("Account", new() { Exact = true }).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await hedge.Locator("input").FillAsync("maker-00");
        await page.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(hedge.Locator("[role='status']")).ToContainTextAsync("maker-00 at ");
        await Assertions.Expect(hedge.Locator(".hedge-summary")).ToContainTextAsync(" for $");
        await Assertions.Expect(hedge.Locator("table").First.Locator("tr[data-total='true']")).ToContainTextAsync("$");
        await Assertions.Expect(hedge.Locator(".bands tbody tr").First).ToContainTextAsync("no-trade band");
        (await hedge.Locator(".ladder-pair .heat").CountAsync()).ShouldBe(2);
        (await hedge.Locator(".ladder-pair td[data-marked='true']").CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_said_in_words()
    {
        Chromium.Demand();
        await using Watched page = await Exposure();
        ILocator hedge = page.Page.Locator("#hedge");
        await hedge.GetByText("Account", new() { Exact = true }).ClickAsync();
        await hedge.Locator("input").FillAsync("nobody");
        await page.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(hedge.Locator(".problem")).ToContainTextAsync("There is no account nobody");
    }

    [Theory]
    [InlineData(1280, 800, ColorScheme.Dark)]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(1920, 1080, ColorScheme.Dark)]
    [InlineData(1920, 1080, ColorScheme.Light)]
    public async Task Nothing_overflows_sideways(int width, int height, ColorScheme scheme)
    {
        Chromium.Demand();
        await using Watched page = await Exposure(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });
        await page.Page.Locator("#hedge").GetByText("Account", new() { Exact = true }).ClickAsync();
        await page.Page.Locator("#hedge input").FillAsync("maker-00");
        await page.Page.Locator("#hedge .propose").ClickAsync();
        await Assertions.Expect(page.Page.Locator("#hedge [role='status']")).ToContainTextAsync("maker-00 at ");

        (await page.TooWide()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_venue_that_has_nothing_says_so_in_every_part()
    {
        Chromium.Demand();
        await using Harbour empty = await Harbour.StartEmpty();
        await using Watched page = await (await chromium.Open($"{empty.Url}#/exposure")).Live();

        await Assertions.Expect(page.Page.Locator("#greeks")).ToContainTextAsync("No risk parameters have been set yet");
        await Assertions.Expect(page.Page.Locator("#surface")).ToContainTextAsync("No option that still runs is listed");
        await Assertions.Expect(page.Page.Locator("#limits")).ToContainTextAsync("No limits are set");
        await Assertions.Expect(page.Page.Locator("#buckets")).ToContainTextAsync("No bucket is known yet");
        await Assertions.Expect(page.Page.Locator("#hedge")).ToContainTextAsync("No proposal yet");
    }

    [Fact]
    public async Task When_the_link_is_cut_every_part_keeps_its_figures_and_says_that_they_are_old()
    {
        Chromium.Demand();
        await using Harbour harbour = await Harbour.Start();
        await using Watched page = await (await chromium.Open($"{harbour.Url}#/exposure")).Live();
        await page.Page.Locator("#greeks tbody tr").First.WaitForAsync();

        await harbour.Stop();

        await Assertions.Expect(page.Page.Locator("main.desk")).ToHaveAttributeAsync("data-fresh", "false");
        foreach (string part in new[] { "#greeks", "#limits", "#buckets" })
            await Assertions.Expect(page.Page.Locator($"{part} .problem")).ToContainTextAsync("cannot be reached");
        await Assertions.Expect(page.Page.Locator("#greeks tbody tr").First).ToBeVisibleAsync();
        await harbour.StartAgain();
    }

    private async Task<Watched> Exposure(BrowserNewContextOptions? options = null)
    {
        Watched page = await (await chromium.Open($"{chromium.Harbour.Url}#/exposure", options)).Live();
        await page.Page.Locator("#greeks tbody tr").First.WaitForAsync();
        await page.Page.Locator("#surface .smiles-table tbody tr").First.WaitForAsync();
        await page.Page.Locator("#limits li").First.WaitForAsync();
        await page.Page.Locator("#hedge [role='status']").WaitForAsync();

        return page;
    }

    [GeneratedRegex(@"^\d+\.\d\u00a0%$")]
    private static partial Regex Percent();
}
