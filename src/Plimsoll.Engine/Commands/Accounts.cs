using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Asks the venue to open an account.</summary>
/// <param name="Account">Its name.</param>
/// <param name="Owner">Whose sub-account it is; none for nobody's.</param>
/// <param name="Class">Its class; none for no class.</param>
public sealed record OpenAccount(AccountId Account, AccountId? Owner = null, ClassId? Class = null) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!Identifier.IsValid(Account.Value)) return Refusal.CommandMalformed;
        if (Class is { } named && !Identifier.IsValid(named.Value)) return Refusal.CommandMalformed;
        if (venue.Accounts.TryFind(Account, out _)) return Refusal.AccountExists;
        if (venue.Accounts.Count >= AccountRegister.MaxAccounts) return Refusal.LimitReached;
        if (ClassifyAccount.OwnerFault(venue, Account, Owner) is var fault and not Refusal.None) return fault;

        return Decision.Accept(new AccountOpened(Account), Owner is null && Class is null ? null : new AccountClassified(Account, Owner, Class));
    }
}

/// <summary>An account was opened.</summary>
public sealed record AccountOpened(AccountId Account) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Open(Account);
}
