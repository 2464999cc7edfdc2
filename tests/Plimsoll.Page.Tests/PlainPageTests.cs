using Microsoft.Playwright;

namespace Plimsoll.Page.Tests;

[Collection(PageCollection.Name)]
public sealed class PlainPageTests(Chromium chromium)
{
    private const int Assets = 6;

    private static readonly BrowserNewContextOptions WithoutScript = new() { JavaScriptEnabled = false };

    [Fact]
    public async Task The_plain_page_beside_the_desk_needs_no_script()
    {
        Chromium.Demand();

        await Reads(chromium.Harbour, "/plain");
    }

    [Fact]
    public async Task Without_a_built_desk_the_plain_page_is_the_page()
    {
        Chromium.Demand();
        string empty = Directory.CreateTempSubdirectory("plimsoll-empty-").FullName;
        await using Harbour harbour = await Harbour.Start(empty);

        await Reads(harbour, "/");
        Directory.Delete(empty);
    }

    [Fact]
    public async Task Without_script_the_desk_says_where_the_plain_page_is()
    {
        Chromium.Demand();
        await using Watched page = await chromium.Open(chromium.Harbour.Url, WithoutScript);

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "plain page" }).ClickAsync();

        await Assertions.Expect(page.Page.Locator("h1")).ToHaveTextAsync("Harbour");
    }

    private async Task Reads(Harbour harbour, string path)
    {
        await Watched.Eventually(async () => (await harbour.Get("api/v1/accounts?limit=1")).GetProperty("total").GetInt32(), total => total > 100, "the accounts are open");
        await using Watched plain = await chromium.Open(harbour.Url + path, WithoutScript);
        // Coverage is looked at once a second, so a page asked for at once may come before it.
        await Watched.Eventually(() => plain.Page.Locator("h2:has-text('Coverage') + table tbody tr").CountAsync(), rows => rows == Assets, "every asset has its coverage");
        (await plain.Page.Locator("h1").InnerTextAsync()).ShouldBe("Harbour");
        (await plain.Page.Locator("h2:has-text('Nearest') + table tbody tr").CountAsync()).ShouldBe(20);
        // The venue lives on between the two looks, and in a crash its worst asset changes.
        await Watched.Eventually(
            async () => (Text: await plain.Page.Locator("p.line").InnerTextAsync(), Worst: (await harbour.Get("api/v1/venue")).GetProperty("headline").GetProperty("asset").GetString()!),
            seen => seen.Text.Contains(seen.Worst, StringComparison.Ordinal),
            "the page names the worst asset");

        // Twice renewed by the browser alone, and whole each time it was looked at.
        for (int i = 0; i < 2; i++)
        {
            string before = await Stamp(plain);
            await Watched.Eventually(() => Stamp(plain), now => now != before, "the page renews itself");
        }

        plain.Complaints.ShouldBeEmpty();
    }

    private static async Task<string> Stamp(Watched plain)
    {
        (await plain.Page.Locator("body").InnerTextAsync()).ShouldContain("Harbour");

        return await plain.Page.Locator("p.note").First.InnerTextAsync();
    }
}
