using Plimsoll.Markets.Chains;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Markets.Tests.Chains;

public sealed class Chains_are_read
{
    private const string Header = "at,instrument,underlying_price,bid,ask,mark,mark_iv,open_interest";

    [Fact]
    public void A_row_says_what_the_venue_showed()
    {
        var quote = Read($"{Header}\n2024-11-01T09:30:00Z,BTC-29NOV24-72000-C,70483.87,0.0480,0.0495,0.04869,53.1,12.5").Quotes.ShouldHaveSingleItem();
        quote.Line.ShouldBe(2);
        quote.Surface.ShouldBe("BTC");
        quote.Side.ShouldBe(OptionSide.Call);
        quote.Strike.ShouldBe(72000);
        quote.Expiry.ShouldBe(Instant.Utc(2024, 11, 29, 8));
        quote.At.ShouldBe(Instant.Utc(2024, 11, 1, 9, 30));
        quote.Unit.ShouldBe(PriceUnit.Coin);
        (quote.Forward, quote.Bid, quote.Ask, quote.OpenInterest).ShouldBe((70483.87, 0.048, 0.0495, 12.5));
        quote.MarkVolatility.ShouldBe(0.531, 1e-15);
        quote.BidVolatility.ShouldBe(double.NaN);
        quote.InQuoteUnits(0.05, 70000).ShouldBe(3500, 1e-9);
    }

    [Fact]
    public void An_option_quoted_in_a_stablecoin_has_prices_in_it_and_a_surface_of_its_own()
    {
        var quote = Read($"{Header}\n2024-11-01T09:30:00Z,BTC_USDC-29NOV24-72000-P,70483,3400,3500,3450,53,1").Quotes[0];
        quote.Unit.ShouldBe(PriceUnit.Quote);
        quote.Surface.ShouldBe("BTC_USDC");
        quote.InQuoteUnits(3400, 70483).ShouldBe(3400);
    }

    [Fact]
    public void Both_sides_of_Deribits_JSON_read_alike()
    {
        const string Summary = """
            { "jsonrpc": "2.0", "result": [
              { "instrument_name": "ETH-27DEC24-3000-C", "bid_price": 0.04, "ask_price": null, "mark_iv": 61.2, "underlying_price": 2510.5, "creation_timestamp": 1730453400000 },
              { "instrument_name": "ETH-27DEC24-2000-P", "best_bid_price": 0.03, "best_ask_price": "0.031", "bid_iv": 60, "ask_iv": 62, "underlying_price": 2510.5, "timestamp": 1730453400000 } ] }
            """;
        var chain = Read(Summary);
        chain.Unreadable.ShouldBeEmpty();
        chain.Quotes[0].Ask.ShouldBe(double.NaN);
        chain.Quotes[0].At.ShouldBe(Instant.Utc(2024, 11, 1, 9, 30));
        chain.Quotes[1].Ask.ShouldBe(0.031);
        chain.Quotes[1].BidVolatility.ShouldBe(0.6);
        chain.Quotes[1].Line.ShouldBe(2);
    }

    [Fact]
    public void A_row_without_a_name_may_say_its_terms()
    {
        var quote = Read("ts_ms,currency,type,strike,expiry_ms,bid,ask,unit\n1730453400000,SOL,put,150,1732867200000,9.5,10,quote").Quotes[0];
        (quote.Underlying, quote.Side, quote.Strike, quote.Unit).ShouldBe(("SOL", OptionSide.Put, 150, PriceUnit.Quote));
        quote.Expiry.ShouldBe(Instant.Utc(2024, 11, 29, 8));
    }

    [Theory]
    [InlineData("2024-11-01T09:30:00Z,BTC-29NOV24-72000-C,70483,0.04,much,0.04,53,1", "ask: found 'much', expected a number")]
    [InlineData("2024-11-01T09:30:00Z,BTC-PERPETUAL,70483,0.04,0.05,0.04,53,1", "BTC-PERPETUAL is no option")]
    [InlineData("2024-11-01T09:30:00Z,BTC-29FOO24-72000-C,70483,0.04,0.05,0.04,53,1", "instrument: found 'BTC-29FOO24-72000-C', expected a name like BTC-27DEC24-60000-C, or underlying, type, strike and expiry")]
    [InlineData("yesterday,BTC-29NOV24-72000-C,70483,0.04,0.05,0.04,53,1", "at: found 'yesterday', expected a time such as 2024-11-01T08:00:00Z, or milliseconds or microseconds since 1970")]
    [InlineData("2024-11-01T09:30:00Z,BTC-29NOV24-72000-C,70483", "found 3 fields, expected 8")]
    public void A_row_that_cannot_be_read_says_why_and_the_rest_is_read(string row, string reason)
    {
        var chain = Read($"{Header}\n{row}\n2024-11-01T09:30:00Z,BTC-29NOV24-72000-P,70483,0.04,0.05,0.04,53,1");
        chain.Quotes.Count.ShouldBe(1);
        var refused = chain.Unreadable.ShouldHaveSingleItem();
        refused.Line.ShouldBe(2);
        refused.Reason.ShouldBe(reason);
    }

    [Fact]
    public void A_row_whose_terms_contradict_its_name_is_not_believed() =>
        Read("at,instrument,strike,bid,ask\n2024-11-01T09:30:00Z,BTC-29NOV24-72000-C,71000,0.04,0.05").Unreadable[0].Reason
            .ShouldBe("strike, type or expiry say otherwise than the name BTC-29NOV24-72000-C");

    [Theory]
    [InlineData("", "chain.csv: found nothing, expected a chain of options")]
    [InlineData("a,b\n1,2", "chain.csv:1: found no column instrument or strike, expected the header of a chain")]
    [InlineData("bid,bid,strike\n1,2,3", "chain.csv:1 bid: this column is there twice")]
    [InlineData("[{]", "chain.csv:1: found text that is not JSON")]
    [InlineData("{\"a\":1}", "chain.csv: found no list of quotes, expected an array, or one named quotes or result")]
    public void What_is_no_chain_is_refused(string text, string message) =>
        Should.Throw<InputException>(() => Read(text)).Message.ShouldBe(message);

    private static OptionChain Read(string text) => ChainReader.Read(text, "chain.csv");
}
