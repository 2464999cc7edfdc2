using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Paths;

public sealed class HourlyLowsTests
{
    private const string Header = "# where from\nhour,BTC low,BTC close,LINK close\n";

    [Fact]
    public void An_asset_with_a_close_alone_stands_midway_at_half_past()
    {
        using var file = new TempFile(Header + "2020-03-11T00,90,100,4\n2020-03-11T01,80,85,3\n");

        HourlyLows.Read(file.Path, "typed in").Ticks().Select(tick => $"{tick.At} {string.Join(' ', tick.Prices)}").ShouldBe(
        [
            "2020-03-11T00:30:00Z 90 4",
            "2020-03-11T01:00:00Z 100 4",
            "2020-03-11T01:30:00Z 80 3.5",
            "2020-03-11T02:00:00Z 85 3",
        ]);
    }

    [Theory]
    [InlineData("2020-03-11T00,90,100\n", ":3 columns: found '3', expected 4")]
    [InlineData("2020-03-11T00,90,x,4\n", ":3 BTC close: found 'x', expected a number")]
    [InlineData("2020-03-11T00,0,100,4\n", ":3 BTC low: found '0', expected a price from 0.000000000001 to 1000000000000")]
    [InlineData("2020-03-11T00,101,100,4\n", ":3 BTC low: found '101', expected at most the close 100")]
    [InlineData("11 March,90,100,4\n", ":3 hour: found '11 March', expected an hour like 2020-03-11T00")]
    [InlineData("2020-03-11T00,90,100,4\n2020-03-11T00,90,100,4\n", ":4 hour: found '2020-03-11T00:00:00Z', expected an hour after 2020-03-11T00:00:00Z")]
    [InlineData("# nothing\n", ":3 rows: found 'none', expected at least one hour")]
    public void A_bad_row_is_refused_with_its_place(string rows, string message)
    {
        using var file = new TempFile(Header + rows);

        Should.Throw<InputException>(() => HourlyLows.Read(file.Path, "typed in")).Message.ShouldBe(file.Path + message);
    }

    [Theory]
    [InlineData("time,BTC close")]
    [InlineData("hour")]
    [InlineData("hour,BTC")]
    [InlineData("hour,BTC open")]
    [InlineData("hour,BTC low")]
    [InlineData("hour,BTC close,BTC close")]
    [InlineData("hour,B/C close")]
    [InlineData("")]
    public void A_header_that_names_no_prices_is_refused(string header)
    {
        using var file = new TempFile(header + "\n2020-03-11T00,1,1\n");

        Should.Throw<InputException>(() => HourlyLows.Read(file.Path, "typed in"));
    }
}
