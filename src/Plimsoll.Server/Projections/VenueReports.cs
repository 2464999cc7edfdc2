using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Server.Hosting;
using Plimsoll.Treasury.Attestation;
using Plimsoll.Treasury.Backing;
using Plimsoll.Treasury.Matching;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>What the treasury says of the venue at one moment.</summary>
/// <param name="Coverage">Every asset of which something is claimed, in the order of listing.</param>
/// <param name="Line">The headline.</param>
/// <param name="Book">What the venue itself is long or short.</param>
internal sealed record CoverageReport(IReadOnlyList<AssetCoverage> Coverage, LoadLine Line, IReadOnlyList<OpenPosition> Book)
{
    /// <summary>A venue that owes nothing yet.</summary>
    public static CoverageReport None { get; } = new([], LoadLine.Over([]), []);

    /// <summary>Measures coverage of every asset under the run, in kind.</summary>
    public static CoverageReport Of(BooksCopy books, IReadOnlyList<NetEquity> equities, ServerOptions options)
    {
        IReadOnlyList<Asset> assets = books.Listing.Catalog.Assets;
        CustomerClaims[] claims = CustomerClaims.Sum(equities, assets.Count);
        var coverage = new List<AssetCoverage>();
        var book = new List<OpenPosition>(assets.Count);
        for (int a = 0; a < assets.Count; a++)
        {
            var index = new AssetIndex(a);
            PlaceHolding[] places = Places(books, assets[a], index, options);
            if (!claims[a].Claims.IsZero) coverage.Add(AssetCoverage.Of(assets[a], claims[a], places, options.Run, books.Now));
            book.Add(new OpenPosition(index, assets[a].Id, assets[a].Scale, Net(books, index, claims[a], places)));
        }

        return new CoverageReport(coverage, LoadLine.Over(coverage, asset => books.Market.PriceOf(Index(books, asset))), book);
    }

    private static AssetIndex Index(BooksCopy books, AssetId asset) =>
        books.Listing.Catalog.TryFind(asset, out AssetIndex index) ? index : throw new LawBrokenException($"a covered asset is listed, {asset} too");

    private static PlaceHolding[] Places(BooksCopy books, Asset asset, AssetIndex index, ServerOptions options)
    {
        var places = new PlaceHolding[Funds.Places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            Fund place = Funds.Places[i];
            Amount held = books.Funds.Held(place, index);
            // A place that is overdrawn is owed for at once, however slow it is to pay.
            places[i] = new PlaceHolding(place, held, held.Sign < 0 ? books.Now : options.Availability.AvailableAt(place, asset.Id, books.Now));
        }

        return places;
    }

    private static Amount Net(BooksCopy books, AssetIndex asset, CustomerClaims claims, PlaceHolding[] places)
    {
        Amount net = claims.Deficit - claims.Claims;
        foreach (Fund fund in Ledger.Accounts.Funds.All) net -= fund.IsInsurance ? books.Funds.Balance(fund, asset) : Amount.Zero;
        foreach (PlaceHolding place in places) net += place.Amount;

        return net;
    }
}
