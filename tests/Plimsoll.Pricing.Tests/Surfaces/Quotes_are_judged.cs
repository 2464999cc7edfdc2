using Plimsoll.Markets.Chains;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Surfaces;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Tests.Surfaces;

/// <summary>What cannot be used is named with its reason, and the rest is used as if it were not there.</summary>
public sealed class Quotes_are_judged
{
    private static readonly Instant Expiry = InventedChain.Expiries[1];

    public static TheoryData<string, QuoteUse> Faults => new()
    {
        { "crossed", QuoteUse.Crossed },
        { "bid alone", QuoteUse.OneSided },
        { "ask alone", QuoteUse.OneSided },
        { "nothing", QuoteUse.NoQuote },
        { "not a number", QuoteUse.NoQuote },
        { "infinite", QuoteUse.NotANumber },
        { "negative", QuoteUse.NotANumber },
        { "below intrinsic", QuoteUse.BelowIntrinsic },
        { "above maximum", QuoteUse.AboveMaximum },
        { "zero volatility", QuoteUse.AbsurdVolatility },
        { "absurd volatility", QuoteUse.AbsurdVolatility },
        { "too wide", QuoteUse.TooWide },
        { "expired", QuoteUse.Expired },
        { "at its end", QuoteUse.Expired },
        { "strike of zero", QuoteUse.StrikeNotPositive },
        { "strike not a number", QuoteUse.StrikeNotPositive },
        { "other underlying", QuoteUse.OtherUnderlying },
        { "other quote", QuoteUse.OtherUnderlying },
        { "far away", QuoteUse.TooLittleVega },
        { "twice", QuoteUse.Duplicate },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_quote_that_cannot_be_used_is_flagged_and_changes_nothing(string fault, QuoteUse use)
    {
        var good = InventedChain.Quotes();
        var fit = SurfaceCalibration.Fit([.. good, Spoilt(fault)], "BTC");
        fit.Quotes[^1].Use.ShouldBe(use);
        fit.Surface.Slices.Select(slice => slice.Smile).ShouldBe(SurfaceCalibration.Fit(good, "BTC").Surface.Slices.Select(slice => slice.Smile));
    }

    [Fact]
    public void Without_any_forward_an_expiry_is_left_out_with_a_flag_on_each_row()
    {
        var quotes = InventedChain.Quotes().Select(quote => quote.Expiry == Expiry ? quote with { Forward = double.NaN, Ask = 0 } : quote).ToList();
        var fit = SurfaceCalibration.Fit(quotes, "BTC");
        fit.Quotes.Where(quote => quote.Quote.Expiry == Expiry).ShouldAllBe(quote => quote.Use == QuoteUse.ForwardMissing);
        fit.Surface.Slices.Count.ShouldBe(3);
    }

    [Fact]
    public void A_strike_whose_outer_side_is_spoilt_is_told_by_its_inner_side()
    {
        var quotes = InventedChain.Quotes();
        var at = quotes.FindIndex(quote => quote.Expiry == Expiry && quote.Side == OptionSide.Call && quote.Strike > 75_000);
        quotes[at] = quotes[at] with { Bid = 0 };
        var fit = SurfaceCalibration.Fit(quotes, "BTC");
        fit.Quotes[at].Use.ShouldBe(QuoteUse.OneSided);
        fit.Quotes[at + 1].Use.ShouldBe(QuoteUse.Used);
        fit.Quotes[at + 1].Mid.ShouldBe(Math.Sqrt(InventedChain.Smile(Expiry).Variance(fit.Quotes[at + 1].K) / InventedChain.At.YearsUntil(Expiry)), 1e-5);
    }

    [Fact]
    public void A_narrow_quote_weighs_more_than_a_wide_one()
    {
        var narrow = SurfaceCalibration.Fit(InventedChain.Quotes(0.001), "BTC").Quotes[14];
        var wide = SurfaceCalibration.Fit(InventedChain.Quotes(0.02), "BTC").Quotes[14];
        narrow.Weight.ShouldBeGreaterThan(3 * wide.Weight);
    }

    [Fact]
    public void The_ticks_are_those_the_chain_shows()
    {
        var quotes = new[] { 0.0001, 0.0004, 0.0012, 0.0031, 0.0045, 0.0105, 0.02, 0.035, 0.0505, 0.1 }
            .Select(price => InventedChain.Quote(2, Expiry, OptionSide.Call, 0) with { Bid = price, Ask = price < 0.005 ? price + 0.0001 : price + 0.0005 }).ToList();
        var ticks = TickLadder.Seen(quotes, _ => 70_000, new TickLadder(9, 9));
        ticks.At(0.001).ShouldBe(0.0001, 1e-12);
        ticks.At(0.05).ShouldBe(0.0005, 1e-12);
        TickLadder.Seen([], _ => 1, new TickLadder(0.1, 0.2)).ShouldBe(new TickLadder(0.1, 0.2));
    }

    private static OptionQuote Spoilt(string fault)
    {
        var quote = InventedChain.Quote(999, Expiry, OptionSide.Call, 0.0123);
        var inside = InventedChain.Quote(999, Expiry, OptionSide.Put, 0.0123);
        return fault switch
        {
            "crossed" => quote with { Bid = quote.Ask, Ask = quote.Bid },
            "bid alone" => quote with { Ask = 0 },
            "ask alone" => quote with { Bid = double.NaN },
            "nothing" => quote with { Bid = 0, Ask = 0 },
            "not a number" => quote with { Bid = double.NaN, Ask = double.NaN },
            "infinite" => quote with { Ask = double.PositiveInfinity },
            "negative" => quote with { Bid = -0.01 },
            "below intrinsic" => inside with { Bid = 0.001, Ask = 0.002 },
            "above maximum" => quote with { Bid = 1.1, Ask = 1.2 },
            "zero volatility" => quote with { Bid = double.NaN, Ask = double.NaN, BidVolatility = 1e-9, AskVolatility = 1e-8 },
            "absurd volatility" => quote with { Bid = 0.9, Ask = 0.92 },
            "too wide" => quote with { Bid = quote.Bid / 3, Ask = quote.Ask * 3 },
            "expired" => quote with { Expiry = Instant.Utc(2024, 10, 25, 8) },
            "at its end" => quote with { Expiry = InventedChain.At },
            "strike of zero" => quote with { Strike = 0 },
            "strike not a number" => quote with { Strike = double.NaN },
            "other underlying" => quote with { Underlying = "ETH" },
            "other quote" => quote with { Quote = "USDC" },
            "far away" => InventedChain.Quote(999, Expiry, OptionSide.Call, 1.3),
            "twice" => InventedChain.Quote(999, Expiry, OptionSide.Call, 0),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault."),
        };
    }
}
