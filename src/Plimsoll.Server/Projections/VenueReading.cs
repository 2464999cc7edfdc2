using Plimsoll.Engine;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>What one look at the engine brings back; taken on the engine's thread, cheap in the number of accounts.</summary>
internal sealed record VenueReading(
    long Sequence,
    Hash256 Hash,
    Instant Now,
    AccountColumns Accounts,
    double OpenInterest,
    IReadOnlyList<Asset> Assets,
    AssetQuote?[] Quotes,
    double?[] Haircuts,
    Amount[] Fund,
    double LiquidatedNotional,
    double BadDebt,
    CounterFigures Counters)
{
    /// <summary>Whether anything has ever had a price: before that a venue has no past worth drawing.</summary>
    public bool HasPrices => Array.Exists(Quotes, quote => quote is not null);

    public static VenueReading Of(VenueKernel kernel, AccountColumns last)
    {
        VenueState venue = kernel.State;
        int assets = venue.Catalog.Assets.Count;

        return new VenueReading(
            kernel.Sequence,
            kernel.Hash,
            venue.Now,
            AccountColumns.Of(venue, last),
            OpenInterestOf(venue),
            [.. venue.Catalog.Assets],
            [.. Enumerable.Range(0, assets).Select(a => venue.Market.Quote(new AssetIndex(a)))],
            [.. Enumerable.Range(0, assets).Select(a => HaircutOf(venue, a))],
            [.. Enumerable.Range(0, assets).Select(a => venue.Ledger.Balance(Ledger.Accounts.Fund.InsuranceFund, new AssetIndex(a)))],
            venue.Tally.LiquidatedNotional,
            venue.Tally.BadDebt,
            new CounterFigures(venue.Tally.MarginCalls, venue.Tally.Liquidations, venue.Tally.Deleveragings, venue.Tally.Bankruptcies, 0));
    }

    /// <summary>The part refused of the first of an asset, everything considered; none where the schedule does not name it.</summary>
    private static double? HaircutOf(VenueState venue, int asset) =>
        venue.Judgement.Model is { } model && model.Parameters.Collateral.Any(terms => terms.Asset == venue.Catalog.Assets[asset].Id)
            ? 1 - model.CountedValue(asset, 1)
            : null;

    private static double OpenInterestOf(VenueState venue)
    {
        if (venue.Judgement.Responses is not { } responses) return 0;

        double sum = 0;
        for (int i = 0; i < responses.UnitNotionals.Length; i++)
        {
            var index = new InstrumentIndex(i);
            sum += venue.Positions.OpenInterest(index).Count * (double)venue.Catalog[index].LotSize * responses.UnitNotionals[i];
        }

        return sum;
    }
}
