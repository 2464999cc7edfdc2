namespace Plimsoll.Numerics;

/// <summary>
/// Philox4x32-10: a hash of a 128-bit counter under a 64-bit key whose outputs pass as random (Salmon, Moraes, Dror, Shaw,
/// "Parallel random numbers: as easy as 1, 2, 3", 2011). Any place of any stream is reached in one step.
/// </summary>
public static class Philox
{
    private const int Rounds = 10;

    /// <summary>The 128 random bits that belong to one counter under one key.</summary>
    /// <param name="counterLow">Words 0 and 1 of the counter, word 0 in the low half.</param>
    /// <param name="counterHigh">Words 2 and 3 of the counter, word 2 in the low half.</param>
    /// <param name="key">Words 0 and 1 of the key, word 0 in the low half.</param>
    /// <returns>Words 0 and 1, then words 2 and 3, the even word in the low half.</returns>
    public static (ulong Low, ulong High) Block(ulong counterLow, ulong counterHigh, ulong key)
    {
        unchecked
        {
            var (c0, c1, c2, c3) = ((uint)counterLow, (uint)(counterLow >> 32), (uint)counterHigh, (uint)(counterHigh >> 32));
            var (k0, k1) = ((uint)key, (uint)(key >> 32));
            for (var round = 0; round < Rounds; round++)
            {
                var first = 0xD2511F53UL * c0;
                var second = 0xCD9E8D57UL * c2;
                (c0, c1, c2, c3) = ((uint)(second >> 32) ^ c1 ^ k0, (uint)second, (uint)(first >> 32) ^ c3 ^ k1, (uint)first);
                k0 += 0x9E3779B9;
                k1 += 0xBB67AE85;
            }

            return (c0 | ((ulong)c1 << 32), c2 | ((ulong)c3 << 32));
        }
    }
}
