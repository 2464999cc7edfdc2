using System.Net;
using Microsoft.AspNetCore.Http;
using Plimsoll.Engine.Commands;
using Plimsoll.Server.Api;
using Plimsoll.Units;

namespace Plimsoll.Server.Access;

/// <summary>
/// Lets callers in: finds who calls by his key, and keeps pages of other sites out. Without keys the request must name
/// this machine as its host, so that no foreign name can be pointed here; a request that says it comes from a page must
/// come from our own.
/// </summary>
internal sealed class Gate(ApiKeys keys)
{
    private const string CallerItem = "plimsoll.caller";
    private const string BearerPrefix = "Bearer ";

    /// <summary>Who calls; none where the path needs no key and none was sent.</summary>
    public static Caller? CallerOf(HttpContext context) => context.Items[CallerItem] as Caller;

    /// <summary>Lets a request through or answers it.</summary>
    public async Task Pass(HttpContext context, RequestDelegate next)
    {
        if (!IsOurs(context.Request))
        {
            await Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "The request comes from another site's page, or names another host.").ExecuteAsync(context).ConfigureAwait(false);

            return;
        }

        Caller? caller = keys.IsOpen ? Caller.Anybody : KeyOf(context.Request) is { } key ? keys.Find(key) : null;
        if (caller is null && NeedsKey(context.Request))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Problems.Of(StatusCodes.Status401Unauthorized, "unauthorized", "Send an API key: Authorization: Bearer KEY").ExecuteAsync(context).ConfigureAwait(false);

            return;
        }

        if (caller is { Role: CallerRole.Bidder } && !IsForBidders(context.Request))
        {
            await Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads auctions and bids, and does nothing else.").ExecuteAsync(context).ConfigureAwait(false);

            return;
        }

        context.Items[CallerItem] = caller;
        await next(context).ConfigureAwait(false);
    }

    /// <summary>Whether a trader may send a command himself: what a customer decides, for his own account; a bidder bids. All else is for operators to report.</summary>
    public static bool MayCommand(Caller caller, AccountId by, Command command)
    {
        // A second person is one only if nobody can send both halves: a name is the key's own, unless there are no keys.
        if (caller.Role == CallerRole.Operator) return command is not PersonalCommand || caller.IsOpen || caller.Person == by;
        if (caller is { Role: CallerRole.Bidder, Account: { } bidder }) return by == bidder && command is Bid bid && bid.Bidder == bidder;
        if (caller is not { Role: CallerRole.Trader, Account: { } own } || by != own) return false;

        return command switch
        {
            Withdraw c => c.Account == own,
            Borrow c => c.Account == own,
            Repay c => c.Account == own,
            PlaceOrder c => c.Account == own,
            CancelOrder c => c.Account == own,
            SetMarginMode c => c.Account == own,
            MoveCollateral c => c.From == own,
            Bid c => c.Bidder == own,
            StakeCover c => c.Account == own,
            RequestUnstake c => c.Account == own,
            Unstake c => c.Account == own,
            AcknowledgeCall c => c.Account == own,
            _ => false,
        };
    }

    private static bool NeedsKey(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private static bool IsForBidders(HttpRequest request) =>
        request.Path.StartsWithSegments("/api/v1/auctions", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/api/v1/commands", StringComparison.OrdinalIgnoreCase);

    private bool IsOurs(HttpRequest request)
    {
        if (keys.IsOpen && !IsThisMachine(request.Host.Host)) return false;

        string? origin = request.Headers.Origin;

        return string.IsNullOrEmpty(origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    // A browser cannot set headers on a WebSocket, so the stream alone takes its key from the address as well.
    private static string? KeyOf(HttpRequest request)
    {
        string? bearer = request.Headers.Authorization;
        if (bearer?.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) == true) return bearer[BearerPrefix.Length..].Trim();

        return request.Path == "/api/v1/stream" ? request.Query["key"].ToString() : null;
    }
}
