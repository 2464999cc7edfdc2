using Plimsoll.Engine;
using Plimsoll.Engine.Hosting;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Server.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>
/// What secures the venue while somebody looks: worked out from the treasury desk's copy of the book when asked for, about
/// once a second at most, and beside the engine.
/// </summary>
internal sealed class CollateralDesk(VenueEngine engine, ServerOptions options, TreasuryDesk desk, Chronicle chronicle)
{
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(900);

    private readonly SemaphoreSlim _turn = new(1);
    private CollateralReport? _report;
    private BooksCopy? _books;
    private long _at;

    /// <summary>The report; none before risk parameters are set. When the engine has stopped, the last one.</summary>
    /// <exception cref="EngineHaltedException">The engine has stopped before there was any.</exception>
    public async Task<CollateralReport?> Now()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_report is not null && (options.Clock.GetElapsedTime(_at) < Apart || engine.Halted is not null)) return _report;

            // The desk's copy may be older than the rulebook; before its first round there is none.
            BooksCopy? desks = desk.Books;
            (BooksCopy books, VenueSizes sizes, double[] volatilities, LoanFigures[] loans) = await engine.Look(kernel => (
                desks is not null && ReferenceEquals(Listing.Of(kernel.State, desks.Listing), desks.Listing) ? desks : BooksCopy.Of(kernel, desks?.Listing),
                kernel.State.Judgement.Model?.Sizes ?? VenueSizes.None,
                Enumerable.Range(0, kernel.State.Catalog.Assets.Count).Select(a => kernel.State.Crowd.VolatilityOf(new AssetIndex(a))).ToArray(),
                LoanFigures.Of(kernel.State))).ConfigureAwait(false);
            if (books.Listing.Model is not { } model || (_report is not null && ReferenceEquals(books, _books))) return _report;

            double[] prices = [.. Enumerable.Range(0, model.AssetCount).Select(a => books.Market.PriceOf(new AssetIndex(a)))];
            CorrelationFigures correlation = chronicle.Read(history => HourlyCorrelation.Of(history, Moving(books.Listing.Catalog)));
            (_report, _books) = (CollateralReport.Of(books, model.With(sizes, prices), volatilities, loans, correlation), books);

            // From the end of the work, so that a large book does not become the whole work of the machine.
            _at = options.Clock.GetTimestamp();

            return _report;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Underlyings of contracts, and coins that are not meant to hold still.</summary>
    private static (string Name, AssetIndex Index)[] Moving(Catalog catalog)
    {
        var moving = new SortedSet<AssetIndex>(ThresholdMap.Underlyings(catalog));
        for (int a = 0; a < catalog.Assets.Count; a++)
        {
            if (catalog.Assets[a].Class is not (AssetClass.Stable or AssetClass.Fiat)) moving.Add(new AssetIndex(a));
        }

        return [.. moving.Select(asset => (catalog[asset].Id.Value, asset))];
    }
}
