using Microsoft.Playwright;

namespace Plimsoll.Page.Tests;

[Collection(PageCollection.Name)]
public sealed class AccountTests(Chromium chromium)
{
    private const string Focused = "() => document.activeElement?.id || document.activeElement?.getAttribute('aria-label')";

    [Fact]
    public async Task The_key_opens_the_chooser_and_an_account_is_found_with_the_keyboard_alone()
    {
        Chromium.Demand();
        await using Watched desk = await (await chromium.Open(chromium.Harbour.Url)).Live();
        IKeyboard keys = desk.Page.Keyboard;

        await keys.PressAsync("a");
        await Assertions.Expect(desk.Page.Locator("#health-title")).ToHaveTextAsync("Whose account?");
        await keys.PressAsync("/");
        (await desk.Page.EvaluateAsync<string>(Focused)).ShouldBe("Choose an account");
        await keys.TypeAsync("maker-0");
        await Assertions.Expect(desk.Page.Locator(".finder [role='option']").First).ToContainTextAsync("maker-00");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowDown");
        await Assertions.Expect(desk.Page.Locator(".finder [aria-selected='true']")).ToContainTextAsync("maker-01");
        await keys.PressAsync("Enter");

        await Assertions.Expect(desk.Page.Locator("#health-title")).ToHaveTextAsync("maker-01");
        desk.Page.Url.ShouldEndWith("#/account/maker-01");
        await keys.PressAsync("d");
        await Assertions.Expect(desk.Page.Locator("#standing")).ToBeVisibleAsync();
        await keys.PressAsync("a");
        await Assertions.Expect(desk.Page.Locator("#health-title")).ToHaveTextAsync("maker-01");
    }

    [Fact]
    public async Task The_drawer_leads_to_the_accounts_page()
    {
        Chromium.Demand();
        await using Watched desk = await (await chromium.Open(chromium.Harbour.Url)).Live();
        await desk.Page.Locator("#accounts-grid .account-row").First.ClickAsync();
        string name = await desk.Page.Locator("#drawer-title").InnerTextAsync();

        await desk.Page.Locator(".drawer-page").ClickAsync();

        await Assertions.Expect(desk.Page.Locator("#health-title")).ToHaveTextAsync(name);
        await Assertions.Expect(desk.Page.Locator("dialog.drawer")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Every_part_shows_the_account_and_nobody_complains()
    {
        Chromium.Demand();
        await using Watched page = await Account("maker-00");

        await Assertions.Expect(page.Page.Locator("#health [role='meter']")).ToHaveAttributeAsync("aria-valuetext", new System.Text.RegularExpressions.Regex("counted; maintenance line"));
        await Assertions.Expect(page.Page.Locator("#health .health-figures")).ToContainTextAsync("of 100");
        await Assertions.Expect(page.Page.Locator("#waterfall tbody tr").First).ToContainTextAsync("Equity");
        await Assertions.Expect(page.Page.Locator("#waterfall tbody tr").Last).ToContainTextAsync("Health");
        await Assertions.Expect(page.Page.Locator("#scenarios .scenario-scroll [data-binding='true']")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Page.Locator("#scenarios")).ToContainTextAsync("binds: spot");
        await Assertions.Expect(page.Page.Locator("#holdings table").First).ToContainTextAsync("BTC_USDC-PERPETUAL");
        await Assertions.Expect(page.Page.Locator("#holdings table").Last).ToContainTextAsync("USDC");
        await Assertions.Expect(page.Page.Locator("#prices .axes li").First).ToContainTextAsync("BTC");
        await Assertions.Expect(page.Page.Locator("#whatif .whatif-table")).ToContainTextAsync("Maintenance health");
        await Assertions.Expect(page.Page.Locator("#economy")).ToContainTextAsync("At most, coins");
        await page.Page.Locator("#economy").GetByText("Correlations", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("#economy tr[data-total='true']")).ToContainTextAsync("Together");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_waterfall_ends_at_the_health_of_the_line_chosen()
    {
        Chromium.Demand();
        await using Watched page = await Account("maker-00");

        await page.Page.Locator("#waterfall").GetByText("Initial", new() { Exact = true }).ClickAsync();

        await Watched.Eventually(
            async () => (await page.Page.Locator("#waterfall tbody tr").Last.Locator("td.num").InnerTextAsync(), await page.Page.Locator(".health-figures div").Nth(6).Locator("dd").InnerTextAsync()),
            seen => seen.Item1 == seen.Item2,
            "the last bar is the initial health");
    }

    [Fact]
    public async Task A_slider_moved_by_keys_changes_the_figures_and_reset_takes_it_back()
    {
        Chromium.Demand();
        await using Watched page = await Account("maker-00");
        ILocator whatIf = page.Page.Locator("#whatif");
        ILocator change = whatIf.Locator(".whatif-table tbody tr").First.Locator("td").Last;
        await Assertions.Expect(change).ToHaveTextAsync("–");
        await Assertions.Expect(whatIf.Locator(".whatif-verdict")).ToContainTextAsync("Move something");

        await whatIf.GetByText("BTC price").FocusAsync();
        await whatIf.Locator("input[type='range']").First.PressAsync("Home");

        await Assertions.Expect(whatIf.Locator("output").First).ToHaveTextAsync("−50\u00a0%");
        await Assertions.Expect(change).ToContainTextAsync("$");
        await Assertions.Expect(whatIf.Locator(".whatif-verdict")).ToContainTextAsync("It would");
        await whatIf.GetByText("Reset").ClickAsync();
        await Assertions.Expect(change).ToHaveTextAsync("–");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Closing_a_position_and_paying_in_are_asked_and_what_is_no_number_is_said()
    {
        Chromium.Demand();
        await using Watched page = await Account("maker-00");
        ILocator whatIf = page.Page.Locator("#whatif");
        ILocator then = whatIf.Locator(".whatif-table tbody tr").Nth(2).Locator("td").Last;
        await whatIf.GetByPlaceholder("Instrument").FillAsync("BTC_USDC-PERPETUAL");
        ILocator part = whatIf.Locator(".whatif-changes input[type='range']").First;
        await Assertions.Expect(part).ToBeEnabledAsync();

        await part.PressAsync("Home");
        await Assertions.Expect(then).ToContainTextAsync("−$");
        await whatIf.Locator("select").SelectOptionAsync("USDC");
        await whatIf.GetByLabel("Amount to deposit").FillAsync("1000000");
        await Assertions.Expect(whatIf.Locator(".whatif-table tbody tr").First.Locator("td").Last).ToHaveTextAsync("+$1.00M");

        await whatIf.GetByLabel("Amount to deposit").FillAsync("a million");
        await Assertions.Expect(whatIf.Locator(".problem")).ToContainTextAsync("“a million” is no amount");
        await whatIf.GetByLabel("Amount to deposit").FillAsync("");
        await whatIf.GetByPlaceholder("Instrument").FillAsync("BTC-NEVER");
        await whatIf.GetByLabel("Size to trade").FillAsync("1");
        await Assertions.Expect(whatIf.Locator(".problem")).ToContainTextAsync("BTC-NEVER");
    }

    [Theory]
    [InlineData("nobody-at-all", "There is no account nobody-at-all")]
    [InlineData("%3Cb%3Ebold%3C%2Fb%3E", "is not an identifier")]
    [InlineData("100%", "is not an identifier")]
    public async Task An_address_that_names_nobody_says_so_and_offers_a_way_on(string name, string words)
    {
        Chromium.Demand();
        await using Watched page = await (await chromium.Open($"{chromium.Harbour.Url}#/account/{name}")).Live();

        await Assertions.Expect(page.Page.Locator("[role='alert']")).ToContainTextAsync(words);
        await page.Page.Locator(".chooser-body a").First.ClickAsync();
        await Assertions.Expect(page.Page.Locator("#waterfall tbody tr").First).ToContainTextAsync("Equity");
    }

    [Fact]
    public async Task Nothing_moves_on_the_page_while_its_figures_do()
    {
        Chromium.Demand();
        await using Watched page = await Account("maker-00");

        (_, double shift) = await page.Watch(
            [".topbar", "#health", ".gauge-track", "#waterfall", "#scenarios", "#whatif", "#holdings", "#prices", ".axis"], figures: null, changes: 0, TimeSpan.FromSeconds(3));

        shift.ShouldBeLessThan(1);
    }

    [Theory]
    [InlineData(1280, 800, ColorScheme.Dark)]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(1920, 1080, ColorScheme.Dark)]
    [InlineData(1920, 1080, ColorScheme.Light)]
    public async Task Nothing_overflows_sideways(int width, int height, ColorScheme scheme)
    {
        Chromium.Demand();
        await using Watched page = await Account("maker-00", new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });

        (await page.TooWide()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_venue_without_accounts_has_none_to_choose()
    {
        Chromium.Demand();
        await using Harbour empty = await Harbour.StartEmpty();
        await using Watched page = await (await chromium.Open($"{empty.Url}#/account")).Live();

        await Assertions.Expect(page.Page.Locator("#health")).ToContainTextAsync("No account is known to be near it");
    }

    private async Task<Watched> Account(string name, BrowserNewContextOptions? options = null)
    {
        Watched page = await (await chromium.Open($"{chromium.Harbour.Url}#/account/{name}", options)).Live();
        await page.Page.Locator("#waterfall tbody tr").First.WaitForAsync();
        await page.Page.Locator("#prices .axes li").First.WaitForAsync();
        await page.Page.Locator("#whatif .whatif-table").WaitForAsync();

        return page;
    }
}
