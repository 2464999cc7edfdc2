namespace Plimsoll.Risk.Liquidation.Deleveraging;

/// <summary>Shares in proportion to weights, none above what its owner has: what the full leave goes to the others in the same proportion.</summary>
internal static class CappedShares
{
    /// <summary>min(most, λ·weight) with Σ = wanted, which is no more than all of <paramref name="most"/>.</summary>
    public static double[] Of(double[] weights, double[] most, double wanted)
    {
        // From the one who is full first: the ratio λ at which he is full is most ÷ weight.
        int[] order = new int[weights.Length];
        double[] keys = new double[weights.Length];
        int count = 0;
        double weight = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] > 0)) continue;
            (keys[count], order[count]) = (most[i] / weights[i], i);
            weight += weights[i];
            count++;
        }

        Array.Sort(keys, order, 0, count);
        double left = wanted;
        double rate = 0;
        for (int k = 0; k < count; k++)
        {
            rate = left / weight;
            if (rate <= keys[k]) break;
            left -= most[order[k]];
            weight -= weights[order[k]];
            rate = double.PositiveInfinity;
        }

        double[] parts = new double[weights.Length];
        for (int i = 0; i < parts.Length; i++) parts[i] = weights[i] > 0 ? Math.Min(most[i], rate * weights[i]) : 0;

        return parts;
    }
}
