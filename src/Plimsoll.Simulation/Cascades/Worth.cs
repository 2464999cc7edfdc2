using Plimsoll.Engine;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Cascades;

/// <summary>What those are worth who stand behind a venue's customers, in the numeraire at the last prices.</summary>
internal static class Worth
{
    private static readonly AccountId Provider = new("liquidity");

    public static double OfFund(VenueState venue) =>
        venue.Insurance.Worth(Fund.InsuranceFund) + venue.Insurance.Worth(Fund.FirstLoss) + venue.Insurance.Worth(Fund.MutualPool);

    public static double OfProvider(VenueState venue) => Of(venue, Provider);

    public static double OfBackstop(VenueState venue) => venue.Parameters?.Phases.Backstop is { } terms ? Of(venue, terms.Account) : 0;

    /// <summary>Whether an account's own loss is counted beside who bore what: the provider's and the backstop's.</summary>
    public static bool IsHeir(VenueState venue, AccountId name) => name == Provider || venue.Parameters?.Phases.Backstop?.Account == name;

    private static double Of(VenueState venue, AccountId name)
    {
        if (!venue.Accounts.TryFind(name, out AccountIndex account)) return 0;

        Amount[] net = NetWorth.Of(venue, account);
        double worth = 0;
        for (int a = 0; a < net.Length; a++) worth += venue.Catalog[new AssetIndex(a)].Scale.ToModel(net[a]) * venue.Market.PriceOf(new AssetIndex(a));

        return worth;
    }
}
