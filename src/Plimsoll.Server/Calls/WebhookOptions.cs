using System.Text.Json;
using Plimsoll.Units;

namespace Plimsoll.Server.Calls;

/// <summary>Where notices are posted to, and how stubbornly.</summary>
/// <param name="Endpoints">The endpoints.</param>
public sealed record WebhookOptions(IReadOnlyList<WebhookEndpoint> Endpoints)
{
    /// <summary>The most endpoints.</summary>
    public const int MostEndpoints = 16;

    /// <summary>The fewest characters of a secret.</summary>
    public const int LeastSecret = 32;

    private const int MostBytes = 1 << 20;

    /// <summary>Attempts after which a notice is given up.</summary>
    public int MaxAttempts { get; init; } = 16;

    /// <summary>How long to wait between attempts.</summary>
    public Backoff Backoff { get; init; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    /// <summary>How long an endpoint may take to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads a file of endpoints: docs/formats/webhooks.md.</summary>
    /// <exception cref="InputException">The file cannot be read, or a member cannot be used; the message names it.</exception>
    public static WebhookOptions Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw new InputException(path, $"expected at most {MostBytes} bytes");
            FileBody body = JsonSerializer.Deserialize<FileBody>(File.ReadAllBytes(path), FileOptions) ?? throw new InputException(path, "expected an object, found null");

            return Checked(body, path);
        }
        catch (JsonException fault)
        {
            throw new InputException($"{path} {(fault.Path is { Length: > 2 } place ? place[2..] : "")}".TrimEnd(), fault.Message.Split(" Path:", 2)[0].Split('\n')[0], fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException(path, fault.Message.ReplaceLineEndings(" "), fault);
        }
    }

    private static JsonSerializerOptions FileOptions { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static WebhookOptions Checked(FileBody body, string path)
    {
        if (body.Endpoints is not { Count: > 0 }) throw new InputException($"{path} endpoints", "expected at least one endpoint");
        if (body.Endpoints.Count > MostEndpoints) throw new InputException($"{path} endpoints", $"found {body.Endpoints.Count}, expected at most {MostEndpoints}");

        var endpoints = new List<WebhookEndpoint>();
        for (int i = 0; i < body.Endpoints.Count; i++)
        {
            WebhookEndpoint endpoint = Endpoint(body.Endpoints[i] ?? throw new InputException($"{path} endpoints[{i}]", "expected an object, found null"), $"{path} endpoints[{i}]");
            if (endpoints.Exists(other => other.Name == endpoint.Name)) throw new InputException($"{path} endpoints[{i}].name", $"'{endpoint.Name}' stands there twice");
            endpoints.Add(endpoint);
        }

        if (endpoints.TrueForAll(endpoint => endpoint.After is not null)) throw new InputException($"{path} endpoints", "expected at least one that is told at once, without afterSeconds");

        return new WebhookOptions(endpoints)
        {
            MaxAttempts = (int)Number(body.MaxAttempts, 16, 1, 1000, $"{path} maxAttempts"),
            Backoff = new Backoff(
                TimeSpan.FromSeconds(Number(body.FirstRetrySeconds, 1, 0.01, 3600, $"{path} firstRetrySeconds")),
                TimeSpan.FromSeconds(Number(body.LongestRetrySeconds, 300, 0.01, 86_400, $"{path} longestRetrySeconds")),
                (ulong)Math.Max(0, body.Seed ?? 0)),
            Timeout = TimeSpan.FromSeconds(Number(body.TimeoutSeconds, 10, 0.1, 300, $"{path} timeoutSeconds")),
        };
    }

    private static WebhookEndpoint Endpoint(EndpointBody body, string place)
    {
        if (body.Name is not { } name || !Identifier.IsValid(name)) throw new InputException($"{place}.name", $"'{body.Name}' is not an identifier: expected 1 to {Identifier.MaxLength} of A-Z a-z 0-9 . _ -");
        if (body.Secret is not { Length: >= LeastSecret }) throw new InputException($"{place}.secret", $"expected at least {LeastSecret} characters that nobody can guess");
        if (body.Severity is not (null or "info" or "warning" or "critical")) throw new InputException($"{place}.severity", $"found '{body.Severity}', expected info, warning or critical");

        TimeSpan? after = body.AfterSeconds is { } seconds ? TimeSpan.FromSeconds(Number(seconds, 0, 0.01, 7 * 86_400, $"{place}.afterSeconds")) : null;

        return new WebhookEndpoint(name, Address(body.Url, $"{place}.url"), body.Secret, body.Severity ?? "warning", after);
    }

    private static Uri Address(string? text, string place)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) || url.Host.Length == 0)
            throw new InputException(place, $"'{text}' is not an address like https://desk.example/plimsoll");
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0) throw new InputException(place, "expected an address without a user's name or a fragment");
        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback) throw new InputException(place, $"http://{url.Authority} is not on this machine: what is said of accounts goes over https only");

        return url;
    }

    private static double Number(double? value, double otherwise, double least, double most, string place) => (value ?? otherwise) is var number && number >= least && number <= most
        ? number
        : throw new InputException(place, FormattableString.Invariant($"found {value}, expected {least} to {most}"));

    private sealed record FileBody(
        IReadOnlyList<EndpointBody?>? Endpoints, double? MaxAttempts, double? FirstRetrySeconds, double? LongestRetrySeconds, double? TimeoutSeconds, long? Seed);

    private sealed record EndpointBody(string? Name, string? Url, string? Secret, string? Severity, double? AfterSeconds);
}
