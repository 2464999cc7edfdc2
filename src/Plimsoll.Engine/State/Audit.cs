using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>The full audit: everything that control totals promise is counted again.</summary>
public static class Audit
{
    /// <summary>
    /// Recounts ledger and positions, and checks the clearing law: in every asset, what margined positions cost
    /// together and what the clearing account holds cancel out.
    /// </summary>
    /// <exception cref="LawBrokenException">The books do not balance.</exception>
    public static void Full(VenueState venue)
    {
        venue.Ledger.Audit();
        venue.Positions.Audit();

        var costs = new Int128[venue.Catalog.Assets.Count];
        for (int i = 0; i < venue.Catalog.Instruments.Count; i++)
        {
            var index = new InstrumentIndex(i);
            Instrument instrument = venue.Catalog[index];
            if (!instrument.PaysPremium) costs[instrument.Settlement.Value] += venue.Positions.CostTotal(index).Units;
        }

        for (int i = 0; i < costs.Length; i++)
        {
            var asset = new AssetIndex(i);
            Law.Holds(
                costs[i] + venue.Ledger.Balance(Fund.Clearing, asset).Units == 0,
                $"the cost of open positions and the clearing account cancel out in {venue.Catalog[asset].Id}");
            foreach (Fund fund in Funds.All)
                Law.Holds(!fund.IsInsurance || venue.Ledger.Balance(fund, asset).Sign >= 0, $"no fund that insures owes anybody {venue.Catalog[asset].Id}");
        }
    }
}
