using Plimsoll.Pricing.Responses;

namespace Plimsoll.Risk.Exposure;

/// <summary>
/// What a bucket loses inside its fence. It can lose what is in it and no more: what goes beyond stays with those who
/// traded in it, and is never taken from another bucket; what it gains is not lent to another either.
/// </summary>
/// <param name="AtStake">What is in it, at least 0: coins, the worth of bought options, the size of everything else.</param>
/// <param name="Change">What happened to it, + for a gain.</param>
public readonly record struct FencedLoss(double AtStake, double Change)
{
    /// <summary>What the rest of the world sees of it: at least 0, at most what is in it.</summary>
    public double Loss => Math.Clamp(-Change, 0, Math.Max(0, AtStake));

    /// <summary>What went beyond, and stays inside.</summary>
    public double Beyond => Math.Max(0, -Change - Math.Max(0, AtStake));

    /// <summary>Each bucket's fenced loss in one scenario.</summary>
    /// <param name="sums">What a group holds.</param>
    /// <param name="bucketing">A partition of it.</param>
    /// <param name="changes">What one unit of each row gains in each scenario: rows as of the greeks, instruments then assets.</param>
    /// <param name="scenario">Which column.</param>
    public static FencedLoss[] Of(GroupSums sums, Bucketing bucketing, ResponseMatrix changes, int scenario)
    {
        double[] stakes = sums.AtStake(bucketing);
        double[] moved = sums.Changes(bucketing, changes, scenario);
        var losses = new FencedLoss[stakes.Length];
        for (int b = 0; b < losses.Length; b++) losses[b] = new FencedLoss(stakes[b], moved[b]);

        return losses;
    }

    /// <summary>What all fences let through together.</summary>
    public static double Total(ReadOnlySpan<FencedLoss> losses)
    {
        double sum = 0;
        foreach (FencedLoss loss in losses) sum += loss.Loss;

        return sum;
    }
}
