using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// Finds where one underlying's price takes an account below maintenance, by judging the account again and again through
/// the same code: other positions, collateral that moves along, tiers, netting and options are all in the answer.
/// </summary>
/// <remarks>
/// (1) Below maintenance today: <see cref="LiquidationPriceState.Already"/>. (2) Nothing held hangs on the price: none.
/// (3) From today's price walk down in steps of 2 % to <see cref="LowestRatio"/> and up to <see cref="HighestRatio"/>,
/// until health is below zero. (4) Halve the bracket until it is 10⁻¹³ of the price wide; the answer is its healthy end.
/// An account that is liquidatable only within less than 2 % between two healthy prices can be missed.
/// </remarks>
public static class LiquidationPrice
{
    /// <summary>The lowest price looked at, as a part of today's.</summary>
    public const double LowestRatio = 0.001;

    /// <summary>The highest price looked at, as a multiple of today's.</summary>
    public const double HighestRatio = 100;

    private const double Step = 1.02;
    private const double Width = 1e-13;

    /// <summary>Solves for one account and one underlying.</summary>
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
        var holdings = new Holdings(positions.Columns(account), positions.Values(account), money.Columns(account), money.Values(account));
        var book = new ShiftedBook(holdings, underlying, market, model);

        double price = market.PriceOf(underlying);
        if (book.HealthAt(1) < 0) return new LiquidationPrices(LiquidationPriceState.Already, null, null);
        if (!book.IsExposed || price <= 0) return new LiquidationPrices(LiquidationPriceState.None, null, null);

        double? below = Walk(book, 1 / Step) * price;
        double? above = Walk(book, Step) * price;

        return new LiquidationPrices((below ?? above) is null ? LiquidationPriceState.None : LiquidationPriceState.Price, below, above);
    }

    private static double? Walk(ShiftedBook book, double step)
    {
        double healthy = 1;
        while (healthy is > LowestRatio and < HighestRatio)
        {
            double next = Math.Clamp(healthy * step, LowestRatio, HighestRatio);
            if (book.HealthAt(next) < 0) return Bisect(book, healthy, next);
            healthy = next;
        }

        return null;
    }

    private static double Bisect(ShiftedBook book, double healthy, double sunk)
    {
        while (Math.Abs(healthy - sunk) > Width * healthy)
        {
            double middle = 0.5 * (healthy + sunk);
            if (middle == healthy || middle == sunk) break;
            if (book.HealthAt(middle) < 0) sunk = middle;
            else healthy = middle;
        }

        return healthy;
    }
}
