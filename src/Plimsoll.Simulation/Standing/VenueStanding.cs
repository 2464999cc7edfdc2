using Plimsoll.Engine;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Treasury.Attestation;
using Plimsoll.Treasury.Matching;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Standing;

/// <summary>How the venue itself stands at one moment: every asset's coverage, the load line, and the insurance fund.</summary>
/// <param name="Coverage">Every asset of which something is claimed, in the order of listing.</param>
/// <param name="Line">The one line a risk officer reads first.</param>
/// <param name="Fund">The insurance fund, by asset; assets it has none of are left out.</param>
/// <param name="FundWorth">The insurance fund in the numeraire.</param>
/// <param name="Equities">What every account may claim or owes.</param>
public sealed record VenueStanding(
    IReadOnlyList<AssetCoverage> Coverage,
    LoadLine Line,
    IReadOnlyList<(AssetId Asset, string Amount, double Worth)> Fund,
    double FundWorth,
    IReadOnlyList<NetEquity> Equities)
{
    /// <summary>Measures a venue; changes nothing.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="rules">How soon each place pays.</param>
    /// <param name="run">The run to outlast.</param>
    public static VenueStanding Of(VenueState venue, AvailabilityRules rules, StressedRun run)
    {
        int assets = venue.Catalog.Assets.Count;
        var equities = new NetEquity[venue.Accounts.Count];
        for (int i = 0; i < equities.Length; i++)
        {
            var account = new AccountIndex(i);
            equities[i] = new NetEquity(venue.Accounts[account], NetWorth.Of(venue, account));
        }

        CustomerClaims[] claims = CustomerClaims.Sum(equities, assets);
        var coverage = new List<AssetCoverage>();
        var fund = new List<(AssetId, string, double)>();
        double worth = 0;
        for (int a = 0; a < assets; a++)
        {
            var index = new AssetIndex(a);
            if (!claims[a].Claims.IsZero)
                coverage.Add(AssetCoverage.Measure(venue.Catalog[index], index, claims[a], venue.Ledger, rules, run, venue.Now));

            Amount balance = venue.Ledger.Balance(Ledger.Accounts.Fund.InsuranceFund, index);
            if (balance.IsZero) continue;

            double value = venue.Catalog[index].Scale.ToModel(balance) * venue.Market.PriceOf(index);
            worth += value;
            fund.Add((venue.Catalog[index].Id, venue.Catalog[index].Scale.Format(balance), value));
        }

        return new VenueStanding(coverage, LoadLine.Over(coverage, asset => venue.Market.PriceOf(venue.Asset(asset))), fund, worth, equities);
    }
}
