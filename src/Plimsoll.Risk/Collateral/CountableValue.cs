using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Collateral;

/// <summary>What an account has of each asset before haircuts: its worth, less the part of an unrealised profit that does not count.</summary>
internal static class CountableValue
{
    /// <summary>Turns net coins into values in the numeraire, in place.</summary>
    public static void Take(in Holdings holdings, in PricedColumns priced, MarginModel model, ReadOnlySpan<int> assets, Span<double> coins)
    {
        for (int a = 0; a < assets.Length; a++) coins[a] *= priced.AssetPrices[assets[a]];
        for (int c = 0; c < holdings.CostsOf.Length; c++)
        {
            double refused = model.RefusedProfit(holdings.CostsOf[c]);
            int p = PlaceOf(holdings, priced, holdings.CostsOf[c]);
            if (p < 0 || refused == 0) continue;

            int place = holdings.Instruments[p];
            double profit = (holdings.Quantities[p] * priced.UnitValues[place]) - holdings.Costs[c];
            int settlement = priced.Settlements[place];
            if (profit > 0) coins[assets.BinarySearch(settlement)] -= refused * profit * priced.AssetPrices[settlement];
        }
    }

    private static int PlaceOf(in Holdings holdings, in PricedColumns priced, int contract)
    {
        for (int p = 0; p < holdings.Instruments.Length; p++)
            if (priced.Sides.Contract(holdings.Instruments[p]) == contract) return p;

        return -1;
    }
}
