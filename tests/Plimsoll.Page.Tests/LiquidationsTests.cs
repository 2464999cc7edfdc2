using Microsoft.Playwright;

namespace Plimsoll.Page.Tests;

[Collection(PageCollection.Name)]
public sealed class LiquidationsTests(Chromium chromium)
{
    [Fact]
    public async Task The_liquidations_open_from_the_top_bar_and_by_key()
    {
        Chromium.Demand();
        await using Watched desk = await (await chromium.Open(chromium.Harbour.Url)).Live();

        await desk.Page.Keyboard.PressAsync("l");
        await Assertions.Expect(desk.Page.Locator("#funnel")).ToBeVisibleAsync();
        desk.Page.Url.ShouldEndWith("#/liquidations");
        await desk.Page.Keyboard.PressAsync("d");
        await desk.Page.Locator(".views").GetByText("Liquidations").ClickAsync();
        await Assertions.Expect(desk.Page.Locator("#notices")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Every_part_shows_the_served_venue_and_nobody_complains()
    {
        Chromium.Demand();
        await using Watched page = await Liquidations();

        await Assertions.Expect(page.Page.Locator("#funnel .funnel li")).ToHaveCountAsync(9);
        await Assertions.Expect(page.Page.Locator("#funnel .funnel li[data-stage=healthy] b")).Not.ToHaveTextAsync("0");
        await Assertions.Expect(page.Page.Locator("#funnel .cascades li").First).ToContainTextAsync("×");
        await Assertions.Expect(page.Page.Locator("#lossfund .layers li")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(page.Page.Locator("#queue tbody tr")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(page.Page.Locator("#oracles tbody tr")).ToHaveCountAsync(6);
        await Assertions.Expect(page.Page.Locator("#notices")).ToContainTextAsync("--webhooks FILE");
        foreach (string part in (string[])["#plans", "#auctions", "#breakers"])
            await Assertions.Expect(page.Page.Locator(part)).Not.ToContainTextAsync("Waiting");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_is_acknowledged_on_the_page_under_a_name_and_only_under_one()
    {
        Chromium.Demand();
        await using Harbour harbour = await Harbour.StartEmpty();
        await Called(harbour);
        await using Watched page = await (await chromium.Open($"{harbour.Url}#/liquidations")).Live();
        ILocator call = page.Page.Locator("#notices .notices li[data-open=true]");
        ILocator seen = call.GetByRole(AriaRole.Button);
        await Assertions.Expect(page.Page.Locator("#notices .panel-head")).ToContainTextAsync("1 call nobody has seen");
        await Assertions.Expect(seen).ToBeDisabledAsync();

        await page.Page.Locator("#notices input").FillAsync("ann");
        await seen.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Page.Locator("#notices .notices")).ToContainTextAsync("seen by ann");
        await Assertions.Expect(call).ToHaveCountAsync(0);
        await Assertions.Expect(page.Page.Locator("#notices .panel-head")).ToContainTextAsync("no call waits");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_venue_that_has_nothing_says_in_words_how_each_part_is_switched_on()
    {
        Chromium.Demand();
        await using Harbour empty = await Harbour.StartEmpty();
        await using Watched page = await (await chromium.Open($"{empty.Url}#/liquidations")).Live();

        await Assertions.Expect(page.Page.Locator("#plans")).ToContainTextAsync("A section phases in the risk parameters");
        await Assertions.Expect(page.Page.Locator("#auctions")).ToContainTextAsync("phases.auction");
        await Assertions.Expect(page.Page.Locator("#breakers")).ToContainTextAsync("A section breakers in the risk parameters");
        await Assertions.Expect(page.Page.Locator("#lossfund")).ToContainTextAsync("A section insurance in the risk parameters");
        await Assertions.Expect(page.Page.Locator("#queue")).ToContainTextAsync("Nobody holds a position");
        await Assertions.Expect(page.Page.Locator("#oracles")).ToContainTextAsync("No asset is listed yet");
        await Assertions.Expect(page.Page.Locator("#notices")).ToContainTextAsync("Nobody had to be told of anything");
        await Assertions.Expect(page.Page.Locator("#funnel")).ToContainTextAsync("No contract is listed");
    }

    [Theory]
    [InlineData(1280, 800, ColorScheme.Dark)]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(1920, 1080, ColorScheme.Dark)]
    [InlineData(1920, 1080, ColorScheme.Light)]
    public async Task Nothing_overflows_sideways(int width, int height, ColorScheme scheme)
    {
        Chromium.Demand();
        await using Watched page = await Liquidations(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });

        (await page.TooWide()).ShouldBeEmpty();
    }

    [Fact]
    public async Task When_the_link_is_cut_the_stages_keep_their_figures_and_say_that_they_are_old()
    {
        Chromium.Demand();
        await using Harbour harbour = await Harbour.Start();
        await using Watched page = await (await chromium.Open($"{harbour.Url}#/liquidations")).Live();
        await page.Page.Locator("#funnel .funnel li").First.WaitForAsync();

        await harbour.Stop();

        await Assertions.Expect(page.Page.Locator("main.desk")).ToHaveAttributeAsync("data-fresh", "false");
        await Assertions.Expect(page.Page.Locator("#funnel .problem")).ToContainTextAsync("cannot be reached");
        await Assertions.Expect(page.Page.Locator("#funnel .funnel li").First).ToBeVisibleAsync();
        await harbour.StartAgain();
    }

    /// <summary>Alice is long one bitcoin from 10,000 and is called at 9,040.</summary>
    private static async Task Called(Harbour harbour)
    {
        await Do("""{"type":"list-asset","asset":"USDC","decimals":6,"class":"stable"}""");
        await Do("""{"type":"list-asset","asset":"BTC","decimals":8,"class":"major"}""");
        await Do("""{"type":"list-instrument","instrument":"BTC_USDC-PERPETUAL","payoff":"linear","settlement":"USDC","lotSize":"0.001","tickSize":"0.1"}""");
        string parameters = await harbour.DefaultParameters();
        await Do($$"""{"type":"set-parameters","parameters":{{parameters}}}""");
        foreach ((string account, string amount) in ((string, string)[])[("liquidity", "10000000"), ("alice", "2000"), ("bob", "50000")])
        {
            await Do($$"""{"type":"open-account","account":"{{account}}"}""");
            await Do($$"""{"type":"deposit","account":"{{account}}","asset":"USDC","amount":"{{amount}}"}""");
        }

        await Price(10_000);
        await Do("""{"type":"report-fill","buyer":"alice","seller":"bob","instrument":"BTC_USDC-PERPETUAL","size":"1","price":"10000"}""");
        await Price(9_040);

        Task Price(int btc) => Do($$"""{"type":"move-prices","assets":[{"asset":"BTC","price":"{{btc}}","observedAt":1,"confidence":0.0001,"source":"test"},{"asset":"USDC","price":"1","observedAt":1,"confidence":0,"source":"test"}],"instruments":[]}""");
        Task Do(string command) => harbour.Post("api/v1/commands", $$"""{"id":"c{{Guid.NewGuid():N}}","command":{{command}}}""");
    }

    private async Task<Watched> Liquidations(BrowserNewContextOptions? options = null)
    {
        Watched page = await (await chromium.Open($"{chromium.Harbour.Url}#/liquidations", options)).Live();
        await page.Page.Locator("#funnel .funnel li").First.WaitForAsync();
        await page.Page.Locator("#funnel .cascades li").First.WaitForAsync();
        await page.Page.Locator("#oracles tbody tr").First.WaitForAsync();

        return page;
    }
}
