using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Asks the venue to open an account.</summary>
/// <param name="Account">Its name.</param>
public sealed record OpenAccount(AccountId Account) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!Identifier.IsValid(Account.Value)) return Refusal.CommandMalformed;
        if (venue.Accounts.TryFind(Account, out _)) return Refusal.AccountExists;
        if (venue.Accounts.Count >= AccountRegister.MaxAccounts) return Refusal.LimitReached;

        return Decision.Accept(new AccountOpened(Account));
    }
}

/// <summary>An account was opened.</summary>
public sealed record AccountOpened(AccountId Account) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Open(Account);
}
