namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>
/// A charge in proportion to something the scenarios cannot see: short options, unpaired positions, offsets that may
/// break. Deribit calls it a contingency, others a minimum charge.
/// </summary>
/// <param name="Rate">Charge per unit, a fraction.</param>
public readonly record struct Contingency(decimal Rate)
{
    /// <summary>The charge on a notional, in the notional's unit.</summary>
    public decimal On(decimal notional) => Rate * notional;
}
