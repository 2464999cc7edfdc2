namespace Plimsoll.Server.Projections;

/// <summary>One line of the venue's feed of events.</summary>
/// <param name="Sequence">The journal entry it happened in; one entry may hold several events.</param>
/// <param name="Time">The venue's time, ISO 8601.</param>
/// <param name="Kind">What kind of thing happened, e.g. <c>margin-call</c>.</param>
/// <param name="Account">Whom it concerns; none where it is the venue.</param>
/// <param name="Text">What happened, as a sentence.</param>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>critical</c>.</param>
public sealed record FeedEvent(long Sequence, string Time, string Kind, string? Account, string Text, string Severity);
