using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Plimsoll.Server.Hosting;

namespace Plimsoll.Server.Pages;

/// <summary>Serves the built dashboard where there is one, else the plain page.</summary>
internal static class Bundle
{
    private const string Index = "index.html";

    /// <summary>The folder of the built dashboard; none where it was not built.</summary>
    public static string? Find(ServerOptions options)
    {
        string root = Path.GetFullPath(options.WebRoot ?? Path.Combine(AppContext.BaseDirectory, "web"));

        return File.Exists(Path.Combine(root, Index)) ? root : null;
    }

    public static void Map(WebApplication web, VenueServices venue)
    {
        if (Find(venue.Options) is not { } root)
        {
            venue.Say("The dashboard was not built: / shows the plain page.");
            web.MapGet("/", (HttpContext context) => PlainPage.Answer(context, venue)).ExcludeFromDescription();

            return;
        }

        var files = new PhysicalFileProvider(root);
        web.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files, DefaultFileNames = [Index] });
        web.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = Cache });
        web.MapGet("/plain", (HttpContext context) => PlainPage.Answer(context, venue)).ExcludeFromDescription();
    }

    // The build names assets after what is in them, so they never change; the page that names them does.
    private static void Cache(StaticFileResponseContext file) => file.Context.Response.Headers.CacheControl =
        file.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
}
