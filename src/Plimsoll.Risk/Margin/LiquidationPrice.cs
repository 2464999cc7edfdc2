using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// Finds where one underlying's price takes an account below a line, by judging the account again and again through the
/// same code: other positions, collateral that moves along, tiers, netting and options are all in the answer.
/// </summary>
/// <remarks>How the search goes, and what it can miss: <see cref="ThresholdSearch"/>. Prices from <see cref="LowestRatio"/> to <see cref="HighestRatio"/> times today's are looked at.</remarks>
public static class LiquidationPrice
{
    /// <summary>The lowest price looked at, as a part of today's.</summary>
    public const double LowestRatio = 0.001;

    /// <summary>The highest price looked at, as a multiple of today's.</summary>
    public const double HighestRatio = 100;

    /// <summary>The prices nearest to today's that liquidate one account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="underlying">The asset whose price moves; claims on it and forwards move in proportion.</param>
    /// <param name="positions">Accounts × instruments.</param>
    /// <param name="money">Accounts × assets.</param>
    /// <param name="market">Today's market.</param>
    /// <param name="model">The rulebook.</param>
    /// <exception cref="LawBrokenException">The books hold an instrument or asset the model does not know.</exception>
    public static LiquidationPrices Solve(
        int account, AssetIndex underlying, SparseRows positions, SparseRows money, MarketState market, MarginModel model)
    {
        Judge.MustKnow(positions, money, model);
        double price = market.PriceOf(underlying);
        (ThresholdSearch? search, ShiftedBook book) = Search(
            new Holdings(positions.Columns(account), positions.Values(account), money.Columns(account), money.Values(account)),
            underlying, market, model, null);
        if (search is not null) return search.Under(MarginLine.Maintenance, price).Nearest(price);

        return new LiquidationPrices(book.HealthAt(1) < 0 ? LiquidationPriceState.Already : LiquidationPriceState.None, null, null);
    }

    /// <summary>Every price of an underlying that takes an account below each line.</summary>
    /// <param name="book">The account.</param>
    /// <param name="underlying">The asset whose price moves; claims on it and forwards move in proportion.</param>
    /// <param name="market">Today's market.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="shift">Where the market is asked about; none for where it stands.</param>
    /// <exception cref="LawBrokenException">The account holds an instrument or asset the model does not know.</exception>
    public static PriceThresholds Thresholds(WhatIfBook book, AssetIndex underlying, MarketState market, MarginModel model, MarketShift? shift = null)
    {
        book.MustBeKnownTo(model);
        double price = market.PriceOf(underlying) * (shift?.RatioOf(underlying.Value) ?? 1);
        (ThresholdSearch? search, ShiftedBook shifted) = Search(book.Holdings, underlying, market, model, shift);
        Verdict today = search?.Today ?? shifted.At(1);

        return new PriceThresholds(underlying, price, Of(MarginLine.Initial), Of(MarginLine.Target), Of(MarginLine.Maintenance));

        LineThresholds Of(MarginLine line) => search is not null
            ? search.Under(line, price)
            : today.Health(line) < 0
                ? new LineThresholds(line, ThresholdState.Already, [new PriceInterval(null, null)])
                : new LineThresholds(line, ThresholdState.None, []);
    }

    /// <summary>No search where nothing the account holds moves with the underlying.</summary>
    private static (ThresholdSearch? Search, ShiftedBook Book) Search(
        in Holdings holdings, AssetIndex underlying, MarketState market, MarginModel model, MarketShift? beneath)
    {
        var shift = new PriceShift(model.Catalog, underlying, 1, beneath);
        var book = new ShiftedBook(holdings, shift, market, model);
        if (!book.IsExposed || market.PriceOf(underlying) <= 0) return (null, book);

        return (new ThresholdSearch(book, ThresholdSearch.Kinks(holdings, model, ForwardOf, shift.Moves)), book);

        double ForwardOf(int instrument)
        {
            ref readonly ContractTerms terms = ref model.Contract(instrument);

            return ContractRow.Market(market, shift, terms, instrument, 1).Forward;
        }
    }
}
