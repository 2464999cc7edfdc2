using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Deleveraging;

/// <summary>Scores by which venues rank who is deleveraged first: the highest goes first.</summary>
public static class RankScore
{
    /// <summary>Profit as a part × leverage; how losers rank behind winners follows from the sign. (ZUBR, Bybit and others.)</summary>
    /// <param name="profit">Unrealised profit as a part of what was paid.</param>
    /// <param name="leverage">Effective leverage.</param>
    public static double ProfitTimesLeverage(double profit, double leverage) => profit * leverage;

    /// <summary>Profit × effective leverage where there is profit, profit ÷ effective leverage where there is loss. Source: BitMEX, "Auto-deleveraging".</summary>
    /// <param name="profit">Unrealised profit as a part of the entry value, signed by the position's side.</param>
    /// <param name="leverage">Mark value ÷ (mark value − bankrupt value), without sign; above 0.</param>
    public static double BitMex(double profit, double leverage) => profit > 0 ? profit * leverage : profit / leverage;

    /// <summary>Profit of a position as a part of its entry.</summary>
    /// <param name="mark">Mark.</param>
    /// <param name="entry">Entry price, above 0.</param>
    /// <param name="side">+ long, − short.</param>
    public static double Profit(double mark, double entry, int side) => Math.Sign(side) * (mark - entry) / entry;

    /// <summary>Mark ÷ |mark − bankruptcy price|: how far a position is geared at today's price.</summary>
    /// <exception cref="InputException">Both prices are one: the position stands on nothing.</exception>
    public static double EffectiveLeverage(double mark, double bankruptcyPrice) => mark != bankruptcyPrice
        ? mark / Math.Abs(mark - bankruptcyPrice)
        : throw new InputException("bankruptcy price", "equals the mark: the position stands on nothing");

    /// <summary>(mark ÷ entry) × (notional ÷ account value), for a short entry ÷ mark. Source: Hyperliquid docs, "Auto-deleveraging".</summary>
    /// <param name="mark">Mark, above 0.</param>
    /// <param name="entry">Entry price, above 0.</param>
    /// <param name="notional">Size at the mark, without sign.</param>
    /// <param name="accountValue">Worth of the account, above 0.</param>
    /// <param name="side">+ long, − short.</param>
    public static double Hyperliquid(double mark, double entry, double notional, double accountValue, int side = 1) =>
        (side < 0 ? entry / mark : mark / entry) * (notional / accountValue);

    /// <summary>The rank of each score, 1 for the highest; of equals the one that stands first.</summary>
    public static int[] Ranks(ReadOnlySpan<double> scores)
    {
        double[] keys = new double[scores.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = -scores[i];
        int[] places = [.. Enumerable.Range(0, keys.Length).OrderBy(i => keys[i])];
        int[] ranks = new int[keys.Length];
        for (int rank = 0; rank < places.Length; rank++) ranks[places[rank]] = rank + 1;

        return ranks;
    }
}
