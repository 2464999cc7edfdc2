using System.Globalization;

namespace Plimsoll.Risk.Liquidation.Breakers;

/// <summary>Why a breaker tripped or reopened, in words and figures; the same on every machine, since it is journaled.</summary>
public static class BreakerWords
{
    /// <summary>A figure with at most eight decimals.</summary>
    public static string Of(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    /// <summary>A part as per cent with at most two decimals.</summary>
    public static string Percent(double part) => (100 * part).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>A part as per cent, rounded down in its sixth decimal, so that what covers not all never reads as all.</summary>
    public static string Least(double part) => (Math.Floor(1e8 * part) / 1e6).ToString("0.######", CultureInfo.InvariantCulture) + " %";

    /// <summary>A length of time in seconds.</summary>
    public static string Seconds(long microseconds) => (microseconds / 1_000_000m).ToString("0.######", CultureInfo.InvariantCulture) + " s";

    /// <summary>Why a batch opens.</summary>
    public static string Gathering(int seconds) => $"the pause is over; orders gather for {seconds} s and cross at one price";

    /// <summary>Why an instrument is traded again.</summary>
    /// <param name="phase">What ended: the pause, or the batch.</param>
    /// <param name="crossed">The price of the batch; none where nothing crossed.</param>
    /// <param name="lots">What crossed.</param>
    /// <param name="reference">What the bands lie around from now on.</param>
    public static string Reopened(BreakerPhase phase, decimal? crossed, long lots, double reference)
    {
        string from = $"the bands lie around {Of(reference)} from now on";

        return crossed is { } price
            ? string.Create(CultureInfo.InvariantCulture, $"{lots} lots crossed at {Units.Price.Canonical(price)}; {from}")
            : phase == BreakerPhase.Batch ? $"the batch is over and nothing crossed; {from}" : $"the pause is over; {from}";
    }

    internal static string Of(BandTrip broken, int level, long pause)
    {
        string side = broken.Move < 0 ? "below" : "above";
        string from = broken.Band == BandKind.Static
            ? $"the reference {Of(broken.Reference)}"
            : $"the {(broken.Move < 0 ? "highest" : "lowest")} price of the last {broken.WithinSeconds} s, {Of(broken.Reference)}";
        string row = level == 1 ? "" : $", trip {level} of a row";

        return $"{Of(broken.Price)} lies {Percent(Math.Abs(broken.Move))} {side} {from}; the {(broken.Band == BandKind.Static ? "static" : "dynamic")} band is {Percent(broken.Width)}; paused for {Seconds(pause)}{row}";
    }
}
