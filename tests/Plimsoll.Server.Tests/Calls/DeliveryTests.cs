using System.Net;
using System.Text.Json;
using Plimsoll.Server.Calls;
using Plimsoll.Server.Hosting;

namespace Plimsoll.Server.Tests.Calls;

public sealed class DeliveryTests
{
    [Fact]
    public async Task A_margin_call_is_posted_with_a_signature_that_verifies_and_is_told_on_the_page()
    {
        await using var desk = new Receiver(Receiver.FreePort());
        await using Served served = await Served.StartTrading(options => options with { Webhooks = To(desk.Port) });

        await served.Price(9_040);

        JsonElement call = await desk.Hears(notice => notice.GetProperty("kind").GetString() == "margin-call");
        call.GetProperty("account").GetString().ShouldBe("alice");
        call.GetProperty("acknowledge").GetBoolean().ShouldBeTrue();
        desk.Forged.ShouldBe(0);
        JsonElement told = await served.Eventually("api/v1/notices", answer => Call(answer).GetProperty("deliveries").EnumerateArray().Any(d => d.GetProperty("state").GetString() == "delivered"));
        Call(told).GetProperty("id").GetString().ShouldBe(call.GetProperty("id").GetString());
        Call(told).GetProperty("open").GetBoolean().ShouldBeTrue();
        told.GetProperty("unacknowledged").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_receiver_that_is_down_gets_the_call_after_both_have_been_started_again_and_gets_it_once_more_at_most()
    {
        int port = Receiver.FreePort();
        ServerOptions With(ServerOptions options) => options with { Webhooks = To(port) };
        await using Served served = await Served.StartTrading(With);
        await served.Price(9_040);
        JsonElement waiting = await served.Eventually("api/v1/notices", answer => answer.GetProperty("endpoints")[0].GetProperty("lastFault").ValueKind == JsonValueKind.String);
        waiting.GetProperty("endpoints")[0].GetProperty("waiting").GetInt64().ShouldBeGreaterThan(0);

        await served.Restart(With);
        await using var desk = new Receiver(port);

        JsonElement call = await desk.Hears(notice => notice.GetProperty("kind").GetString() == "margin-call");
        await served.Eventually("api/v1/notices", answer => answer.GetProperty("endpoints")[0].GetProperty("waiting").GetInt64() == 0);
        desk.Heard.Count(notice => notice.GetProperty("id").GetString() == call.GetProperty("id").GetString()).ShouldBe(1);
    }

    [Fact]
    public async Task What_happened_while_no_endpoint_was_configured_is_not_sent_later_and_what_happens_then_is()
    {
        await using var desk = new Receiver(Receiver.FreePort());
        await using Served served = await Served.StartTrading();
        await served.Price(9_040);
        await served.Restart(options => options with { Webhooks = To(desk.Port) });
        await served.Price(10_000);

        JsonElement lifted = await desk.Hears(notice => notice.GetProperty("kind").GetString() == "margin-call-lifted");

        lifted.GetProperty("account").GetString().ShouldBe("alice");
        desk.Heard.ShouldNotContain(notice => notice.GetProperty("kind").GetString() == "margin-call");
    }

    [Fact]
    public async Task A_notice_that_is_refused_again_and_again_is_given_up_with_the_reason_and_holds_up_no_other()
    {
        await using var desk = new Receiver(Receiver.FreePort()) { Status = 422 };
        await using Served served = await Served.StartTrading(options => options with { Webhooks = To(desk.Port) with { MaxAttempts = 3 } });

        await served.Price(9_040);
        JsonElement given = await served.Eventually("api/v1/notices", answer => answer.GetProperty("givenUp").GetArrayLength() > 0);
        desk.Status = 200;
        await served.Price(10_000);

        given.GetProperty("givenUp")[0].GetProperty("reason").GetString().ShouldBe("HTTP 422; given up after 3 attempts");
        await desk.Hears(notice => notice.GetProperty("kind").GetString() == "margin-call-lifted");
    }

    [Fact]
    public async Task A_call_nobody_acknowledges_is_passed_on_and_one_that_somebody_does_is_not()
    {
        await using var desk = new Receiver(Receiver.FreePort());
        await using var chief = new Receiver(Receiver.FreePort());
        await using Served served = await Served.StartTrading(options => options with { Webhooks = To(desk.Port, chief.Port, TimeSpan.FromSeconds(1.5)) });

        await served.Price(9_040);
        JsonElement passedOn = await chief.Hears(notice => notice.GetProperty("escalated").GetBoolean());
        passedOn.GetProperty("account").GetString().ShouldBe("alice");
        await served.Price(10_000);
        await served.Price(9_040);
        using HttpResponseMessage seen = await served.Send("""{"type":"acknowledge-call","account":"alice","note":"will pay"}""", account: "ann");
        seen.StatusCode.ShouldBe(HttpStatusCode.OK);

        JsonElement answer = await served.Eventually("api/v1/notices", all => Call(all).GetProperty("deliveries").EnumerateArray().Any(d => d.GetProperty("state").GetString() == "not-needed"));
        Call(answer).GetProperty("acknowledgedBy").GetString().ShouldBe("ann");
        answer.GetProperty("unacknowledged").GetInt32().ShouldBe(0);
        chief.Heard.Count.ShouldBe(1);
        await Served.Problem(await served.Send("""{"type":"acknowledge-call","account":"alice"}""", account: "ben"), HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_call_of_somebody_whose_debt_others_have_paid_waits_for_nobody()
    {
        await using Served served = await Served.StartTrading();
        await served.Price(9_040);
        (await served.Get("api/v1/notices")).GetProperty("unacknowledged").GetInt32().ShouldBe(1);

        await served.Price(7_000);

        JsonElement answer = await served.Eventually("api/v1/notices", all => all.GetProperty("notices").EnumerateArray().Any(notice => notice.GetProperty("kind").GetString() == "fund"));
        answer.GetProperty("unacknowledged").GetInt32().ShouldBe(0);
        (await served.Get("api/v1/notices?open=true")).GetProperty("notices").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Without_endpoints_the_page_is_told_all_the_same_and_after_a_restart_too()
    {
        await using Served served = await Served.StartTrading();
        await served.Price(9_040);
        await served.Restart();

        JsonElement answer = await served.Get("api/v1/notices?open=true");

        Call(answer).GetProperty("account").GetString().ShouldBe("alice");
        answer.GetProperty("endpoints").GetArrayLength().ShouldBe(0);
        (await served.Get("api/v1/notices?account=bob")).GetProperty("notices").GetArrayLength().ShouldBe(0);
    }

    private static JsonElement Call(JsonElement answer) => answer.GetProperty("notices").EnumerateArray().First(notice => notice.GetProperty("kind").GetString() == "margin-call");

    private static WebhookOptions To(int port, int? next = null, TimeSpan? after = null)
    {
        WebhookEndpoint desk = new("desk", new Uri($"http://127.0.0.1:{port}/calls"), Receiver.Secret);
        WebhookEndpoint[] endpoints = next is { } second ? [desk, desk with { Name = "chief", Url = new Uri($"http://127.0.0.1:{second}/"), After = after }] : [desk];

        return new WebhookOptions(endpoints) { Backoff = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200), 7), Timeout = TimeSpan.FromSeconds(5) };
    }
}
