using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>
/// Says that the call of an account has been seen by somebody: the customer himself, or a person of the venue. It stops
/// the call from being passed on to the next; it does not stop its deadline.
/// </summary>
/// <param name="Account">Whose call.</param>
/// <param name="Note">What he has to say, up to 256 characters; journaled.</param>
public sealed record AcknowledgeCall(AccountId Account, string? Note = null) : PersonalCommand
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, AccountId by, Instant now)
    {
        if (Note is not null && !Proposals.IsReason(Note)) return Decision.Refuse(Refusal.CommandMalformed, $"note: expected 1 to {OverrideBook.MaxReason} characters, or none");
        if (!venue.Accounts.TryFind(Account, out AccountIndex account)) return Refusal.AccountUnknown;
        if (!Identifier.IsValid(by.Value) || by == Envelope.Venue) return Decision.Refuse(Refusal.PersonUnsuitable, "a call is acknowledged by somebody under his own name, not by the venue itself");
        if (venue.Accounts.PhaseOf(account) is AccountPhase.Healthy or AccountPhase.Warned) return Decision.Refuse(Refusal.NothingToDo, $"{Account} is not called");
        if (venue.Calls.Of(account) is { } seen) return Decision.Refuse(Refusal.NothingToDo, $"{seen.By} acknowledged it at {seen.At}");

        return Decision.Accept(new CallAcknowledged(Account, by, Note));
    }
}

/// <summary>Somebody has seen an account's call.</summary>
/// <param name="Account">Whose call.</param>
/// <param name="By">Who.</param>
/// <param name="Note">What he had to say.</param>
public sealed record CallAcknowledged(AccountId Account, AccountId By, string? Note = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Calls.Acknowledge(venue.Account(Account), new CallAcknowledgement(By, venue.Now, Note ?? ""));
}
