using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>What a line of the rulebook speaks of: one asset, or a whole class. A line for an asset goes before its class's.</summary>
/// <param name="Asset">The asset, or none.</param>
/// <param name="Class">The class, or none.</param>
public readonly record struct AssetScope(AssetId? Asset, AssetClass? Class) : IComparable<AssetScope>
{
    /// <summary>Classes first, then assets by name.</summary>
    public int CompareTo(AssetScope other) => (Asset, other.Asset) switch
    {
        ({ } mine, { } its) => mine.CompareTo(its),
        (null, null) => Nullable.Compare(Class, other.Class),
        (null, _) => -1,
        _ => 1,
    };

    /// <inheritdoc/>
    public override string ToString() => Asset?.Value ?? (Class is { } named ? RiskParametersJson.NameOf(named) : "");

    /// <summary>The line that speaks of an asset: its own, or else its class's, or else none.</summary>
    internal static T? Find<T>(IEnumerable<T> lines, Func<T, AssetScope> scope, Asset asset) where T : class
    {
        T? found = null;
        foreach (T line in lines)
        {
            AssetScope of = scope(line);
            if (of.Asset == asset.Id) return line;
            if (of.Class == asset.Class) found = line;
        }

        return found;
    }

    internal void Check(string field)
    {
        if (Asset is null == Class is null) throw new InputException(field, "expected either an asset or a class");
    }

    internal static void CheckAll(IEnumerable<AssetScope> scopes, string field)
    {
        var seen = new HashSet<AssetScope>();
        foreach (AssetScope scope in scopes)
        {
            scope.Check(field);
            if (!seen.Add(scope)) throw new InputException(field, $"names {scope} twice");
        }
    }
}
