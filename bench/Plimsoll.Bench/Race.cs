using System.Diagnostics;

namespace Plimsoll.Bench;

/// <summary>
/// Runs contestants in turn, round after round, so that a machine that slows down slows all of them, and keeps each one's
/// best round.
/// </summary>
internal static class Race
{
    public static double[] BestMilliseconds(int rounds, params Action[] contestants)
    {
        var best = new double[contestants.Length];
        Array.Fill(best, double.PositiveInfinity);
        for (var round = 0; round < rounds; round++)
            for (var c = 0; c < contestants.Length; c++)
            {
                var watch = Stopwatch.StartNew();
                contestants[c]();
                best[c] = Math.Min(best[c], watch.Elapsed.TotalMilliseconds);
            }

        return best;
    }
}
