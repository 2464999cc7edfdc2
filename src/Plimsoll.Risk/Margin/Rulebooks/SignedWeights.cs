namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>How much a value counts, by its sign: what is owned at the asset weight, what is owed at the liability weight.</summary>
/// <param name="Asset">Weight of what is owned, usually at most 1.</param>
/// <param name="Liability">Weight of what is owed, usually at least 1.</param>
public readonly record struct SignedWeights(double Asset, double Liability)
{
    /// <summary>The weight of a signed value.</summary>
    public double Of(double value) => value < 0 ? Liability : Asset;

    /// <summary>What a signed value counts.</summary>
    public double Weigh(double value) => value * Of(value);
}
