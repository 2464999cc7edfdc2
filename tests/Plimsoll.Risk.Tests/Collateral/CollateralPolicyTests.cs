using System.Text;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests.Collateral;

/// <summary>What the rulebook can ask of collateral beyond its schedules: how it is written, and what it does.</summary>
public sealed class CollateralPolicyTests
{
    private static readonly RiskParameters Full = EveryPolicy(new TestVenue().Model.Parameters).Checked();

    [Fact]
    public void Written_and_read_it_is_the_same_to_the_byte() => RiskParameters.FromJson(Full.ToJson()).ToJson().ShouldBe(Full.ToJson());

    [Fact]
    public void What_says_nothing_is_not_written()
    {
        string bare = Encoding.UTF8.GetString(new TestVenue().Model.Parameters.ToJson());

        foreach (string field in (string[])["collateralPolicy", "issuer", "throughRoot", "kind", "finality", "quality"]) bare.ShouldNotContain(field);
    }

    [Theory]
    [InlineData("\"issuer\":\"lodge\",\"cap\":50000", "\"issuer\":\"lodge\",\"cap\":-1", "issuers.lodge.cap")]
    [InlineData("\"bridgeHaircut\":0.02", "\"bridgeHaircut\":1.2", "bridgeHaircut")]
    [InlineData("\"throughRoot\":true", "\"throughRoot\":1", "throughRoot")]
    [InlineData("\"least\":1000000", "\"least\":9000000", "standard.lines.dailyVolume.full")]
    [InlineData("\"decay\":0.94", "\"decay\":1", "dynamic.decay")]
    [InlineData("\"fallPerDay\":0.05", "\"fallPerDay\":0", "dynamic.fallPerDay")]
    [InlineData("\"participation\":0.1", "\"participation\":0", "dynamic.participation")]
    [InlineData("\"sampleMinutes\":60", "\"sampleMinutes\":0.5", "sampleMinutes")]
    [InlineData("\"part\":0.25", "\"part\":2", "profits.part")]
    public void What_cannot_be_meant_is_refused_and_the_field_is_named(string found, string instead, string named)
    {
        string json = Encoding.UTF8.GetString(Full.ToJson());
        int at = json.IndexOf(found, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, found);

        Should.Throw<InputException>(() => RiskParameters.FromJson(json[..at] + instead + json[(at + found.Length)..])).Message.ShouldContain(named);
    }

    [Fact]
    public void The_standard_explains_its_verdict_by_the_worst_mark()
    {
        CollateralStandard standard = Full.CollateralPolicy.Standard!;

        QualityVerdict good = standard.Judge(new CollateralQuality { DailyVolume = 5_000_000m, DailyVolatility = 0.02m });
        QualityVerdict between = standard.Judge(new CollateralQuality { DailyVolume = 3_000_000m, DailyVolatility = 0.02m });
        QualityVerdict wild = standard.Judge(new CollateralQuality { DailyVolume = 3_000_000m, DailyVolatility = 0.2m });

        (good.Eligibility, good.Score, good.Part).ShouldBe((Eligibility.Eligible, 100, 1m));
        (between.Eligibility, between.Score, between.Part).ShouldBe((Eligibility.Limited, 50, 0.5m));
        (wild.Eligibility, wild.Part).ShouldBe((Eligibility.Refused, 0m));
        wild.Reason.ShouldBe("refused: stability: the volatility of a day is 0.2, at most 0.1 is required");
        standard.Judge(null).Reason.ShouldBe("limited: liquidity: what is traded a day was not measured");
    }

    [Fact]
    public void What_an_issuer_promises_counts_nothing_against_positions_in_him()
    {
        var venue = new TestVenue(p => p with { Collateral = [.. p.Collateral.Select(c => new CollateralTerms(c.Asset, [new CollateralTier(0m, 0m)]) { Issuer = c.Asset.Value == "DOGE" ? "kennel" : null })] });
        int account = venue.Open();
        venue.Deposit(account, venue.Usdc, 100_000);
        venue.Deposit(account, venue.Doge, 500_000);
        venue.Judged(account).Counted.ShouldBe(200_000, 1e-6);

        venue.Trade(account, venue.DogePerp, 200_000, 0.2);
        venue.Judged(account).Counted.ShouldBe(160_000, 1e-6);

        venue.Trade(account, venue.DogePerp, -600_000, 0.2);
        venue.Judged(account).Counted.ShouldBe(200_000, 1e-6);
    }

    [Fact]
    public void A_wrong_way_position_in_one_account_takes_from_the_issuers_collateral_in_another()
    {
        var venue = new TestVenue(p => p with { Collateral = [.. p.Collateral.Select(c => new CollateralTerms(c.Asset, [new CollateralTier(0m, 0m)]) { Issuer = c.Asset.Value == "DOGE" ? "kennel" : null })] });
        (int holder, int trader) = (venue.Open(), venue.Open());
        venue.Deposit(holder, venue.Doge, 500_000);
        venue.Deposit(trader, venue.Usdc, 100_000);
        venue.Trade(trader, venue.DogePerp, 200_000, 0.2);
        var terms = new AccountTerms();
        terms.SetFamily(holder, trader);

        Judge.Account(holder, venue.Positions, venue.Money, venue.Responses, venue.Model, terms).Counted.ShouldBe(60_000, 1e-6);
        Judge.Account(holder, venue.Positions, venue.Money, venue.Responses, venue.Model).Counted.ShouldBe(100_000, 1e-6);
    }

    [Fact]
    public void A_claim_counted_through_its_root_fills_the_roots_tiers()
    {
        var venue = new TestVenue(p => p with
        {
            Collateral =
            [
                new CollateralTerms(new AssetId("ETH"), [new CollateralTier(0m, 0.1m), new CollateralTier(30_000m, 0.5m)], 100_000m),
                new CollateralTerms(new AssetId("STETH"), [new CollateralTier(0m, 0.2m)]) { ThroughRoot = true, Kind = CollateralKind.LiquidStaked },
            ],
        });
        int account = venue.Open();
        venue.Deposit(account, venue.Eth, 10);
        venue.Deposit(account, venue.Steth, 10);

        double steth = 0.8 * 10 * venue.Responses.AssetPrices[venue.Steth.Value];
        venue.Judged(account).Counted.ShouldBe(27_000 + (0.5 * steth), 1e-6);
    }

    [Fact]
    public void Pending_deposits_and_the_houses_own_token_count_nothing()
    {
        var venue = new TestVenue(p => p with
        {
            Collateral = [.. p.Collateral.Select(c => c with { Finality = c.Asset.Value == "BTC" ? Finality.Pending : Finality.Final, Issuer = c.Asset.Value == "DOGE" ? "house" : null })],
            CollateralPolicy = new CollateralPolicy { Issuers = [new IssuerTerms("house", IsHouse: true)] },
        });
        int account = venue.Open();
        venue.Deposit(account, venue.Btc, 1);
        venue.Deposit(account, venue.Doge, 1_000);

        venue.Judged(account).Counted.ShouldBe(0);
        venue.Judged(account).Equity.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_profit_of_a_thin_market_counts_in_part_and_its_loss_whole()
    {
        var venue = new TestVenue(p => p with { CollateralPolicy = new CollateralPolicy { Profits = [new ProfitTerms(new InstrumentId(new TestVenue().Catalog[new TestVenue().DogePerp].Id.Value), null, 0.25m)] } });
        int account = venue.Open();
        venue.Deposit(account, venue.Usdc, 10_000);
        venue.Trade(account, venue.DogePerp, 100_000, 0.1);
        var terms = new AccountTerms();
        terms.Costs.EnsureRows(account + 1);
        terms.Costs.Set(account, venue.DogePerp.Value, 10_000);
        terms.CostsChanged(account);

        Verdict gained = Judge.Account(account, venue.Positions, venue.Money, venue.Responses, venue.Model, terms);
        gained.Equity.ShouldBe(20_000, 1e-6);
        gained.Counted.ShouldBe(12_500, 1e-6);

        venue.Price(venue.Doge, 0.05m);
        Judge.Account(account, venue.Positions, venue.Money, venue.Responses, venue.Model, terms).Counted.ShouldBe(5_000, 1e-6);
    }

    [Fact]
    public void A_score_is_what_maintenance_leaves_free()
    {
        new Verdict(100, 80, 0, Verdict.NoScenario, 0, 80, 80, 80).Score.ShouldBe(100);
        new Verdict(100, 80, 0, Verdict.NoScenario, 0, 40, 50, 60).Score.ShouldBe(75, 1e-12);
        new Verdict(100, 80, 0, Verdict.NoScenario, 0, -20, -10, -1).Score.ShouldBe(0);
        new Verdict(100, 80, 0, Verdict.NoScenario, 0, 40, 50, 60).HealthFactor.ShouldBe(4, 1e-12);
        new Verdict(0, 0, 0, Verdict.NoScenario, 0, 0, 0, 0).Score.ShouldBe(100);
    }

    /// <summary>Every optional section of collateral saying something.</summary>
    internal static RiskParameters EveryPolicy(RiskParameters rules) => rules with
    {
        Collateral = [.. rules.Collateral.Select(line => line.Asset.Value == "STETH"
            ? line with { Kind = CollateralKind.LiquidStaked, Issuer = "lodge", BridgeHaircut = 0.02m, ThroughRoot = true, AccountCap = 1_000_000m, VenueCap = 5_000_000m, Quality = new CollateralQuality { DailyVolume = 2_000_000m, WorstDepeg = 0.06m } }
            : line)],
        CollateralPolicy = new CollateralPolicy
        {
            Issuers = [new IssuerTerms("lodge", 50_000m, 200_000m), new IssuerTerms("house", IsHouse: true)],
            Standard = new CollateralStandard([new QualityLine(QualityMark.DailyVolume, 1_000_000m, 5_000_000m), new QualityLine(QualityMark.DailyVolatility, 0.1m, 0.03m)], 0.5m),
            Profits = [new ProfitTerms(null, AssetClass.Alt, 0.25m)],
            Dynamic = new DynamicHaircutTerms(3m, 0.05m, 0.1m, 0.001m, 0.01m, 0.05m, 60, 0.94m, [new HaircutMarket(new AssetScope(null, AssetClass.Alt), 0.05m, 0.08m, 10_000_000m, 0.004m, 1m, 0.05m)]),
        },
    };
}
