using Plimsoll.Units;

namespace Plimsoll.Risk.Exposure;

/// <summary>How long a contract still runs.</summary>
public enum ExpiryBucket : byte
{
    /// <summary>It has no end: perpetuals, and coins.</summary>
    Endless = 0,

    /// <summary>At most a day, or past its end and not settled yet.</summary>
    Day = 1,

    /// <summary>At most 7 days.</summary>
    Week = 2,

    /// <summary>At most 31 days.</summary>
    Month = 3,

    /// <summary>At most 92 days.</summary>
    Quarter = 4,

    /// <summary>At most 183 days.</summary>
    HalfYear = 5,

    /// <summary>At most 366 days.</summary>
    Year = 6,

    /// <summary>Longer.</summary>
    Beyond = 7,
}

/// <summary>Expiry buckets of moments.</summary>
public static class ExpiryBuckets
{
    /// <summary>How many there are.</summary>
    public const int Count = 8;

    private static readonly int[] Days = [1, 7, 31, 92, 183, 366];

    /// <summary>The bucket of an expiry, seen from a moment.</summary>
    /// <param name="expiry">When it ends; none for a contract without an end.</param>
    /// <param name="at">The moment.</param>
    public static ExpiryBucket Of(Instant? expiry, Instant at)
    {
        if (expiry is not { } end) return ExpiryBucket.Endless;

        long left = end.UnixMicroseconds - at.UnixMicroseconds;
        int bucket = 0;
        while (bucket < Days.Length && left > Days[bucket] * Instant.MicrosecondsPerDay) bucket++;

        return (ExpiryBucket)(bucket + 1);
    }
}
