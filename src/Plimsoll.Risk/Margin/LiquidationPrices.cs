namespace Plimsoll.Risk.Margin;

/// <summary>What the search for a liquidation price found.</summary>
public enum LiquidationPriceState : byte
{
    /// <summary>No price within the searched range liquidates the account.</summary>
    None = 0,

    /// <summary>There is one below, above, or both.</summary>
    Price = 1,

    /// <summary>The account is below maintenance at today's price.</summary>
    Already = 2,
}

/// <summary>
/// Where one underlying's price would take an account below maintenance, everything else unchanged.
/// </summary>
/// <param name="State">What was found.</param>
/// <param name="Below">The highest such price below today's, in the numeraire; none if there is none.</param>
/// <param name="Above">The lowest such price above today's, in the numeraire; none if there is none.</param>
public readonly record struct LiquidationPrices(LiquidationPriceState State, double? Below, double? Above)
{
    /// <summary>The one that is nearer in relative terms; none if there is neither.</summary>
    /// <param name="price">Today's price.</param>
    public double? Nearest(double price) => (Below, Above) switch
    {
        ({ } below, { } above) => price / below <= above / price ? below : above,
        var (below, above) => below ?? above,
    };
}
