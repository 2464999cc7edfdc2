using Plimsoll.Markets.Bars;
using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Paths;

[Trait("Category", "Published")]
public sealed class PublishedPricesTests
{
    [Fact]
    public void The_typed_in_path_is_the_published_one_hour_by_hour()
    {
        string[] published =
        [
            .. File.ReadLines(SharedFolder.File("reference", "march-2020-hourly.md"))
                .Where(line => line.StartsWith("| 2020-", StringComparison.Ordinal))
                .Select(line => string.Join(',', line.Trim('|', ' ').Split('|').Select(cell => cell.Trim()))),
        ];

        string[] typed = [.. File.ReadLines(SharedFolder.Sample("harbour", "prices.csv")).Where(line => line.StartsWith("2020-", StringComparison.Ordinal))];

        published.Length.ShouldBe(144);
        typed.ShouldBe(published);
    }

    [Fact]
    public void The_sample_path_shows_each_published_low_at_half_past_and_each_close_at_the_full_hour()
    {
        string[][] rows =
        [
            .. File.ReadLines(SharedFolder.File("reference", "march-2020-hourly.md"))
                .Where(line => line.StartsWith("| 2020-", StringComparison.Ordinal))
                .Select(line => line.Trim('|', ' ').Split('|').Select(cell => cell.Trim()).ToArray()),
        ];

        PriceTick[] ticks = [.. HourlyLows.Read(SharedFolder.Sample("harbour", "prices.csv"), "March 2020").Ticks()];

        ticks.Length.ShouldBe(2 * rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            Instant.TryParse(rows[i][0] + ":00:00Z", out Instant hour).ShouldBeTrue();
            decimal[] given = [.. rows[i].Skip(1).Select(cell => decimal.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))];
            ticks[2 * i].At.ShouldBe(hour + TimeSpan.FromMinutes(30));
            ticks[(2 * i) + 1].At.ShouldBe(hour + TimeSpan.FromHours(1));
            ticks[2 * i].Prices.Take(2).ShouldBe([given[0], given[2]], rows[i][0]);
            ticks[(2 * i) + 1].Prices.ShouldBe([given[1], given[3], given[4]], rows[i][0]);
        }
    }

    [Theory]
    [InlineData("BTC", "binance_spot_btcusdt_1h.csv.gz", 0)]
    [InlineData("LINK", "binance_spot_linkusdt_1h.csv.gz", 1)]
    public void Real_klines_of_the_crash_walk_and_the_bad_tick_of_LINK_is_reported(string asset, string file, int wicks)
    {
        string path = SharedFolder.File("data", "prices", file);

        PricePath march = KlinePath.Read([(new AssetId(asset), path)], Instant.Utc(2020, 3, 11), Instant.Utc(2020, 3, 17));

        march.Ticks().Count().ShouldBe(4 * 144);
        march.Notes.Count(note => note.Contains("extreme", StringComparison.Ordinal)).ShouldBe(wicks);
        if (wicks > 0) march.Notes.Single().ShouldContain("LINK: 1 bars");
    }

    [Fact]
    public void The_typed_in_closes_are_the_closes_of_the_real_klines()
    {
        string btc = SharedFolder.File("data", "prices", "binance_spot_btcusdt_1h.csv.gz");
        string eth = SharedFolder.File("data", "prices", "binance_spot_ethusdt_1h.csv.gz");
        string link = SharedFolder.File("data", "prices", "binance_spot_linkusdt_1h.csv.gz");
        PricePath real = KlinePath.Read([(new AssetId("BTC"), btc), (new AssetId("ETH"), eth), (new AssetId("LINK"), link)], Instant.Utc(2020, 3, 11), Instant.Utc(2020, 3, 17));

        PriceTick[] closes = [.. real.Ticks().Where((_, i) => i % Bar.Points == Bar.Points - 1)];
        PriceTick[] typed = [.. HourlyLows.Read(SharedFolder.Sample("harbour", "prices.csv"), "March 2020").Ticks().Where((_, i) => i % 2 == 1)];

        closes.Select(tick => string.Join(' ', tick.Prices)).ShouldBe(typed.Select(tick => string.Join(' ', tick.Prices)));
    }

    [Theory]
    [InlineData("prices/binance_spot_btcusdt_1h.csv.gz", 67_798)]
    [InlineData("prices/binance_spot_lunausdt_1h_to_collapse.csv.gz", 12_656)]
    [InlineData("prices/crisis-2021-05/binance_spot_ethusdt_5m.csv.gz", 8_928)]
    [InlineData("depegs/binance_spot_usdcusdt_1h_2023-03.csv", 0)]
    [InlineData("depegs/binance_spot_ustusdt_15m_to_collapse.csv.gz", 13_412)]
    public void Whole_files_of_real_prices_are_read(string file, int bars)
    {
        KlineFile klines = KlineFile.Open(SharedFolder.File(["data", .. file.Split('/')]));

        klines.Bars.ShouldBeGreaterThan(100);
        if (bars > 0) klines.Bars.ShouldBe(bars);
    }
}
