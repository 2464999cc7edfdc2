using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Exposure;

/// <summary>
/// The response matrix whose questions are the greeks: a row for each instrument, then one for each asset; a column for
/// each <see cref="Greek"/>, then one for its size without its sign. Priced once and used by every account and every
/// bucketing. Built when asked for; the judge does not need it.
/// </summary>
public sealed class GreekMatrix
{
    private const double Point = 0.01;

    private readonly MarginModel model;
    private readonly double[] assetPrices;

    /// <summary>The greeks of a market.</summary>
    public GreekMatrix(MarginModel model, MarketState market)
    {
        this.model = model;
        assetPrices = new double[model.AssetCount];
        Forwards = new double[model.InstrumentCount];
        Responses = new ResponseMatrix(model.InstrumentCount + model.AssetCount, 2 * Greeks.Count);
        First = new ResponseMatrix(model.InstrumentCount, Greeks.First);
        Rebuild(market);
    }

    /// <summary>Prices every row anew, in place; nobody may be reading.</summary>
    public void Rebuild(MarketState market)
    {
        At = market.At;
        for (int a = 0; a < assetPrices.Length; a++) assetPrices[a] = market.PriceOf(new AssetIndex(a));
        Span<double> row = stackalloc double[Greeks.Count];
        for (int i = 0; i < model.InstrumentCount; i++) SetInstrument(market, i, row);
        for (int a = 0; a < model.AssetCount; a++)
        {
            row.Clear();
            row[(int)Greek.Coins] = assetPrices[a];
            Set(model.InstrumentCount + a, row);
        }
    }

    /// <summary>The moment of the market.</summary>
    public Instant At { get; private set; }

    /// <summary>What is listed, as model numbers.</summary>
    public MarginModel Model => model;

    /// <summary>Every greek of every row, signed and then without sign.</summary>
    public ResponseMatrix Responses { get; }

    /// <summary>The first eight greeks of each instrument alone, a cache line a row: what the whole venue is multiplied by.</summary>
    public ResponseMatrix First { get; }

    /// <summary>Price of each asset in the numeraire.</summary>
    public ReadOnlySpan<double> AssetPrices => assetPrices;

    /// <summary>Instruments, and so the row of the first asset.</summary>
    public int InstrumentCount => model.InstrumentCount;

    /// <summary>Assets.</summary>
    public int AssetCount => model.AssetCount;

    internal double[] Forwards { get; }

    /// <summary>
    /// The first eight greeks of every account in a range: positions × responses, all underlyings added. Positions alone;
    /// what the coins add to delta is their worth.
    /// </summary>
    /// <param name="positions">Accounts × instruments.</param>
    /// <param name="rows">Which accounts.</param>
    /// <param name="all">Receives <see cref="Greeks.First"/> numbers for each account.</param>
    /// <param name="threads">How many threads may work on it; changes the time, never the answer.</param>
    public void EveryAccount(SparseRows positions, Range rows, Span<double> all, int threads = 1) =>
        Product.All(positions, First, rows, all, threads);

    /// <summary>Coins of the settlement asset that one unit is worth.</summary>
    internal double ValueInSettlement(int instrument)
    {
        double price = assetPrices[model.Contract(instrument).Settlement];

        return price > 0 ? Responses.Row(instrument)[(int)Greek.Value] / price : 0;
    }

    private void SetInstrument(MarketState market, int instrument, Span<double> row)
    {
        ref readonly ContractTerms terms = ref model.Contract(instrument);
        var index = new InstrumentIndex(instrument);
        double forward = market.ForwardOf(index);
        double spot = assetPrices[terms.Underlying];
        Forwards[instrument] = forward;
        var unit = UnitGreeks.Of(
            terms, forward, terms.IsOption ? market.VolatilityOf(index) : 0, terms.YearsAt(market.At), assetPrices[terms.Settlement], spot);
        double quote = terms.Quote < 0 ? 1 : assetPrices[terms.Quote];
        double percent = spot * Point;
        row[(int)Greek.Delta] = unit.Delta * spot;
        row[(int)Greek.Gamma] = unit.Gamma * spot * percent;
        row[(int)Greek.Vega] = unit.Vega;
        row[(int)Greek.Theta] = unit.Theta;
        row[(int)Greek.Rho] = unit.Rho;
        row[(int)Greek.Vanna] = unit.Vanna * spot;
        row[(int)Greek.Volga] = unit.Volga;
        row[(int)Greek.Charm] = unit.Charm * spot;
        row[(int)Greek.Speed] = unit.Speed * spot * percent * percent;
        row[(int)Greek.Value] = unit.Value;
        row[(int)Greek.Notional] = UnitValue.NotionalInQuote(terms, forward) * quote;
        row[(int)Greek.Coins] = 0;
        Set(instrument, row);
        First.SetRow(instrument, row[..Greeks.First]);
    }

    private void Set(int at, Span<double> row)
    {
        Span<double> both = stackalloc double[2 * Greeks.Count];
        for (int g = 0; g < Greeks.Count; g++)
        {
            // An option whose volatility is next to nothing has derivatives no number can say; it must not stop the venue.
            if (!double.IsFinite(row[g])) row[g] = 0;
            (both[g], both[Greeks.Count + g]) = (row[g], Math.Abs(row[g]));
        }

        Responses.SetRow(at, both);
    }
}
