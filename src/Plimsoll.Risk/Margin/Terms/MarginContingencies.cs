using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// What the joint scenarios do not ask. Basis, skew and depeg compete with them for the worst; naked shorts, close-out,
/// confidence and concentration are added. A section left out asks nothing.
/// </summary>
/// <remarks>Law: confidence and concentration raise the initial line only, so that no doubt ever liquidates anybody.</remarks>
public sealed record MarginContingencies
{
    /// <summary>Nothing is asked.</summary>
    public static MarginContingencies None { get; } = new();

    /// <summary>Forwards drift from their index; none for never.</summary>
    public BasisTerms? Basis { get; init; }

    /// <summary>Smiles tilt; none for never.</summary>
    public SkewTerms? Skew { get; init; }

    /// <summary>
    /// Parts of the underlying's worth asked for each option sold and not bought back, calls and puts of one strike taken
    /// together; none for nothing.
    /// </summary>
    public LineRates? NakedShort { get; init; }

    /// <summary>Pegs break; none for never.</summary>
    public DepegTerms? Depeg { get; init; }

    /// <summary>What closing costs; none for nothing.</summary>
    public CloseOutTerms? CloseOut { get; init; }

    /// <summary>What unsure prices ask; none for nothing.</summary>
    public ConfidenceTerms? Confidence { get; init; }

    /// <summary>What outsize positions ask; none for nothing.</summary>
    public ConcentrationTerms? Concentration { get; init; }

    internal void Check(string field)
    {
        Basis?.Check($"{field}.basis");
        Skew?.Check($"{field}.skew");
        NakedShort?.Check($"{field}.nakedShort", 1m);
        Depeg?.Check($"{field}.depeg");
        CloseOut?.Check($"{field}.closeOut");
        Confidence?.Check($"{field}.confidence");
        Concentration?.Check($"{field}.concentration");
        if (Concentration?.PartOfVolume is not null && CloseOut is null)
            throw new InputException($"{field}.concentration.partOfVolume", "needs the daily volumes of closeOut, which is missing");
    }

    internal MarginContingencies Canonical() => new()
    {
        Basis = Basis?.Canonical(),
        Skew = Skew?.Canonical(),
        NakedShort = NakedShort?.Canonical(),
        Depeg = Depeg?.Canonical(),
        CloseOut = CloseOut?.Canonical(),
        Confidence = Confidence?.Canonical(),
        Concentration = Concentration?.Canonical(),
    };
}
