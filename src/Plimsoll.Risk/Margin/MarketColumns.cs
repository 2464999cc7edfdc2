namespace Plimsoll.Risk.Margin;

/// <summary>The pinned columns of the market and of the collateral schedule, as the kernel reads them.</summary>
internal readonly unsafe struct MarketColumns(
    double* values, double* notionals, int* settlements, double* rows, double* prices, double* assetRows, double* firstEnds, double* firstParts, int instruments)
{
    /// <summary>Worth of one unit of each instrument.</summary>
    public readonly double* Values = values;

    /// <summary>Size of one unit of each instrument, and behind all of them its size when held long.</summary>
    public readonly double* Notionals = notionals;

    /// <summary>Settlement asset of each instrument.</summary>
    public readonly int* Settlements = settlements;

    /// <summary>Gains of each instrument.</summary>
    public readonly double* Rows = rows;

    /// <summary>Price of each asset.</summary>
    public readonly double* Prices = prices;

    /// <summary>Gains of each asset.</summary>
    public readonly double* AssetRows = assetRows;

    /// <summary>Value up to which an asset's first tier decides alone.</summary>
    public readonly double* FirstEnds = firstEnds;

    /// <summary>The part that counts in the first tier.</summary>
    public readonly double* FirstParts = firstParts;

    /// <summary>How many instruments there are.</summary>
    public readonly int Instruments = instruments;
}
