using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// What a tick builds and every account reuses: per instrument its unit value, unit notional and row of scenario gains;
/// per asset its price and row. A function of the market and the model alone, however many ticks led there.
/// </summary>
/// <remarks>
/// How a tick is taken up: (1) everything that names a touched asset as underlying, quote or settlement, and every
/// instrument quoted itself, is marked; (2) when the market's clock moved, so is every option, because it ages;
/// (3) marked rows are built anew, in ascending order.
/// </remarks>
public sealed class ResponseSet
{
    private readonly MarginModel model;
    private readonly InstrumentsByAsset dependents;
    private readonly double[] unitValues;
    private readonly double[] notionals;
    private readonly int[] settlements;
    private readonly double[] assetPrices;
    private readonly SideRows sides;
    private readonly ContractRecords records;
    private readonly bool[] marked;
    private readonly int[] touched;
    private int touchedCount;
    private PriceShift shift = PriceShift.None;
    private Instant? pricedAt;

    /// <summary>A set in which nothing has a price yet.</summary>
    public ResponseSet(MarginModel model)
    {
        this.model = model;
        dependents = new InstrumentsByAsset(model);
        unitValues = new double[model.InstrumentCount];
        notionals = new double[2 * model.InstrumentCount];
        settlements = new int[model.InstrumentCount];
        for (int i = 0; i < settlements.Length; i++) settlements[i] = model.Contract(i).Settlement;
        assetPrices = new double[model.AssetCount];
        Sizes = model.Sizes;
        sides = new SideRows(model, model.InstrumentCount);
        records = new ContractRecords(model);
        marked = new bool[model.InstrumentCount];
        touched = new int[model.InstrumentCount];
        Instruments = new ResponseMatrix(model.InstrumentCount, ScenarioGrid.MaxScenarios);
        Assets = new ResponseMatrix(model.AssetCount, ScenarioGrid.MaxScenarios);
    }

    /// <summary>Gains of one unit of each instrument in each scenario, in the numeraire; unused columns are 0.</summary>
    public ResponseMatrix Instruments { get; }

    /// <summary>Gains of one coin of each asset in each scenario, in the numeraire; unused columns are 0.</summary>
    public ResponseMatrix Assets { get; }

    /// <summary>Worth of one unit of each instrument in its settlement asset.</summary>
    public ReadOnlySpan<double> UnitValues => unitValues;

    /// <summary>Size of one unit of each instrument in the numeraire.</summary>
    public ReadOnlySpan<double> UnitNotionals => notionals.AsSpan(0, unitValues.Length);

    /// <summary>Size of one unit held long: the same, but for an option no more than its own worth, which is all a holder can lose.</summary>
    public ReadOnlySpan<double> LongNotionals => notionals.AsSpan(unitValues.Length);

    /// <summary>Unit notionals, and behind them those of units held long: a kernel chooses by place and not by a branch.</summary>
    internal ReadOnlySpan<double> Notionals => notionals;

    /// <summary>Ordinal of the settlement asset of each instrument.</summary>
    public ReadOnlySpan<int> Settlements => settlements;

    /// <summary>Price of each asset in the numeraire; 0 before the first.</summary>
    public ReadOnlySpan<double> AssetPrices => assetPrices;

    /// <summary>How crowded the venue was when the rows were built.</summary>
    public VenueSizes Sizes { get; private set; }

    internal SideColumns Sides => sides.Columns([]);

    /// <summary>The same numbers once more, contract by contract.</summary>
    internal ReadOnlySpan<double> Records => records.All;

    internal ReadOnlySpan<double> PegPairs => records.PegPairs;

    /// <summary>The instruments whose rows the last rebuild made anew, ascending.</summary>
    public ReadOnlySpan<int> Touched => touched.AsSpan(0, touchedCount);

    /// <summary>Builds everything.</summary>
    /// <param name="market">The market.</param>
    /// <param name="sizes">How crowded the venue is; left out, as it was.</param>
    public void Rebuild(MarketState market, VenueSizes? sizes = null)
    {
        Sizes = sizes ?? Sizes;
        for (int a = 0; a < assetPrices.Length; a++) BuildAsset(market, a);
        Array.Fill(marked, true);
        BuildMarked(market);
    }

    /// <summary>Builds what a tick touched; see the class remarks. The result equals a full rebuild to the last bit.</summary>
    /// <param name="market">The market after the tick.</param>
    /// <param name="assets">Assets whose price it set.</param>
    /// <param name="instruments">Instruments whose forward or volatility it set.</param>
    /// <param name="sizes">How crowded the venue is; left out, as it was. An instrument it changes anything for counts as touched.</param>
    public void Rebuild(
        MarketState market, ReadOnlySpan<AssetIndex> assets, ReadOnlySpan<InstrumentIndex> instruments, VenueSizes? sizes = null)
    {
        if (pricedAt is null)
        {
            Rebuild(market, sizes);
            return;
        }

        if (sizes is not null) Take(sizes);

        foreach (AssetIndex asset in assets)
        {
            BuildAsset(market, asset.Value);
            foreach (int instrument in dependents.Of(asset.Value)) marked[instrument] = true;
        }

        foreach (InstrumentIndex instrument in instruments) marked[instrument.Value] = true;
        if (pricedAt != market.At)
            foreach (int ageing in dependents.Ageing) marked[ageing] = true;

        BuildMarked(market);
    }

    /// <summary>
    /// Builds everything as if one asset's price stood elsewhere, followers and forwards moving with it: the market of a
    /// what-if or of a threshold map. The next rebuild builds everything.
    /// </summary>
    /// <param name="market">The market as it is.</param>
    /// <param name="asset">The asset that moves.</param>
    /// <param name="ratio">Its price asked about ÷ its price, above 0.</param>
    public void RebuildShifted(MarketState market, AssetIndex asset, double ratio)
    {
        shift = new PriceShift(model.Catalog, asset, ratio);
        Rebuild(market);
        shift = PriceShift.None;
        pricedAt = null;
    }

    private void Take(VenueSizes sizes)
    {
        VenueSizes before = Sizes;
        Sizes = sizes;
        RequirementTable table = model.Table;
        bool readsInterest = table.Rates.IsUsed || table.FreeInterest > 0;
        if (!readsInterest && table.Confidence is null) return;

        for (int a = 0; a < assetPrices.Length; a++)
            if (before.ConfidenceOf(a) != sizes.ConfidenceOf(a)) sides.Doubt(a, sizes);
        for (int i = 0; i < marked.Length; i++)
        {
            marked[i] |= (readsInterest && before.OpenInterestOf(i) != sizes.OpenInterestOf(i))
                || before.ConfidenceOf(model.Contract(i).Underlying) != sizes.ConfidenceOf(model.Contract(i).Underlying);
        }
    }

    private void BuildAsset(MarketState market, int asset)
    {
        assetPrices[asset] = market.PriceOf(new AssetIndex(asset)) * shift.Of(asset);
        ResponseBuilder.Asset(assetPrices[asset], model.Shocks(asset), Assets.Row(asset));
        sides.Asset(asset, assetPrices[asset], Assets.Row(asset), Sizes);
    }

    private void BuildMarked(MarketState market)
    {
        touchedCount = 0;
        for (int i = 0; i < marked.Length; i++)
        {
            if (!marked[i]) continue;
            marked[i] = false;
            touched[touchedCount++] = i;
            BuildInstrument(market, i);
        }

        pricedAt = market.At;
    }

    private void BuildInstrument(MarketState market, int i)
    {
        ref readonly ContractTerms terms = ref model.Contract(i);
        ContractMarket here = ContractRow.Market(market, shift, terms, i, assetPrices[terms.Settlement]);
        Span<double> row = Instruments.Row(i);
        unitValues[i] = ContractRow.Build(model, terms, here, row);
        (notionals[i], notionals[unitValues.Length + i]) = ContractRow.Notionals(terms, here, unitValues[i], terms.Quote < 0 ? 1 : assetPrices[terms.Quote]);
        sides.Contract(i, i, here, ContractRow.YearsLeft(market, shift, terms), unitValues[i], row);
        sides.Opening(i, i, notionals[i], assetPrices[terms.Underlying], Sizes);
        records.Set(i, unitValues[i], notionals[unitValues.Length + i], notionals[i], sides.Row(i), sides.Pegs(i));
    }
}
