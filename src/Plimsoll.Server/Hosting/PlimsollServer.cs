using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Engine;
using Plimsoll.Engine.Hosting;
using Plimsoll.Server.Access;
using Plimsoll.Server.Calls;
using Plimsoll.Server.Demo;
using Plimsoll.Server.Projections;
using Plimsoll.Server.Stream;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Server.Hosting;

/// <summary>
/// A venue being served: its file, its engine, what readers are shown, and the web server in front.
/// </summary>
/// <remarks>
/// Order of starting: the file with its lock, recovery, the engine, the first view, the web server, the story. Order of
/// stopping: the story, the web server, the views, the engine with its last snapshot, the file.
/// </remarks>
public sealed class PlimsollServer : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly VenueServices _services;
    private readonly WebApplication _web;
    private readonly List<Task> _loops = [];
    private Task _story = Task.CompletedTask;
    private int _disposed;

    private PlimsollServer(VenueServices services, WebApplication web) => (_services, _web) = (services, web);

    /// <summary>Where the venue is served, with the port that was taken.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Why the engine has stopped; none while it runs.</summary>
    public EngineHaltedException? Halted => _services.Engine.Halted;

    /// <summary>Ends when the story has, well or with its fault; at once where there is none.</summary>
    public Task Story => _story;

    /// <summary>The pace of the story; none where there is none.</summary>
    public Pace? Pace => _services.Story?.Pace;

    /// <summary>Opens, recovers and serves a venue.</summary>
    /// <exception cref="InputException">The file, the address, the keys or the secret cannot be used; nothing is left open.</exception>
    public static async Task<PlimsollServer> Start(ServerOptions options, CancellationToken cancellation = default)
    {
        ApiKeys keys = options.ApiKeysFile is { } file ? ApiKeys.Read(file) : ApiKeys.None;
        Uri url = ListenAddress.Checked(options.Url, keys);
        VenueServices services = Open(options, keys);
        WebApplication? web = null;
        try
        {
            await services.Projector.Look().ConfigureAwait(false);
            web = WebHost.Build(services, url);
            var server = new PlimsollServer(services, web);
            await server.Run(url, cancellation).ConfigureAwait(false);

            return server;
        }
        catch
        {
            if (web is not null) await web.DisposeAsync().ConfigureAwait(false);
            services.Engine.Dispose();
            await services.Calls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Asks the venue a question in its place among the commands.</summary>
    /// <exception cref="EngineHaltedException">The engine has stopped.</exception>
    public Task<T> Ask<T>(Func<VenueKernel, T> question) => _services.Engine.Ask(question);

    /// <summary>Runs until cancelled.</summary>
    public async Task WaitForStop(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    /// <summary>Stops everything in order; the engine takes a last snapshot.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;

        await _stop.CancelAsync().ConfigureAwait(false);
        await _services.Streams.Close().ConfigureAwait(false);
        using var patience = new CancellationTokenSource(StopPatience);
        await _web.StopAsync(patience.Token).ConfigureAwait(false);
        await Task.WhenAny(_story, Task.Delay(StopPatience)).ConfigureAwait(false);
        await Task.WhenAll(_loops).ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
        _services.Engine.Dispose();
        await _services.Calls.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private static VenueServices Open(ServerOptions options, ApiKeys keys)
    {
        SqliteJournalStore store = SqliteJournalStore.Open(options.VenueFile);
        try
        {
            VenueKernel kernel = Recovery.Recover(store, options.Threads, applied => options.Recovering?.Invoke(applied, store.LastSequence));
            var chronicle = new Chronicle(kernel.State.Catalog);
            var calls = new CallDesk(options, kernel.State.Catalog, store);
            chronicle.Remember(store, calls);

            return VenueServices.Compose(options, keys, kernel, store, chronicle, calls);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private async Task Run(Uri url, CancellationToken cancellation)
    {
        try
        {
            await _web.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            throw new InputException(url.ToString(), fault.InnerException?.Message ?? fault.Message, fault);
        }

        Url = _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _loops.Add(_services.Projector.Run(_stop.Token));
        _loops.Add(_services.Desk.Run(_stop.Token));
        if (_services.Timekeeper is { } time) _loops.Add(time.Run(_stop.Token));
        _services.Calls.Start(_stop.Token);
        if (_services.Keys.IsOpen) _services.Say("No API keys are configured: the venue listens on this machine only, and everybody on it is an operator.");
        if (_services.Story is { } story && _services.Options.Source is { } source) _story = Task.Run(() => Play(source, story), CancellationToken.None);
    }

    private async Task Play(ICommandSource source, StoryPlayer story)
    {
        try
        {
            await source.Run(story.Intake, _stop.Token).ConfigureAwait(false);
            story.Intake.Report(1);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The server is stopping.
        }
        catch (Exception fault) when (fault is InputException or EngineHaltedException)
        {
            _services.Say($"The story ended early. {fault.Message}");
            throw;
        }
        finally
        {
            story.HasEnded = true;
        }
    }
}
