using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Json;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>Takes commands; answers when what they did is durable.</summary>
internal static class CommandRoutes
{
    public const string RateLimit = "commands";

    /// <summary>The longest body, in bytes.</summary>
    private const long MaxBytes = 1 << 20;

    public static void Map(IEndpointRouteBuilder api, VenueServices venue) => api.MapPost("/commands", (Delegate)((HttpContext context) => Post(context, venue)))
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBytes))
        .RequireRateLimiting(RateLimit)
        .WithSummary("Asks the venue to do something; answered when it is durable")
        .WithDescription(
            """
            Body: {"id": "…", "account": "…", "command": {"type": "withdraw", …}} or the command itself with an id in it. The id is the
            caller's own name for the command, unique per account: asked again under it, the first outcome is the answer and nothing
            is done twice. The account is who asks; by default the account the command is about, otherwise the venue.
            """)
        .Accepts<CommandBody>("application/json")
        .Produces<CommandAccepted>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> Post(HttpContext context, VenueServices venue)
    {
        // Only JSON: a page of another site can send plain text here without being asked who it is.
        if (!context.Request.HasJsonContentType())
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported", "Send the command as application/json.");

        CommandRequest request;
        using (JsonDocument body = await Read(context.Request).ConfigureAwait(false)) request = CommandRequest.Of(body.RootElement);

        // What names a person names the key's, where the body does not say.
        if (request.Command is PersonalCommand && request.By == Envelope.Venue && Gate.CallerOf(context)?.Name is { } name) request = request with { By = name };
        if (Gate.CallerOf(context) is not { } caller || !Gate.MayCommand(caller, request.By, request.Command))
            return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key may not send this command.");

        Outcome outcome = await venue.Engine.Submit(request.By, request.Id, request.Command).ConfigureAwait(false);

        return outcome.Accepted ? Results.Json(CommandAccepted.Of(request, outcome), ApiJson.Options) : Problems.Of(outcome);
    }

    /// <summary>The body as JSON.</summary>
    public static async Task<JsonDocument> Read(HttpRequest request)
    {
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = 32 };

            return await JsonDocument.ParseAsync(request.Body, options, request.HttpContext.RequestAborted).ConfigureAwait(false);
        }
        catch (JsonException fault)
        {
            throw new InputException("body", "not JSON: " + fault.Message.Split('.')[0], fault);
        }
    }
}

/// <summary>The body of a command as the API describes it.</summary>
/// <param name="Id">The caller's own name for the command.</param>
/// <param name="Account">Who asks; by default the account the command is about, otherwise the venue.</param>
/// <param name="Command">The command: an object with a <c>type</c>, as it is journaled.</param>
internal sealed record CommandBody(string Id, string? Account, JsonElement Command);

/// <summary>A command as it is asked for.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Id">His own name for it.</param>
/// <param name="Command">What is asked.</param>
internal sealed record CommandRequest(AccountId By, CommandId Id, Command Command)
{
    /// <summary>Reads a body in either form.</summary>
    /// <exception cref="InputException">Not such a body; the message names the field.</exception>
    public static CommandRequest Of(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) throw new InputException("body", "expected an object");

        CommandId id = IdOf(body);
        if (!body.TryGetProperty("command", out JsonElement wrapped))
        {
            Command flat = Wire.ReadCommand(WithoutId(body));

            return new CommandRequest(OwnAccount(flat) ?? Envelope.Venue, id, flat);
        }

        foreach (JsonProperty property in body.EnumerateObject())
        {
            if (property.Name is not ("id" or "account" or "command")) throw new InputException($"body {property.Name}", "is not a field of this request");
        }

        Command command = Wire.ReadCommand(System.Text.Encoding.UTF8.GetBytes(wrapped.GetRawText()));
        AccountId by = body.TryGetProperty("account", out JsonElement account)
            ? new AccountId(Text(account, "account"))
            : OwnAccount(command) ?? Envelope.Venue;

        return new CommandRequest(by, id, command);
    }

    private static CommandId IdOf(JsonElement body) => body.TryGetProperty("id", out JsonElement id)
        ? new CommandId(Text(id, "id"))
        : throw new InputException("body id", "is missing: your own name for the command, under which it may safely be asked again");

    private static string Text(JsonElement element, string field) => element.ValueKind == JsonValueKind.String
        ? element.GetString()!
        : throw new InputException($"body {field}", "expected a text");

    private static AccountId? OwnAccount(Command command) => command switch
    {
        OpenAccount c => c.Account,
        Deposit c => c.Account,
        Withdraw c => c.Account,
        Borrow c => c.Account,
        Repay c => c.Account,
        PlaceOrder c => c.Account,
        CancelOrder c => c.Account,
        SetMarginMode c => c.Account,
        Bid c => c.Bidder,
        MoveCollateral c => c.From,
        _ => null,
    };

    private static ReadOnlySpan<byte> WithoutId(JsonElement body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (JsonProperty property in body.EnumerateObject())
            {
                if (property.Name != "id") property.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }
}

/// <summary>The answer to a command that was carried out.</summary>
/// <param name="Sequence">Its place in the journal.</param>
/// <param name="Time">The venue's time, ISO 8601.</param>
/// <param name="Id">The caller's name for it.</param>
/// <param name="Outcome"><c>accepted</c>.</param>
/// <param name="Repeated">Whether this is the first outcome of a command that was asked again.</param>
/// <param name="Events">What happened, as it is journaled: amounts there are whole smallest units.</param>
internal sealed record CommandAccepted(long Sequence, string Time, string Id, string Outcome, bool Repeated, JsonElement Events)
{
    public static CommandAccepted Of(CommandRequest request, Outcome outcome)
    {
        using JsonDocument events = JsonDocument.Parse(Wire.Write([.. outcome.Events]));

        return new CommandAccepted(outcome.Sequence, outcome.At.ToString(), request.Id.Value, "accepted", outcome.Repeated, events.RootElement.Clone());
    }
}
