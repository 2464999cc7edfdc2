using Microsoft.AspNetCore.Http;

namespace Plimsoll.Server.Pages;

/// <summary>Tells browsers what our pages may do: run our own scripts, talk to us, and be framed by nobody.</summary>
internal static class SecurityHeaders
{
    public static Task Add(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        string host = context.Request.Host.Value is { } named && named.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or ':' or '-' or '[' or ']') ? named : "";
        // Charts set styles on elements; not every browser reads 'self' as including WebSockets.
        string stream = host.Length == 0 ? "" : $" ws://{host} wss://{host}";
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'{stream}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        return next(context);
    }
}
