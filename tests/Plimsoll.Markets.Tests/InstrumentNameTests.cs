using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Markets.Tests;

public sealed class InstrumentNameTests
{
    [Theory]
    [InlineData("BTC_USDT", InstrumentKind.Spot)]
    [InlineData("BTC-PERPETUAL", InstrumentKind.Perpetual)]
    [InlineData("BTC_USDC-PERPETUAL", InstrumentKind.Perpetual)]
    [InlineData("ETH-27DEC24", InstrumentKind.Future)]
    [InlineData("BTC-27DEC24-60000-C", InstrumentKind.Option)]
    [InlineData("BTC_USDC-6JAN26-60000-P", InstrumentKind.Option)]
    [InlineData("XRP_USDC-30AUG24-0d625-C", InstrumentKind.Option)]
    [InlineData("BTC-29FEB28", InstrumentKind.Future)]
    [InlineData("ETH_USDC-POOL", InstrumentKind.Pool)]
    [InlineData("ETH_USDC-POOL-1500-2500", InstrumentKind.Pool)]
    [InlineData("XRP_USDC-POOL-0d45-1d25", InstrumentKind.Pool)]
    public void A_name_is_read_and_printed_as_the_industry_writes_it(string text, InstrumentKind kind)
    {
        InstrumentName name = InstrumentName.Parse(text);

        name.Kind.ShouldBe(kind);
        name.ToString().ShouldBe(text);
    }

    [Fact]
    public void A_contract_ends_at_eight_in_the_morning_of_the_day_it_names()
    {
        InstrumentName name = InstrumentName.Parse("XRP_USDC-6JAN26-0d625-P");

        name.Expiry.ShouldBe(Instant.Utc(2026, 1, 6, 8));
        name.Strike.ShouldBe(0.625m);
        name.Side.ShouldBe(OptionSide.Put);
        name.Quote.ShouldBe(new AssetId("USDC"));
    }

    [Fact]
    public void A_pool_names_the_ends_of_its_range_or_none()
    {
        InstrumentName.Parse("XRP_USDC-POOL-0d45-1d25").ShouldSatisfyAllConditions(
            name => name.Lower.ShouldBe(0.45m),
            name => name.Upper.ShouldBe(1.25m),
            name => name.Expiry.ShouldBeNull());
        InstrumentName.Parse("ETH_USDC-POOL").Lower.ShouldBeNull();
    }

    [Theory]
    [InlineData("ETH-POOL")]
    [InlineData("ETH-POOL-1500-2500")]
    [InlineData("ETH_USDC-POOL-1500")]
    [InlineData("ETH_USDC-POOL-2500-1500")]
    [InlineData("ETH_USDC-POOL-1500-1500")]
    [InlineData("ETH_USDC-POOL-0-1500")]
    [InlineData("ETH_USDC-POOL-01500-2500")]
    [InlineData("ETH_USDC-POOL-1500-2500d0")]
    [InlineData("ETH_USDC-POOL-1500-2500-C")]
    [InlineData("ETH_USDC-pool")]
    [InlineData("")]
    [InlineData("BTC")]
    [InlineData("BTC-")]
    [InlineData("BTC_-PERPETUAL")]
    [InlineData("BTC_USDC_X-PERPETUAL")]
    [InlineData("BTC-perpetual")]
    [InlineData("BTC-31FEB25")]
    [InlineData("BTC-29FEB27")]
    [InlineData("BTC-06JAN26")]
    [InlineData("BTC-0JAN26")]
    [InlineData("BTC-27DEX24")]
    [InlineData("BTC-27DEC24-60000")]
    [InlineData("BTC-27DEC24-60000-X")]
    [InlineData("BTC-27DEC24-0-C")]
    [InlineData("BTC-27DEC24--1-C")]
    [InlineData("BTC-27DEC24-6.5-C")]
    [InlineData("BTC 27DEC24")]
    public void What_does_not_follow_the_grammar_is_no_name(string text)
    {
        InstrumentName.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<InputException>(() => InstrumentName.Parse(text)).Message.ShouldContain($"'{text}'");
    }
}
