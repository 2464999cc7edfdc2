using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>The door from a model number to the decimals exchanges and chains reckon in.</summary>
internal static class ExactFigure
{
    // Beyond it a product of two decimals has no room, and no account of this world is there.
    private const double Most = 1e18;

    /// <summary>The decimal nearest to a number, to 15 figures.</summary>
    /// <exception cref="InputException">The number is no number, infinite or beyond 10¹⁸.</exception>
    public static decimal Of(double value, string field) => Math.Abs(value) <= Most
        ? (decimal)value
        : throw new InputException(field, $"found {value}, expected a number of at most 1e18");
}
