namespace Plimsoll.Risk.Exposure;

/// <summary>
/// The questions an exposure answers, in the order of the columns of <see cref="GreekMatrix"/>. All are money of the
/// numeraire, so that they may be added across underlyings; in coin they are the same money at the underlying's price.
/// </summary>
public enum Greek : byte
{
    /// <summary>Worth of the coins that move alike: what 100 % of a move would bring at today's slope.</summary>
    Delta = 0,

    /// <summary>Change of delta when the underlying rises by 1 %.</summary>
    Gamma = 1,

    /// <summary>Change of worth per vol point.</summary>
    Vega = 2,

    /// <summary>Change of worth per day; negative when time costs the holder.</summary>
    Theta = 3,

    /// <summary>Change of worth per 1 % of rate.</summary>
    Rho = 4,

    /// <summary>Change of delta per vol point.</summary>
    Vanna = 5,

    /// <summary>Change of vega per vol point.</summary>
    Volga = 6,

    /// <summary>Change of delta per day.</summary>
    Charm = 7,

    /// <summary>Change of gamma when the underlying rises by 1 %.</summary>
    Speed = 8,

    /// <summary>Worth of the positions, before what they cost.</summary>
    Value = 9,

    /// <summary>Size of the positions: that of the coins under them.</summary>
    Notional = 10,

    /// <summary>Worth of the coins owned or owed, that of positions settling in them included.</summary>
    Coins = 11,
}
