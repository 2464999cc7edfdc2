using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>Says which field of the rulebook lies outside what can be meant, and what was expected.</summary>
internal static class Ranges
{
    public static void Check(string field, decimal value, decimal least, decimal most)
    {
        if (value < least || value > most) throw new InputException(field, $"{value} lies outside {least} to {most}");
    }

    public static void CheckAbove(string field, decimal value, decimal above, decimal most)
    {
        if (value <= above || value > most) throw new InputException(field, $"{value} lies outside {above} (excluded) to {most}");
    }
}
