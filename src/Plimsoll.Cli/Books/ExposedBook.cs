using Plimsoll.Engine;
using Plimsoll.Engine.Hosting;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Depth;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Exposure;
using Plimsoll.Risk.Margin;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Cli.Books;

/// <summary>Accounts whose exposure is asked for: those of a book file against a market file, or those of a venue's file.</summary>
/// <param name="State">The venue, or the market as a venue would know it.</param>
/// <param name="Names">The accounts, by row.</param>
/// <param name="Positions">Accounts × instruments.</param>
/// <param name="Money">Accounts × assets.</param>
/// <param name="IsVenue">Whether the venue's holdings are known.</param>
internal sealed record ExposedBook(VenueState State, IReadOnlyList<string> Names, SparseRows Positions, SparseRows Money, bool IsVenue)
{
    /// <summary>A venue's file, read to its end and left as it is.</summary>
    /// <exception cref="InputException">There is no such file, or it is no venue's.</exception>
    public static VenueState Venue(string path)
    {
        if (!File.Exists(path)) throw new InputException(path, "there is no such venue");

        using SqliteJournalStore store = SqliteJournalStore.Open(path, readOnly: true);

        return Recovery.Recover(store).State;
    }

    /// <summary>The accounts of a venue's file.</summary>
    public static ExposedBook Of(VenueState venue) => new(
        venue,
        [.. Enumerable.Range(0, venue.Accounts.Count).Select(a => venue.Accounts[new AccountIndex(a)].Value)],
        venue.Judgement.Positions, venue.Judgement.Money, IsVenue: true);

    /// <summary>The exposure of one account with its sub-accounts, or of all but the liquidity provider.</summary>
    /// <param name="account">The account; none for all.</param>
    /// <param name="depth">Visible depth, by asset.</param>
    /// <exception cref="InputException">There is no such account, a depth is of no listed asset, or nothing has been judged yet.</exception>
    public GroupFigures Exposure(string? account, IReadOnlyList<(string Asset, DepthBook Book)> depth)
    {
        MarginModel model = State.Judgement.Model ?? throw new InputException("venue", "no risk parameters have been set yet");
        var matrix = new GreekMatrix(model, State.Market);
        var sums = new GroupSums(matrix);
        foreach (int row in Rows(account)) sums.Add(row, Positions, Money);
        var depths = new Dictionary<AssetIndex, MarketDepth>();
        foreach ((string asset, DepthBook book) in depth)
        {
            if (!State.Catalog.TryFind(new AssetId(asset), out AssetIndex index)) throw new InputException($"--depth {asset}", "is not listed");
            depths[index] = new MarketDepth(book, null, GroupExposure.VegaHalfSpread);
        }

        Func<Fund, AssetIndex, double>? held = IsVenue && account is null
            ? (place, asset) => -State.Catalog[asset].Scale.ToModel(State.Ledger.Balance(place, asset))
            : null;

        return new GroupExposure(matrix, new BucketMap(State.Catalog, [.. State.Limits.Buckets.Values]), held, depths).Of(sums);
    }

    private IEnumerable<int> Rows(string? account)
    {
        if (account is null) return Enumerable.Range(0, Names.Count).Where(row => !IsVenue || Names[row] != Provider);

        int at = Enumerable.Range(0, Names.Count).FirstOrDefault(row => Names[row] == account, -1);
        if (at < 0) throw new InputException("--account", $"there is no account {account}");

        return IsVenue ? State.Classes.SubAccountsOf(new AccountIndex(at)).Select(sub => sub.Value).Prepend(at) : [at];
    }

    private const string Provider = "liquidity";
}
