namespace Plimsoll.Units.Tests;

/// <summary>A seeded stream of chance for property tests: SplitMix64, the same on every machine.</summary>
public sealed class Seeded(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Runs a property under many seeds; a failure names its seed.</summary>
    public static void Holds(int seeds, Action<Seeded> property)
    {
        for (ulong seed = 1; seed <= (ulong)seeds; seed++)
        {
            try
            {
                property(new Seeded(seed));
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"The property fails for seed {seed}: {fault.Message}", fault);
            }
        }
    }

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;

            return z ^ (z >> 31);
        }
    }

    public int Below(int count) => (int)(Next() % (ulong)count);

    public long Between(long least, long most) => least + (long)(Next() % (ulong)(most - least + 1));

    public bool Coin() => (Next() & 1) == 1;

    /// <summary>A number of up to so many bits, small ones as likely as large ones, of either sign.</summary>
    public Int128 Units(int bits)
    {
        UInt128 all = new(Next(), Next());
        var magnitude = (Int128)(all >> (128 - 1 - Below(bits)));

        return Coin() ? magnitude : -magnitude;
    }

    /// <summary>A decimal with any scale and size, and either sign.</summary>
    public decimal Decimal(int maxBits = 96)
    {
        UInt128 mantissa = new UInt128(Next() >> 32, Next()) >> Below(maxBits) >> (96 - maxBits);

        return new decimal(unchecked((int)(uint)mantissa), unchecked((int)(uint)(mantissa >> 32)), unchecked((int)(uint)(mantissa >> 64)), Coin(), (byte)Below(29));
    }

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];
}
