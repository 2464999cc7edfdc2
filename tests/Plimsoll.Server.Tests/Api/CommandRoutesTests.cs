using System.Net;
using System.Text;
using System.Text.Json;

namespace Plimsoll.Server.Tests.Api;

public sealed class CommandRoutesTests
{
    [Fact]
    public async Task An_accepted_command_answers_with_its_place_in_the_journal_and_what_happened()
    {
        await using Served served = await Served.Start();

        JsonElement answer = await served.Accept("""{"type":"open-account","account":"alice"}""");

        answer.GetProperty("sequence").GetInt64().ShouldBe(1);
        answer.GetProperty("outcome").GetString().ShouldBe("accepted");
        answer.GetProperty("repeated").GetBoolean().ShouldBeFalse();
        answer.GetProperty("events")[0].GetProperty("type").GetString().ShouldBe("account-opened");
        answer.GetProperty("events")[0].GetProperty("account").GetString().ShouldBe("alice");
    }

    [Fact]
    public async Task The_flat_form_is_taken_as_well()
    {
        await using Served served = await Served.Start();

        using HttpResponseMessage answer = await served.Post("api/v1/commands", """{"type":"open-account","id":"a1","account":"alice"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        string by = await served.Server.Ask(kernel => kernel.State.Memory.TryFind(new("alice"), new("a1"), out _) ? "alice" : "somebody else");
        by.ShouldBe("alice");
    }

    [Fact]
    public async Task A_command_asked_again_answers_with_its_first_outcome_and_does_nothing_twice()
    {
        await using Served served = await Served.StartTrading();
        const string Deposit = """{"type":"deposit","account":"alice","asset":"USDC","amount":"500"}""";

        using HttpResponseMessage first = await served.Send(Deposit, id: "pay");
        using HttpResponseMessage again = await served.Send(Deposit, id: "pay");

        JsonElement one = JsonDocument.Parse(await first.Content.ReadAsStringAsync()).RootElement;
        JsonElement two = JsonDocument.Parse(await again.Content.ReadAsStringAsync()).RootElement;
        two.GetProperty("sequence").GetInt64().ShouldBe(one.GetProperty("sequence").GetInt64());
        two.GetProperty("repeated").GetBoolean().ShouldBeTrue();
        two.GetProperty("events").GetRawText().ShouldBe(one.GetProperty("events").GetRawText());
        JsonElement alice = await served.Get("api/v1/accounts/alice");
        alice.GetProperty("balances")[0].GetProperty("amount").GetString().ShouldBe("2500");
    }

    [Fact]
    public async Task A_repeat_after_a_restart_is_still_a_repeat()
    {
        await using Served served = await Served.StartTrading();
        await served.Send("""{"type":"deposit","account":"alice","asset":"USDC","amount":"500"}""", id: "pay");

        await served.Restart();
        using HttpResponseMessage again = await served.Send("""{"type":"deposit","account":"alice","asset":"USDC","amount":"500"}""", id: "pay");

        JsonDocument.Parse(await again.Content.ReadAsStringAsync()).RootElement.GetProperty("repeated").GetBoolean().ShouldBeTrue();
        (await served.Get("api/v1/accounts/alice")).GetProperty("balances")[0].GetProperty("amount").GetString().ShouldBe("2500");
    }

    [Fact]
    public async Task A_refused_command_asked_again_is_refused_with_the_same_entry()
    {
        await using Served served = await Served.Start();

        JsonElement first = await Served.Problem(await served.Send("""{"type":"open-account","account":"alice"}""".Replace("open-account", "withdraw", StringComparison.Ordinal).Replace("\"alice\"", "\"alice\",\"asset\":\"BTC\",\"amount\":\"1\"", StringComparison.Ordinal), id: "w"), HttpStatusCode.NotFound);
        JsonElement again = await Served.Problem(await served.Send("""{"type":"withdraw","account":"alice","asset":"BTC","amount":"1"}""", id: "w"), HttpStatusCode.NotFound);

        again.GetProperty("sequence").GetInt64().ShouldBe(first.GetProperty("sequence").GetInt64());
        again.GetProperty("refusal").GetString().ShouldBe("account-unknown");
    }

    [Theory]
    [InlineData("""{"type":"deposit","account":"nobody","asset":"USDC","amount":"1"}""", HttpStatusCode.NotFound, "account-unknown")]
    [InlineData("""{"type":"deposit","account":"alice","asset":"DOGE","amount":"1"}""", HttpStatusCode.NotFound, "asset-unknown")]
    [InlineData("""{"type":"pay-funding","instrument":"ETH-PERPETUAL","rate":"0.01"}""", HttpStatusCode.NotFound, "instrument-unknown")]
    [InlineData("""{"type":"cancel-order","account":"alice","order":"o1"}""", HttpStatusCode.NotFound, "order-unknown")]
    [InlineData("""{"type":"deposit","account":"alice","asset":"USDC","amount":"-1"}""", HttpStatusCode.UnprocessableEntity, "amount-not-positive")]
    [InlineData("""{"type":"deposit","account":"alice","asset":"USDC","amount":"0.0000001"}""", HttpStatusCode.UnprocessableEntity, "amount-malformed")]
    [InlineData("""{"type":"withdraw","account":"alice","asset":"USDC","amount":"1999"}""", HttpStatusCode.UnprocessableEntity, "initial-margin-breached")]
    [InlineData("""{"type":"open-account","account":"alice"}""", HttpStatusCode.UnprocessableEntity, "account-exists")]
    public async Task A_refusal_is_a_problem_that_names_it(string command, HttpStatusCode status, string refusal)
    {
        await using Served served = await Served.StartTrading();

        using HttpResponseMessage answer = await served.Send(command);

        JsonElement problem = await Served.Problem(answer, status);
        problem.GetProperty("refusal").GetString().ShouldBe(refusal);
        problem.GetProperty("sequence").GetInt64().ShouldBe(14);
        problem.GetProperty("type").GetString().ShouldBe($"urn:plimsoll:problem:{refusal}");
    }

    [Theory]
    [InlineData("not json", "body")]
    [InlineData("[]", "body")]
    [InlineData("""{"command":{"type":"open-account","account":"alice"}}""", "body id")]
    [InlineData("""{"id":7,"command":{"type":"open-account","account":"alice"}}""", "body id")]
    [InlineData("""{"id":"no spaces","command":{"type":"open-account","account":"alice"}}""", "command id")]
    [InlineData("""{"id":"a","colour":1,"command":{"type":"open-account","account":"alice"}}""", "body colour")]
    [InlineData("""{"id":"a","command":{"type":"open-account","account":"alice","colour":1}}""", "command")]
    [InlineData("""{"id":"a","command":{"type":"sink-ship"}}""", "command")]
    [InlineData("""{"id":"a","command":{"account":"alice"}}""", "command")]
    [InlineData("""{"id":"a","command":{"type":"report-fill","buyer":"a","seller":"b","instrument":"I","size":"many","price":"1"}}""", "command size")]
    [InlineData("""{"id":"a","account":"the venue","command":{"type":"open-account","account":"alice"}}""", "account")]
    [InlineData("""{"id":"a","command":null}""", "command")]
    public async Task What_is_no_command_is_refused_in_one_line_and_journals_nothing(string body, string field)
    {
        await using Served served = await Served.Start();

        using HttpResponseMessage answer = await served.Post("api/v1/commands", body);

        JsonElement problem = await Served.Problem(answer, HttpStatusCode.BadRequest);
        string detail = problem.GetProperty("detail").GetString()!;
        detail.ShouldStartWith(field);
        detail.ShouldNotContain("\n");
        (await served.Server.Ask(kernel => kernel.Sequence)).ShouldBe(0);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        await using Served served = await Served.Start();

        using HttpResponseMessage answer = await served.Post("api/v1/commands", $$"""{"id":"{{new string('a', 2 << 20)}}"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Only_json_is_taken_so_that_a_foreign_page_cannot_send_a_form()
    {
        await using Served served = await Served.Start();

        using HttpResponseMessage answer = await served.Client.PostAsync("api/v1/commands", new StringContent("""{"id":"a","command":{"type":"open-account","account":"alice"}}""", Encoding.UTF8, "text/plain"));

        await Served.Problem(answer, HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Who_sends_too_many_commands_is_asked_to_wait()
    {
        await using Served served = await Served.Start(options => options with { CommandsPerSecond = 3 });

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            using HttpResponseMessage answer = await served.Send("""{"type":"open-account","account":"alice"}""", id: $"many{i}");

            return answer.StatusCode;
        }));

        answers.ShouldContain(HttpStatusCode.TooManyRequests);
        answers.ShouldContain(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_an_answer_says_is_in_the_file_before_it_is_said()
    {
        await using Served served = await Served.Start();

        JsonElement answer = await served.Accept("""{"type":"open-account","account":"alice"}""");

        using var reader = Storage.Sqlite.SqliteJournalStore.Open(served.File, readOnly: true);
        reader.LastSequence.ShouldBe(answer.GetProperty("sequence").GetInt64());
    }
}
