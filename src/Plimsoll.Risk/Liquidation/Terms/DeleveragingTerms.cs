using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Terms;

/// <summary>How a bankrupt position is shared among those on the other side.</summary>
public enum DeleveragingPolicy : byte
{
    /// <summary>In proportion to what each holds: equal holders give equally.</summary>
    ProRata = 0,

    /// <summary>In proportion to unrealised profit: who has won most gives most, losers only when winners have no more.</summary>
    ProRataProfit = 1,

    /// <summary>A queue by profit × effective leverage (BitMEX).</summary>
    BitMex = 2,

    /// <summary>A queue by (mark ÷ entry) × (notional ÷ account value) (Hyperliquid).</summary>
    Hyperliquid = 3,

    /// <summary>A queue by profit × the quantile of leverage (Binance).</summary>
    Binance = 4,

    /// <summary>The highest geared first, all down to one leverage of the whole account.</summary>
    WaterFilling = 5,
}

/// <summary>How positions the fund cannot bear are handed to the other side.</summary>
/// <param name="Policy">Who gives how much.</param>
/// <param name="SpareHedged">Whether accounts whose position hedges another are asked last.</param>
public sealed record DeleveragingTerms(DeleveragingPolicy Policy, bool SpareHedged = false)
{
    /// <summary>Pro rata, from everybody alike, without asking what it does to him.</summary>
    public static DeleveragingTerms None { get; } = new(DeleveragingPolicy.ProRata) { IsNone = true };

    /// <summary>Whether the section is absent.</summary>
    public bool IsNone { get; private init; }

    internal void Check(string field)
    {
        if (!Enum.IsDefined(Policy)) throw new InputException($"{field}.policy", $"{(int)Policy} is no policy");
    }
}
