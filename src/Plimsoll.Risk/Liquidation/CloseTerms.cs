using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>One position of an account that may be closed, with all that its closing costs.</summary>
internal sealed class CloseTerms
{
    private static readonly double Least = (double)Price.Min;
    private static readonly double Most = (double)Price.Max;

    private readonly MarginModel model;
    private readonly Instrument instrument;
    private readonly ContractTerms terms;
    private readonly double lotSize;
    private readonly double unitSize;

    public CloseTerms(OpenLots open, ResponseSet responses, MarginModel model)
    {
        this.model = model;
        Instrument = open.Instrument;
        instrument = model.Catalog[open.Instrument];
        terms = model.Contract(open.Instrument.Value);
        lotSize = (double)instrument.LotSize;
        Lots = open.Lots;
        double value = responses.UnitValues[open.Instrument.Value];
        Mark = terms.IsInverseForward ? (value < 0 ? -1 / value : 0) : value;
        IsPriced = responses.UnitNotionals[open.Instrument.Value] > 0 && responses.AssetPrices[terms.Settlement] > 0;
        unitSize = responses.UnitNotionals[open.Instrument.Value];
        UnitNotional = (open.Lots.Sign > 0 ? responses.LongNotionals : responses.UnitNotionals)[open.Instrument.Value];
        SettlementPrice = responses.AssetPrices[terms.Settlement];
    }

    public InstrumentIndex Instrument { get; }

    /// <summary>Signed lots open.</summary>
    public Lots Lots { get; }

    /// <summary>The price it is valued at, in its own quotation.</summary>
    public double Mark { get; }

    /// <summary>Size of one unit in the numeraire.</summary>
    public double UnitNotional { get; }

    /// <summary>Price of the settlement asset in the numeraire.</summary>
    public double SettlementPrice { get; }

    public int Settlement => terms.Settlement;

    /// <summary>Ordinal of the asset whose market takes what is closed.</summary>
    public int Underlying => terms.Underlying;

    /// <summary>Which way a unit of the position loses: + when the underlying falls.</summary>
    public int Direction => instrument.Side == OptionSide.Put ? -Lots.Sign : Lots.Sign;

    /// <summary>Without a mark there is no price to close at.</summary>
    public bool IsPriced { get; }

    /// <summary>Signed quantity of so many lots on the position's own side, in the instrument's unit.</summary>
    public double Quantity(long lots) => Lots.Sign * lots * lotSize;

    /// <summary>Size of so many lots in the numeraire.</summary>
    public double Notional(long lots) => Math.Abs(Quantity(lots)) * UnitNotional;

    /// <summary>Size of so many lots in the numeraire as caps count it: of a long option its underlying, as of any other.</summary>
    public double Size(long lots) => Math.Abs(Quantity(lots)) * unitSize;

    /// <summary>The mark as a price something may change hands at.</summary>
    public decimal MarkPrice => ToPrice(Mark);

    /// <summary>
    /// The price at which so many lots are closed: mark less slippage. It is not put on the tick grid, whose steps would
    /// make closing more cost less in places.
    /// </summary>
    public decimal ClosePrice(long lots)
    {
        double slip = model.Slippage(terms.Underlying, Notional(lots));

        return ToPrice(Mark * (Lots.Sign > 0 ? 1 - slip : 1 + slip));
    }

    /// <summary>
    /// The price at which all lots change hands so that the account's settlement asset gains exactly
    /// <paramref name="share"/> (numeraire) less than at the mark.
    /// </summary>
    public decimal BankruptcyPrice(double share)
    {
        double gap = share / (Quantity(Lots.Size.Count) * SettlementPrice);
        double price = terms.IsInverseForward
            ? (1 / Mark) + gap is > 0 and double turned ? 1 / turned : (double)Price.Max
            : Mark - gap;

        return ToPrice(price);
    }

    /// <summary>Settlement coins the account receives when so many lots are closed at a price.</summary>
    public double Proceeds(long lots, decimal price) =>
        Quantity(lots) * (terms.IsInverseForward ? -1 / (double)price : (double)price);

    /// <summary>
    /// Within what the venue accepts: nothing trades at zero or below. A decimal made of a model number has no trailing zeros,
    /// so that it is canonical as it is.
    /// </summary>
    internal static decimal ToPrice(double price) => (decimal)Math.Clamp(price, Least, Most);
}
