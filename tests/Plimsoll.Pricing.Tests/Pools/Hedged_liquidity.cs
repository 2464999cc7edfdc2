using System.Globalization;
using System.IO.Compression;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Pools;
using Plimsoll.Published;

namespace Plimsoll.Pricing.Tests.Pools;

/// <summary>
/// Whoever holds liquidity and sells its inventory at the market, hour by hour, is left with the loss versus rebalancing:
/// the paper's statement, on made and on real prices.
/// </summary>
public sealed class Hedged_liquidity
{
    private const int Hours = 365 * 24;

    [Fact]
    public void On_made_prices_it_loses_what_the_formula_says()
    {
        const double Vol = 0.8;
        double step = Vol / Math.Sqrt(Hours);
        (double lost, double told) = (0, 0);
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var chance = new SeededStream(seed);
            double[] path = new double[Hours + 1];
            path[0] = 2_000;
            for (int i = 1; i < path.Length; i++) path[i] = path[i - 1] * Exact.Exp((step * chance.NextNormal()) - (0.5 * step * step));
            foreach (PoolPosition position in (PoolPosition[])[new(100, default), new(400, PoolRange.Between(1_200, 3_500))])
            {
                lost += Hedged(position, path);
                for (int i = 0; i < Hours; i++) told += LossVersusRebalancing.PerYear(position, path[i], Vol) / Hours;
            }
        }

        // Twenty years of hours: two hundredths is three standard errors of the variance that was drawn.
        lost.ShouldBe(told, 0.02 * told);
    }

    [Theory]
    [InlineData("btc", 0, 1e9)]
    [InlineData("btc", 30_000, 60_000)]
    [InlineData("eth", 0, 1e9)]
    [InlineData("eth", 1_500, 4_000)]
    [Trait("Category", "Published")]
    public void On_the_hours_of_2021_it_loses_half_its_gamma_times_the_squared_moves(string coin, double lower, double upper)
    {
        string name = $"data/prices/binance_spot_{coin}usdt_1h.csv.gz";
        double[] path = Closes(name, 2021);
        Assert.SkipWhen(path.Length == 0, SharedFolder.HowToFind(name));
        path.Length.ShouldBeGreaterThan(8_000);
        var position = PoolPosition.Worth(lower == 0 ? PoolRange.Whole : PoolRange.Between(lower, upper), path[0], 100_000);

        double told = 0;
        for (int i = 1; i < path.Length; i++)
        {
            double move = (path[i] / path[i - 1]) - 1;
            // An hour's variance per year is its squared move times the hours of a year.
            told += LossVersusRebalancing.PerYear(position, path[i - 1], Math.Sqrt(move * move * Hours)) / Hours;
        }

        // Moves of an hour are small but not infinitely so: the cubic term is what is left.
        Hedged(position, path).ShouldBe(told, 0.05 * told);
        told.ShouldBeGreaterThan(1_000);
    }

    /// <summary>Inventory bought and sold at the market, less what the pool paid for the same trades.</summary>
    private static double Hedged(PoolPosition position, double[] path)
    {
        double lost = 0;
        for (int i = 1; i < path.Length; i++)
            lost += (position.Delta(path[i - 1]) * (path[i] - path[i - 1])) - (position.Value(path[i]) - position.Value(path[i - 1]));

        return lost;
    }

    private static double[] Closes(string name, int year)
    {
        if (SharedFolder.Find(name) is not { } path) return [];

        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string[] header = reader.ReadLine()!.Split(',');
        (int at, int close) = (Array.IndexOf(header, "ts_ms"), Array.IndexOf(header, "close"));
        long from = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), to = new DateTimeOffset(year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var closes = new List<double>();
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split(',');
            long time = long.Parse(fields[at], CultureInfo.InvariantCulture);
            if (time >= from && time < to) closes.Add(double.Parse(fields[close], CultureInfo.InvariantCulture));
        }

        return [.. closes];
    }
}
