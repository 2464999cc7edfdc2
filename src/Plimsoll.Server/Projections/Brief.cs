using System.Globalization;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>Figures as a person reads them in a sentence: eight significant digits at most, never in powers of ten. The journal has the rest.</summary>
internal static class Brief
{
    private const int Digits = 8;

    /// <summary>A number.</summary>
    public static string Of(decimal value)
    {
        decimal size = Math.Abs(value);
        int whole = 0;
        for (decimal left = size; left >= 1m; left /= 10m) whole++;

        // Below one the zeros behind the point do not count.
        int zeros = 0;
        if (size is > 0m and < 1m)
        {
            for (decimal left = size * 10m; left < 1m; left *= 10m) zeros++;
        }

        int kept = Math.Clamp(Digits - whole + zeros, 0, 28);

        return Price.Canonical(Math.Round(value, kept)).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>An amount of coins.</summary>
    public static string Of(AssetScale scale, Amount amount)
    {
        string exact = scale.Format(amount);

        // What is longer than a decimal is longer than eight digits too, and nobody reads it in a sentence.
        return decimal.TryParse(exact, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal coins) ? Of(coins) : exact;
    }
}
