namespace Plimsoll.Risk.Liquidation.Breakers;

/// <summary>Whether an instrument is traded. Journaled: numbers are never reused.</summary>
public enum BreakerPhase : byte
{
    /// <summary>It is traded, and a price outside its bands pauses it.</summary>
    Trading = 0,

    /// <summary>Nothing is traded and nobody is liquidated in it.</summary>
    Paused = 1,

    /// <summary>Orders of both kinds gather; what crosses is filled at one price when the batch ends.</summary>
    Batch = 2,

    /// <summary>It is traded again, and no price pauses it before its least time open is over.</summary>
    Reopened = 3,
}

/// <summary>Which band a price broke. Journaled: numbers are never reused.</summary>
public enum BandKind : byte
{
    /// <summary>The band around the reference price.</summary>
    Static = 0,

    /// <summary>The band under the highest and over the lowest price of a time.</summary>
    Dynamic = 1,
}

/// <summary>A price that lies outside a band.</summary>
/// <param name="Band">Which band.</param>
/// <param name="Price">The price, above 0.</param>
/// <param name="Reference">What it lies too far from: the reference price, or the extreme.</param>
/// <param name="Width">How far it might, as a part of that.</param>
/// <param name="WithinSeconds">How far back the band looks; 0 for a reference that is never renewed.</param>
public sealed record BandTrip(BandKind Band, double Price, double Reference, double Width, int WithinSeconds)
{
    /// <summary>How far it lies from the reference, signed, as a part of it.</summary>
    public double Move => (Price / Reference) - 1;
}
