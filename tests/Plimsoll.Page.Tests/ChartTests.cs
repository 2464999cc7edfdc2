using System.Text.Json;
using Microsoft.Playwright;

namespace Plimsoll.Page.Tests;

[Collection(PageCollection.Name)]
public sealed class ChartTests(Chromium chromium)
{
    /// <summary>Counts the coloured pixels of a chart between two heights, given as parts of it; axes, labels and rules are grey.</summary>
    internal const string Coloured =
        """
        ([panel, from, to]) => {
          const canvas = document.querySelector(`${panel} canvas`);
          if (canvas === null || canvas.height === 0) return 0;
          const [top, rows] = [Math.floor(canvas.height * from), Math.ceil(canvas.height * (to - from))];
          const { data } = canvas.getContext('2d').getImageData(0, top, canvas.width, rows);
          let count = 0;
          for (let i = 0; i < data.length; i += 4)
            if (data[i + 3] > 40 && Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 60) count++;
          return count;
        }
        """;

    private static readonly DateTimeOffset March = new(2020, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("#thresholds", 0.2, 0.85)]
    [InlineData("#markets", 0.1, 0.38)]
    [InlineData("#markets", 0.65, 0.75)]
    public async Task A_chart_has_drawn_its_curves(string panel, double from, double to)
    {
        Chromium.Demand();
        await using Watched desk = await (await chromium.Open(chromium.Harbour.Url)).Live();

        await Watched.Eventually(() => desk.Page.EvaluateAsync<int>(Coloured, new object[] { panel, from, to }), pixels => pixels > 150, $"{panel} is drawn");
    }

    [Fact]
    public async Task The_past_lies_in_the_month_that_is_played()
    {
        Chromium.Demand();

        JsonElement history = await Watched.Eventually(
            () => chromium.Harbour.Get("api/v1/history"), told => told.GetProperty("points").GetArrayLength() > 1, "the venue has gone on from its first moment");

        foreach (JsonElement point in history.GetProperty("points").EnumerateArray())
            point.GetProperty("time").GetDateTimeOffset().ShouldBeInRange(March, March.AddMonths(1));

        // The first moment is shown as it ended: with the fund endowed, not in the middle of the venue's being built.
        history.GetProperty("points")[0].GetProperty("fund").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_time_axis_begins_in_the_month_that_is_played()
    {
        Chromium.Demand();
        await using Watched desk = await (await chromium.Open(chromium.Harbour.Url)).Live();
        ILocator chart = desk.Page.Locator("#markets .chart");
        await chart.ScrollIntoViewIfNeededAsync();

        foreach (float x in new[] { 62f, 300f })
        {
            string tip = await Watched.Eventually(() => TipAt(desk, chart, x), text => text.Length > 0, "the chart says what it shows");
            tip.ShouldContain("Mar 2020");
        }
    }

    private static async Task<string> TipAt(Watched desk, ILocator chart, float x)
    {
        await chart.HoverAsync(new LocatorHoverOptions { Position = new Position { X = x, Y = 80 } });
        IReadOnlyList<string> texts = await chart.Locator("div", new() { Has = desk.Page.Locator("table.tip") }).AllInnerTextsAsync();

        return string.Join(' ', texts);
    }
}
