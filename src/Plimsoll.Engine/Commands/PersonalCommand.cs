using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>A command whose answer depends on who asks it: acknowledgements and overrides, which name a person in the journal.</summary>
public abstract record PersonalCommand : Command
{
    /// <summary>Answers as if the venue itself had asked, which is no person.</summary>
    /// <inheritdoc/>
    public sealed override Decision Decide(VenueState venue, Instant now) => Decide(venue, Envelope.Venue, now);

    /// <inheritdoc/>
    public abstract override Decision Decide(VenueState venue, AccountId by, Instant now);
}
