namespace Plimsoll.Markets.Oracles;

/// <summary>How far a price may be relied on.</summary>
public enum OracleStatus : byte
{
    /// <summary>Enough sources, fresh, sure and of one mind.</summary>
    Live = 0,

    /// <summary>Usable, but thin, unsure or divergent: no new risk is taken on it.</summary>
    Degraded = 1,

    /// <summary>Too old, or too few sources: what lowers risk goes on.</summary>
    Stale = 2,

    /// <summary>Nothing to go by.</summary>
    Halted = 3,
}

/// <summary>What somebody may want to do that hangs on a price.</summary>
public enum OracleAction : byte
{
    /// <summary>Bring assets in.</summary>
    Deposit = 0,

    /// <summary>Pay a loan back.</summary>
    Repay = 1,

    /// <summary>Make a position smaller.</summary>
    Reduce = 2,

    /// <summary>Have an account closed against its will.</summary>
    Liquidate = 3,

    /// <summary>Make a position larger, or open one.</summary>
    Open = 4,

    /// <summary>Take a loan.</summary>
    Borrow = 5,

    /// <summary>Take assets out while something is owed or held.</summary>
    Withdraw = 6,

    /// <summary>Call an account for more collateral.</summary>
    Call = 7,
}
