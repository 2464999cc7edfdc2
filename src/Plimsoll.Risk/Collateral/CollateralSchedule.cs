using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
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
    private readonly double[] basePart;
    private readonly double[] accountCap;
    private readonly double[] venueCap;
    private double[] countedPart;
    private double[] countedBelow;
    private double[] kept;
    private double[] firstEnd;
    private double[] firstPart;

    public CollateralSchedule(Catalog catalog, RiskParameters parameters)
    {
        Dictionary<AssetId, CollateralTerms> byAsset = parameters.Collateral.ToDictionary(t => t.Asset);
        CollateralPolicy policy = parameters.CollateralPolicy;
        Groups = new CollateralGroups(catalog, byAsset, policy);
        Verdicts = [.. catalog.Assets.Select(asset => policy.Standard?.Judge(byAsset.GetValueOrDefault(asset.Id)?.Quality))];
        var (from, part) = (new List<double>(), new List<double>());
        int count = catalog.Assets.Count;
        (first, accountCap, venueCap) = (new int[count + 1], new double[count], new double[count]);
        for (int a = 0; a < count; a++)
        {
            CollateralTerms? terms = byAsset.GetValueOrDefault(catalog.Assets[a].Id);
            accountCap[a] = (double?)terms?.AccountCap ?? double.PositiveInfinity;
            venueCap[a] = (double?)terms?.VenueCap ?? double.PositiveInfinity;
            foreach ((double start, double share) in Tiers(terms, PartOf(a, terms)))
            {
                from.Add(start);
                part.Add(share);
            }

            first[a + 1] = from.Count;
        }

        (fromValue, basePart) = ([.. from], [.. part]);
        IssuerVenueCaps = VenueCaps(policy, byAsset);
        (countedPart, countedBelow, kept, firstEnd, firstPart) = ([], [], [], [], []);
        Resolve(VenueSizes.None, []);
    }

    /// <summary>Which assets stand together.</summary>
    public CollateralGroups Groups { get; }

    /// <summary>What the standard says of each asset; none where there is no standard.</summary>
    public QualityVerdict?[] Verdicts { get; }

    /// <summary>Whether some holding is larger than the venue wants: what counts for opening must then be reckoned on its own.</summary>
    public bool IsCrowded { get; private set; }

    /// <summary>Whether every asset counts by its own tiers alone, whatever else the account or its owner has.</summary>
    public bool IsPlain { get; private set; }

    /// <summary>The value up to which an asset's first tier alone decides, so that <c>value × first part</c> counts; −1 where it never does.</summary>
    public ReadOnlySpan<double> FirstEnds => firstEnd;

    /// <summary>The part that counts in the first tier.</summary>
    public ReadOnlySpan<double> FirstParts => firstPart;

    private double[] IssuerVenueCaps { get; }

    /// <summary>The same schedule in a venue that is crowded otherwise.</summary>
    /// <param name="sizes">Haircut floors and holdings.</param>
    /// <param name="prices">Prices of the same moment, by asset.</param>
    public CollateralSchedule With(VenueSizes sizes, ReadOnlySpan<double> prices)
    {
        var other = (CollateralSchedule)MemberwiseClone();
        other.Resolve(sizes, prices);

        return other;
    }

    /// <summary>The part of a value above 0 that an asset's own tiers count, both in the numeraire.</summary>
    public double Counted(int asset, double value)
    {
        int tier = first[asset];
        int end = first[asset + 1] - 1;
        while (tier < end && value > fromValue[tier + 1]) tier++;

        return countedBelow[tier] + ((value - fromValue[tier]) * countedPart[tier]);
    }

    /// <summary>Value of one account's holding above which it counts nothing.</summary>
    public double AccountCap(int asset) => accountCap[asset];

    /// <summary>The part of a holding that counts for opening: what all customers hold beyond the venue's cap does not.</summary>
    public double Kept(int asset) => kept[asset];

    private void Resolve(VenueSizes sizes, ReadOnlySpan<double> prices)
    {
        (countedPart, countedBelow) = (new double[basePart.Length], new double[basePart.Length]);
        for (int a = 0; a + 1 < first.Length; a++)
        {
            double most = 1 - sizes.HaircutFloorOf(a);
            for (int t = first[a]; t < first[a + 1]; t++)
            {
                countedPart[t] = Math.Min(basePart[t], most);
                countedBelow[t] = t == first[a] ? 0 : countedBelow[t - 1] + ((fromValue[t] - fromValue[t - 1]) * countedPart[t - 1]);
            }
        }

        kept = Keep(sizes, prices);
        IsCrowded = Array.Exists(kept, part => part < 1);
        IsPlain = !IsCrowded && accountCap.All(double.IsPositiveInfinity) && Groups.IsPlain;
        (firstEnd, firstPart) = (new double[first.Length - 1], new double[first.Length - 1]);
        for (int a = 0; a < firstEnd.Length; a++) (firstEnd[a], firstPart[a]) = FirstTier(a);
    }

    /// <summary>Up to where nothing but the first tier can matter, whatever else the account has.</summary>
    private (double End, double Part) FirstTier(int a)
    {
        double end = Math.Min(OwnEnd(a), accountCap[a]);
        double part = countedPart[first[a]];
        int root = Groups.RootOf(a);
        if (root != a) part *= countedPart[first[root]];
        if (Groups.Through(root).Length > 1) end = Math.Min(end, OwnEnd(root) / Groups.Through(root).Length);
        if (Groups.IssuerOf(a) is >= 0 and var issuer)
        {
            end = Math.Min(end, Groups.Cap(issuer) / Groups.Issued(issuer).Length);
            if (Groups.HasWrongWay(issuer)) end = -1;
        }

        return kept[a] < 1 ? (-1, part) : (end, part);
    }

    private double OwnEnd(int a) => first[a] + 1 < first[a + 1] ? fromValue[first[a] + 1] : double.PositiveInfinity;

    private double[] Keep(VenueSizes sizes, ReadOnlySpan<double> prices)
    {
        double[] parts = new double[first.Length - 1];
        Array.Fill(parts, 1.0);
        for (int a = 0; a < parts.Length && a < prices.Length; a++) parts[a] = Part(venueCap[a], sizes.HoldingsOf(a) * prices[a]);
        for (int issuer = 0; issuer < Groups.Issuers; issuer++)
        {
            double held = 0;
            foreach (int a in Groups.Heads(issuer)) held += a < prices.Length ? sizes.HoldingsOf(a) * prices[a] : 0;
            double part = Part(IssuerVenueCaps[issuer], held);
            foreach (int a in Groups.Issued(issuer)) parts[a] = Math.Min(parts[a], part);
        }

        return parts;
    }

    private static double Part(double cap, double held) => held > cap ? cap / held : 1;

    /// <summary>What bridge, finality, standard and house leave of every tier.</summary>
    private double PartOf(int asset, CollateralTerms? terms)
    {
        if (terms is null || terms.Finality == Finality.Pending) return 0;
        if (Groups.IssuerOf(asset) is >= 0 and var issuer && Groups.IsHouse[issuer]) return 0;

        return (double)((1m - terms.BridgeHaircut) * (Verdicts[asset]?.Part ?? 1m));
    }

    private static double[] VenueCaps(CollateralPolicy policy, Dictionary<AssetId, CollateralTerms> terms)
    {
        string[] names = [.. terms.Values.Select(one => one.Issuer).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

        return [.. names.Select(name => (double?)policy.Issuers.FirstOrDefault(line => line.Issuer == name)?.VenueCap ?? double.PositiveInfinity)];
    }

    /// <summary>Tiers as (from, counted part), the cap as a last tier that counts nothing.</summary>
    private static IEnumerable<(double From, double Part)> Tiers(CollateralTerms? terms, double kept)
    {
        if (terms is null)
        {
            yield return (0, 0);
            yield break;
        }

        foreach (CollateralTier tier in terms.Tiers)
        {
            if (terms.Cap is { } cap && tier.FromValue >= cap) break;
            yield return ((double)tier.FromValue, new Haircut(tier.Haircut).CountedPart * kept);
        }

        if (terms.Cap is { } limit) yield return ((double)limit, 0);
    }
}
