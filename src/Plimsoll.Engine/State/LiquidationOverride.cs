using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>What two persons may order about one account's liquidation.</summary>
public enum OverrideKind : byte
{
    /// <summary>It is not liquidated until a stated time.</summary>
    HoldLiquidation = 0,

    /// <summary>What stands about it is ended.</summary>
    Release = 1,

    /// <summary>It is liquidated without waiting for the deadline of its call.</summary>
    LiquidateNow = 2,
}

/// <summary>Why an override is no more.</summary>
public enum OverrideEnding : byte
{
    /// <summary>Nobody confirmed it in time.</summary>
    Unconfirmed = 0,

    /// <summary>Its time came to an end.</summary>
    Expired = 1,

    /// <summary>The account's equity fell to the bound, so that holding on would be at others' cost.</summary>
    EquityGone = 2,

    /// <summary>The account may open again: there is nothing to liquidate.</summary>
    Recovered = 3,

    /// <summary>Two persons ended it.</summary>
    Released = 4,

    /// <summary>Two persons ordered something else about the same account.</summary>
    Replaced = 5,
}

/// <summary>An order about one account's liquidation, proposed by one person and in force once another has confirmed it.</summary>
/// <param name="Number">Its number: the first is 1, none is given twice.</param>
/// <param name="Account">Which account.</param>
/// <param name="Kind">What is ordered.</param>
/// <param name="Reason">Why.</param>
/// <param name="ProposedBy">The first person.</param>
/// <param name="ProposedAt">When.</param>
/// <param name="ConfirmBefore">Unconfirmed at this time, it is no more.</param>
/// <param name="Until">When a hold ends, and when the order to liquidate now does.</param>
/// <param name="EquityBound">The equity in the numeraire, at least 0, at or below which a hold ends by itself.</param>
/// <param name="ConfirmedBy">The second person; none while it waits.</param>
public sealed record LiquidationOverride(
    int Number,
    AccountIndex Account,
    OverrideKind Kind,
    string Reason,
    AccountId ProposedBy,
    Instant ProposedAt,
    Instant ConfirmBefore,
    Instant Until,
    double EquityBound = 0,
    AccountId? ConfirmedBy = null)
{
    /// <summary>Whether both persons have said so.</summary>
    public bool IsConfirmed => ConfirmedBy is not null;

    /// <summary>When it ends by itself, confirmed or not.</summary>
    public Instant EndsAt => IsConfirmed ? Until : ConfirmBefore;
}
