using System.Numerics;

namespace Plimsoll.Engine;

/// <summary>A set of account ordinals that is quick to fill, to sort and to clear.</summary>
internal sealed class AccountSet
{
    private ulong[] _marks = [];
    private int[] _members = new int[16];
    private int _count;
    private int _bound;

    public ReadOnlySpan<int> Members => _members.AsSpan(0, _count);

    public void Clear(int bound)
    {
        for (int i = 0; i < _count; i++) _marks[_members[i] >> 6] = 0;
        (_count, _bound) = (0, bound);
        int words = (bound + 63) >> 6;
        if (words > _marks.Length) Array.Resize(ref _marks, Math.Max(words, 2 * _marks.Length));
    }

    public void Add(int account)
    {
        ref ulong word = ref _marks[account >> 6];
        ulong bit = 1UL << (account & 63);
        if ((word & bit) != 0) return;

        word |= bit;
        if (_count == _members.Length) Array.Resize(ref _members, 2 * _count);
        _members[_count++] = account;
    }

    /// <summary>Puts the members in ascending order: by sorting few, by reading the marks of many.</summary>
    public void Sort()
    {
        const int Few = 256;
        if (_count <= Few)
        {
            _members.AsSpan(0, _count).Sort();

            return;
        }

        int at = 0;
        for (int word = 0; word < (_bound + 63) >> 6; word++)
        {
            for (ulong bits = _marks[word]; bits != 0; bits &= bits - 1)
                _members[at++] = (word << 6) + BitOperations.TrailingZeroCount(bits);
        }
    }
}
