using Plimsoll.Engine.Hosting;
using Plimsoll.Server.Demo;
using Plimsoll.Server.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>
/// Keeps the view that readers are shown.
/// <list type="number">
/// <item>About four times a second the engine is asked once for the numbers of every account; the answer comes when all
/// before it is durable, so nothing is shown that a crash could take back.</item>
/// <item>From it an unchanging view is built and published by exchanging one reference: readers never wait for the
/// engine, nor the engine for readers.</item>
/// <item>Where a look takes long, because accounts are many, looks become rarer, so that looking never takes more than a
/// twentieth of the engine's time.</item>
/// </list>
/// </summary>
internal sealed class Projector
{
    /// <summary>Between two looks.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private const int ShareOfTime = 20;

    private readonly VenueEngine _engine;
    private readonly ServerOptions _options;
    private readonly Chronicle _chronicle;
    private readonly TreasuryDesk _desk;
    private readonly Func<Instant, Instant> _clock;
    private readonly Func<DemoFigures?> _demo;
    private readonly Func<AccountId, string> _kindOf;
    private readonly History _history = new();
    private VenueReading? _last;
    private AccountList? _list;
    private volatile VenueView? _view;

    /// <summary>A projector that has not looked yet.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="options">How the venue is served.</param>
    /// <param name="chronicle">What is remembered of the journal.</param>
    /// <param name="desk">What takes longer.</param>
    /// <param name="clock">The time against which feeds age, given the venue's.</param>
    /// <param name="demo">What is played.</param>
    public Projector(
        VenueEngine engine, ServerOptions options, Chronicle chronicle, TreasuryDesk desk, Func<Instant, Instant> clock, Func<DemoFigures?> demo)
    {
        (_engine, _options, _chronicle, _desk, _clock, _demo) = (engine, options, chronicle, desk, clock, demo);
        _kindOf = account => account == AccountColumns.Provider ? "provider" : options.KindOf?.Invoke(account) ?? "customer";
    }

    /// <summary>Told of every view once it is published, with the history's new point if there is one.</summary>
    public Action<VenueView, HistoryPoint?>? OnPublished { get; set; }

    /// <summary>What readers are shown.</summary>
    public VenueView View => _view ?? throw new InvalidOperationException("The projector has not looked yet.");

    /// <summary>What kind of customer an account is.</summary>
    public string KindOf(AccountId account) => _kindOf(account);

    /// <summary>Looks once and publishes; how long the look took.</summary>
    public async Task<TimeSpan> Look()
    {
        TimeSpan took = default;
        VenueReading reading = await _engine.Look(kernel =>
        {
            long asked = _options.Clock.GetTimestamp();
            VenueReading read = _last is { } last && last.Sequence == kernel.Sequence ? last : VenueReading.Of(kernel, _last?.Accounts ?? AccountColumns.Empty);
            took = _options.Clock.GetElapsedTime(asked);

            return read;
        }, static (read, hash) => read.Hash == hash ? read : read with { Hash = hash }).ConfigureAwait(false);

        if (_list is null || !ReferenceEquals(reading, _last)) _list = new AccountList(reading.Accounts, _kindOf);
        if (_last is null) _history.Begin(reading.LiquidatedNotional);
        bool isNews = !ReferenceEquals(reading, _last);
        _last = reading;
        TreasuryReports reports = _desk.Reports;
        HistoryPoint? point = !isNews || !reading.HasPrices ? null : _history.Add(reading.Now, reading.LiquidatedNotional, liquidated => ViewBuilder.Point(reading, reports, liquidated));
        Publish(reading, _list, reports, point);

        return took;
    }

    /// <summary>Looks until stopped; when the engine halts, says so in the last view and ends.</summary>
    public async Task Run(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                TimeSpan took = await LookIfPossible().ConfigureAwait(false);
                TimeSpan rest = took * ShareOfTime;
                await Task.Delay(rest > Beat ? rest : Beat, _options.Clock, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The server is stopping.
        }
        catch (EngineHaltedException halted)
        {
            if (_view is { } last) Publish(last with { Venue = last.Venue with { Halted = halted.Message } }, null);
        }
    }

    private async Task<TimeSpan> LookIfPossible()
    {
        try
        {
            return await Look().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not (EngineHaltedException or OperationCanceledException))
        {
            // The last view stays up; the venue itself is unharmed.
            _options.Log?.Invoke($"A view could not be drawn. {fault.Message}");

            return Beat;
        }
    }

    private void Publish(VenueReading reading, AccountList list, TreasuryReports reports, HistoryPoint? point)
    {
        VenueFigures figures = ViewBuilder.Figures(
            reading, reports, _options, _demo(), _clock(reading.Now), _chronicle.Endowed(reading.Assets.Count), _chronicle.Refused, halted: null);
        Publish(new VenueView(figures, list, list.Nearest(VenueView.MostNearest), reports.Thresholds, LiquidationFunnel.Of(reading, reports.Cascades), _history.Points), point);
    }

    private void Publish(VenueView view, HistoryPoint? point)
    {
        _view = view;
        OnPublished?.Invoke(view, point);
    }
}
