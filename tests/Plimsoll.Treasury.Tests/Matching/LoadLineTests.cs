using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Treasury.Matching;
using Plimsoll.Units;
using static Plimsoll.Treasury.Tests.Matching.Venue;

namespace Plimsoll.Treasury.Tests.Matching;

public sealed class LoadLineTests
{
    private static readonly Asset Btc = Named("BTC");
    private static readonly Asset Eth = Named("ETH");

    [Fact]
    public void Covered_and_enduring_in_every_asset_is_afloat()
    {
        LoadLine line = LoadLine.Over([Covered(Btc, 1000, hot: 1030), Covered(Eth, 1000, hot: 2000)]);

        line.Verdict.ShouldBe(LoadLineVerdict.Afloat);
        line.Text.ShouldBe("Afloat: even BTC covers 103.00 % of what customers are owed, and every asset outlasts the run (30 days).");
    }

    [Fact]
    public void A_surplus_of_one_asset_covers_no_other()
    {
        LoadLine line = LoadLine.Over([Covered(Btc, 1000, hot: 999), Covered(Eth, 1000, hot: 1_000_000)]);

        line.Verdict.ShouldBe(LoadLineVerdict.Sunk);
        line.Worst!.Asset.ShouldBe(Btc);
        line.Text.ShouldBe("Sunk: BTC covers 99.90 % of what customers are owed and is 1 BTC short; every asset outlasts the run (30 days).");
    }

    [Fact]
    public void Short_of_one_asset_and_long_of_another_is_awash_when_prices_say_the_whole_is_there()
    {
        AssetCoverage[] assets = [Covered(Btc, 1000, hot: 900), Covered(Eth, 1000, hot: 3001)];

        LoadLine line = LoadLine.Over(assets, asset => asset == Btc.Id ? 20 : 1);
        line.Verdict.ShouldBe(LoadLineVerdict.Awash);
        line.Worst!.Asset.ShouldBe(Btc);
        line.Text.ShouldBe("Awash: BTC covers 90.00 % of what customers are owed and is 100 BTC short, though the venue as a whole has what it owes; every asset outlasts the run (30 days).");
        LoadLine.Over(assets, asset => asset == Btc.Id ? 20.02 : 1).Verdict.ShouldBe(LoadLineVerdict.Sunk);
    }

    [Fact]
    public void Covered_but_too_slow_is_awash_and_names_the_asset_that_is_dry_first()
    {
        LoadLine line = LoadLine.Over([Covered(Btc, 1000, hot: 1000), Covered(Eth, 1000, hot: 100, cold: 1000)]);

        line.Verdict.ShouldBe(LoadLineVerdict.Awash);
        line.Worst!.Asset.ShouldBe(Btc);
        line.DryFirst!.Asset.ShouldBe(Eth);
        line.Text.ShouldBe("Awash: even BTC covers 100.00 % of what customers are owed, but under the run ETH is dry after 4.8 hours.");
    }

    [Fact]
    public void One_unit_short_is_sunk_and_never_reads_as_a_hundred_percent()
    {
        var places = new PlaceHolding[] { new(Fund.Hot, new Amount(99_999_999), FridayEvening) };
        var short_ = AssetCoverage.Of(Btc, new CustomerClaims(new Amount(100_000_000), Amount.Zero), places, HalfInADay, FridayEvening);

        LoadLine line = LoadLine.Over([short_]);

        line.Verdict.ShouldBe(LoadLineVerdict.Sunk);
        line.Text.ShouldBe("Sunk: BTC covers 99.99 % of what customers are owed and is 0.01 BTC short; every asset outlasts the run (30 days).");
    }

    [Fact]
    public void A_venue_that_holds_less_than_nothing_reads_so_rounded_down_too()
    {
        AssetCoverage overdrawn = Measure(Btc, 3000, HalfInADay, FridayEvening, (Fund.Hot, -1));

        LoadLine.Over([overdrawn]).Text.ShouldBe("Sunk: BTC covers -0.04 % of what customers are owed and is 3001 BTC short; under the run BTC is dry after 0 hours.");
    }

    [Fact]
    public void Of_equal_coverage_the_one_that_survives_less_is_worst_and_then_the_first_by_name()
    {
        AssetCoverage slow = Covered(Eth, 1000, hot: 400, cold: 600);
        AssetCoverage fast = Covered(Btc, 2000, hot: 2000);
        LoadLine.Over([fast, slow]).Worst!.Asset.ShouldBe(Eth);

        AssetCoverage[] equal = [Covered(Eth, 1000, hot: 1000), Covered(Btc, 3000, hot: 3000)];
        LoadLine.Over(equal).Worst!.Asset.ShouldBe(Btc);
        LoadLine.Over([.. equal.Reverse()]).Text.ShouldBe(LoadLine.Over(equal).Text);
    }

    [Fact]
    public void An_asset_nobody_claims_is_never_the_worst()
    {
        LoadLine.Over([Covered(Btc, 0, hot: 0), Covered(Eth, 10, hot: 20)]).Worst!.Asset.ShouldBe(Eth);
        LoadLine nothing = LoadLine.Over([Covered(Btc, 0, hot: 0)]);
        (nothing.Worst, nothing.Verdict, nothing.Text).ShouldBe((null, LoadLineVerdict.Afloat, "Afloat: customers are owed nothing."));
    }

    private static Asset Named(string id) => new(new AssetId(id), new AssetScale(2), AssetClass.Major, null);

    private static AssetCoverage Covered(Asset asset, long claims, long hot, long cold = 0) =>
        Measure(asset, claims, HalfInADay, FridayEvening, (Fund.Hot, hot), (Fund.Cold, cold));
}
