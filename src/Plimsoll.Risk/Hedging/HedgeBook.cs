using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Hedging;

/// <summary>What is to be hedged: the net positions and coins of some accounts, in a market. Never changes.</summary>
public sealed class HedgeBook
{
    private readonly MarginModel model;
    private readonly MarketState market;
    private readonly double[] quantities;
    private readonly double[] money;

    private HedgeBook(MarginModel model, MarketState market, double[] quantities, double[] money)
    {
        (this.model, this.market) = (model, market);
        (this.quantities, this.money) = (quantities, money);
    }

    /// <summary>The moment of the market.</summary>
    public Instant At => market.At;

    /// <summary>What is listed.</summary>
    public Catalog Catalog => model.Catalog;

    /// <summary>The accounts named, netted in the order given.</summary>
    /// <param name="accounts">Rows of the books.</param>
    /// <param name="positions">Accounts × instruments.</param>
    /// <param name="coins">Accounts × assets: cash less loans less what positions cost.</param>
    /// <param name="model">What is listed.</param>
    /// <param name="market">What it is worth.</param>
    public static HedgeBook Of(IEnumerable<int> accounts, SparseRows positions, SparseRows coins, MarginModel model, MarketState market)
    {
        var sizes = new double[model.InstrumentCount];
        var sums = new double[model.AssetCount];
        foreach (int account in accounts)
        {
            Add(positions.Columns(account), positions.Values(account), sizes);
            Add(coins.Columns(account), coins.Values(account), sums);
        }

        return new HedgeBook(model, market, sizes, sums);
    }

    /// <summary>The underlying's price in the numeraire; 0 without one.</summary>
    public double PriceOf(AssetIndex asset) => market.PriceOf(asset);

    /// <summary>Whether anything in the book moves with the asset's price.</summary>
    public bool IsExposedTo(AssetIndex asset)
    {
        var shift = new PriceShift(Catalog, asset, 1);
        for (int a = 0; a < money.Length; a++) if (money[a] != 0 && shift.Moves(a)) return true;
        for (int i = 0; i < quantities.Length; i++)
        {
            if (quantities[i] != 0 && (shift.Moves(model.Contract(i).Underlying) || shift.Moves(model.Contract(i).Settlement))) return true;
        }

        return false;
    }

    /// <summary>
    /// What the book answers to moves of an underlying and of every claim on it: its positions on them, and the coins of them
    /// owned or owed. Gamma is how that whole delta changes, so that of an inverse future is none, and that of an inverse
    /// option Black's: what the coin's own move adds is in it.
    /// </summary>
    public HedgedGreeks GreeksOf(AssetIndex underlying)
    {
        var shift = new PriceShift(Catalog, underlying, 1);
        double coins = 0;
        HedgedGreeks sum = default;
        for (int a = 0; a < money.Length; a++) if (shift.Moves(a)) coins += money[a] * market.PriceOf(new AssetIndex(a));
        for (int i = 0; i < quantities.Length; i++)
        {
            if (quantities[i] == 0) continue;
            int settlement = model.Contract(i).Settlement;
            if (shift.Moves(settlement)) coins += quantities[i] * ValueOf(i, PriceShift.None, 0) * market.PriceOf(new AssetIndex(settlement));
            if (shift.Moves(model.Contract(i).Underlying)) sum = sum.Plus(quantities[i], GreeksOf(i, shift));
        }

        return sum with { Delta = sum.Delta + coins };
    }

    /// <summary>What one unit of an instrument bought adds to its underlying's; the premium paid and the worth bought cancel as coins.</summary>
    public HedgedGreeks GreeksOf(InstrumentIndex instrument) =>
        GreeksOf(instrument.Value, new PriceShift(Catalog, new AssetIndex(model.Contract(instrument.Value).Underlying), 1));

    /// <summary>The terms of a contract as model numbers.</summary>
    public ref readonly ContractTerms Contract(InstrumentIndex instrument) => ref model.Contract(instrument.Value);

    /// <summary>What one unit of an instrument answers, in the numeraire, in coins and prices.</summary>
    public UnitGreeks UnitOf(InstrumentIndex instrument) => UnitOf(instrument.Value);

    /// <summary>The size of one unit in the numeraire: of the coin under it for an option.</summary>
    public double NotionalOf(InstrumentIndex instrument)
    {
        ref readonly ContractTerms terms = ref model.Contract(instrument.Value);
        double quote = terms.Quote < 0 ? 1 : market.PriceOf(new AssetIndex(terms.Quote));

        return UnitValue.NotionalInQuote(terms, market.ForwardOf(instrument)) * quote;
    }

    /// <summary>Whether everything an instrument's worth depends on has a price, and an option a volatility somebody has quoted.</summary>
    public bool IsPriced(InstrumentIndex instrument) =>
        market.HasPrice(instrument) && market.ForwardOf(instrument) > 0 && (!model.Contract(instrument.Value).IsOption || market.QuotedVolatility(instrument) is not null);

    /// <summary>The book after a trade at the mark: what is bought is paid for in what it settles in.</summary>
    public HedgeBook With(InstrumentIndex instrument, double size)
    {
        var (traded, paid) = ((double[])quantities.Clone(), (double[])money.Clone());
        traded[instrument.Value] += size;
        paid[model.Contract(instrument.Value).Settlement] -= size * ValueOf(instrument.Value, PriceShift.None, 0);

        return new HedgeBook(model, market, traded, paid);
    }

    /// <summary>
    /// What the book gains, in the numeraire, when an asset's price and all claims on it are multiplied by 1 + move and every
    /// option on it is valued at its volatility plus a shift, floored at 0: every contract valued anew.
    /// </summary>
    /// <param name="underlying">The asset that moves.</param>
    /// <param name="move">The move as a fraction, above −1.</param>
    /// <param name="volatilityShift">Added to annual volatilities, 0.1 for ten points.</param>
    public double GainAt(AssetIndex underlying, double move, double volatilityShift)
    {
        var shift = new PriceShift(Catalog, underlying, 1 + move);

        return WorthAt(shift, volatilityShift) - WorthAt(PriceShift.None, 0);
    }

    private HedgedGreeks GreeksOf(int instrument, in PriceShift shift)
    {
        ref readonly ContractTerms terms = ref model.Contract(instrument);
        double price = market.PriceOf(new AssetIndex(terms.Underlying));
        UnitGreeks unit = UnitOf(instrument);
        // Worth is coins × their price: where both move, each slope counts once more in the bend.
        double crossed = shift.Moves(terms.Settlement) && price > 0 ? 2 * unit.Delta / price : 0;

        return HedgedGreeks.InMoney(unit.Delta, unit.Gamma + crossed, unit.Vega, price);
    }

    private double WorthAt(in PriceShift shift, double volatilityShift)
    {
        var coins = (double[])money.Clone();
        for (int i = 0; i < quantities.Length; i++)
        {
            if (quantities[i] != 0) coins[model.Contract(i).Settlement] += quantities[i] * ValueOf(i, shift, shift.Moves(model.Contract(i).Underlying) ? volatilityShift : 0);
        }

        double worth = 0;
        for (int a = 0; a < coins.Length; a++) worth += coins[a] * market.PriceOf(new AssetIndex(a)) * shift.Of(a);

        return worth;
    }

    private double ValueOf(int instrument, in PriceShift shift, double volatilityShift)
    {
        ref readonly ContractTerms terms = ref model.Contract(instrument);
        ContractMarket here = ContractRow.Market(market, shift, terms, instrument, 0);

        return UnitValue.Of(terms, here.Forward, Math.Max(0, here.Volatility + volatilityShift), here.Years);
    }

    private UnitGreeks UnitOf(int instrument)
    {
        ref readonly ContractTerms terms = ref model.Contract(instrument);
        var index = new InstrumentIndex(instrument);

        return UnitGreeks.Of(
            terms,
            market.ForwardOf(index),
            terms.IsOption ? market.VolatilityOf(index) : 0,
            terms.YearsAt(market.At),
            market.PriceOf(new AssetIndex(terms.Settlement)),
            market.PriceOf(new AssetIndex(terms.Underlying)));
    }

    private static void Add(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, double[] sums)
    {
        for (int i = 0; i < columns.Length; i++) sums[columns[i]] += values[i];
    }
}
