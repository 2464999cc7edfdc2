using Plimsoll.Engine;
using Plimsoll.Engine.Hosting;
using Plimsoll.Server.Hosting;

namespace Plimsoll.Server.Projections;

/// <summary>
/// The venue's exposure while somebody looks: the treasury desk's copy of the positions, at most a round old, at the prices
/// of now. Worked out when asked for, a few times a second at most, and beside the engine, which is asked for prices alone.
/// </summary>
internal sealed class ExposureDesk(VenueEngine engine, ServerOptions options, TreasuryDesk desk)
{
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _turn = new(1);
    private ExposureReport? _report;
    private BooksCopy? _books;
    private long _sequence = -1;
    private long _at;

    /// <summary>The report; none before risk parameters are set. When the engine has stopped, the last one.</summary>
    /// <exception cref="EngineHaltedException">The engine has stopped before there was any.</exception>
    public async Task<ExposureReport?> Now()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_report is not null && (options.Clock.GetElapsedTime(_at) < Apart || engine.Halted is not null)) return _report;

            BooksCopy? desks = desk.Books;
            (long sequence, BooksCopy? books) = await engine.Look(kernel => (kernel.Sequence, kernel.Sequence == _sequence && ReferenceEquals(desks, _books) ? null : Copy(kernel, desks))).ConfigureAwait(false);
            if (books is null) return _report;

            _report = ExposureReport.Of(books);
            (_sequence, _books) = (sequence, desks);

            // From the end of the work, so that a large book does not become the whole work of the machine.
            _at = options.Clock.GetTimestamp();

            return _report;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The desk's copy at the prices of now; a copy of our own before its first round, and while it misses a listing or a rulebook.</summary>
    private static BooksCopy Copy(VenueKernel kernel, BooksCopy? desks) =>
        desks is not null && ReferenceEquals(Listing.Of(kernel.State, desks.Listing), desks.Listing)
            ? desks.At(kernel.State.Now, desks.Listing.Copy(kernel.State.Market))
            : BooksCopy.Of(kernel, desks?.Listing);
}
