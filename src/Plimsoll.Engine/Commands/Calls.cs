using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>An account was called for margin: its requirement came too near to what counts for it.</summary>
/// <param name="Account">Whose.</param>
/// <param name="MarginRatio">Maintenance requirement over counted collateral; 1 is under water. None where nothing counts.</param>
/// <param name="Deadline">Until when it may restore its initial requirement by itself; none where it is given no time.</param>
public sealed record MarginCalled(AccountId Account, double? MarginRatio = null, Instant? Deadline = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        venue.Accounts.SetPhase(account, AccountPhase.Called);
        venue.Calls.Forget(account);
        if (Deadline is { } deadline)
            venue.Liquidations.Put(new LiquidationCase(account, LiquidationStage.Called, LiquidationCause.CallUnmet, MarginLine.Initial, venue.Now, deadline));
        venue.Tally.MarginCalls++;
    }
}

/// <summary>An account that had been called or liquidated is healthy again.</summary>
public sealed record MarginCallLifted(AccountId Account) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        venue.Accounts.SetPhase(account, AccountPhase.Healthy);
        venue.Calls.Forget(account);
        venue.Liquidations.Drop(account);
    }
}

/// <summary>An account was warned: it comes near to being called.</summary>
/// <param name="Account">Whose.</param>
/// <param name="MarginRatio">Maintenance requirement over counted collateral. None where nothing counts.</param>
public sealed record AccountWarned(AccountId Account, double? MarginRatio = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Accounts.SetPhase(venue.Account(Account), AccountPhase.Warned);
}

/// <summary>An account that had been warned is well away from a call again.</summary>
public sealed record WarningLifted(AccountId Account) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Accounts.SetPhase(venue.Account(Account), AccountPhase.Healthy);
}

/// <summary>All of an account's orders were taken back, so that what they reserved is free.</summary>
public sealed record OrdersCancelled(AccountId Account) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Orders.RemoveAll(venue.Account(Account));
}
