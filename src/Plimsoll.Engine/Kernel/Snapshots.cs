using Plimsoll.Engine.Journal;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>Snapshots shorten replay; the state hash is the hash of what a snapshot holds.</summary>
public static class Snapshots
{
    /// <summary>The format this kernel writes, and the only one it reads: older snapshots are passed over and the journal applied from its start.</summary>
    public const int Format = SnapshotRecord.CurrentFormat;

    /// <summary>The canonical hash of the whole deciding state.</summary>
    public static Hash256 HashOf(VenueState state)
    {
        using StateWriter writer = StateWriter.ToHash();
        VenueEncoding.Write(state, writer);

        return writer.Hash();
    }

    /// <summary>A snapshot of the kernel as it stands, after a full audit of the books.</summary>
    /// <exception cref="LawBrokenException">The books do not balance.</exception>
    public static SnapshotRecord Take(VenueKernel kernel)
    {
        byte[] state = Encode(kernel);

        return Seal(kernel.Sequence, kernel.State.Now, kernel.Hash, state);
    }

    internal static byte[] Encode(VenueKernel kernel)
    {
        kernel.RefuseBroken();
        Audit.Full(kernel.State);
        using StateWriter writer = StateWriter.ToMemory();
        VenueEncoding.Write(kernel.State, writer);

        return writer.ToArray();
    }

    internal static SnapshotRecord Seal(long sequence, Instant at, Hash256 journal, byte[] state) =>
        new(Format, sequence, at, journal, Hash256.Of(state), state);

    /// <summary>A kernel as it stood when a snapshot was taken.</summary>
    /// <exception cref="InputException">Another format, or bytes that are not a snapshot.</exception>
    public static VenueKernel Restore(SnapshotRecord snapshot)
    {
        if (snapshot.Format != Format) throw new InputException("snapshot", $"format {snapshot.Format}, expected {Format}: replay the journal from its start instead");

        if (Hash256.Of(snapshot.State.Span) != snapshot.StateHash) throw new InputException("snapshot", $"the state at entry {snapshot.Sequence} does not have its hash");

        var reader = new StateReader(snapshot.State);
        VenueState state = VenueEncoding.Read(reader);
        reader.ExpectEnd();

        return new VenueKernel(state, snapshot.Sequence, snapshot.JournalHash);
    }
}
