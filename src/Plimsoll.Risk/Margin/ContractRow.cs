using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>One contract's row of gains, from a market and a model.</summary>
internal static class ContractRow
{
    /// <summary>Where a contract is valued; its forward keeps its ratio to the index when the index is shifted.</summary>
    public static ContractMarket Market(MarketState market, in PriceShift shift, in ContractTerms terms, int instrument, double settlementPrice)
    {
        var index = new InstrumentIndex(instrument);
        double quoteMove = terms.Quote < 0 ? 1 : shift.Of(terms.Quote);

        return new ContractMarket(
            market.ForwardOf(index) * shift.Of(terms.Underlying) / quoteMove,
            terms.IsOption ? shift.VolatilityOf(terms.Underlying, market.VolatilityOf(index)) : 0,
            terms.YearsAt(market.At + shift.Later),
            settlementPrice);
    }

    /// <summary>Years until the contract ends; 0 for one that has ended or has no end.</summary>
    public static double YearsLeft(MarketState market, in PriceShift shift, in ContractTerms terms) =>
        terms.Expiry == default ? 0 : Math.Max(0, (market.At + shift.Later).YearsUntil(terms.Expiry));

    /// <summary>Fills the row and returns the contract's unit value now.</summary>
    public static double Build(MarginModel model, in ContractTerms terms, in ContractMarket market, Span<double> row) =>
        ResponseBuilder.Contract(
            terms,
            market,
            model.Shocks(terms.Underlying),
            terms.Quote < 0 ? [] : model.Shocks(terms.Quote),
            model.Shocks(terms.Settlement),
            row);

    /// <summary>Size of one unit, short and long, in the numeraire.</summary>
    public static (double Short, double Long) Notionals(in ContractTerms terms, in ContractMarket market, double unitValue, double quotePrice)
    {
        double notional = UnitValue.NotionalInQuote(terms, market.Forward) * quotePrice;

        return (notional, terms.IsOption ? Math.Min(notional, unitValue * market.SettlementPrice) : notional);
    }
}
