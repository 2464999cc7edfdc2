namespace Plimsoll.Treasury.Tests;

/// <summary>SplitMix64: a seed is a whole story.</summary>
internal sealed class Seeded(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            ulong z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;

            return z ^ (z >> 31);
        }
    }

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Runs a property under many seeds; the message of a failure begins with the seed.</summary>
    public static void Holds(int seeds, Action<Seeded> property)
    {
        for (int seed = 1; seed <= seeds; seed++)
        {
            try
            {
                property(new Seeded((ulong)seed));
            }
            catch (Exception fault)
            {
                throw new ShouldAssertException($"seed {seed}: {fault.Message}", fault);
            }
        }
    }
}
