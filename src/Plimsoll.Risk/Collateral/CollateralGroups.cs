using Plimsoll.Markets.Instruments;

namespace Plimsoll.Risk.Collateral;

/// <summary>Which assets stand together, by ordinal: those of one issuer, and the claims that count through one root.</summary>
internal sealed class CollateralGroups
{
    private readonly int[] issuerOf;
    private readonly int[] rootOf;
    private readonly int[][] issued;
    private readonly int[][] heads;
    private readonly int[][] through;
    private readonly double[] caps;
    private readonly bool[] wrongWay;

    public CollateralGroups(Catalog catalog, IReadOnlyDictionary<Units.AssetId, CollateralTerms> terms, CollateralPolicy policy)
    {
        int count = catalog.Assets.Count;
        string[] names = [.. terms.Values.Select(one => one.Issuer).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Dictionary<string, IssuerTerms> lines = policy.Issuers.ToDictionary(line => line.Issuer, StringComparer.Ordinal);
        issuerOf = new int[count];
        rootOf = new int[count];
        for (int a = 0; a < count; a++)
        {
            CollateralTerms? one = terms.GetValueOrDefault(catalog.Assets[a].Id);
            issuerOf[a] = one?.Issuer is { } name ? Array.BinarySearch(names, name, StringComparer.Ordinal) : -1;
            rootOf[a] = one is { ThroughRoot: true } ? RootOf(catalog, a) : a;
        }

        through = [.. Enumerable.Range(0, count).Select(root => Enumerable.Range(0, count).Where(a => rootOf[a] == root).ToArray())];
        // A claim that counts in its own right is filled before those that count as something else, so that one coin more
        // of anything never pushes out what would have counted more.
        issued = [.. Enumerable.Range(0, names.Length).Select(issuer => Enumerable.Range(0, count).Where(a => issuerOf[a] == issuer).OrderBy(a => rootOf[a] == a ? 0 : 1).ThenBy(a => a).ToArray())];
        heads = [.. issued.Select(assets => assets.Where(a => !ClaimsOn(catalog, a).Any(on => issuerOf[on] == issuerOf[a])).ToArray())];
        caps = [.. names.Select(name => (double?)lines.GetValueOrDefault(name)?.Cap ?? double.PositiveInfinity)];
        IsHouse = [.. names.Select(name => lines.GetValueOrDefault(name)?.IsHouse == true)];
        wrongWay = new bool[names.Length];
        foreach (Instrument instrument in catalog.Instruments)
            if (instrument.HasPositions && issuerOf[instrument.Underlying.Value] is >= 0 and var issuer) wrongWay[issuer] = true;
    }

    /// <summary>Whether no asset's count depends on another's.</summary>
    public bool IsPlain => caps.All(double.IsPositiveInfinity) && !Array.Exists(wrongWay, way => way) && Array.TrueForAll(through, claims => claims.Length < 2);

    /// <summary>How many issuers there are.</summary>
    public int Issuers => issued.Length;

    /// <summary>By issuer: whether he is the venue itself.</summary>
    public bool[] IsHouse { get; }

    /// <summary>The issuer of an asset; −1 for nobody.</summary>
    public int IssuerOf(int asset) => issuerOf[asset];

    /// <summary>The assets of an issuer, in the order in which his cap is filled.</summary>
    public ReadOnlySpan<int> Issued(int issuer) => issued[issuer];

    /// <summary>The assets of an issuer that are no claims on another of his: what customers hold of those holds the others too.</summary>
    public ReadOnlySpan<int> Heads(int issuer) => heads[issuer];

    /// <summary>What an issuer's assets count together at most, in one owner's hands.</summary>
    public double Cap(int issuer) => caps[issuer];

    /// <summary>Whether positions in an issuer's assets can be held.</summary>
    public bool HasWrongWay(int issuer) => wrongWay[issuer];

    /// <summary>What an asset counts as; itself where it counts in its own right.</summary>
    public int RootOf(int asset) => rootOf[asset];

    /// <summary>What counts as an asset, itself among them, ascending; nothing where it counts as another itself.</summary>
    public ReadOnlySpan<int> Through(int root) => through[root];

    /// <summary>The asset at the end of an asset's claims; itself where it is none.</summary>
    public static int RootOf(Catalog catalog, int asset) => ClaimsOn(catalog, asset).LastOrDefault(asset);

    /// <summary>What an asset is a claim on, and what that is one on, to the end.</summary>
    private static IEnumerable<int> ClaimsOn(Catalog catalog, int asset)
    {
        // A chain of claims is at most as long as the list: a loop in the listing must not hang the judge.
        for (int steps = 0; steps < catalog.Assets.Count && catalog.Assets[asset].Follows is { } next; steps++)
        {
            asset = next.Value;
            yield return asset;
        }
    }
}
