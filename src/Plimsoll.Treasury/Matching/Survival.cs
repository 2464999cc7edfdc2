using System.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Matching;

/// <summary>
/// How long what is available outlasts a run: the first moment at which more has been asked for than has become
/// available. Solved exactly in whole numbers, then rounded down to a microsecond.
/// </summary>
/// <remarks>
/// 1. What is available is a staircase; what is asked for is a line of straight pieces; both in smallest units of one asset.
/// 2. Between two neighbouring steps or corners one is level and the other straight, so they meet in one division.
/// 3. Coins that arrive at the very moment they are needed are in time.
/// </remarks>
internal static class Survival
{
    /// <summary>How far a run is followed: 30 days.</summary>
    public const int HorizonHours = 720;

    private const long Horizon = HorizonHours * Instant.MicrosecondsPerHour;

    /// <summary>Microseconds from the start until the run asks for more than is there; none within the horizon.</summary>
    /// <param name="claims">What customers may ask for.</param>
    /// <param name="arrivals">Amounts by the microseconds after the start at which they are available, any order.</param>
    /// <param name="run">The run.</param>
    public static long? Microseconds(Amount claims, IReadOnlyList<(long At, Amount Amount)> arrivals, StressedRun run)
    {
        if (claims.Sign <= 0) return null;

        long from = 0;
        while (from < Horizon)
        {
            RunPiece piece = run.PieceAt(from);
            BigInteger available = 0;
            long to = Math.Min(piece.End, Horizon);
            foreach ((long at, Amount amount) in arrivals)
            {
                if (at <= from) available += (BigInteger)amount.Units;
                else to = Math.Min(to, at);
            }

            if (Crossing(claims, piece, available, from, to) is { } crossing) return crossing;
            from = to;
        }

        return null;
    }

    private static long? Crossing(Amount claims, RunPiece piece, BigInteger available, long from, long to)
    {
        // Everything times FractionUnits × length, which leaves no fraction.
        BigInteger length = piece.End - piece.Start;
        BigInteger there = available * StressedRun.FractionUnits * length;
        BigInteger Asked(long at) =>
            (BigInteger)claims.Units * ((piece.FractionAtStart * length) + ((BigInteger)(piece.FractionAtEnd - piece.FractionAtStart) * (at - piece.Start)));

        BigInteger before = Asked(from);
        BigInteger after = Asked(to);
        if (before > there) return from;
        if (after <= there) return null;

        return from + (long)((there - before) * (to - from) / (after - before));
    }
}
