using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Collateral;

/// <summary>What positions would lose if the assets of one issuer became worthless: what he issues cannot secure that.</summary>
internal static class WrongWay
{
    /// <summary>The loss of all positions in an issuer's assets together, in the numeraire; a gain is negative.</summary>
    public static double Fall(int issuer, in Holdings holdings, in PricedColumns priced, MarginModel model)
    {
        CollateralGroups groups = model.Schedule.Groups;
        if (!groups.HasWrongWay(issuer)) return 0;

        double fall = 0;
        for (int p = 0; p < holdings.Instruments.Length; p++)
        {
            int place = holdings.Instruments[p];
            ref readonly ContractTerms terms = ref model.Contract(priced.Sides.Contract(place));
            if (groups.IssuerOf(terms.Underlying) == issuer) fall += holdings.Quantities[p] * OfUnit(terms, place, priced);
        }

        return fall;
    }

    private static double OfUnit(in ContractTerms terms, int place, in PricedColumns priced)
    {
        double worth = priced.UnitValues[place] * priced.AssetPrices[terms.Settlement];
        if (terms.Shape == ContractShape.Pool) return worth;
        if (!terms.IsOption) return priced.UnitNotionals[place];

        // What a put pays when the price is nothing is its strike.
        return terms.Side == OptionSide.Call ? worth : worth - (terms.Strike * (terms.Quote < 0 ? 1 : priced.AssetPrices[terms.Quote]));
    }
}
