using System.Text;
using Plimsoll.Server.Calls;
using Plimsoll.Units;

namespace Plimsoll.Server.Tests.Calls;

public sealed class WebhookOptionsTests : IDisposable
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_file_says_where_to_how_signed_and_after_how_long()
    {
        File.WriteAllText(_file, $$"""
            {
              // who is told
              "endpoints": [
                { "name": "desk", "url": "https://desk.example/plimsoll?key=hidden", "secret": "{{Secret}}" },
                { "name": "chief", "url": "http://127.0.0.1:9000/", "secret": "{{Secret}}", "afterSeconds": 300 },
              ],
              "maxAttempts": 5, "firstRetrySeconds": 2, "longestRetrySeconds": 60, "seed": 11
            }
            """);

        WebhookOptions options = WebhookOptions.Read(_file);

        options.Endpoints.Select(endpoint => endpoint.Name).ShouldBe(["desk", "chief"]);
        options.Endpoints[0].Place.ShouldBe("https://desk.example/plimsoll", "what may be a secret is not told");
        options.Endpoints[1].After.ShouldBe(TimeSpan.FromMinutes(5));
        options.MaxAttempts.ShouldBe(5);
        options.Backoff.ShouldBe(new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60), 11));
    }

    [Theory]
    [InlineData("""{"endpoints":[{"name":"desk","url":"desk.example","secret":"SECRET"}]}""", "endpoints[0].url: 'desk.example' is not an address")]
    [InlineData("""{"endpoints":[{"name":"desk","url":"ftp://desk.example","secret":"SECRET"}]}""", "endpoints[0].url")]
    [InlineData("""{"endpoints":[{"name":"desk","url":"javascript:alert(1)","secret":"SECRET"}]}""", "endpoints[0].url")]
    [InlineData("""{"endpoints":[{"name":"desk","url":"http://desk.example/","secret":"SECRET"}]}""", "https only")]
    [InlineData("""{"endpoints":[{"name":"desk","url":"https://me:pw@desk.example/","secret":"SECRET"}]}""", "without a user's name")]
    [InlineData("""{"endpoints":[{"name":"desk","url":"https://desk.example/","secret":"short"}]}""", "endpoints[0].secret")]
    [InlineData("""{"endpoints":[{"name":"a b","url":"https://desk.example/","secret":"SECRET"}]}""", "endpoints[0].name")]
    [InlineData("""{"endpoints":[{"name":"a","url":"https://desk.example/","secret":"SECRET"},{"name":"a","url":"https://desk.example/","secret":"SECRET"}]}""", "twice")]
    [InlineData("""{"endpoints":[{"name":"a","url":"https://desk.example/","secret":"SECRET","afterSeconds":60}]}""", "told at once")]
    [InlineData("""{"endpoints":[{"name":"a","url":"https://desk.example/","secret":"SECRET","afterSeconds":-1}]}""", "afterSeconds")]
    [InlineData("""{"endpoints":[{"name":"a","url":"https://desk.example/","secret":"SECRET"}],"maxAttempts":0}""", "maxAttempts")]
    [InlineData("""{"endpoints":[{"name":"a","url":"https://desk.example/","secret":"SECRET","severity":"loud"}]}""", "severity")]
    [InlineData("""{"endpoints":[{"name":"a","url":"https://desk.example/","secret":"SECRET","more":1}]}""", "more")]
    [InlineData("""{"endpoints":[null]}""", "endpoints[0]")]
    [InlineData("""{"endpoints":[]}""", "at least one")]
    [InlineData("{}", "at least one")]
    [InlineData("null", "null")]
    [InlineData("garbage", "")]
    public void What_cannot_be_used_is_refused_in_one_line_that_names_it(string json, string expected)
    {
        File.WriteAllText(_file, json.Replace("SECRET", Secret, StringComparison.Ordinal));

        string message = Should.Throw<InputException>(() => WebhookOptions.Read(_file)).Message;

        message.ShouldContain(expected);
        message.ShouldStartWith(_file);
        message.ShouldNotContain("\n");
        message.ShouldNotContain(Secret);
    }

    [Fact]
    public void A_signature_verifies_with_its_secret_its_body_and_its_time_and_with_no_other()
    {
        byte[] body = "{\"notices\":[]}"u8.ToArray();
        string signature = WebhookSignature.Of(Secret, 1_584_000_000, body);

        WebhookSignature.Verifies(Secret, "1584000000", signature, body, 1_584_000_100).ShouldBeTrue();
        WebhookSignature.Verifies(Secret + "x", "1584000000", signature, body, 1_584_000_100).ShouldBeFalse();
        WebhookSignature.Verifies(Secret, "1584000001", signature, body, 1_584_000_100).ShouldBeFalse();
        WebhookSignature.Verifies(Secret, "1584000000", signature, [.. body, 32], 1_584_000_100).ShouldBeFalse();
        WebhookSignature.Verifies(Secret, "1584000000", signature, body, 1_584_000_301).ShouldBeFalse("old");
        WebhookSignature.Verifies(Secret, "1584000000", signature, body, 1_583_999_699).ShouldBeFalse("from the future");
        foreach (string? bad in (string?[])[null, "", "v1=", "v1=zz", signature[..^1], signature.ToUpperInvariant(), "v2" + signature[2..]])
            WebhookSignature.Verifies(Secret, "1584000000", bad, body, 1_584_000_100).ShouldBeFalse(bad ?? "none");
        foreach (string? bad in (string?[])[null, "", "-1", "1e9", "99999999999999999999"])
            WebhookSignature.Verifies(Secret, bad, signature, body, 1_584_000_100).ShouldBeFalse(bad ?? "none");
    }

    [Fact]
    public void The_example_of_the_docs_signs_as_the_docs_say()
    {
        string body = """{"venue":"Harbour","endpoint":"desk","sentAt":"2020-03-12T10:52:00Z","attempt":1,"notices":[]}""";

        WebhookSignature.Of("a secret of at least thirty-two characters", 1_584_010_320, Encoding.UTF8.GetBytes(body))
            .ShouldBe("v1=fd290e451bb930eff5ff7743db8d78fe43b20f13c224c7fdb31485557420e4bd");
    }

    [Fact]
    public void The_wait_doubles_to_a_most_is_at_least_half_of_that_and_is_the_same_for_the_same_seed()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), 3);
        for (int attempt = 1; attempt < 70; attempt++)
        {
            double whole = Math.Min(60, Math.Pow(2, attempt - 1));
            backoff.After(5, attempt).TotalSeconds.ShouldBeInRange(whole / 2, whole);
            backoff.After(5, attempt).ShouldBe(backoff.After(5, attempt));
        }

        Enumerable.Range(1, 20).Select(name => backoff.After((ulong)name, 3)).Distinct().Count().ShouldBe(20, "not in step");
        (backoff with { Seed = 4 }).After(5, 3).ShouldNotBe(backoff.After(5, 3));
    }
}
