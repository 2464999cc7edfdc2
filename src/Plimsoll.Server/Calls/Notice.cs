using Plimsoll.Server.Projections;

namespace Plimsoll.Server.Calls;

/// <summary>Something that people are told: a margin call, a liquidation, a breach, a stop.</summary>
/// <param name="Id">Its name for ever, <c>SEQUENCE-PLACE</c>: the journal entry and the event's place in it. Who hears it twice knows it by this.</param>
/// <param name="Sequence">The journal entry it happened in.</param>
/// <param name="Place">The event's place in that entry, from 0.</param>
/// <param name="Time">The venue's time, ISO 8601.</param>
/// <param name="Kind">What kind of thing happened, e.g. <c>margin-call</c>.</param>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Account">Whom it concerns; none where it is the venue.</param>
/// <param name="Text">What happened, as a sentence.</param>
/// <param name="Acknowledge">Whether somebody is asked to acknowledge it.</param>
public sealed record Notice(
    string Id, long Sequence, int Place, string Time, string Kind, string Severity, string? Account, string Text, bool Acknowledge)
{
    /// <summary>The kind that somebody is asked to acknowledge.</summary>
    public const string Call = "margin-call";

    /// <summary>The kind that says somebody has.</summary>
    public const string Acknowledged = "call-acknowledged";

    /// <summary>The kind that says a call is over.</summary>
    public const string Lifted = "margin-call-lifted";

    /// <summary>The kind that says nothing of an account is left.</summary>
    public const string WoundUp = "wound-up";

    /// <summary>Whether nobody need answer the account's call any more: it is healthy again, nothing of it is left, or others have paid what it owed.</summary>
    internal bool EndsCall => Kind is Lifted or WoundUp or "fund" or "socialised";

    /// <summary>The notice of a line of the feed; none where nobody needs to be told.</summary>
    internal static Notice? Of(FeedEvent line, int place)
    {
        // What ends something that people were told of is told to them too.
        bool told = line.Severity != "info" || line.Kind is Acknowledged or Lifted or WoundUp or "limit-cured" or "override" or "breaker" or "oracle";

        return told
            ? new Notice(FormattableString.Invariant($"{line.Sequence}-{place}"), line.Sequence, place, line.Time, line.Kind, line.Severity, line.Account, line.Text, line.Kind == Call)
            : null;
    }
}
