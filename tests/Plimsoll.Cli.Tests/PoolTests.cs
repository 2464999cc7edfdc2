using System.Text.Json;

namespace Plimsoll.Cli.Tests;

public sealed class PoolTests
{
    [Fact]
    public async Task A_position_is_shown_over_a_ladder_that_holds_the_price_and_the_ends_of_its_range()
    {
        Typed pool = await Typed.Plimsoll("pool", "ETH_USDC-POOL-1500-2500", "--price", "2000", "--value", "100000", "--json");

        pool.Code.ShouldBe(ExitCode.Good, pool.Error);
        JsonElement now = pool.Json.GetProperty("now");
        now.GetProperty("value").GetDouble().ShouldBe(100_000, 1e-6);
        now.GetProperty("impermanentLoss").GetDouble().ShouldBe(0);
        now.GetProperty("lossVersusRebalancing").ValueKind.ShouldBe(JsonValueKind.Null);
        double[] prices = [.. pool.Json.GetProperty("ladder").EnumerateArray().Select(line => line.GetProperty("price").GetDouble())];
        prices.ShouldBe(prices.Order());
        prices.ShouldContain(1_500);
        prices.ShouldContain(2_000);
        prices.ShouldContain(2_500);
    }

    [Fact]
    public async Task A_constant_product_pool_loses_an_eighth_of_the_variance()
    {
        Typed pool = await Typed.Plimsoll(
            "pool", "ETH_USDC-POOL", "--price", "2000", "--liquidity", "10", "--vol", "0.8", "--fee", "0.003", "--volume", "1000000", "--pool-liquidity", "1000", "--prices", "2000", "--json");

        JsonElement line = pool.Json.GetProperty("ladder").EnumerateArray().ShouldHaveSingleItem();
        double value = 20 * Math.Sqrt(2_000);
        line.GetProperty("lossVersusRebalancing").GetDouble().ShouldBe(0.64 / 8 * value / 365, 1e-9);
        line.GetProperty("fees").GetDouble().ShouldBe(30, 1e-9);
        line.GetProperty("net").GetDouble().ShouldBe(30 - (0.08 * value / 365), 1e-9);
    }

    [Fact]
    public async Task The_table_shows_only_what_was_asked_for()
    {
        Typed plain = await Typed.Plimsoll("pool", "ETH_USDC-POOL-1500-2500", "--price", "2000");
        Typed daily = await Typed.Plimsoll("pool", "ETH_USDC-POOL-1500-2500", "--price", "2000", "--vol", "0.6");

        plain.Output.ShouldContain("imp. loss");
        plain.Output.ShouldNotContain("LVR");
        daily.Output.ShouldContain("LVR/day");
    }

    [Fact]
    public async Task The_sample_of_pools_is_judged_whole()
    {
        string samples = Path.Combine(AppContext.BaseDirectory, "samples/pools");

        Typed margin = await Typed.Plimsoll("margin", Path.Combine(samples, "book.json"), "--market", Path.Combine(samples, "market.json"), "--json");

        margin.Code.ShouldBe(ExitCode.Good, margin.Error);
        margin.Json.GetArrayLength().ShouldBe(4);
    }

    [Theory]
    [InlineData("is no pool", "BTC-PERPETUAL", "--price", "1")]
    [InlineData("is not a name", "ETH_USDC-POOL-2500-1500", "--price", "2000")]
    [InlineData("no width", "ETH_USDC-POOL-1500-1500d001", "--price", "2000")]
    [InlineData("--price", "ETH_USDC-POOL")]
    [InlineData("--price", "ETH_USDC-POOL", "--price", "0")]
    [InlineData("--price", "ETH_USDC-POOL", "--price", "10000000000000")]
    [InlineData("--entry", "ETH_USDC-POOL", "--price", "2000", "--entry", "-1")]
    [InlineData("--value", "ETH_USDC-POOL", "--price", "2000", "--value", "10", "--liquidity", "1")]
    [InlineData("--fee", "ETH_USDC-POOL", "--price", "2000", "--volume", "10")]
    [InlineData("--volume", "ETH_USDC-POOL", "--price", "2000", "--fee", "0.003")]
    [InlineData("--pool-liquidity", "ETH_USDC-POOL", "--price", "2000", "--fee", "0.003", "--volume", "10")]
    [InlineData("--pool-liquidity", "ETH_USDC-POOL", "--price", "2000", "--liquidity", "5", "--fee", "0.003", "--volume", "10", "--pool-liquidity", "4")]
    [InlineData("--prices", "ETH_USDC-POOL", "--price", "2000", "--prices", "1,two")]
    [InlineData("--prices", "ETH_USDC-POOL", "--price", "2000", "--prices", "0")]
    [InlineData("--vol", "ETH_USDC-POOL", "--price", "2000", "--vol", "60%")]
    public async Task A_question_that_cannot_be_answered_is_one_line(string part, params string[] args) =>
        (await Typed.Plimsoll(["pool", .. args])).ShouldBeRefused(part);
}
