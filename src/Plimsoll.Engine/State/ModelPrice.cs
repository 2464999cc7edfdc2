using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>The door from a modelled price to one that money moves at.</summary>
internal static class ModelPrice
{
    /// <summary>A model number as a price, on a grid of 15 significant digits and within the limits of a price.</summary>
    public static Price From(double value)
    {
        if (!double.IsFinite(value)) throw new ArithmeticException($"{value} cannot become a price.");

        return new Price(Math.Clamp((decimal)Math.Clamp(value, 0, (double)Price.Max), Price.Min, Price.Max));
    }
}
