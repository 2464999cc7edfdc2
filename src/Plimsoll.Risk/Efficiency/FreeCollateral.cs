using Plimsoll.Risk.Margin;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;

namespace Plimsoll.Risk.Efficiency;

/// <summary>How much collateral an account could let go of.</summary>
public static class FreeCollateral
{
    /// <summary>
    /// The most of one asset that may be taken out with initial health at or above zero, in whole smallest units: taking so
    /// much is allowed and one unit more is not, or is more than the account has net of it.
    /// </summary>
    /// <remarks>What counts is concave in what is taken, so there is one boundary; it is found by halving.</remarks>
    /// <param name="book">The account.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="desk">Who judges.</param>
    /// <param name="scale">The asset's smallest unit.</param>
    public static Amount Most(WhatIfBook book, AssetIndex asset, WhatIfDesk desk, AssetScale scale)
    {
        double coins = desk.NetCoins(book, asset);
        if (!(coins > 0)) return Amount.Zero;

        Amount owned = scale.FromModel(coins, Rounding.AgainstTheAccount);
        if (owned.Sign <= 0 || !Stands(new Amount(1))) return Amount.Zero;
        if (Stands(owned)) return owned;

        (Int128 free, Int128 held) = (1, owned.Units);
        while (held - free > 1)
        {
            Int128 middle = free + ((held - free) / 2);
            if (Stands(new Amount(middle))) free = middle;
            else held = middle;
        }

        return new Amount(free);

        bool Stands(Amount taken) => desk.Verdict(book.WithCoins(asset, -scale.ToModel(taken)), null).InitialHealth >= 0;
    }
}
