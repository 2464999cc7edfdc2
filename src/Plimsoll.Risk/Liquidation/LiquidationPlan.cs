using System.Collections.Immutable;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>How far a liquidation must go.</summary>
public enum LiquidationOutcome : byte
{
    /// <summary>Maintenance is met; nothing is done.</summary>
    NotNeeded = 0,

    /// <summary>Closing a part restores the target.</summary>
    Partial = 1,

    /// <summary>Nothing less than everything would do: all positions are closed, and debts are covered as far as collateral goes.</summary>
    Full = 2,

    /// <summary>Every close would lower maintenance health, so that selling makes it worse: nothing is done here, the account goes to auction.</summary>
    Halted = 3,
}

/// <summary>A position as the ledger has it: whole lots.</summary>
/// <param name="Instrument">The contract.</param>
/// <param name="Lots">Signed, + long.</param>
public readonly record struct OpenLots(InstrumentIndex Instrument, Lots Lots);

/// <summary>A part of a position to be closed against the liquidity provider.</summary>
/// <param name="Instrument">The contract.</param>
/// <param name="Change">Signed change of the account's position, towards zero.</param>
/// <param name="Price">The fill price in the contract's own quotation, slippage included; not on the tick grid.</param>
/// <param name="Penalty">What the account pays the fund for it, at least 0, in the contract's settlement asset.</param>
public readonly record struct PlannedClose(InstrumentIndex Instrument, Lots Change, decimal Price, Amount Penalty);

/// <summary>Collateral to be sold for an asset the account owes, against the liquidity provider.</summary>
/// <param name="Sold">What is given.</param>
/// <param name="Sell">How much of it, above 0.</param>
/// <param name="Bought">What is owed.</param>
/// <param name="Buy">How much of it arrives, slippage taken off, above 0.</param>
public readonly record struct PlannedConversion(AssetIndex Sold, Amount Sell, AssetIndex Bought, Amount Buy);

/// <summary>A part of a position that the other side must take over, because the fund cannot bear its loss.</summary>
/// <param name="Instrument">The contract.</param>
/// <param name="Change">Signed change of the account's position, towards zero; <see cref="AutoDeleveraging"/> shares it out.</param>
/// <param name="Price">The price at which the account's equity ends at zero, in the contract's own quotation, within its bounds.</param>
public readonly record struct PlannedTakeover(InstrumentIndex Instrument, Lots Change, decimal Price);

/// <summary>What to do about one account, in the order of the fields: closes, conversions, takeovers.</summary>
/// <param name="Outcome">How far it goes.</param>
/// <param name="Closes">Positions closed in the market, ascending by instrument.</param>
/// <param name="Conversions">Collateral sold for what is owed.</param>
/// <param name="Takeovers">Positions for the other side, ascending by instrument.</param>
/// <param name="Deficit">What is still missing after all that, in the numeraire, at least 0: the fund's, and beyond it everybody's.</param>
/// <param name="FundDraw">The part of the deficit the fund is expected to bear, in the numeraire.</param>
/// <param name="Before">The verdict that started it.</param>
/// <param name="After">The verdict expected when closes, conversions and takeovers are done, before the fund pays.</param>
public sealed record LiquidationPlan(
    LiquidationOutcome Outcome,
    ImmutableArray<PlannedClose> Closes,
    ImmutableArray<PlannedConversion> Conversions,
    ImmutableArray<PlannedTakeover> Takeovers,
    double Deficit,
    double FundDraw,
    Verdict Before,
    Verdict After);
