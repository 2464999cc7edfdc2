namespace Plimsoll.Risk.Liquidation.Bids;

/// <summary>
/// Where a bidder can sell, or buy back, what he has taken: into a book whose price moves in proportion to what is traded, into
/// a constant-product pool, or into both. Notionals in the numeraire; costs as parts of them.
/// </summary>
/// <param name="BookNotional">What waits on that side of the book, at least 0; +∞ where it is never used up.</param>
/// <param name="BookImpact">κ: how far a unit of notional moves the book's price, as a part of it, at least 0.</param>
/// <param name="BookCost">What any trade with the book costs, 0 to 1: fee and half the spread.</param>
/// <param name="PoolReserve">y: the quote side of the pool; 0 where there is none.</param>
/// <param name="PoolFee">The pool's fee, 0 to 1.</param>
public readonly record struct ExitRoute(double BookNotional, double BookImpact, double BookCost, double PoolReserve = 0, double PoolFee = 0)
{
    private const int Halvings = 100;

    /// <summary>The split of a notional that costs least: the last unit costs the same in both.</summary>
    /// <param name="notional">What is to be sold, at least 0.</param>
    public Exit Of(double notional)
    {
        if (!(notional > 0)) return default;

        // The cost of the last unit is below 1 in a pool, and has no bound in a book that is deep enough.
        double dearest = 1 + BookCost + (BookImpact * Math.Min(BookNotional, notional));
        (double low, double high) = (0, dearest);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = 0.5 * (low + high);
            if (Book(middle, notional) + Pool(middle, notional) < notional) low = middle;
            else high = middle;
        }

        // What both take at that price may be a rounding too much; what they cannot take is left.
        double book = Book(high, notional);
        double pool = Math.Min(Pool(high, notional), notional - book);
        double left = Math.Max(0, notional - book - pool);
        double cost = (book * (BookCost + (0.5 * BookImpact * book))) + PoolLoss(pool);

        return new Exit(book, pool, left, cost);
    }

    /// <summary>What the book takes until its last unit costs that much.</summary>
    private double Book(double marginal, double most)
    {
        if (marginal < BookCost) return 0;
        double wanted = BookImpact > 0 ? (marginal - BookCost) / BookImpact : most;

        return Math.Min(Math.Min(wanted, BookNotional), most);
    }

    /// <summary>What the pool takes: of s comes out (1 − fee)·s ÷ (1 + s/y), so that the last unit costs 1 − (1 − fee) ÷ (1 + s/y)².</summary>
    private double Pool(double marginal, double most)
    {
        if (!(PoolReserve > 0) || marginal <= PoolFee) return 0;

        return marginal >= 1 ? most : Math.Min(most, PoolReserve * (Math.Sqrt((1 - PoolFee) / (1 - marginal)) - 1));
    }

    private double PoolLoss(double sold) => sold > 0 ? sold - ((1 - PoolFee) * sold / (1 + (sold / PoolReserve))) : 0;
}

/// <summary>A sale over book and pool.</summary>
/// <param name="Book">Notional into the book.</param>
/// <param name="Pool">Notional into the pool.</param>
/// <param name="Left">Notional that neither takes: it stays with the bidder.</param>
/// <param name="Cost">What the sale loses against the mark, fees included.</param>
public readonly record struct Exit(double Book, double Pool, double Left, double Cost);
