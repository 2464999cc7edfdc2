using Plimsoll.Units;

namespace Plimsoll.Pricing.Volatility;

/// <summary>What a price did within one stretch of time.</summary>
/// <param name="At">When the stretch begins.</param>
/// <param name="Open">The first price.</param>
/// <param name="High">The highest.</param>
/// <param name="Low">The lowest.</param>
/// <param name="Close">The last.</param>
/// <param name="Volume">Coins traded, 0 where nobody told.</param>
public readonly record struct PriceBar(Instant At, double Open, double High, double Low, double Close, double Volume = 0);

/// <summary>Why a bar, or part of it, is not used.</summary>
public enum BarFault
{
    /// <summary>A price that is not above 0 and finite.</summary>
    NotAPrice = 1,

    /// <summary>Open or close outside low to high, or high below low.</summary>
    Contradiction = 2,

    /// <summary>Not later than the bar before it.</summary>
    OutOfOrder = 3,

    /// <summary>A wick no market made: the extreme is put back to the nearer end of the bar's body, the rest is kept.</summary>
    BadTick = 4,
}

/// <summary>A bar that was flagged.</summary>
/// <param name="Place">Its place in the list, from 0.</param>
/// <param name="Fault">What is wrong with it.</param>
public readonly record struct FlaggedBar(int Place, BarFault Fault);
