using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Deleveraging;

/// <summary>Somebody on the other side of a bankrupt position, with all that the policies ask of him. Money is in the numeraire.</summary>
/// <param name="Account">Who; the lower is the older account.</param>
/// <param name="Lots">What he holds, without sign, above 0.</param>
/// <param name="Side">+1 where he is long, −1 where he is short.</param>
/// <param name="Notional">Size of the position at the mark, without sign.</param>
/// <param name="Profit">What he has won on it and not realised; below 0 a loss.</param>
/// <param name="Cost">What it was worth when he opened it, without sign.</param>
/// <param name="MarkToEntry">Mark ÷ his average entry price; 1 where there is none.</param>
/// <param name="Equity">Worth of his whole account.</param>
/// <param name="AccountNotional">Size of all his positions without their sides.</param>
/// <param name="Exposure">
/// His whole account in terms of this position: its notional × (what the account loses ÷ what the position loses) in the
/// scenario that is worst for the position. Below its notional where something hedges it, below 0 where it hedges more itself.
/// </param>
public readonly record struct AdlCandidate(
    AccountIndex Account,
    long Lots,
    int Side,
    double Notional,
    double Profit,
    double Cost,
    double MarkToEntry,
    double Equity,
    double AccountNotional,
    double Exposure)
{
    /// <summary>The part of a position that must be offset for it to count as hedged.</summary>
    public const double HedgedPart = 0.5;

    /// <summary>Whether at least half of the position is offset by the rest of his account: taking it away lays that rest bare.</summary>
    public bool IsHedged => Exposure <= (1 - HedgedPart) * Notional;

    /// <summary>Profit as a part of what was paid; 0 where nothing was.</summary>
    public double ProfitPart => Cost > 0 ? Profit / Cost : 0;

    /// <summary>Size of all positions ÷ worth of the account; +∞ where it is worth nothing.</summary>
    public double Leverage => Equity > 0 ? AccountNotional / Equity : double.PositiveInfinity;

    /// <summary>Size of this position alone ÷ worth of the account, by which Hyperliquid's index goes; +∞ where it is worth nothing.</summary>
    public double PositionLeverage => Equity > 0 ? Notional / Equity : double.PositiveInfinity;

    /// <summary>What the account is exposed to ÷ what it is worth; +∞ where it is worth nothing.</summary>
    public double FactorLeverage => Equity > 0 ? Math.Abs(Exposure) / Equity : double.PositiveInfinity;
}
