using System.Globalization;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral.Statements;

/// <summary>A figure of a published statement, held exactly.</summary>
internal static class Figure
{
    /// <summary>No holding is larger; below it sums of figures keep all their digits.</summary>
    private const decimal Most = 1e18m;

    private const int MostDigits = 28;

    /// <summary>A figure that is not below 0.</summary>
    /// <exception cref="InputException">It is no such number, too large, or has more digits than are held exactly.</exception>
    public static decimal Read(string text, string place)
    {
        decimal value = Signed(text, place);

        return value >= 0m ? value : throw new InputException(place, $"found {text}, expected a number not below 0");
    }

    /// <summary>A figure of either sign.</summary>
    /// <exception cref="InputException">It is no number, too large, or has more digits than are held exactly.</exception>
    public static decimal Signed(string text, string place)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out decimal value)) throw new InputException(place, $"found '{text}', expected a number");
        if (Math.Abs(value) > Most) throw new InputException(place, $"found {text}, expected at most {Most}");
        if (text.Count(char.IsAsciiDigit) > MostDigits + 2) throw new InputException(place, $"found {text}, expected at most {MostDigits} digits");

        return Price.Canonical(value);
    }
}
