using Plimsoll.Units;

namespace Plimsoll.Risk.Hedging;

/// <summary>What a hedge is asked for: one underlying's sensitivities, where they may lie, and what may be traded.</summary>
/// <param name="Current">What the book has now.</param>
/// <param name="Bands">At most one band for each sensitivity; one without a band may go anywhere.</param>
/// <param name="Instruments">What may be traded, in the order in which equals are preferred.</param>
public sealed record HedgeProblem(HedgedGreeks Current, IReadOnlyList<GreekBand> Bands, IReadOnlyList<HedgeInstrument> Instruments);

/// <summary>Why a sensitivity stays outside its band.</summary>
public enum HedgeObstacle
{
    /// <summary>Nothing stands in the way: it is inside.</summary>
    None = 0,

    /// <summary>No instrument that may be traded moves it the way it must go.</summary>
    NothingMovesIt = 1,

    /// <summary>Every instrument that moves it is traded as deep as it goes.</summary>
    DepthSpent = 2,

    /// <summary>Moving it further would push another sensitivity out of its band, or further out.</summary>
    OtherBand = 3,

    /// <summary>It could be reached, but not in whole lots.</summary>
    LotTooCoarse = 4,

    /// <summary>The search was ended at its limit of steps; what was found is lawful but perhaps not the best.</summary>
    SearchLimit = 5,
}

/// <summary>One trade of a proposal.</summary>
/// <param name="Instrument">What is traded.</param>
/// <param name="Lots">Whole lots, + bought, − sold.</param>
/// <param name="Cost">What it costs.</param>
public sealed record HedgeTrade(HedgeInstrument Instrument, long Lots, HedgeCost Cost)
{
    /// <summary>The size in the instrument's own unit, + bought, − sold.</summary>
    public decimal Size => Lots * Instrument.LotSize;
}

/// <summary>What becomes of one band.</summary>
/// <param name="Band">The band.</param>
/// <param name="Before">The sensitivity before.</param>
/// <param name="After">The sensitivity after.</param>
/// <param name="Obstacle">Why it is still outside, if it is.</param>
public sealed record HedgedBand(GreekBand Band, double Before, double After, HedgeObstacle Obstacle)
{
    /// <summary>How far outside it was.</summary>
    public double BreachBefore => Band.Breach(Before, Before);

    /// <summary>How far outside it will be.</summary>
    public double BreachAfter => Band.Breach(After, Before);
}

/// <summary>The trades that bring sensitivities inside their bands at the least cost, and what they do.</summary>
/// <param name="Before">Sensitivities before.</param>
/// <param name="After">Sensitivities after.</param>
/// <param name="Trades">The trades, in the order of the instruments.</param>
/// <param name="Bands">What becomes of each band.</param>
/// <param name="Cost">What the trades cost together.</param>
public sealed record HedgeProposal(
    HedgedGreeks Before, HedgedGreeks After, IReadOnlyList<HedgeTrade> Trades, IReadOnlyList<HedgedBand> Bands, HedgeCost Cost)
{
    /// <summary>Whether every band holds afterwards.</summary>
    public bool IsComplete => Bands.All(band => band.Obstacle == HedgeObstacle.None);
}
