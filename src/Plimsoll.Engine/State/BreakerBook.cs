using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>Which instruments are traded now, and how much may still be liquidated and deleveraged in this period.</summary>
public sealed class BreakerBook
{
    /// <summary>Whether an instrument is traded now; always where the rulebook has no breakers.</summary>
    public bool Allows(InstrumentIndex instrument) => true;

    /// <summary>Notional that may still be liquidated in this period, in the numeraire; infinite where the rulebook does not say.</summary>
    public double LiquidationRoom => double.PositiveInfinity;

    /// <summary>Notional that may still be deleveraged in this period, in the numeraire; infinite where the rulebook does not say.</summary>
    public double AdlRoom => double.PositiveInfinity;

    /// <summary>When a pause, an auction or a period ends next by itself; none where none does.</summary>
    public Instant? NextDue => null;
}
