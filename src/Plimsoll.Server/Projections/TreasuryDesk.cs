using Plimsoll.Engine.Hosting;
using Plimsoll.Server.Hosting;
using Plimsoll.Treasury.Attestation;
using Plimsoll.Treasury.Backing;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>
/// Works beside the engine on copies of the book: coverage and exposure every second, the threshold maps every few seconds, the
/// venue's own shortfall, and an attestation when one is due. Where a round takes long, rounds become rarer.
/// </summary>
internal sealed class TreasuryDesk(VenueEngine engine, ServerOptions options, Chronicle chronicle)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MapsEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShortfallEvery = TimeSpan.FromSeconds(5);

    /// <summary>However fast a demo's time runs, attestations are at least this far apart by ours.</summary>
    private static readonly TimeSpan AttestationsApart = TimeSpan.FromSeconds(20);

    private readonly Attestor? _attestor = Attestor.For(options);
    private readonly SemaphoreSlim _turn = new(1);
    private Listing? _listing;
    private long? _mapped;
    private long? _shortfallAt;
    private long? _attestedAt;
    private long _covered = -1;
    private long _mappedSequence = -1;
    private volatile BooksCopy? _books;
    private volatile TreasuryReports _reports = TreasuryReports.None;

    /// <summary>The last reports.</summary>
    public TreasuryReports Reports => _reports;

    /// <summary>The last whole copy of the book; none before the first round.</summary>
    public BooksCopy? Books => _books;

    /// <summary>Whether this venue can attest.</summary>
    public bool CanAttest => _attestor is not null;

    /// <summary>Works until stopped or until the engine halts.</summary>
    public async Task Run(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                long began = options.Clock.GetTimestamp();
                await RoundIfPossible().ConfigureAwait(false);
                TimeSpan rest = options.Clock.GetElapsedTime(began);
                await Task.Delay(rest > Beat ? rest : Beat, options.Clock, stop).ConfigureAwait(false);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or EngineHaltedException)
        {
            // The server is stopping, or has nothing more to report on.
        }
    }

    /// <summary>Brings the reports up to date once.</summary>
    public async Task Round()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            BooksCopy? books = await Copy(onlyIfNew: true).ConfigureAwait(false);
            if (books is null) return;

            _books = books;
            NetEquity[] equities = books.NetEquities();
            CoverageReport coverage = CoverageReport.Of(books, equities, options);
            _reports = _reports with { Coverage = coverage };
            if (IsDue(_shortfallAt, ShortfallEvery)) Estimate(books, coverage);
            if (IsDue(_mapped, MapsEvery)) Map(books);
            if (AttestationIsDue(books.Now)) Attest(books, equities);
            _covered = books.Sequence;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Attests now; none where there is nobody to attest.</summary>
    /// <exception cref="InputException">This venue has no attestation secret.</exception>
    public async Task<Attested?> AttestNow()
    {
        if (_attestor is null) throw new InputException("attestation", "this venue has no attestation secret");

        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            BooksCopy books = (await Copy(onlyIfNew: false).ConfigureAwait(false))!;
            if (_reports.Attested is not { } last || last.Tree.Root.Epoch < books.Sequence) Attest(books, books.NetEquities());

            return _reports.Attested;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RoundIfPossible()
    {
        try
        {
            await Round().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not (EngineHaltedException or OperationCanceledException))
        {
            // The last reports stay up; the venue itself is unharmed.
            options.Log?.Invoke($"A treasury report could not be made. {fault.Message}");
        }
    }

    private async Task<BooksCopy?> Copy(bool onlyIfNew)
    {
        // Where nothing has happened since, nothing is copied; a map that was not due last time is drawn late.
        long seen = onlyIfNew && (_mappedSequence == _covered || !IsDue(_mapped, MapsEvery)) ? _covered : -1;
        BooksCopy? books = await engine.Look(kernel => kernel.Sequence == seen ? null : BooksCopy.Of(kernel, _listing)).ConfigureAwait(false);
        _listing = books?.Listing ?? _listing;

        return books;
    }

    private void Estimate(BooksCopy books, CoverageReport coverage)
    {
        _shortfallAt = options.Clock.GetTimestamp();
        ExpectedShortfall shortfall = chronicle.Read(history => ExpectedShortfall.Measure(coverage.Book, books.Market, history, options.Shortfall));
        _reports = _reports with { Shortfall = shortfall };
    }

    private void Map(BooksCopy books)
    {
        (ThresholdMap Map, CascadeFigures Cascade)[] maps = [.. ThresholdMap.Underlyings(books.Listing.Catalog).Select(u => ThresholdMap.Of(books, u, options.Threads))];
        _reports = _reports with { Thresholds = [.. maps.Select(m => m.Map)], Cascades = [.. maps.Select(m => m.Cascade)] };
        _mapped = options.Clock.GetTimestamp();
        _mappedSequence = books.Sequence;
    }

    private void Attest(BooksCopy books, IReadOnlyList<NetEquity> equities)
    {
        if (_attestor?.Attest(books, equities) is { } attested) _reports = _reports with { Attested = attested };
        _attestedAt = options.Clock.GetTimestamp();
    }

    private bool AttestationIsDue(Instant now)
    {
        if (_attestor is null) return false;

        return _reports.Attested is not { } last || (now - last.Tree.Root.At >= options.AttestEvery && IsDue(_attestedAt, AttestationsApart));
    }

    private bool IsDue(long? last, TimeSpan every) => last is not { } stamp || options.Clock.GetElapsedTime(stamp) >= every;
}
