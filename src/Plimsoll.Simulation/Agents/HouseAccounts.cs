using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>
/// The accounts a venue has besides customers, makers and the liquidity provider: who bids in its auctions, and whom its
/// rulebook names as backstop and as insurer.
/// </summary>
/// <remarks>
/// The backstop brings the capital the rulebook says it was given; bidders bring what the file says they have. Both scale with the
/// number of accounts, like everything the file says of the venue's own money.
/// </remarks>
internal sealed class HouseAccounts(VenueFile file, RiskParameters parameters, int accounts)
{
    /// <summary>How many there are.</summary>
    public int Count => file.Bidders.Length + (Backstop is null ? 0 : 1) + (Insurer is null ? 0 : 1);

    /// <summary>All of them: backstop, insurer, bidders.</summary>
    /// <param name="priceOf">Opening prices, in the numeraire.</param>
    public IEnumerable<Customer> All(Func<string, decimal> priceOf)
    {
        if (Backstop is { } backstop) yield return With(backstop, parameters.Phases.Backstop!.Capital, priceOf);
        if (Insurer is { } insurer) yield return new Customer(insurer, kind: null);
        foreach (BidderEntry bidder in file.Bidders) yield return With(new AccountId(bidder.Account), bidder.Cash * accounts / file.Accounts, priceOf);
    }

    /// <summary>Who bids, in the file's order.</summary>
    public IReadOnlyList<AuctionBidder> Bidders() => [.. file.Bidders.Select(bidder => new AuctionBidder(new AccountId(bidder.Account), bidder.Edge))];

    /// <summary>Who lays off what he took over: the backstop, then who bids.</summary>
    public IReadOnlyList<InventorySale> Sales() =>
    [
        .. Backstop is { } backstop ? [new InventorySale(backstop, Makers.Liquidity, new AssetId(Cash))] : Array.Empty<InventorySale>(),
        .. file.Bidders.Select(bidder => new InventorySale(new AccountId(bidder.Account), Makers.Liquidity, new AssetId(Cash))),
    ];

    private string Cash => file.Assets.First(asset => asset.Class == "stable").Asset;

    private AccountId? Backstop => parameters.Phases.Backstop?.Account;

    private AccountId? Insurer => parameters.Insurance.Cover?.Insurer;

    private Customer With(AccountId account, decimal worth, Func<string, decimal> priceOf)
    {
        var customer = new Customer(account, kind: null);
        customer.Deposits.Add((Cash, decimal.Ceiling(worth / priceOf(Cash))));

        return customer;
    }
}
