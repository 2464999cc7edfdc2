namespace Plimsoll.Risk.Shadow;

/// <summary>What another set of parameters would do to an account, from nothing to the worst.</summary>
public enum ShadowEffect : byte
{
    /// <summary>It stays where it is: nothing is asked of it that was not before.</summary>
    None = 0,

    /// <summary>It is called or liquidated under the set in force, and would be let go.</summary>
    Released = 1,

    /// <summary>It may open positions and take coins out now, and could no more.</summary>
    Restricted = 2,

    /// <summary>It would be called for margin.</summary>
    Called = 3,

    /// <summary>It would be liquidated.</summary>
    Liquidated = 4,
}
