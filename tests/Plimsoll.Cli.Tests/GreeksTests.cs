using System.Text.Json;

namespace Plimsoll.Cli.Tests;

public sealed class GreeksTests
{
    private const string Market = """
        {
          "at": "2020-03-12T10:00:00Z",
          "assets": [
            { "asset": "USDC", "decimals": 6, "class": "stable", "price": "1" },
            { "asset": "BTC", "decimals": 8, "class": "major", "price": "8000" }
          ],
          "instruments": [
            { "instrument": "BTC-PERPETUAL", "payoff": "inverse", "settlement": "BTC", "lotSize": "10" },
            { "instrument": "BTC-27MAR20-8000-C", "payoff": "inverse", "settlement": "BTC", "lotSize": "0.1", "volatility": 0.8 }
          ]
        }
        """;

    private const string Book = """
        {
          "accounts": [
            { "account": "long", "positions": [{ "instrument": "BTC-27MAR20-8000-C", "size": "2" }, { "instrument": "BTC-PERPETUAL", "size": "16000", "entry": "8000" }] },
            { "account": "short", "positions": [{ "instrument": "BTC-27MAR20-8000-C", "size": "-2" }] }
          ]
        }
        """;

    [Fact]
    public async Task A_book_and_its_mirror_leave_the_future_alone()
    {
        using var folder = new Folder();

        Typed greeks = await Typed.Plimsoll("greeks", folder.File("book.json", Book), "--market", folder.File("market.json", Market), "--json");

        greeks.Code.ShouldBe(ExitCode.Good, greeks.Error);
        JsonElement total = greeks.Json.GetProperty("totals")[0];
        total.GetProperty("usd").GetProperty("delta").GetDouble().ShouldBe(2, 1e-12);
        total.GetProperty("usd").GetProperty("vega").GetDouble().ShouldBe(0, 1e-12);
        // 16,000 USD of an inverse future: 16000/F² coins a dollar, bending by −32000/F³.
        total.GetProperty("coin").GetProperty("delta").GetDouble().ShouldBe(16_000 / 8000.0 / 8000, 1e-12);
        total.GetProperty("coin").GetProperty("gamma").GetDouble().ShouldBe(-32_000 / 8000.0 / 8000 / 8000, 1e-15);
    }

    [Fact]
    public async Task Without_a_book_one_unit_of_everything_listed_is_shown()
    {
        using var folder = new Folder();

        Typed greeks = await Typed.Plimsoll("greeks", "--market", folder.File("market.json", Market), "--csv");

        greeks.Code.ShouldBe(ExitCode.Good, greeks.Error);
        greeks.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(4);
        greeks.Output.ShouldStartWith("account,underlying,instrument,size,net_delta,usd_value");
    }

    [Theory]
    [InlineData("--csv", "--json", "exclude each other")]
    [InlineData("--account", "nobody", "needs a book")]
    public async Task What_cannot_be_used_is_one_line(string first, string second, string reason)
    {
        using var folder = new Folder();

        Typed greeks = await Typed.Plimsoll("greeks", "--market", folder.File("market.json", Market), first, second);

        greeks.Code.ShouldBe(ExitCode.BadInput);
        greeks.Error.ShouldContain(reason);
    }
}
