using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>One rate for each of the three lines.</summary>
/// <remarks>Law: maintenance ≤ target ≤ initial.</remarks>
/// <param name="Initial">What opening asks.</param>
/// <param name="Target">What a liquidation restores.</param>
/// <param name="Maintenance">What must never be missed.</param>
public readonly record struct LineRates(decimal Initial, decimal Target, decimal Maintenance)
{
    /// <summary>The same at every line.</summary>
    public static LineRates Same(decimal rate) => new(rate, rate, rate);

    /// <summary>The rate at one line.</summary>
    public decimal At(MarginLine line) => line switch
    {
        MarginLine.Initial => Initial,
        MarginLine.Target => Target,
        _ => Maintenance,
    };

    internal void Check(string field, decimal most)
    {
        Ranges.Check($"{field}.maintenance", Maintenance, 0m, most);
        Ranges.Check($"{field}.target", Target, 0m, most);
        Ranges.Check($"{field}.initial", Initial, 0m, most);
        if (Target < Maintenance) throw new InputException($"{field}.target", $"{Target} lies below maintenance {Maintenance}: expected maintenance ≤ target ≤ initial");
        if (Initial < Target) throw new InputException($"{field}.initial", $"{Initial} lies below target {Target}: expected maintenance ≤ target ≤ initial");
    }

    internal LineRates Canonical() => new(Price.Canonical(Initial), Price.Canonical(Target), Price.Canonical(Maintenance));
}
