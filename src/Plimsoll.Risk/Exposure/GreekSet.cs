using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Exposure;

/// <summary>
/// The response matrix whose questions are the greeks: a row per instrument, a column each for value, delta, gamma, vega
/// and theta. Built when asked for; the judge does not need it.
/// </summary>
public sealed class GreekSet
{
    /// <summary>How many greeks there are.</summary>
    public const int Columns = 5;

    private readonly MarginModel model;
    private readonly double[] assetPrices;

    /// <summary>The greeks of a market.</summary>
    public GreekSet(MarginModel model, MarketState market)
    {
        this.model = model;
        assetPrices = new double[model.AssetCount];
        for (int a = 0; a < assetPrices.Length; a++) assetPrices[a] = market.PriceOf(new AssetIndex(a));
        Instruments = new ResponseMatrix(model.InstrumentCount, Columns);
        for (int i = 0; i < model.InstrumentCount; i++) Build(market, i);
    }

    /// <summary>Value, delta, gamma, vega and theta of one unit of each instrument.</summary>
    public ResponseMatrix Instruments { get; }

    /// <summary>Price of each asset in the numeraire.</summary>
    public ReadOnlySpan<double> AssetPrices => assetPrices;

    internal int UnderlyingOf(int instrument) => model.Contract(instrument).Underlying;

    internal int SettlementOf(int instrument) => model.Contract(instrument).Settlement;

    internal double ValueInSettlement(int instrument)
    {
        double price = assetPrices[SettlementOf(instrument)];

        return price > 0 ? Instruments.Row(instrument)[0] / price : 0;
    }

    private void Build(MarketState market, int instrument)
    {
        ref readonly ContractTerms terms = ref model.Contract(instrument);
        var index = new InstrumentIndex(instrument);
        var unit = UnitGreeks.Of(
            terms,
            market.ForwardOf(index),
            terms.IsOption ? market.VolatilityOf(index) : 0,
            terms.YearsAt(market.At),
            assetPrices[terms.Settlement],
            assetPrices[terms.Underlying]);
        Instruments.SetRow(instrument, [unit.Value, unit.Delta, unit.Gamma, unit.Vega, unit.Theta]);
    }
}
