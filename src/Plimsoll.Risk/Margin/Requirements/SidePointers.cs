namespace Plimsoll.Risk.Margin;

/// <summary>The pinned columns of the optional sections, as the kernel reads them.</summary>
internal readonly unsafe struct SidePointers(
    double* sides, double* pegs, double* assetPegs, double* assetDoubts, double* assetBounds, int* keys, int* assetRoots, CloseOut* closeOuts)
{
    /// <summary>Numbers of each contract: see <see cref="SideColumns"/>.</summary>
    public readonly double* Sides = sides;

    /// <summary>Gains of each contract when pegs break.</summary>
    public readonly double* Pegs = pegs;

    /// <summary>Gains of each coin when pegs break.</summary>
    public readonly double* AssetPegs = assetPegs;

    /// <summary>What doubt asks of each asset's worth.</summary>
    public readonly double* AssetDoubts = assetDoubts;

    /// <summary>Least and most gain of each asset.</summary>
    public readonly double* AssetBounds = assetBounds;

    /// <summary>Root, expiry group and strike group of each contract: see <see cref="RequirementTable.Keys"/>.</summary>
    public readonly int* Keys = keys;

    /// <summary>Root of each asset.</summary>
    public readonly int* AssetRoots = assetRoots;

    /// <summary>Closing terms of each root.</summary>
    public readonly CloseOut* CloseOuts = closeOuts;
}
