using Plimsoll.Markets.Chains;
using Plimsoll.Markets.Surfaces;
using Plimsoll.Pricing.Options;
using Plimsoll.Pricing.Surfaces;
using Plimsoll.Published;

namespace Plimsoll.Pricing.Tests.Surfaces;

/// <summary>Surfaces of whole chains as the exchange showed them.</summary>
[Trait("Category", "Published")]
public sealed class Deribit_surfaces(ITestOutputHelper output)
{
    private const string May2020 = "data/options/deribit_btc_2020-05-21_full_greeks.csv";
    private const string January2026 = "data/options/deribit_btc_eth_2026-01-05.csv";
    private const double Week = 7 / 365.0;

    [Theory]
    [InlineData(May2020, "BTC", 326)]
    [InlineData(January2026, "BTC", 636)]
    [InlineData(January2026, "ETH", 676)]
    public void The_surface_cannot_be_traded_against_and_lies_within_a_volatility_point(string file, string name, int options)
    {
        var chain = Read(file);
        chain.Unreadable.ShouldBeEmpty();
        chain.Quotes.Count(quote => quote.Surface == name).ShouldBe(options);
        var fit = SurfaceCalibration.Fit(chain.Quotes, name);
        Report(fit);

        fit.Arbitrage.IsFree.ShouldBeTrue(fit.Arbitrage.ToString());
        foreach (var expiry in fit.Expiries.Where(expiry => expiry.Slice.Years > Week))
            expiry.Published.Volatility.ShouldBeLessThan(0.01, expiry.Slice.Expiry.ToString());
        fit.Expiries.Count(expiry => expiry.Slice.Years > Week).ShouldBeGreaterThanOrEqualTo(5);
        fit.Published.Volatility.ShouldBeLessThan(0.006);
        fit.Published.OutOfBand.ShouldBeLessThanOrEqualTo(fit.Free.OutOfBand + 0.02);
    }

    [Theory]
    [InlineData(May2020, "BTC")]
    [InlineData(January2026, "BTC")]
    [InlineData(January2026, "ETH")]
    public void No_arbitrage_on_two_hundred_points_within_three_deviations_of_each_expiry_and_between_them(string file, string name)
    {
        // Not by the report, but by prices: calls over the forward are convex in strike and rise with expiry.
        var surface = SurfaceCalibration.Fit(Read(file).Quotes, name).Surface;
        for (var i = 0; i < surface.Slices.Count; i++)
        {
            var far = surface.Slices[i].Smile;
            var reach = 3 * Math.Sqrt(far.Variance(0));
            for (var p = 0; p < 200; p++)
            {
                var k = reach * ((2.0 * p / 199) - 1);
                far.Density(k).ShouldBeGreaterThanOrEqualTo(0, $"{surface.Slices[i].Expiry} at {k}");
                if (i == 0) continue;
                var near = surface.Slices[i - 1].Smile;
                far.Variance(k).ShouldBeGreaterThanOrEqualTo(near.Variance(k), $"{surface.Slices[i].Expiry} at {k}");
                foreach (var share in new[] { 0.1, 0.5, 0.9 })
                    near.At(k).Mixed(far.At(k), share).Density(k).ShouldBeGreaterThanOrEqualTo(0, $"before {surface.Slices[i].Expiry} at {k}");
            }
        }
    }

    [Fact]
    public void The_exchange_and_we_print_the_same_delta_in_January_2026()
    {
        var table = DataTable.Open(January2026);
        Assert.SkipWhen(table is null, SharedFolder.HowToFind(January2026));
        var chain = Read(January2026);
        table!.Count.ShouldBe(1_312);
        for (var row = 0; row < table.Count; row++)
        {
            var quote = chain.Quotes[row];
            var option = new OptionInputs(quote.Side, quote.Forward, quote.Strike, quote.At.YearsUntil(quote.Expiry), quote.MarkVolatility);
            Black76.Greeks(option).Delta.ShouldBe(table.Number(row, "delta"), 0.02, quote.Instrument);
        }
    }

    [Theory]
    [InlineData(May2020)]
    [InlineData(January2026)]
    public void Implied_volatilities_recover_those_our_prices_were_made_with(string file)
    {
        var recovered = 0;
        foreach (var quote in Read(file).Quotes)
        {
            var option = new OptionInputs(quote.Side, quote.Forward, quote.Strike, quote.At.YearsUntil(quote.Expiry), quote.MarkVolatility);
            var greeks = Black76.Greeks(option);
            var intrinsic = Black76.Price(option with { Volatility = 0 });
            // Where the time value is lost in the last digits of the price, the price no longer determines it.
            if (greeks.Value - intrinsic < 1e-6 * greeks.Value) continue;
            recovered++;
            var solved = ImpliedVol.Solve(option with { Volatility = 0 }, greeks.Value);
            solved.IsOk.ShouldBeTrue(quote.Instrument);
            solved.Volatility.ShouldBe(quote.MarkVolatility, 1e-12 + (1e-15 * greeks.Value / (100 * greeks.Vega)), quote.Instrument);
        }

        recovered.ShouldBeGreaterThan(280);
    }

    private static OptionChain Read(string file)
    {
        var path = SharedFolder.Find(file);
        Assert.SkipWhen(path is null, SharedFolder.HowToFind(file));
        return ChainReader.Read(File.ReadAllText(path!), file);
    }

    private void Report(SurfaceFit fit)
    {
        output.WriteLine($"{fit.Surface.Name}: RMSE {100 * fit.Published.Volatility:F2} vol points, {100 * fit.Published.OutOfBand:F1} % out of band; free SVI {100 * fit.Free.Volatility:F2} and {100 * fit.Free.OutOfBand:F1} %; extended SSVI {100 * fit.Essvi.Volatility:F2} and {100 * fit.Essvi.OutOfBand:F1} %");
        foreach (var expiry in fit.Expiries)
            output.WriteLine($"  {expiry.Slice.Expiry} {expiry.Slice.Origin}: {expiry.Published.Quotes} quotes, RMSE {100 * expiry.Published.Volatility:F2}, {100 * expiry.Published.OutOfBand:F0} % out, least g {expiry.Density:F3}");
        output.WriteLine($"  {fit.Arbitrage}");
        output.WriteLine($"  free: {fit.FreeArbitrage}");
    }
}
