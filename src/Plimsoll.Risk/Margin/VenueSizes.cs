using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// How crowded the venue is, by ordinal: what all its accounts hold together, and how sure its prices are. Sampled at
/// stated moments and kept in the venue's state, so that verdicts stay a function of the journal. It never changes.
/// </summary>
/// <remarks>Places beyond a column's end, and everything in <see cref="None"/>, are 0: nothing is crowded, every price sure.</remarks>
public sealed class VenueSizes
{
    private readonly double[] openInterest;
    private readonly double[] holdings;
    private readonly double[] haircutFloors;
    private readonly double[] confidence;

    /// <summary>A sample.</summary>
    /// <param name="openInterest">By instrument: units held long, which are as many as are held short.</param>
    /// <param name="holdings">By asset: coins customers hold, claims on it looked through.</param>
    /// <param name="haircutFloors">By asset: the least haircut now, 0 to 1.</param>
    /// <param name="confidence">By asset: half width of the price's uncertainty as a part of it, at least 0.</param>
    /// <exception cref="InputException">A number is not finite or lies outside its range.</exception>
    public VenueSizes(
        ReadOnlySpan<double> openInterest = default,
        ReadOnlySpan<double> holdings = default,
        ReadOnlySpan<double> haircutFloors = default,
        ReadOnlySpan<double> confidence = default)
    {
        (this.openInterest, this.holdings) = (openInterest.ToArray(), holdings.ToArray());
        (this.haircutFloors, this.confidence) = (haircutFloors.ToArray(), confidence.ToArray());
        Check(this.openInterest, "openInterest", double.MaxValue);
        Check(this.holdings, "holdings", double.MaxValue);
        Check(this.haircutFloors, "haircutFloors", 1);
        Check(this.confidence, "confidence", double.MaxValue);
    }

    /// <summary>Nothing is crowded.</summary>
    public static VenueSizes None { get; } = new();

    /// <summary>Units of each instrument held long.</summary>
    public ReadOnlySpan<double> OpenInterest => openInterest;

    /// <summary>Coins of each asset that customers hold, claims on it looked through.</summary>
    public ReadOnlySpan<double> Holdings => holdings;

    /// <summary>The least haircut of each asset now, 0 to 1.</summary>
    public ReadOnlySpan<double> HaircutFloors => haircutFloors;

    /// <summary>Half width of each price's uncertainty as a part of it.</summary>
    public ReadOnlySpan<double> Confidence => confidence;

    /// <summary>Units of an instrument held long.</summary>
    public double OpenInterestOf(int instrument) => Of(openInterest, instrument);

    /// <summary>Coins of an asset that customers hold.</summary>
    public double HoldingsOf(int asset) => Of(holdings, asset);

    /// <summary>The least haircut of an asset now.</summary>
    public double HaircutFloorOf(int asset) => Of(haircutFloors, asset);

    /// <summary>Half width of the uncertainty of an asset's price, as a part of it.</summary>
    public double ConfidenceOf(int asset) => Of(confidence, asset);

    private static double Of(double[] column, int place) => (uint)place < (uint)column.Length ? column[place] : 0;

    private static void Check(double[] column, string name, double most)
    {
        for (int i = 0; i < column.Length; i++)
            if (!(column[i] >= 0 && column[i] <= most)) throw new InputException($"sizes {name}[{i}]", $"found {column[i]}, expected 0 to {most}");
    }
}
