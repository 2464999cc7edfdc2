using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>What went wrong, as RFC 9457 has it; this is the only place that turns refusals into HTTP.</summary>
internal static class Problems
{
    private const string Root = "urn:plimsoll:problem:";

    /// <summary>A problem of our own.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="type">Its name, a word or two with hyphens.</param>
    /// <param name="detail">What is wrong, in a sentence.</param>
    public static IResult Of(int status, string type, string detail) =>
        Results.Problem(type: Root + type, title: Title(type), statusCode: status, detail: detail);

    /// <summary>A refusal: a name nobody knows is not found, anything else cannot be carried out.</summary>
    public static IResult Of(Outcome outcome)
    {
        string refusal = NameOf(outcome.Refusal);
        int status = outcome.Refusal switch
        {
            Refusal.AccountUnknown or Refusal.AssetUnknown or Refusal.InstrumentUnknown or Refusal.OrderUnknown or Refusal.LimitUnknown or Refusal.BucketUnknown or Refusal.ProposalUnknown or Refusal.OverrideUnknown => StatusCodes.Status404NotFound,
            _ => StatusCodes.Status422UnprocessableEntity,
        };

        return Results.Problem(
            type: $"{Root}{refusal}",
            title: Title(refusal),
            statusCode: status,
            detail: outcome.Detail ?? $"The command was refused: {Title(refusal).ToLowerInvariant()}.",
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["refusal"] = refusal,
                ["sequence"] = outcome.Sequence,
                ["time"] = outcome.At.ToString(),
                ["repeated"] = outcome.Repeated,
            });
    }

    /// <summary>Answers with whatever a handler threw: what a caller can do something about in our words, the rest as our fault.</summary>
    public static async Task Catch(HttpContext context, RequestDelegate next, Action<string> say)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception fault) when (!context.Response.HasStarted && Known(fault) is { } problem)
        {
            context.Response.Clear();
            await problem.ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (Exception fault) when (!context.Response.HasStarted && fault is not OperationCanceledException)
        {
            say($"{context.Request.Method} {context.Request.Path} failed. {fault}");
            context.Response.Clear();
            await Of(StatusCodes.Status500InternalServerError, "internal", "The server failed; its log says why.").ExecuteAsync(context).ConfigureAwait(false);
        }
    }

    /// <summary>Names what the web server itself found wrong as we would.</summary>
    public static void Name(ProblemDetailsContext context)
    {
        context.ProblemDetails.Extensions.Remove("traceId");
        if (context.ProblemDetails.Type?.StartsWith(Root, StringComparison.Ordinal) == true) return;

        string title = context.ProblemDetails.Title ?? "Problem";
        context.ProblemDetails.Type = Root + title.Replace(' ', '-').ToLowerInvariant();
        context.ProblemDetails.Detail ??= $"{context.HttpContext.Request.Method} {context.HttpContext.Request.Path}: {title.ToLowerInvariant()}.";
    }

    /// <summary>The name of a refusal on the wire, e.g. <c>initial-margin-breached</c>.</summary>
    public static string NameOf(Refusal refusal) => JsonNamingPolicy.KebabCaseLower.ConvertName(refusal.ToString());

    private static IResult? Known(Exception fault) => fault switch
    {
        InputException input => Of(StatusCodes.Status400BadRequest, "malformed", input.Message),
        EngineHaltedException halted => Of(StatusCodes.Status503ServiceUnavailable, "halted", halted.Message),
        BadHttpRequestException bad => Of(bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-large" : "malformed", bad.Message),
        _ => null,
    };

    private static string Title(string type) => string.Create(type.Length, type, static (span, name) =>
    {
        name.CopyTo(span);
        span.Replace('-', ' ');
        span[0] = char.ToUpperInvariant(span[0]);
    });
}
