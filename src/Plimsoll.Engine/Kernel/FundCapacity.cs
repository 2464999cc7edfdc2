using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>What the insurance fund can still give in this tick, in the numeraire.</summary>
internal sealed class FundCapacity(VenueState venue, decimal? perTick)
{
    private double _given;

    public double Left
    {
        get
        {
            double worth = 0;
            for (int i = 0; i < venue.Catalog.Assets.Count; i++)
            {
                var asset = new AssetIndex(i);
                worth += venue.Catalog[asset].Scale.ToModel(venue.Ledger.Balance(Fund.InsuranceFund, asset)) * venue.Market.PriceOf(asset);
            }

            return perTick is { } cap ? Math.Max(0, Math.Min(worth, (double)cap - _given)) : worth;
        }
    }

    public void Gave(double worth) => _given += worth;
}
