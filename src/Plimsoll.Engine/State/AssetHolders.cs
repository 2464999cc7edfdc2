using System.Numerics;

namespace Plimsoll.Engine;

/// <summary>Which accounts own or owe an asset: one bit for each account, one row of bits for each asset that anybody has.</summary>
internal sealed class AssetHolders
{
    private ulong[][] _bits = [];
    private int[] _counts = [];

    public int Count(int asset) => asset < _counts.Length ? _counts[asset] : 0;

    public void Note(int account, ReadOnlySpan<int> assets)
    {
        foreach (int asset in assets)
        {
            if (asset >= _bits.Length)
            {
                int size = asset + 1;
                Array.Resize(ref _counts, size);
                int before = _bits.Length;
                Array.Resize(ref _bits, size);
                _bits.AsSpan(before).Fill([]);
            }

            int word = account >> 6;
            if (word >= _bits[asset].Length) Array.Resize(ref _bits[asset], Math.Max(word + 1, 2 * _bits[asset].Length));
            _bits[asset][word] |= 1UL << (account & 63);
            _counts[asset]++;
        }
    }

    public void Forget(int account, ReadOnlySpan<int> assets)
    {
        foreach (int asset in assets)
        {
            _bits[asset][account >> 6] &= ~(1UL << (account & 63));
            _counts[asset]--;
        }
    }

    public void AddTo(AccountSet accounts, int asset)
    {
        if (asset >= _bits.Length) return;

        ulong[] words = _bits[asset];
        for (int word = 0; word < words.Length; word++)
        {
            for (ulong bits = words[word]; bits != 0; bits &= bits - 1)
                accounts.Add((word << 6) + BitOperations.TrailingZeroCount(bits));
        }
    }
}
