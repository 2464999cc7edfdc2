using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// How large a command may make an amount: a thousandth of what the ledger can hold. What follows from commands (profit
/// and loss, interest, funding, liquidations) then still fits, so that no command can stop the venue by an overflow.
/// </summary>
internal static class BookLimits
{
    /// <summary>The largest amount a command may lead to, in smallest units: 10^33.</summary>
    public static readonly Int128 Most = AssetScale.Limit / 1000;

    /// <summary>Whether an amount lies inside the limit.</summary>
    public static bool Holds(Amount amount) => Int128.Abs(amount.Units) <= Most;

    /// <summary>Whether a balance may change so: to inside the limit, or nearer to it.</summary>
    public static bool Allows(Amount now, Amount change) => Holds(now + change) || Int128.Abs((now + change).Units) <= Int128.Abs(now.Units);

    /// <summary>Whether an amount may move from one holder to another.</summary>
    public static bool AllowsTransfer(GeneralLedger ledger, Holder from, Holder to, AssetIndex asset, Amount amount) =>
        Holds(amount) && AllowsLeg(ledger, from, asset, -amount) && AllowsLeg(ledger, to, asset, amount);

    /// <summary>
    /// Whether so many open lots of an instrument are worth no more than the limit in its settlement asset, at any price
    /// the venue would take for them.
    /// </summary>
    /// <param name="catalog">What is listed.</param>
    /// <param name="instrument">The contract.</param>
    /// <param name="lots">Lots on one side.</param>
    /// <param name="forward">The price of the underlying, in quote units.</param>
    /// <param name="coin">What one settlement coin costs in the quote unit; 0 where it has no price.</param>
    public static bool AllowsOpen(Catalog catalog, Instrument instrument, long lots, double forward, double coin)
    {
        double price = Math.Clamp(forward, (double)Price.Min, (double)Price.Max);
        double strike = (double)(instrument.Strike ?? 0m);
        double perUnit = (instrument.Payoff, instrument.Kind) switch
        {
            // Liquidity in a range is worth at most what it is worth over all prices.
            (_, InstrumentKind.Pool) => 2 * Math.Sqrt(price),
            (Payoff.Linear, _) => Math.Max(price, strike),
            (_, InstrumentKind.Option) => Math.Max(Math.Max(1, strike / price), coin > 0 ? price / coin : 1),
            _ => Math.Max(1 / price, coin > 0 ? 1 / coin : 0),
        };

        return lots * (double)instrument.LotSize * perUnit * (double)catalog[instrument.Settlement].Scale.UnitsPerWhole <= (double)Most;
    }

    private static bool AllowsLeg(GeneralLedger ledger, Holder holder, AssetIndex asset, Amount change) => holder.IsFund
        ? Allows(ledger.Balance(holder.Fund, asset), change)
        : Allows(ledger.Balance(holder.Account, holder.Purse, asset), change) && Allows(ledger.ControlTotal(holder.Purse, asset), change);
}
