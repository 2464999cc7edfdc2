using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Plimsoll.Storage.Sqlite;

namespace Plimsoll.Server.Calls;

/// <summary>How one endpoint is doing.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="PausedUntil">Until when nothing is sent, because the last attempt met nobody.</param>
/// <param name="LastDelivered">When it last confirmed something.</param>
/// <param name="LastFault">What its last failed attempt met; none after a success.</param>
internal sealed record EndpointStanding(WebhookEndpoint Endpoint, DateTimeOffset? PausedUntil, DateTimeOffset? LastDelivered, string? LastFault);

/// <summary>
/// Sends one endpoint what is due for it, in a loop of its own, so that a slow one holds up nobody else.
/// <list type="number">
/// <item>Up to fifty notices go in one body, signed; an answer of 2xx confirms them all.</item>
/// <item>Where nobody answers, or the answer is 5xx, the endpoint is left alone until the wait is over.</item>
/// <item>Where the answer is another, something in the body may not be to its liking: each of its notices is tried again by itself.</item>
/// <item>What was tried as often as stated is given up, with the reason.</item>
/// </list>
/// </summary>
internal sealed class EndpointSender(WebhookEndpoint endpoint, WebhookOptions options, Outbox outbox, HttpClient http, string venue, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private const int PruneEvery = 200;

    private int _failures;
    private int _sent;

    /// <summary>How it is doing.</summary>
    public EndpointStanding Standing { get; private set; } = new(endpoint, null, null, null);

    /// <summary>Sends until cancelled.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            bool more = await SendDue(stop).ConfigureAwait(false);
            TimeSpan wait = Standing.PausedUntil is { } until && until - clock.GetUtcNow() is var left && left > Look ? left : more ? TimeSpan.Zero : Look;
            if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends one body of what is due; says whether there may be more.</summary>
    private async Task<bool> SendDue(CancellationToken stop)
    {
        if (Standing.PausedUntil > clock.GetUtcNow()) return false;

        IReadOnlyList<DueMessage> due = outbox.Due(endpoint.Name, Micros(clock.GetUtcNow()), NoticePost.Most);
        if (due.Count == 0) return false;

        // What failed before goes alone, so that one notice nobody can read holds up no other; unless nobody was there to read any.
        if (_failures == 0 && due[0].Attempts > 0) due = [due[0]];
        else if (_failures == 0) due = [.. due.TakeWhile(message => message.Attempts == 0)];
        (bool delivered, bool absent, string fault) = await Post(due, stop).ConfigureAwait(false);
        if (stop.IsCancellationRequested && !delivered) return false;

        if (delivered) Confirm(due);
        else Fail(due, absent, fault);

        return true;
    }

    private async Task<(bool Delivered, bool Absent, string Fault)> Post(IReadOnlyList<DueMessage> due, CancellationToken stop)
    {
        DateTimeOffset now = clock.GetUtcNow();
        byte[] body = NoticePost.Body(venue, endpoint.Name, now, due);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(options.Timeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Of(endpoint.Secret, now.ToUnixTimeSeconds(), body));
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            int status = (int)answer.StatusCode;
            bool absent = status >= 500 || answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;

            return (answer.IsSuccessStatusCode, absent, $"HTTP {status}");
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or IOException)
        {
            return (false, true, fault is OperationCanceledException ? $"no answer within {options.Timeout.TotalSeconds:0.#} s" : fault.Message.ReplaceLineEndings(" "));
        }
    }

    private void Confirm(IReadOnlyList<DueMessage> due)
    {
        outbox.Settle(endpoint.Name, [.. due.Select(message => message.Key)], DeliveryState.Delivered, 0, "");
        Standing = new EndpointStanding(endpoint, null, clock.GetUtcNow(), null);
        _failures = 0;
        if (++_sent % PruneEvery == 0) outbox.Prune(endpoint.Name);
    }

    private void Fail(IReadOnlyList<DueMessage> due, bool absent, string fault)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (DueMessage message in due)
        {
            int attempts = message.Attempts + 1;
            if (attempts >= options.MaxAttempts)
            {
                outbox.Settle(endpoint.Name, [message.Key], DeliveryState.Dead, 0, $"{fault}; given up after {attempts} attempts");
                continue;
            }

            DateTimeOffset next = now + options.Backoff.After(NameOf(message.Key), attempts);
            outbox.Settle(endpoint.Name, [message.Key], DeliveryState.Waiting, Micros(next), fault);
        }

        _failures = absent ? _failures + 1 : 0;
        Standing = Standing with { LastFault = fault, PausedUntil = absent ? now + options.Backoff.After(0, _failures) : null };
    }

    // Of one endpoint no two messages wait in step.
    private static ulong NameOf(MessageKey key) => unchecked(((ulong)key.Sequence << 20) + (ulong)key.Place + 1);

    private static long Micros(DateTimeOffset at) => (at.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
