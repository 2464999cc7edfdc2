using Plimsoll.Engine;
using Plimsoll.Risk.Exposure;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>What the venue is exposed to, in USD.</summary>
/// <param name="At">The venue's time of the copy it was worked out from, ISO 8601.</param>
/// <param name="Sequence">The journal entry it stands at.</param>
/// <param name="Greeks">The names of the greeks, in order.</param>
/// <param name="Expiries">The columns of the heat map, in order.</param>
/// <param name="Strikes">The strike buckets, in order.</param>
/// <param name="Customers">All accounts but the liquidity provider; their net is what he has against them.</param>
/// <param name="Provider">The liquidity provider.</param>
/// <param name="Classes">The classes of accounts.</param>
internal sealed record ExposureReport(
    string At,
    long Sequence,
    IReadOnlyList<string> Greeks,
    IReadOnlyList<string> Expiries,
    IReadOnlyList<string> Strikes,
    GroupFigures Customers,
    ExposedFigures? Provider,
    IReadOnlyList<ClassFigures> Classes)
{
    /// <summary>The report on a copy of the book; none before risk parameters are set.</summary>
    public static ExposureReport? Of(BooksCopy books)
    {
        if (books.Listing.Model is not { } model) return null;

        var matrix = new GreekMatrix(model, books.Market);
        var customers = new GroupSums(matrix);
        GroupSums? provider = null;
        var classes = new SortedDictionary<ClassId, GroupSums>();
        for (int account = 0; account < books.Carries.Length; account++)
        {
            bool isProvider = books.Carries[account].Account == AccountColumns.Provider;
            if (isProvider) provider = new GroupSums(matrix);
            (isProvider ? provider! : customers).Add(account, books.Positions, books.Money);
            if (!books.Classes.TryGetValue(account, out ClassId named)) continue;
            if (!classes.TryGetValue(named, out GroupSums? sums)) classes.Add(named, sums = new GroupSums(matrix));
            sums.Add(account, books.Positions, books.Money);
        }

        var exposure = new GroupExposure(
            matrix, new BucketMap(model.Catalog, books.Buckets), (place, asset) => model.Catalog[asset].Scale.ToModel(books.Funds.Held(place, asset)));

        return new ExposureReport(
            books.Now.ToString(), books.Sequence, ExposureNames.Greeks, ExposureNames.Expiries, ExposureNames.Strikes,
            exposure.Of(customers),
            provider is null ? null : ExposedFigures.Of(provider.Whole()),
            [.. classes.Select(of => Class(of.Key, exposure.Of(of.Value)))]);
    }

    private static ClassFigures Class(ClassId name, GroupFigures group) =>
        new(name.Value, group.Accounts, group.Whole.Net, group.Whole.Gross, group.Underlyings, group.Cells, group.Strikes);
}
