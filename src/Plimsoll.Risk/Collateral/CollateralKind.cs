namespace Plimsoll.Risk.Collateral;

/// <summary>What a collateral asset is, seen through its name: decides what else must be asked of it.</summary>
public enum CollateralKind : byte
{
    /// <summary>The thing itself: a coin on its own chain, money at a bank.</summary>
    Native = 0,

    /// <summary>A claim on coins that a custodian holds.</summary>
    Wrapped = 1,

    /// <summary>A claim on coins locked on another chain: as good as the bridge.</summary>
    Bridged = 2,

    /// <summary>A claim on staked coins.</summary>
    LiquidStaked = 3,

    /// <summary>A share of a pool's two assets.</summary>
    PoolShare = 4,

    /// <summary>The token of an exchange: worth what the exchange is.</summary>
    ExchangeToken = 5,

    /// <summary>A promise of one unit of something else by an issuer.</summary>
    Stablecoin = 6,
}

/// <summary>Whether what was deposited can still be taken back by its chain.</summary>
public enum Finality : byte
{
    /// <summary>It cannot.</summary>
    Final = 0,

    /// <summary>It can: the asset counts nothing until it is final.</summary>
    Pending = 1,
}
