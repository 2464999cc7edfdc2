using Plimsoll.Markets.Chains;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Surfaces;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Surfaces;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Tests.Surfaces;

public sealed class A_surface_is_calibrated
{
    private const int Days = 20;

    [Theory]
    [InlineData(PriceUnit.Coin)]
    [InlineData(PriceUnit.Quote)]
    public void The_smiles_a_chain_was_made_of_come_back(PriceUnit unit)
    {
        var fit = SurfaceCalibration.Fit(InventedChain.Quotes(unit: unit), "BTC");
        fit.Expiries.Count.ShouldBe(InventedChain.Expiries.Length);
        fit.Arbitrage.IsFree.ShouldBeTrue();
        fit.Published.Volatility.ShouldBeLessThan(0.0003);
        fit.Published.OutOfBand.ShouldBe(0);
        foreach (var expiry in InventedChain.Expiries)
            fit.Surface.OfMoneyness(0, expiry).Volatility.ShouldBe(Math.Sqrt(0.3), 0.0005);
        fit.Essvi.Volatility.ShouldBeLessThan(0.002);
    }

    [Fact]
    public void The_same_chain_gives_the_same_bits_in_any_order_of_rows()
    {
        var quotes = InventedChain.Quotes();
        var one = SurfaceCalibration.Fit(quotes, "BTC").Surface.Slices.Select(slice => slice.Smile);
        quotes.Reverse();
        SurfaceCalibration.Fit(quotes, "BTC").Surface.Slices.Select(slice => slice.Smile).ShouldBe(one);
    }

    [Fact]
    public void Whatever_the_quotes_the_surface_is_free_of_arbitrage()
    {
        for (ulong seed = 1; seed <= Days; seed++) MustHoldOnABadDay(seed);
    }

    private static void MustHoldOnABadDay(ulong seed)
    {
        // Smiles that cross, bend and tear: a trader's bad day.
        var chance = new SeededStream(seed);
        var quotes = new List<OptionQuote>();
        foreach (var expiry in InventedChain.Expiries)
        {
            var (level, tilt) = (0.5 + chance.NextDouble(), chance.NextNormal());
            for (var i = -6; i <= 6; i++)
            {
                var volatility = level * (1 + (0.1 * tilt * i / 6) + (0.3 * chance.NextDouble() * i * i / 36)) * (1 + (0.1 * chance.NextNormal()));
                var k = i / 4.0 * Math.Sqrt(0.3 * InventedChain.At.YearsUntil(expiry));
                quotes.Add(InventedChain.Quote(i, expiry, i < 0 ? OptionSide.Put : OptionSide.Call, k) with { Bid = double.NaN, Ask = double.NaN, BidVolatility = volatility - 0.01, AskVolatility = volatility + 0.01 });
            }
        }

        var fit = SurfaceCalibration.Fit(quotes, "BTC");
        fit.Expiries.Count.ShouldBe(4, $"seed {seed}");
        fit.Arbitrage.IsFree.ShouldBeTrue($"seed {seed}: {fit.Arbitrage}");
        fit.Published.Volatility.ShouldBeLessThanOrEqualTo(Math.Max(fit.Essvi.Volatility, (1.2 * fit.Free.Volatility) + 0.0005) + 1e-12, $"seed {seed}");
    }

    [Fact]
    public void Without_a_forward_parity_tells_it_and_one_crazy_strike_does_not_move_it()
    {
        var quotes = InventedChain.Quotes().Select(quote => quote with { Forward = double.NaN }).ToList();
        quotes[8] = quotes[8] with { Bid = 3 * quotes[8].Bid, Ask = 3 * quotes[8].Ask };
        var fit = SurfaceCalibration.Fit(quotes, "BTC");
        foreach (var expiry in fit.Expiries)
        {
            expiry.Source.ShouldBe(ForwardSource.Parity);
            expiry.Slice.Forward.ShouldBe(70_000, 1e-6);
        }
    }

    [Fact]
    public void An_expiry_that_lost_its_quotes_keeps_its_shape_and_moves_with_those_near_the_money()
    {
        var earlier = SurfaceCalibration.Fit(InventedChain.Quotes(), "BTC").Surface;
        var expiry = InventedChain.Expiries[2];
        var quotes = InventedChain.Quotes().Where(quote => quote.Expiry != expiry).ToList();
        quotes.Add(InventedChain.Quote(999, expiry, OptionSide.Call, 0.001) with { Bid = double.NaN, Ask = double.NaN, BidVolatility = 0.555, AskVolatility = 0.565 });

        var fit = SurfaceCalibration.Fit(quotes, "BTC", earlier: earlier);
        var slice = fit.Surface.Slices.Single(one => one.Expiry == expiry);
        slice.Origin.ShouldBe(SliceOrigin.Stale);
        slice.AtTheMoney.ShouldBe(0.56, 0.001);
        slice.Skew.ShouldBe(earlier.Slices[2].Skew, 0.03);
        fit.Notes.ShouldContain(note => note.Expiry == expiry && note.Text.Contains("earlier shape, moved to 1 quotes"));
        fit.Arbitrage.IsFree.ShouldBeTrue();

        var silent = SurfaceCalibration.Fit([.. quotes.Where(quote => quote.Expiry != expiry), .. quotes.Where(quote => quote.Expiry == expiry).Select(quote => quote with { BidVolatility = double.NaN })], "BTC", earlier: earlier);
        silent.Surface.Slices.Single(one => one.Expiry == expiry).Origin.ShouldBe(SliceOrigin.Aged);
        silent.Surface.Slices.Single(one => one.Expiry == expiry).AtTheMoney.ShouldBe(earlier.Slices[2].AtTheMoney, 0.002);
    }

    [Fact]
    public void A_chain_of_one_strike_makes_no_surface_and_says_so()
    {
        var fit = SurfaceCalibration.Fit([InventedChain.Quote(2, InventedChain.Expiries[1], OptionSide.Call, 0)], "BTC");
        fit.Surface.Slices.ShouldBeEmpty();
        fit.Quotes[0].Use.ShouldBe(QuoteUse.TooFewStrikes);
        fit.Notes[0].Text.ShouldStartWith("left out: 1 usable strikes");
        fit.Surface.OfMoneyness(0, InventedChain.Expiries[1]).HasValue.ShouldBeFalse();
    }

    [Fact]
    public void Nothing_at_all_makes_an_empty_surface()
    {
        var fit = SurfaceCalibration.Fit([], "BTC");
        fit.Surface.Slices.ShouldBeEmpty();
        fit.Published.Quotes.ShouldBe(0);
        fit.Arbitrage.IsFree.ShouldBeTrue();
    }

    [Fact]
    public void A_quoted_volatility_outside_the_wings_is_never_more_than_Lee_allows()
    {
        var fit = SurfaceCalibration.Fit(InventedChain.Quotes(), "BTC");
        fit.Arbitrage.SteepestWing.ShouldBeLessThanOrEqualTo(2);
        var far = fit.Surface.OfMoneyness(25, Instant.Utc(2024, 12, 15, 8));
        far.Status.ShouldBe(SurfaceStatus.Wing);
        far.Variance.ShouldBeLessThan(2 * 25);
    }
}
