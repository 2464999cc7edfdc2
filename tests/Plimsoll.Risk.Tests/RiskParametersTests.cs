using System.Text;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

public class RiskParametersTests
{
    private static readonly RiskParameters House = new TestVenue().Model.Parameters;

    [Fact]
    public void The_house_asks_32_scenarios_of_every_class() =>
        House.Grids.ShouldAllBe(g => g.Scenarios.Length == 32);

    [Fact]
    public void Written_and_read_the_rulebook_is_the_same_to_the_byte()
    {
        byte[] once = House.ToJson();

        RiskParameters.FromJson(once).ToJson().ShouldBe(once);
    }

    [Fact]
    public void Order_and_trailing_zeros_do_not_show_in_the_canonical_form()
    {
        RiskParameters turned = House with
        {
            Collateral = [.. House.Collateral.Reverse()],
            Grids = [.. House.Grids.Reverse()],
            CallAt = 0.800m,
        };

        turned.ToJson().ShouldBe(House.ToJson());
    }

    [Theory]
    [InlineData("\"callAt\":0.8", "\"callAt\":0.8,\"calAt\":0.7", "calAt: is not a known field")]
    [InlineData("\"callAt\":0.8", "\"callAt\":1.2", "callAt")]
    [InlineData("\"callAt\":0.8", "\"callAt\":\"much\"", "callAt")]
    [InlineData("\"callAt\":0.8,", "", "callAt: is missing")]
    [InlineData("\"target\":{\"factor\":0.5", "\"target\":{\"factor\":0.7", "initial.factor")]
    [InlineData("\"haircut\":0.1", "\"haircut\":1.1", "haircut")]
    [InlineData("\"class\":\"major\"", "\"class\":\"minor\"", "'minor' is none of")]
    [InlineData("\"spot\":-0.25", "\"spot\":-1", "spot")]
    public void A_rulebook_that_cannot_be_meant_is_refused_and_the_field_is_named(string found, string instead, string named)
    {
        string json = Encoding.UTF8.GetString(House.ToJson());
        int at = json.IndexOf(found, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0);

        InputException fault = Should.Throw<InputException>(() => RiskParameters.FromJson(json[..at] + instead + json[(at + found.Length)..]));

        fault.Message.ShouldContain(named);
    }

    [Fact]
    public void Decimals_may_be_written_as_texts()
    {
        string json = Encoding.UTF8.GetString(House.ToJson()).Replace("\"callAt\":0.8", "\"callAt\":\"0.80\"", StringComparison.Ordinal);

        RiskParameters.FromJson(json).ToJson().ShouldBe(House.ToJson());
    }

    [Fact]
    public void An_asset_the_schedule_does_not_name_counts_nothing()
    {
        var venue = new TestVenue(p => p with { Collateral = [.. p.Collateral.Where(c => c.Asset != new AssetId("DOGE"))] });
        int holder = venue.Open();
        venue.Deposit(holder, venue.Doge, 1_000_000);

        venue.Judged(holder).Counted.ShouldBe(0);
        venue.Judged(holder).Equity.ShouldBe(200_000);
    }

    [Fact]
    public void Above_its_cap_an_asset_counts_nothing_more()
    {
        var venue = new TestVenue(p => p with { Collateral = [new CollateralTerms(new AssetId("BTC"), [new CollateralTier(0m, 0.1m)], 90_000m)] });
        int holder = venue.Open();
        venue.Deposit(holder, venue.Btc, 5);

        venue.Judged(holder).Counted.ShouldBe(81_000, 1e-9);
    }

    [Fact]
    public void A_grid_may_be_missing_for_no_class() =>
        Should.Throw<InputException>(() => (House with { Grids = [.. House.Grids.Where(g => g.Class != AssetClass.Fiat)] }).Checked())
            .Message.ShouldContain("grids");
}
