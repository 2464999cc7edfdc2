namespace Plimsoll.Storage.Sqlite;

/// <summary>How far the delivery of one message to one receiver is.</summary>
public enum DeliveryState
{
    /// <summary>It has not been delivered yet.</summary>
    Waiting = 0,

    /// <summary>The receiver has confirmed it.</summary>
    Delivered = 1,

    /// <summary>It was given up; the reason stands beside it.</summary>
    Dead = 2,

    /// <summary>What it was about is over, so that nobody needs it any more.</summary>
    NotNeeded = 3,
}

/// <summary>A message's name: the journal entry it tells of, and the event's place in that entry.</summary>
/// <param name="Sequence">The journal entry.</param>
/// <param name="Place">The event's place in it, from 0.</param>
public readonly record struct MessageKey(long Sequence, int Place)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Sequence}-{Place}");
}

/// <summary>A message for one receiver, to be put into the outbox.</summary>
/// <param name="Key">Its name; one that is in the outbox already is not put there twice.</param>
/// <param name="Receiver">Who is to be sent it.</param>
/// <param name="DueAt">Not before this time, Unix microseconds.</param>
/// <param name="Subject">What it is about, by which waiting messages can be called off; empty for none.</param>
/// <param name="Body">The message.</param>
public sealed record OutboxMessage(MessageKey Key, string Receiver, long DueAt, string Subject, byte[] Body);

/// <summary>A message that is due.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Body">The message.</param>
public sealed record DueMessage(MessageKey Key, int Attempts, byte[] Body);

/// <summary>How far one message is with one receiver.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Receiver">Who is to be sent it.</param>
/// <param name="State">How far it is.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="DueAt">When it is tried next, where it waits; Unix microseconds.</param>
/// <param name="Reason">What the last attempt met; empty for none.</param>
public sealed record DeliveryRow(MessageKey Key, string Receiver, DeliveryState State, int Attempts, long DueAt, string Reason);
