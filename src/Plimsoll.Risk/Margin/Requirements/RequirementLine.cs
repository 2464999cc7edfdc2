using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>What a line of a requirement is asked for.</summary>
public enum RequirementPart : byte
{
    /// <summary>Loss in the binding scenarios: the joint one, and those of each root alone as far as offsets are not credited.</summary>
    Scenarios = 0,

    /// <summary>Loss when forwards drift from their index.</summary>
    Basis = 1,

    /// <summary>Loss when smiles tilt or curl.</summary>
    Skew = 2,

    /// <summary>Loss when pegs break.</summary>
    Depeg = 3,

    /// <summary>The least that size alone asks, where it is more than the loss.</summary>
    Floor = 4,

    /// <summary>Options sold and not bought back.</summary>
    NakedShort = 5,

    /// <summary>What closing costs.</summary>
    CloseOut = 6,

    /// <summary>What unsure prices ask; initial only.</summary>
    Confidence = 7,

    /// <summary>What outsize positions ask; initial only.</summary>
    Concentration = 8,

    /// <summary>Collateral that counts, but not for opening, because the venue's customers hold too much of it together; initial only.</summary>
    Crowding = 9,

    /// <summary>Debts beyond the part of its value that collateral carries: loan-to-value at initial, the liquidation threshold at the other lines.</summary>
    Debts = 10,
}

/// <summary>
/// A part of what an account is required to have, by the position, asset or root that it is asked for. All lines of an
/// account sum to its requirement at each line, but for the rounding of the sum.
/// </summary>
/// <param name="Part">What it is asked for.</param>
/// <param name="Instrument">The position; none for an asset or a root.</param>
/// <param name="Asset">The asset or the root; none for a position.</param>
/// <param name="Required">The figure at each line in the numeraire; below 0 for what lessens the binding loss, 0 where the part does not bind.</param>
public readonly record struct RequirementLine(RequirementPart Part, InstrumentIndex? Instrument, AssetIndex? Asset, LineFigures Required);
