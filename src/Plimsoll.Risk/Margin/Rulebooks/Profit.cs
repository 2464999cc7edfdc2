namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>Profit of a contract since its entry, as every exchange with both kinds of contract publishes it.</summary>
public static class Profit
{
    /// <summary>Of a contract sized in coins, in quote units.</summary>
    /// <param name="size">Signed size in coins.</param>
    /// <param name="entry">Average price paid, in quote units.</param>
    /// <param name="mark">Price now.</param>
    public static decimal Linear(decimal size, decimal entry, decimal mark) => size * (mark - entry);

    /// <summary>Of a contract sized in quote units, in coin.</summary>
    /// <param name="size">Signed size in quote units.</param>
    /// <param name="entry">Average price paid, in quote units, above 0.</param>
    /// <param name="mark">Price now, above 0.</param>
    public static decimal Inverse(decimal size, decimal entry, decimal mark) => (size / entry) - (size / mark);
}
