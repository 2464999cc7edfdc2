using Plimsoll.Engine;
using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Exposure;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>What one account is exposed to.</summary>
/// <param name="Account">Its name.</param>
/// <param name="Owner">Whose sub-account it is.</param>
/// <param name="Class">Its class.</param>
/// <param name="SubAccounts">Its own sub-accounts.</param>
/// <param name="Expiries">The columns of the heat map, in order.</param>
/// <param name="Strikes">The strike buckets, in order.</param>
/// <param name="Own">The account alone.</param>
/// <param name="Together">With its sub-accounts; none where it has none.</param>
internal sealed record AccountExposureAnswer(
    string Account,
    string? Owner,
    string? Class,
    IReadOnlyList<string> SubAccounts,
    IReadOnlyList<string> Expiries,
    IReadOnlyList<string> Strikes,
    GroupFigures Own,
    GroupFigures? Together);

/// <summary>An account and its sub-accounts copied out of the engine, so that their greeks can be worked out at leisure.</summary>
internal sealed class AccountExposure
{
    private readonly Listing _listing;
    private readonly MarketState _market;
    private readonly RiskBucket[] _buckets;
    private readonly SparseRows _positions = new();
    private readonly SparseRows _money = new();
    private readonly string _account;
    private readonly string? _owner;
    private readonly string? _class;
    private readonly string[] _subAccounts;

    private AccountExposure(VenueState venue, AccountIndex account)
    {
        _listing = Listing.Of(venue, null);
        _market = _listing.Copy(venue.Market);
        _buckets = [.. venue.Limits.Buckets.Values];
        _account = venue.Accounts[account].Value;
        _owner = venue.Classes.OwnerOf(account) is { } owner ? venue.Accounts[owner].Value : null;
        _class = venue.Classes.ClassOf(account)?.Value;
        AccountIndex[] subAccounts = [.. venue.Classes.SubAccountsOf(account)];
        _subAccounts = [.. subAccounts.Select(sub => venue.Accounts[sub].Value)];
        AccountIndex[] all = [account, .. subAccounts];
        _positions.EnsureRows(all.Length);
        _money.EnsureRows(all.Length);
        for (int row = 0; row < all.Length; row++)
        {
            _positions.ReplaceRow(row, venue.Judgement.Positions.Columns(all[row].Value), venue.Judgement.Positions.Values(all[row].Value));
            _money.ReplaceRow(row, venue.Judgement.Money.Columns(all[row].Value), venue.Judgement.Money.Values(all[row].Value));
        }
    }

    /// <summary>Copies an account out. On the engine's thread.</summary>
    public static AccountExposure Of(VenueState venue, AccountIndex account) => new(venue, account);

    /// <summary>The exposure.</summary>
    /// <exception cref="InputException">No risk parameters have been set yet.</exception>
    public AccountExposureAnswer Answer()
    {
        if (_listing.Model is not { } model) throw new InputException("venue", "no risk parameters have been set yet");

        var matrix = new GreekMatrix(model, _market);
        var exposure = new GroupExposure(matrix, new BucketMap(model.Catalog, _buckets), held: null);

        return new AccountExposureAnswer(
            _account, _owner, _class, _subAccounts, ExposureNames.Expiries, ExposureNames.Strikes,
            exposure.Of(GroupSums.Of(..1, _positions, _money, matrix)),
            _subAccounts.Length > 0 ? exposure.Of(GroupSums.Of(.., _positions, _money, matrix)) : null);
    }
}
