using Microsoft.Playwright;

namespace Plimsoll.Page.Tests;

[Collection(PageCollection.Name)]
public sealed class LinkTests(Chromium chromium)
{
    [Fact]
    public async Task A_page_cut_off_says_so_and_goes_on_when_the_server_is_back()
    {
        Chromium.Demand();
        await using Harbour harbour = await Harbour.Start();
        await using Watched desk = await (await chromium.Open(harbour.Url)).Live();
        ILocator banner = desk.Page.Locator(".freshness");
        ILocator clock = desk.Page.Locator(".venue-time strong");

        await harbour.Stop();
        await Assertions.Expect(banner).ToContainTextAsync("Reconnecting");
        await Assertions.Expect(banner).ToContainTextAsync("The figures below are those of");
        await Assertions.Expect(desk.Page.Locator(".desk")).ToHaveAttributeAsync("data-fresh", "false");
        string frozen = await clock.InnerTextAsync();

        await harbour.StartAgain();
        await desk.Live();
        await Assertions.Expect(banner).ToHaveCountAsync(0);
        await Watched.Eventually(() => clock.InnerTextAsync(), now => string.CompareOrdinal(now, frozen) > 0, $"the clock goes on from {frozen}");
    }
}
