using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

namespace Plimsoll.Page.Tests;

/// <summary>A page in a context of its own, with everything the browser complained of.</summary>
internal sealed class Watched : IAsyncDisposable
{
    /// <summary>What is not there by then does not come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private Watched(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => { if (message.Type is "error" or "warning") Complain(message.Text); };
        page.PageError += (_, error) => Complain(error);
        page.Crash += (_, _) => Complain("The page crashed.");
        page.WebSocket += (_, socket) => socket.SocketError += (_, error) => Complain($"{socket.Url}: {error}");
        page.Response += (_, response) => { if (response.Status >= 400) Complain($"{response.Status} {response.Url}"); };
        // What the page itself called off, because it asked anew, has not failed.
        page.RequestFailed += (_, request) => { if (request.Failure != "net::ERR_ABORTED") Complain($"{request.Failure} {request.Url}"); };
    }

    public IPage Page { get; }

    /// <summary>Console errors and warnings, thrown errors, failed requests, breaches of the content security policy.</summary>
    public IEnumerable<string> Complaints => _complaints;

    public static async Task<Watched> Open(IBrowser browser, string url, BrowserNewContextOptions options)
    {
        IBrowserContext context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        if (options.JavaScriptEnabled != false)
            await context.AddInitScriptAsync("addEventListener('securitypolicyviolation', e => console.error(`CSP ${e.violatedDirective} ${e.blockedURI}`))");
        var watched = new Watched(context, await context.NewPageAsync());
        await watched.Page.GotoAsync(url);

        return watched;
    }

    /// <summary>Looks again until what is seen is as wanted.</summary>
    public static async Task<T> Eventually<T>(Func<Task<T>> look, Func<T, bool> wanted, string what)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            T seen = await look();
            if (wanted(seen)) return seen;

            since.Elapsed.ShouldBeLessThan(Patience, $"{what}, but it stayed {seen}");
            await Task.Delay(100);
        }
    }

    /// <summary>Waits until the desk shows the venue and is live.</summary>
    public async Task<Watched> Live()
    {
        await Assertions.Expect(Page.Locator(".link-badge")).ToHaveTextAsync("Live", new() { Timeout = (float)Patience.TotalMilliseconds });
        await Page.Locator("main.desk").WaitForAsync();

        return this;
    }

    /// <summary>
    /// Watches frame by frame, until a text has changed so often or time is up: how often it did, and by how many pixels any of the
    /// parts moved meanwhile.
    /// </summary>
    /// <param name="parts">What must not move.</param>
    /// <param name="figures">Whose text is watched; none to watch for the whole time.</param>
    /// <param name="changes">How often it is to change.</param>
    /// <param name="most">The longest time.</param>
    public async Task<(int Changes, double Shift)> Watch(string[] parts, string? figures, int changes, TimeSpan most)
    {
        JsonElement seen = (await Page.EvaluateAsync(
            """
            ([parts, figures, changes, most]) => new Promise(done => {
              const boxes = () => parts.map(name => document.querySelector(name).getBoundingClientRect()).flatMap(b => [b.x, b.y, b.width, b.height]);
              const text = () => figures === null ? '' : document.querySelector(figures).innerText;
              const [first, until] = [boxes(), performance.now() + most];
              let [shown, moves, shift] = [text(), 0, 0];
              const look = () => {
                if (text() !== shown) { shown = text(); moves++; }
                boxes().forEach((value, i) => { shift = Math.max(shift, Math.abs(value - first[i])); });
                if ((figures !== null && moves >= changes) || performance.now() > until) done({ moves, shift }); else requestAnimationFrame(look);
              };
              look();
            })
            """,
            new object?[] { parts, figures, changes, most.TotalMilliseconds }))!.Value;

        return (seen.GetProperty("moves").GetInt32(), seen.GetProperty("shift").GetDouble());
    }

    /// <summary>What is wider than its box, in words.</summary>
    public Task<string[]> TooWide() => Page.EvaluateAsync<string[]>(
        """
        () => [document.documentElement, ...document.querySelectorAll('.topbar, .demobar, .desk, .panel, .panel-head, .sub-head, .scroll-x, .limits, .hedge-body, .hedge-tables > *, .health-body, .holdings-body, .whatif-body, .axes, .scenario-scroll, .funnel-body, .layers-body, .breakers-body, .notices, .auctions')]
          .filter(e => e.scrollWidth > e.clientWidth + 1)
          .map(e => `${e.tagName}.${e.className} ${e.getAttribute('aria-label') ?? ''} is ${e.scrollWidth} wide in ${e.clientWidth}`)
        """);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Complain(string text) => _complaints.Enqueue(text);
}
