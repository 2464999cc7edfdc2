using System.Buffers;

namespace Plimsoll.Engine.Json;

/// <summary>
/// Texts written one behind the other into pieces of memory, so that a text costs no allocation of its own. A piece is
/// never written twice: a text may be kept as long as one likes, and keeps its piece.
/// </summary>
internal sealed class WireBuffer : IBufferWriter<byte>
{
    /// <summary>Bytes in a piece: some hundred texts, and small enough for the heap of small objects.</summary>
    private const int Piece = 32 << 10;

    private byte[] _piece = [];
    private int _start;
    private int _end;

    /// <summary>Where the text being written ends, counted from where it began.</summary>
    public int Length => _end - _start;

    /// <summary>Begins a text.</summary>
    public void Begin() => _start = _end;

    /// <summary>The text since <see cref="Begin"/>, for good.</summary>
    public ReadOnlyMemory<byte> Text => _piece.AsMemory(_start, Length);

    /// <summary>The text since <see cref="Begin"/>, to be corrected while it is being written.</summary>
    public Span<byte> Draft => _piece.AsSpan(_start, Length);

    /// <summary>Takes back the last bytes of the text.</summary>
    public void Shorten(int bytes) => _end -= bytes;

    /// <inheritdoc/>
    public void Advance(int count) => _end += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(1, sizeHint));

        return _piece.AsMemory(_end);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(Math.Max(1, sizeHint));

        return _piece.AsSpan(_end);
    }

    private void Ensure(int room)
    {
        if (_piece.Length - _end >= room) return;

        // The text moves on into a new piece; whole texts before it stay where they are.
        Span<byte> draft = Draft;
        byte[] next = GC.AllocateUninitializedArray<byte>(Math.Max(Piece, checked(2 * (draft.Length + room))));
        draft.CopyTo(next);
        (_piece, _start, _end) = (next, 0, draft.Length);
    }
}
