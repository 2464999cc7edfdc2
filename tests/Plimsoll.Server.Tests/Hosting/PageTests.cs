using System.Net;

namespace Plimsoll.Server.Tests.Hosting;

public sealed class PageTests
{
    [Fact]
    public async Task Without_a_bundle_the_page_is_plain_and_whole()
    {
        await using Served served = await Served.StartTrading();
        await served.Price(8_800);
        await served.Eventually("api/v1/venue", v => v.GetProperty("sequence").GetInt64() == 14 && v.GetProperty("coverage").GetArrayLength() == 1);

        using HttpResponseMessage answer = await served.Client.GetAsync("/");
        string page = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        foreach (string expected in new[] { "Test harbour", "http-equiv=\"refresh\"", "Awash: even USDC", "10152000.5", "alice", "liquidation", "dashboard was not built" })
            page.ShouldContain(expected);
    }

    [Fact]
    public async Task An_empty_venue_has_a_page_too()
    {
        await using Served served = await Served.Start(options => options with { Name = "<b>Harbour</b>" });

        string page = await served.Client.GetStringAsync("/");

        page.ShouldContain("customers are owed nothing");
        page.ShouldContain("&lt;b&gt;Harbour&lt;/b&gt;");
        page.ShouldNotContain("<b>Harbour");
    }

    [Fact]
    public async Task A_bundle_is_served_with_its_assets_kept_and_its_page_asked_for_again()
    {
        string root = Directory.CreateTempSubdirectory("plimsoll-web-").FullName;
        Directory.CreateDirectory(Path.Combine(root, "assets"));
        await File.WriteAllTextAsync(Path.Combine(root, "index.html"), "<!doctype html><title>The desk</title>");
        await File.WriteAllTextAsync(Path.Combine(root, "assets", "index-abc123.js"), "export {}");
        await using Served served = await Served.Start(options => options with { WebRoot = root });

        using HttpResponseMessage page = await served.Client.GetAsync("/");
        using HttpResponseMessage script = await served.Client.GetAsync("/assets/index-abc123.js");

        (await page.Content.ReadAsStringAsync()).ShouldContain("The desk");
        page.Headers.CacheControl!.NoCache.ShouldBeTrue();
        script.Headers.CacheControl!.ToString().ShouldContain("immutable");
        script.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self';");
        page.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        (await served.Client.GetAsync("/../venue.plimsoll")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Directory.Delete(root, recursive: true);
    }
}
