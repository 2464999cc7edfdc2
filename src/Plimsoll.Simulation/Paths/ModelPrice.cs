using Plimsoll.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Paths;

/// <summary>Prices that a formula makes rather than a market: the one way from model numbers to a path's decimals.</summary>
internal static class ModelPrice
{
    /// <summary>Digits a made price keeps: as many as exchanges print, and the same on every machine.</summary>
    public const int SignificantDigits = 8;

    /// <summary><c>start × ratio^exponent</c>, rounded to <see cref="SignificantDigits"/>; exactly <c>start × ratio</c> before rounding when the exponent is 1.</summary>
    /// <exception cref="InputException">The price leaves what the venue accepts.</exception>
    public static decimal Scaled(decimal start, decimal price, decimal first, double exponent)
    {
        if (exponent == 1) return Rounded(start * (price / first));
        double logReturn = Exact.Log((double)price / (double)first);

        return Moved(start, exponent * logReturn);
    }

    /// <summary><c>start × e^logReturn</c>, rounded to <see cref="SignificantDigits"/>.</summary>
    /// <exception cref="InputException">The price leaves what the venue accepts.</exception>
    public static decimal Moved(decimal start, double logReturn)
    {
        double price = (double)start * Exact.Exp(logReturn);
        if (!(price >= (double)Price.Min && price <= (double)Price.Max))
            throw new InputException("path", $"found a price of {price}, expected a path that stays within {Price.Min} to {Price.Max}");

        return Rounded((decimal)price);
    }

    /// <summary>The price with <see cref="SignificantDigits"/> digits, a half to the even one.</summary>
    public static decimal Rounded(decimal price)
    {
        int decimals = SignificantDigits - 1;
        decimal scaled = price;
        for (; scaled >= 10; scaled /= 10) decimals--;
        for (; scaled < 1; scaled *= 10) decimals++;

        return decimals >= 0 ? Price.Canonical(Math.Round(price, Math.Min(decimals, 28))) : price;
    }
}
