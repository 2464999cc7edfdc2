using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Plimsoll.Page.Tests;

[Collection(PageCollection.Name)]
public sealed class CollateralTests(Chromium chromium)
{
    [Fact]
    public async Task The_collateral_opens_from_the_top_bar_and_by_key()
    {
        Chromium.Demand();
        await using Watched desk = await (await chromium.Open(chromium.Harbour.Url)).Live();

        await desk.Page.Keyboard.PressAsync("c");
        await Assertions.Expect(desk.Page.Locator("#schedule")).ToBeVisibleAsync();
        desk.Page.Url.ShouldEndWith("#/collateral");
        await desk.Page.Keyboard.PressAsync("d");
        await desk.Page.Locator(".views").GetByText("Collateral").ClickAsync();
        await Assertions.Expect(desk.Page.Locator("#caps")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Every_part_shows_the_served_venue_and_nobody_complains()
    {
        Chromium.Demand();
        await using Watched page = await Collateral();

        ILocator lines = page.Page.Locator("#schedule tbody tr");
        await Assertions.Expect(lines).ToHaveCountAsync(6);
        await Assertions.Expect(lines.Filter(new() { HasText = "stETH" })).ToContainTextAsync("follows ETH");
        await Assertions.Expect(lines.Filter(new() { HasText = "LINK" })).ToContainTextAsync("20\u00a0%, 35\u00a0% from $1M");
        await Assertions.Expect(page.Page.Locator("#correlation tbody tr").First).ToContainTextAsync("BTC");
        await Assertions.Expect(page.Page.Locator("#loans .panel-head")).ToBeVisibleAsync();
        await Watched.Eventually(() => page.Page.EvaluateAsync<int>(ChartTests.Coloured, new object[] { "#haircuts", 0.1, 0.95 }), pixels => pixels > 100, "the haircuts are drawn");
        await Watched.Eventually(() => page.Page.EvaluateAsync<int>(ChartTests.Coloured, new object[] { "#thresholds", 0.1, 0.95 }), pixels => pixels > 100, "the threshold map is drawn");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_threshold_map_also_shows_what_liquidations_must_trade()
    {
        Chromium.Demand();
        await using Watched page = await Collateral();
        await Assertions.Expect(page.Page.Locator("#thresholds .panel-head")).ToContainTextAsync("notional liquidated");

        await page.Page.Locator("#thresholds").GetByText("Forced flow").ClickAsync();

        await Assertions.Expect(page.Page.Locator("#thresholds .panel-head")).ToContainTextAsync("what liquidations trade");
        await Watched.Eventually(() => page.Page.EvaluateAsync<int>(ChartTests.Coloured, new object[] { "#thresholds", 0.1, 0.95 }), pixels => pixels > 50, "the flow is drawn");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cap_that_is_exceeded_says_what_counts_nothing()
    {
        Chromium.Demand();
        await using Harbour harbour = await Harbour.Start();
        await using Watched page = await (await chromium.Open($"{harbour.Url}#/collateral")).Live();
        await Assertions.Expect(page.Page.Locator("#caps .panel-head")).ToContainTextAsync("none exceeded");
        JsonNode parameters = JsonNode.Parse((await harbour.Get("api/v1/parameters")).GetRawText())!;
        parameters["collateral"]!.AsArray().Single(line => line!["asset"]!.GetValue<string>() == "BTC")!["accountCap"] = 100;

        await harbour.Post("api/v1/commands", $$$"""{"id":"cap","command":{"type":"set-parameters","parameters":{{{parameters.ToJsonString()}}}}}""");

        ILocator fullest = page.Page.Locator("#caps li").First;
        await Assertions.Expect(fullest).ToHaveAttributeAsync("data-level", "hard");
        await Assertions.Expect(fullest.Locator(".limit-why")).ToContainTextAsync("above the cap of $100 and count nothing.");
        await Assertions.Expect(page.Page.Locator("#caps .panel-head")).ToContainTextAsync("exceeded");
    }

    [Fact]
    public async Task The_largest_holder_leads_to_his_account()
    {
        Chromium.Demand();
        await using Watched page = await Collateral();
        ILocator holder = page.Page.Locator("#schedule a").First;
        string name = await holder.InnerTextAsync();

        await holder.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Page.Locator("#health-title")).ToHaveTextAsync(name);
    }

    [Theory]
    [InlineData(1280, 800, ColorScheme.Dark)]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(1920, 1080, ColorScheme.Dark)]
    [InlineData(1920, 1080, ColorScheme.Light)]
    public async Task Nothing_overflows_sideways(int width, int height, ColorScheme scheme)
    {
        Chromium.Demand();
        await using Watched page = await Collateral(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });

        (await page.TooWide()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_venue_that_has_nothing_says_so_in_every_part()
    {
        Chromium.Demand();
        await using Harbour empty = await Harbour.StartEmpty();
        await using Watched page = await (await chromium.Open($"{empty.Url}#/collateral")).Live();

        await Assertions.Expect(page.Page.Locator("#schedule")).ToContainTextAsync("No risk parameters have been set yet");
        await Assertions.Expect(page.Page.Locator("#caps")).ToContainTextAsync("No cap is known yet");
        await Assertions.Expect(page.Page.Locator("#haircuts")).ToContainTextAsync("Waiting for the first points in time");
        await Assertions.Expect(page.Page.Locator("#correlation")).ToContainTextAsync("No correlation is known yet");
        await Assertions.Expect(page.Page.Locator("#loans")).ToContainTextAsync("No loan is known yet");
    }

    [Fact]
    public async Task When_the_link_is_cut_the_schedule_keeps_its_figures_and_says_that_they_are_old()
    {
        Chromium.Demand();
        await using Harbour harbour = await Harbour.Start();
        await using Watched page = await (await chromium.Open($"{harbour.Url}#/collateral")).Live();
        await page.Page.Locator("#schedule tbody tr").First.WaitForAsync();

        await harbour.Stop();

        await Assertions.Expect(page.Page.Locator("main.desk")).ToHaveAttributeAsync("data-fresh", "false");
        await Assertions.Expect(page.Page.Locator("#schedule .problem")).ToContainTextAsync("cannot be reached");
        await Assertions.Expect(page.Page.Locator("#schedule tbody tr").First).ToBeVisibleAsync();
        await harbour.StartAgain();
    }

    private async Task<Watched> Collateral(BrowserNewContextOptions? options = null)
    {
        Watched page = await (await chromium.Open($"{chromium.Harbour.Url}#/collateral", options)).Live();
        await page.Page.Locator("#schedule tbody tr").First.WaitForAsync();
        await page.Page.Locator("#correlation tbody tr").First.WaitForAsync();

        return page;
    }
}
