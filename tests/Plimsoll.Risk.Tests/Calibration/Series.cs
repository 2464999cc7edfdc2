using System.Collections.Concurrent;
using Plimsoll.Markets.Bars;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Volatility;
using Plimsoll.Published;
using Plimsoll.Risk.Collateral.Calibration;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests.Calibration;

/// <summary>Price series to calibrate on.</summary>
internal static class Series
{
    private static readonly ConcurrentDictionary<string, BarSeries> Read = new(StringComparer.Ordinal);

    /// <summary>Hourly bars whose volatility itself wanders: storms and calms, under one seed.</summary>
    public static List<PriceBar> Invented(ulong seed, int days)
    {
        var stream = new SeededStream(seed);
        var bars = new List<PriceBar>();
        (double price, double mood) = (100, 0);
        for (int hour = 0; hour < days * 24; hour++)
        {
            if (hour % 24 == 0) mood = (0.97 * mood) + (0.15 * stream.NextNormal());
            double next = price * Exact.Exp(0.006 * Exact.Exp(mood) * stream.NextNormal());
            bars.Add(new PriceBar(Instant.Utc(2020, 1, 1) + TimeSpan.FromHours(hour), price, Math.Max(price, next), Math.Min(price, next), next, 50));
            price = next;
        }

        return bars;
    }

    /// <summary>The published hourly prices of a coin, read once; the test is skipped where they are not there.</summary>
    public static BarSeries Published(string coin) => Read.GetOrAdd(coin, Open);

    private static BarSeries Open(string coin)
    {
        string name = $"data/prices/binance_spot_{coin}usdt_1h.csv.gz";
        string? path = SharedFolder.Find(name);
        Assert.SkipWhen(path is null, SharedFolder.HowToFind(name));
        KlineFile file = KlineFile.Open(path!);

        return BarSeries.Of(file.Read(file.First, new Instant(long.MaxValue)).Select(bar =>
            new PriceBar(bar.At, (double)bar.Open, (double)bar.High, (double)bar.Low, (double)bar.Close, (double)bar.Volume)));
    }

    /// <summary>The calibration of bars.</summary>
    public static HaircutCalibration Calibrated(IEnumerable<PriceBar> bars, CalibrationSettings? settings = null) =>
        new(DailyLosses.Of(BarSeries.Of(bars)), settings);
}
