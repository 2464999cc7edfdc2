using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Says whose sub-account an account is and of which class, in place of what was said before.</summary>
/// <param name="Account">The account.</param>
/// <param name="Owner">Whose sub-account it is; none for nobody's. The owner is no sub-account itself.</param>
/// <param name="Class">Its class, which limits are set for; none for no class.</param>
public sealed record ClassifyAccount(AccountId Account, AccountId? Owner = null, ClassId? Class = null) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Accounts.TryFind(Account, out AccountIndex account)) return Refusal.AccountUnknown;
        if (Class is { } named && !Identifier.IsValid(named.Value)) return Refusal.CommandMalformed;
        if (OwnerFault(venue, Account, Owner) is var fault and not Refusal.None) return fault;
        if (venue.Modes.Of(account) == MarginMode.Isolated && Owner?.Value != venue.Accounts[venue.Classes.RootOf(account)].Value) return Decision.Refuse(Refusal.MarginModeUnsuitable, $"{Account} is isolated for its owner");
        if (Owner is not null && venue.Classes.SubAccountsOf(account).Any()) return Decision.Refuse(Refusal.TermsInvalid, $"owner: {Account} has sub-accounts itself");

        return Decision.Accept(new AccountClassified(Account, Owner, Class));
    }

    internal static Refusal OwnerFault(VenueState venue, AccountId account, AccountId? owner)
    {
        if (owner is not { } named) return Refusal.None;
        if (!venue.Accounts.TryFind(named, out AccountIndex index)) return Refusal.AccountUnknown;

        return named == account || venue.Classes.OwnerOf(index) is not null ? Refusal.TermsInvalid : Refusal.None;
    }
}

/// <summary>An account is a sub-account, or of a class, or neither any more.</summary>
public sealed record AccountClassified(AccountId Account, AccountId? Owner = null, ClassId? Class = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex? owner = Owner is { } named ? venue.Account(named) : null;
        AccountIndex account = venue.Account(Account);
        AccountIndex? before = venue.Classes.OwnerOf(account);
        venue.Classes.Set(account, owner, Class);
        if (before is { } left) venue.Judgement.Regroup(left);
        if (owner is { } joined && joined != before) venue.Judgement.Regroup(joined);
        venue.Limits.Regroup();
    }
}
