using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral;

/// <summary>
/// The collateral schedule by ordinal: of a holding worth so much, how much counts. Tiers lie one after another in
/// columns; an asset the schedule does not name has one tier that counts nothing.
/// </summary>
internal sealed class CollateralSchedule
{
    private readonly int[] first;
    private readonly double[] fromValue;
    private readonly double[] countedPart;
    private readonly double[] countedBelow;
    private readonly double[] firstEnd;
    private readonly double[] firstPart;

    public CollateralSchedule(Catalog catalog, IReadOnlyList<CollateralTerms> terms)
    {
        var byAsset = terms.ToDictionary(t => t.Asset);
        var (from, part, below) = (new List<double>(), new List<double>(), new List<double>());
        first = new int[catalog.Assets.Count + 1];
        for (int a = 0; a < catalog.Assets.Count; a++)
        {
            double counted = 0;
            foreach ((double start, double share) in Tiers(byAsset.GetValueOrDefault(catalog.Assets[a].Id)))
            {
                if (from.Count > first[a]) counted += (start - from[^1]) * part[^1];
                from.Add(start);
                part.Add(share);
                below.Add(counted);
            }

            first[a + 1] = from.Count;
        }

        (fromValue, countedPart, countedBelow) = ([.. from], [.. part], [.. below]);
        firstPart = [.. first.SkipLast(1).Select(f => part[f])];
        firstEnd = [.. first.Zip(first.Skip(1), (f, end) => f + 1 < end ? from[f + 1] : double.PositiveInfinity)];
    }

    /// <summary>The value up to which an asset's first tier alone decides, so that <c>value × first part</c> counts.</summary>
    public ReadOnlySpan<double> FirstEnds => firstEnd;

    /// <summary>The part that counts in the first tier.</summary>
    public ReadOnlySpan<double> FirstParts => firstPart;

    /// <summary>The part of a value above 0 that counts, both in the numeraire.</summary>
    public double Counted(int asset, double value)
    {
        int tier = first[asset];
        int end = first[asset + 1] - 1;
        while (tier < end && value > fromValue[tier + 1]) tier++;

        return countedBelow[tier] + ((value - fromValue[tier]) * countedPart[tier]);
    }

    /// <summary>Tiers as (from, counted part), the cap as a last tier that counts nothing.</summary>
    private static IEnumerable<(double From, double Part)> Tiers(CollateralTerms? terms)
    {
        if (terms is null)
        {
            yield return (0, 0);
            yield break;
        }

        foreach (CollateralTier tier in terms.Tiers)
        {
            if (terms.Cap is { } cap && tier.FromValue >= cap) break;
            yield return ((double)tier.FromValue, new Haircut(tier.Haircut).CountedPart);
        }

        if (terms.Cap is { } limit) yield return ((double)limit, 0);
    }
}
