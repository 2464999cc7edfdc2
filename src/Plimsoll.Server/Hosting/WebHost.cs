using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plimsoll.Engine.Hosting;
using Plimsoll.Server.Access;
using Plimsoll.Server.Api;
using Plimsoll.Server.Pages;
using Plimsoll.Server.Stream;

namespace Plimsoll.Server.Hosting;

/// <summary>Puts the web server together: limits, who may come in, routes, pages.</summary>
internal static class WebHost
{
    private const long MaxBodyBytes = 1 << 20;
    private const int MaxConnections = 2048;

    /// <summary>A web server that is ready to start.</summary>
    public static WebApplication Build(VenueServices venue, Uri url)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new SentenceLog(venue.Say));
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, url));
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Problems.Name);
        builder.Services.AddOpenApi("v1", openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "Plimsoll", Version = "v1", Description = "Margin, liquidation and the load line of one venue. Amounts and prices are texts, model figures are numbers in USD, times are ISO 8601." };

            return Task.CompletedTask;
        }));
        builder.Services.AddRateLimiter(limits => Limit(limits, venue.Options));

        WebApplication web = builder.Build();
        web.Use(static (context, next) => SecurityHeaders.Add(context, next));
        web.Use((context, next) => Problems.Catch(context, next, venue.Say));
        web.UseStatusCodePages();
        web.Use(new Gate(venue.Keys).Pass);
        web.UseRouting();
        web.UseRateLimiter();
        web.UseWebSockets();
        MapApi(web, venue);
        Bundle.Map(web, venue);

        return web;
    }

    private static void MapApi(WebApplication web, VenueServices venue)
    {
        RouteGroupBuilder api = web.MapGroup("/api/v1");
        VenueRoutes.Map(api, venue);
        AccountRoutes.Map(api, venue);
        WhatIfRoutes.Map(api, venue);
        RehearsalRoutes.Map(api, venue);
        MarketRoutes.Map(api, venue);
        OracleRoutes.Map(api, venue);
        ParameterRoutes.Map(api, venue);
        HedgeRoutes.Map(api, venue);
        ExposureRoutes.Map(api, venue);
        CollateralRoutes.Map(api, venue);
        LimitRoutes.Map(api, venue);
        SurfaceRoutes.Map(api, venue);
        BreakerRoutes.Map(api, venue);
        NoticeRoutes.Map(api, venue);
        FunnelRoutes.Map(api, venue);
        LiquidationRoutes.Map(api, venue);
        QuoteRoutes.Map(api, venue);
        LossRoutes.Map(api, venue);
        CommandRoutes.Map(api, venue);
        DemoRoutes.Map(api, venue);
        StreamRoute.Map(api, venue);
        web.MapGet("/health", () => Health(venue)).ExcludeFromDescription();
        web.MapOpenApi();
    }

    private static IResult Health(VenueServices venue) => venue.Engine.Halted is EngineHaltedException halted
        ? Problems.Of(StatusCodes.Status503ServiceUnavailable, "halted", halted.Message)
        : Results.Json(new { status = "running", sequence = venue.Projector.View.Venue.Sequence });

    private static void Listen(KestrelServerOptions kestrel, Uri url)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        foreach (var address in ListenAddress.AddressesOf(url)) kestrel.Listen(address, url.Port);
    }

    private static void Limit(RateLimiterOptions limits, ServerOptions options)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = async (rejected, _) =>
            await Problems.Of(StatusCodes.Status429TooManyRequests, "too-many", $"More than {Most(rejected.HttpContext)} commands a second: wait and ask again.").ExecuteAsync(rejected.HttpContext).ConfigureAwait(false);
        limits.AddPolicy(CommandRoutes.RateLimit, context => RateLimitPartition.GetTokenBucketLimiter(
            Gate.CallerOf(context)?.ToString() ?? context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Most(context),
                TokensPerPeriod = Math.Max(1, Most(context) / 10),
                ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
                QueueLimit = 0,
            }));

        int Most(HttpContext context) => Gate.CallerOf(context) is { Role: CallerRole.Bidder } ? options.BidsPerSecond : options.CommandsPerSecond;
    }
}
