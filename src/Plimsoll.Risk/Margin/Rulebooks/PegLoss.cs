namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>
/// What a stablecoin's fall below its peg adds to initial margin. Source: Derive v2, "depeg contingency".
/// </summary>
/// <param name="Threshold">Price of the coin below which it applies: 0.98.</param>
/// <param name="Factor">Charge per unit of price lost.</param>
public readonly record struct PegLoss(double Threshold, double Factor)
{
    /// <summary>The charge per unit of what it applies to.</summary>
    /// <param name="price">Price of the coin.</param>
    public double At(double price) => Math.Max(Threshold - price, 0) * Factor;
}
