using System.Numerics;
using System.Runtime.InteropServices;

namespace Plimsoll.Engine;

/// <summary>
/// The accounts of a judgement that anything could follow for: those the judge marked as near their requirement, and those
/// not healthy before, who may have recovered. Of a million accounts it reads marks, not verdicts.
/// </summary>
internal sealed class WatchList
{
    private ulong[] _marks = [];
    private int[] _accounts = new int[16];
    private int _count;

    /// <summary>Who is watched, ascending.</summary>
    public ReadOnlySpan<int> Accounts => _accounts.AsSpan(0, _count);

    public void Clear() => _count = 0;

    /// <summary>One bit for each place, for the judge to write.</summary>
    public Span<ulong> Marks(int places)
    {
        int words = (places + 63) >> 6;
        if (words > _marks.Length) _marks = new ulong[Math.Max(words, 2 * _marks.Length)];

        return _marks.AsSpan(0, words);
    }

    /// <summary>Takes up a judgement of everybody: a place is an account.</summary>
    public void TakeAll(ReadOnlySpan<AccountPhase> phases)
    {
        ReadOnlySpan<byte> rest = MemoryMarshal.AsBytes(phases);
        int from = 0;
        for (int next; (next = rest[from..].IndexOfAnyExcept((byte)AccountPhase.Healthy)) >= 0; from += next + 1)
            _marks[(from + next) >> 6] |= 1UL << ((from + next) & 63);

        for (int word = 0; word < (phases.Length + 63) >> 6; word++)
        {
            for (ulong bits = _marks[word]; bits != 0; bits &= bits - 1)
                Add((word << 6) + BitOperations.TrailingZeroCount(bits));
        }
    }

    /// <summary>Takes up a judgement of some, in the order of the list.</summary>
    public void Take(ReadOnlySpan<int> judged, ReadOnlySpan<AccountPhase> phases)
    {
        for (int i = 0; i < judged.Length; i++)
        {
            bool near = (_marks[i >> 6] >> (i & 63) & 1) != 0;
            if (near || phases[judged[i]] != AccountPhase.Healthy) Add(judged[i]);
        }
    }

    private void Add(int account)
    {
        if (_count == _accounts.Length) Array.Resize(ref _accounts, 2 * _count);
        _accounts[_count++] = account;
    }
}
