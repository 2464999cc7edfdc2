using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Risk.Collateral;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// One account with a market of its own that holds only its contracts, by place, so that asking about another price costs
/// what the account holds and not what the venue lists.
/// </summary>
internal sealed class ShiftedBook
{
    private readonly MarginModel model;
    private readonly MarketState market;
    private readonly PriceShift shift;
    private readonly int[] listed;
    private readonly int[] places;
    private readonly double[] quantities;
    private readonly int[] assets;
    private readonly double[] money;
    private readonly int[] touched;
    private readonly int[] settlements;
    private readonly double[] unitValues;
    private readonly double[] unitNotionals;
    private readonly double[] longNotionals;
    private readonly double[] instrumentRows;
    private readonly double[] assetPrices;
    private readonly double[] assetRows;
    private readonly SideRows sides;
    private readonly MarginMode mode;
    private readonly OthersHoldings? others;
    private readonly int[] costsOf;
    private readonly double[] costs;

    public ShiftedBook(in Holdings holdings, AssetIndex underlying, MarketState market, MarginModel model)
        : this(holdings, new PriceShift(model.Catalog, underlying, 1), market, model)
    {
    }

    /// <summary>The account in a market that is asked about, to which <see cref="At"/> moves one asset further.</summary>
    public ShiftedBook(
        in Holdings holdings, in PriceShift shift, MarketState market, MarginModel model)
    {
        (this.model, this.market, this.shift, mode) = (model, market, shift, holdings.Mode);
        (others, costsOf, costs) = (holdings.Others, holdings.CostsOf.ToArray(), holdings.Costs.ToArray());
        (listed, quantities) = (holdings.Instruments.ToArray(), holdings.Quantities.ToArray());
        (assets, money) = (holdings.Assets.ToArray(), holdings.Money.ToArray());
        places = [.. Enumerable.Range(0, listed.Length)];
        settlements = [.. listed.Select(i => model.Contract(i).Settlement)];
        touched = [.. assets.Concat(settlements).Concat(listed.Select(i => model.Contract(i).Quote)).Concat(listed.Select(i => model.Contract(i).Underlying)).Where(a => a >= 0).Distinct().Order()];
        (unitValues, unitNotionals, longNotionals) = (new double[listed.Length], new double[listed.Length], new double[listed.Length]);
        instrumentRows = new double[listed.Length * PricedColumns.Stride];
        assetPrices = new double[model.AssetCount];
        assetRows = new double[model.AssetCount * PricedColumns.Stride];
        sides = new SideRows(model, listed.Length);
        Build(shift, all: true);
    }

    /// <summary>Whether anything the account holds moves with the underlying.</summary>
    public bool IsExposed => Array.Exists(touched, shift.Moves) || Array.Exists(listed, i => Hangs(model.Contract(i)));

    /// <summary>Maintenance health with the underlying's price multiplied by a ratio above 0.</summary>
    public double HealthAt(double ratio) => At(ratio).MaintenanceHealth;

    /// <summary>The verdict with the underlying's price multiplied by a ratio above 0.</summary>
    public Verdict At(double ratio)
    {
        Build(shift.To(ratio), all: false);

        return Judge.Portfolio(Held(), Priced(), model);
    }

    /// <summary>How the verdict in the market asked about came about.</summary>
    public Explanation Explain()
    {
        Build(shift, all: false);

        return Explanation.Of(Held(), Priced(), model);
    }

    private Holdings Held() => new(places, quantities, assets, money) { Mode = mode, Others = others, CostsOf = costsOf, Costs = costs };

    private PricedColumns Priced() => new()
    {
        UnitValues = unitValues,
        UnitNotionals = unitNotionals,
        LongNotionals = longNotionals,
        Settlements = settlements,
        AssetPrices = assetPrices,
        InstrumentRows = instrumentRows,
        AssetRows = assetRows,
        Sides = sides.Columns(listed),
    };

    private void Build(in PriceShift at, bool all)
    {
        foreach (int asset in touched)
        {
            if (!all && !shift.Moves(asset)) continue;
            assetPrices[asset] = market.PriceOf(new AssetIndex(asset)) * at.Of(asset);
            ResponseBuilder.Asset(assetPrices[asset], model.Shocks(asset), Row(assetRows, asset));
            sides.Asset(asset, assetPrices[asset], Row(assetRows, asset), model.Sizes);
        }

        for (int p = 0; p < listed.Length; p++)
        {
            ref readonly ContractTerms terms = ref model.Contract(listed[p]);
            if (!all && !Hangs(terms)) continue;
            ContractMarket here = ContractRow.Market(market, at, terms, listed[p], assetPrices[terms.Settlement]);
            unitValues[p] = ContractRow.Build(model, terms, here, Row(instrumentRows, p));
            (unitNotionals[p], longNotionals[p]) = ContractRow.Notionals(terms, here, unitValues[p], terms.Quote < 0 ? 1 : assetPrices[terms.Quote]);
            sides.Contract(p, listed[p], here, ContractRow.YearsLeft(market, at, terms), unitValues[p], Row(instrumentRows, p));
            sides.Opening(p, listed[p], unitNotionals[p], assetPrices[terms.Underlying], model.Sizes);
        }
    }

    private bool Hangs(in ContractTerms terms) =>
        shift.Moves(terms.Underlying) || shift.Moves(terms.Settlement) || (terms.Quote >= 0 && shift.Moves(terms.Quote));

    private static Span<double> Row(double[] rows, int place) => rows.AsSpan(place * PricedColumns.Stride, PricedColumns.Stride);
}
