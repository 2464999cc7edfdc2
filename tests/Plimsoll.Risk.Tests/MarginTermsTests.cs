using System.Text;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

/// <summary>The optional sections of the rulebook: how they are written, read, and refused.</summary>
public class MarginTermsTests
{
    private static readonly RiskParameters Full = EveryTerm.On(RiskParameters.Default(new Catalog())).Checked();

    [Fact]
    public void Sections_that_say_nothing_are_not_written()
    {
        RiskParameters bare = EveryTerm.Off(Full);

        Encoding.UTF8.GetString(bare.ToJson()).ShouldNotContain("contingencies");
        Encoding.UTF8.GetString(bare.ToJson()).ShouldNotContain("leverage");
        RiskParameters.FromJson(bare.ToJson()).Contingencies.ShouldBe(MarginContingencies.None);
    }

    [Fact]
    public void Written_and_read_every_section_is_the_same_to_the_byte() =>
        RiskParameters.FromJson(Full.ToJson()).ToJson().ShouldBe(Full.ToJson());

    [Fact]
    public void Order_and_trailing_zeros_do_not_show_in_the_canonical_form()
    {
        RiskParameters turned = Full with
        {
            OffsetCredit = 0.80m,
            Leverage = [.. Full.Leverage.Reverse()],
            Contingencies = Full.Contingencies with { CloseOut = Full.Contingencies.CloseOut! with { Lines = [.. Full.Contingencies.CloseOut.Lines.Reverse()] } },
        };

        turned.ToJson().ShouldBe(Full.ToJson());
    }

    [Theory]
    [InlineData("\"offsetCredit\":0.8", "\"offsetCredit\":1.1", "offsetCredit")]
    [InlineData("\"nakedShort\":{\"initial\":0.005", "\"nakedShort\":{\"initial\":0.003", "nakedShort.initial")]
    [InlineData("\"basis\":{\"add\":0.01", "\"basis\":{\"add\":0.95", "basis.add")]
    [InlineData("\"basis\":{\"add\":0.01", "\"basis\":{\"plus\":1,\"add\":0.01", "basis.plus: is not a known field")]
    [InlineData("\"minWidth\":0.01", "\"minWidth\":0", "skew.minWidth")]
    [InlineData("\"cover\":2", "\"cover\":3", "depeg.cover")]
    [InlineData("\"cover\":2", "\"cover\":1.5", "is not a whole number")]
    [InlineData("\"class\":\"stable\",\"down\":0.1", "\"class\":\"stable\",\"down\":1", "stable.down")]
    [InlineData("\"class\":\"stable\",\"down\":0.1", "\"down\":0.1", "either an asset or a class")]
    [InlineData("\"dailyVolume\":20000000000", "\"dailyVolume\":0", "dailyVolume")]
    [InlineData("\"fromNotional\":0", "\"fromNotional\":5", "tiers[0].fromNotional")]
    [InlineData("\"lower\":50000000", "\"lower\":999999999999", "upper")]
    [InlineData("\"free\":0.001", "\"free\":\"NaN\"", "is not a number")]
    public void What_cannot_be_meant_is_refused_and_the_field_is_named(string found, string instead, string named)
    {
        string json = Encoding.UTF8.GetString(Full.ToJson());
        int at = json.IndexOf(found, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, found);

        InputException fault = Should.Throw<InputException>(() => RiskParameters.FromJson(json[..at] + instead + json[(at + found.Length)..]));

        fault.Message.ShouldContain(named);
    }

    [Fact]
    public void A_tier_whose_rate_falls_with_size_is_refused() =>
        Should.Throw<InputException>(() => (Full with
        {
            Leverage = [new LeverageTerms(null, AssetClass.Major, [new LeverageTier(0m, LineRates.Same(0.02m)), new LeverageTier(1m, LineRates.Same(0.01m))])],
        }).Checked()).Message.ShouldContain("tiers[1]");

    [Fact]
    public void Sizes_that_are_no_sizes_are_refused()
    {
        Should.Throw<InputException>(() => new VenueSizes(openInterest: [1, double.NaN])).Message.ShouldContain("openInterest[1]");
        Should.Throw<InputException>(() => new VenueSizes(haircutFloors: [1.5])).Message.ShouldContain("haircutFloors[0]");
        VenueSizes.None.OpenInterestOf(7).ShouldBe(0);
    }
}
