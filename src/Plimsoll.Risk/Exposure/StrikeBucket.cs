namespace Plimsoll.Risk.Exposure;

/// <summary>Where an option's strike lies against its forward, whichever side it gives.</summary>
public enum StrikeBucket : byte
{
    /// <summary>No strike: futures, perpetuals, coins.</summary>
    None = 0,

    /// <summary>Under half the forward.</summary>
    UnderHalf = 1,

    /// <summary>From 50 % of the forward.</summary>
    From50 = 2,

    /// <summary>From 80 %.</summary>
    From80 = 3,

    /// <summary>At the money: from 95 % to 105 %, both included.</summary>
    AtTheMoney = 4,

    /// <summary>Above 105 % to 125 %.</summary>
    To125 = 5,

    /// <summary>Above 125 % to 200 %.</summary>
    To200 = 6,

    /// <summary>Above twice the forward.</summary>
    OverTwice = 7,
}

/// <summary>Strike buckets of moneyness.</summary>
public static class StrikeBuckets
{
    /// <summary>How many there are.</summary>
    public const int Count = 8;

    /// <summary>The bucket of a strike.</summary>
    /// <param name="strike">In quote units; 0 for what has none.</param>
    /// <param name="forward">In quote units; without one nothing can be said.</param>
    public static StrikeBucket Of(double strike, double forward)
    {
        if (!(strike > 0) || !(forward > 0)) return StrikeBucket.None;

        return (strike / forward) switch
        {
            < 0.5 => StrikeBucket.UnderHalf,
            < 0.8 => StrikeBucket.From50,
            < 0.95 => StrikeBucket.From80,
            <= 1.05 => StrikeBucket.AtTheMoney,
            <= 1.25 => StrikeBucket.To125,
            <= 2 => StrikeBucket.To200,
            _ => StrikeBucket.OverTwice,
        };
    }
}
