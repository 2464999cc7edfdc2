using Plimsoll.Units;

namespace Plimsoll.Markets.Instruments;

/// <summary>What kind of thing an asset is: decides which shocks and which oracle rules apply to it.</summary>
public enum AssetClass : byte
{
    /// <summary>A large liquid coin: BTC, ETH.</summary>
    Major = 0,

    /// <summary>Any other coin.</summary>
    Alt = 1,

    /// <summary>A coin that promises to be worth one unit of something else.</summary>
    Stable = 2,

    /// <summary>A claim on a staked coin: stETH.</summary>
    Staked = 3,

    /// <summary>Money of a state, held at a bank.</summary>
    Fiat = 4,
}

/// <summary>An asset the venue takes, owes or settles in.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Scale">Decimals of its smallest unit.</param>
/// <param name="Class">What kind of thing it is.</param>
/// <param name="Follows">The asset it is a claim on, which it moves with: stETH follows ETH, USDC none.</param>
public sealed record Asset(AssetId Id, AssetScale Scale, AssetClass Class, AssetIndex? Follows);
