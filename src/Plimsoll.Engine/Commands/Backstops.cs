using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>The backstop took what nobody bid for, or a part of it: positions at their marks, and of an account worth something the collateral behind them.</summary>
/// <param name="Account">Whose it was.</param>
/// <param name="Backstop">The backstop's account.</param>
/// <param name="Part">The part of what was left.</param>
/// <param name="Positions">What changed hands, ascending by instrument.</param>
/// <param name="Coins">What went with it, in the order of listing.</param>
/// <param name="Mark">What that is worth, in the numeraire.</param>
/// <param name="Notional">Notional of the positions, in the numeraire.</param>
public sealed record BackstopTook(
    AccountId Account,
    AccountId Backstop,
    decimal Part,
    IReadOnlyList<EstatePosition> Positions,
    IReadOnlyList<EstateCoins> Coins,
    double Mark,
    double Notional) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        Estate.Move(venue, venue.Account(Account), venue.Account(Backstop), Positions, Coins);
        venue.Liquidations.Usage.Back(Notional);
        venue.Tally.Liquidations++;
        venue.Tally.LiquidatedNotional += Notional;
    }
}

/// <summary>The backstop has lost what it may lose, or cannot carry its book: it takes nothing more, and its book goes to the other side.</summary>
/// <param name="Backstop">Its account.</param>
/// <param name="Equity">What it has left, in the numeraire.</param>
/// <param name="Least">What it must keep.</param>
public sealed record BackstopClosed(AccountId Backstop, double Equity, double Least) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        venue.Liquidations.IsBackstopClosed = true;
        venue.Accounts.SetPhase(venue.Account(Backstop), AccountPhase.Deleveraged);
    }
}

/// <summary>The backstop has its whole capital again and takes what nobody bids for.</summary>
/// <param name="Backstop">Its account.</param>
/// <param name="Equity">What it has, in the numeraire.</param>
public sealed record BackstopReopened(AccountId Backstop, double Equity) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        venue.Liquidations.IsBackstopClosed = false;
        venue.Accounts.SetPhase(venue.Account(Backstop), AccountPhase.Healthy);
    }
}
