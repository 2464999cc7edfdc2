using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Lending;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Thresholds;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests;

public class LiquidationMapLaws
{
    private const int Accounts = 400;

    [Fact]
    public void An_account_stands_at_the_first_price_of_the_grid_beyond_its_exact_liquidation_price()
    {
        (TestVenue venue, int[] futures) = Filled(onlyFutures: true);
        MapGrid grid = MapGrid.Of(0.01, 0.7, 0.9);
        int sunk = 0;
        foreach (int account in futures)
        {
            // One account at a time, so that its step can be read off the map.
            LiquidationMap map = Alone(venue, account).Of(venue.Btc, grid);
            LiquidationPrices exact = venue.LiquidationOf(account, venue.Btc);
            if (exact.State == LiquidationPriceState.Already) continue;
            sunk += Check(map.Down, exact.Below, account) + Check(map.Up, exact.Above, account);
        }

        sunk.ShouldBeGreaterThan(25);
    }

    [Fact]
    public void The_map_is_what_judging_everybody_at_every_price_says()
    {
        (TestVenue venue, _) = Filled(onlyFutures: false);
        AsJudged(venue, venue.Eth, MapGrid.Of(0.02, 0.6, 0.6));
    }

    [Theory]
    [InlineData("requirements")]
    [InlineData("collateral")]
    [InlineData("pledged")]
    [InlineData("wrong way")]
    [InlineData("closing costs all there is")]
    public void And_so_it_is_with_every_optional_section_of_the_rulebook(string section)
    {
        int shortcuts = 0;
        for (ulong seed = 1; seed <= 6; seed++)
        {
            var venue = new TestVenue(rules => Section(section, rules));
            var chance = new Chance(seed);
            for (int a = 0; a < Accounts; a++) chance.Account(venue, leverage: 6);
            shortcuts += Enumerable.Range(0, Accounts).Count(a => venue.Positions.Columns(a).ToArray().All(i => venue.Catalog.Instruments[i].Kind != InstrumentKind.Option));
            foreach (AssetIndex asset in new[] { venue.Btc, venue.Eth, venue.Doge }) AsJudged(venue, asset, MapGrid.Of(0.01, 0.7, 0.9), $"seed {seed} {section}");
        }

        shortcuts.ShouldBeGreaterThan(100);
    }

    private static RiskParameters Section(string section, RiskParameters rules) => section switch
    {
        "requirements" => EveryTerm.On(rules),
        "collateral" => Collateral.CollateralPolicyTests.EveryPolicy(rules),
        "pledged" => rules with
        {
            Lending = new LendingTerms([], [new PledgeTerms(new AssetId("BTC"), 0.7m, 0.8m), new PledgeTerms(new AssetId("ETH"), 0.4m, 0.5m), new PledgeTerms(new AssetId("DOGE"), 0.05m, 0.1m)]),
        },
        "wrong way" => rules with
        {
            Collateral = [.. rules.Collateral.Select(line => line.Asset.Value is "ETH" or "DOGE" ? line with { Issuer = line.Asset.Value.ToLowerInvariant() } : line)],
        },
        _ => EveryTerm.On(rules) with
        {
            Contingencies = MarginContingencies.None with
            {
                CloseOut = new CloseOutTerms(LineRates.Same(1m), [new CloseOutLine(new AssetScope(null, AssetClass.Major), 0.0004m, 1m, 0.6m, 1_000m, 2m), new CloseOutLine(new AssetScope(null, AssetClass.Alt), 0.002m, 1m, 0.6m, 50m, 4m)]),
            },
        },
    };

    private static void AsJudged(TestVenue venue, AssetIndex asset, MapGrid grid, string? where = null)
    {
        LiquidationMap map = new VenueThresholds(venue.Positions, venue.Money, venue.Market, venue.Model).Of(asset, grid);
        foreach (IReadOnlyList<MapStep> side in new[] { map.Down, map.Up })
        {
            var gone = new HashSet<int>();
            for (int a = 0; a < venue.Positions.Rows; a++) if (venue.Judged(a).IsLiquidatable) gone.Add(a);
            foreach (MapStep step in side)
            {
                double notional = 0;
                foreach (int account in SunkAt(venue, asset, step.Ratio).Where(gone.Add)) notional += NotionalOf(venue, account, asset);
                step.Notional.ShouldBe(notional, 1e-6 * (1 + notional), $"{where} at {step.Ratio}");
            }
        }
    }

    [Fact]
    public void Any_number_of_threads_draws_the_same_map()
    {
        (TestVenue venue, _) = Filled(onlyFutures: false);
        for (int copies = 0; copies < 90; copies++)
        {
            for (int a = 0; a < Accounts; a++)
            {
                int copy = venue.Open();
                venue.Positions.ReplaceRow(copy, venue.Positions.Columns(a).ToArray(), venue.Positions.Values(a).ToArray());
                venue.Money.ReplaceRow(copy, venue.Money.Columns(a).ToArray(), venue.Money.Values(a).ToArray());
            }
        }

        LiquidationMap one = new VenueThresholds(venue.Positions, venue.Money, venue.Market, venue.Model).Of(venue.Btc, MapGrid.Usual);
        LiquidationMap two = new VenueThresholds(venue.Positions, venue.Money, venue.Market, venue.Model, threads: 2).Of(venue.Btc, MapGrid.Usual);

        two.Down.ShouldBe(one.Down);
        two.Up.ShouldBe(one.Up);
        two.SunkLong.ShouldBe(one.SunkLong);
        two.SunkShort.ShouldBe(one.SunkShort);
    }

    [Fact]
    public void A_long_is_sold_on_the_way_down_a_short_bought_on_the_way_up_and_a_borrower_sells_his_coins()
    {
        var venue = new TestVenue();
        int buyer = venue.Open();
        venue.Deposit(buyer, venue.Usdc, 20_000);
        venue.Trade(buyer, venue.BtcPerp, 1, 60_000);
        int seller = venue.Open();
        venue.Deposit(seller, venue.Usdc, 20_000);
        venue.Trade(seller, venue.BtcPerp, -1, 60_000);
        int borrower = venue.Open();
        venue.Deposit(borrower, venue.Btc, 1);
        venue.Deposit(borrower, venue.Usdc, -40_000);

        LiquidationMap map = new VenueThresholds(venue.Positions, venue.Money, venue.Market, venue.Model).Of(venue.Btc, MapGrid.Usual);

        map.Down.Sum(s => s.Flow).ShouldBeInRange(-60_000, -30_000);
        map.Up.Sum(s => s.Flow).ShouldBeInRange(60_000, 90_000);
        map.Down.Sum(s => s.Notional).ShouldBe(60_000, 1e-6);
        map.Down.Sum(s => s.CollateralSold).ShouldBe(40_000, 1e-6);
        map.Down.Sum(s => s.Accounts).ShouldBe(2);
    }

    private static (TestVenue Venue, int[] Futures) Filled(bool onlyFutures)
    {
        var venue = new TestVenue();
        var chance = new Chance(5);
        for (int a = 0; a < Accounts; a++) chance.Account(venue, leverage: 6);
        bool Plain(int account) => venue.Positions.Columns(account).ToArray().All(i => venue.Catalog.Instruments[i].Kind is InstrumentKind.Perpetual or InstrumentKind.Future);

        return (venue, [.. Enumerable.Range(0, Accounts).Where(a => !onlyFutures || Plain(a))]);
    }

    private static VenueThresholds Alone(TestVenue venue, int account)
    {
        var positions = new Pricing.Responses.SparseRows();
        var money = new Pricing.Responses.SparseRows();
        positions.EnsureRows(1);
        money.EnsureRows(1);
        positions.ReplaceRow(0, venue.Positions.Columns(account), venue.Positions.Values(account));
        money.ReplaceRow(0, venue.Money.Columns(account), venue.Money.Values(account));

        return new VenueThresholds(positions, money, venue.Market, venue.Model);
    }

    private static int Check(IReadOnlyList<MapStep> side, double? exact, int account)
    {
        MapStep[] hit = [.. side.Where(s => s.Accounts > 0)];
        if (exact is not { } price || (side[^1].Price < price ? side[^1].Ratio > 1 : side[^1].Ratio < 1))
        {
            hit.ShouldBeEmpty($"account {account}");

            return 0;
        }

        // Accounts that trade nothing in the underlying are not counted.
        if (hit.Length == 0) return 0;
        int at = side.ToList().IndexOf(hit.ShouldHaveSingleItem($"account {account}"));
        double before = at == 0 ? side[0].Price / side[0].Ratio : side[at - 1].Price;
        double least = Math.Min(before, side[at].Price), most = Math.Max(before, side[at].Price);
        price.ShouldBeInRange(least * (1 - 1e-9), most * (1 + 1e-9), $"account {account}");

        return 1;
    }

    private static IEnumerable<int> SunkAt(TestVenue venue, AssetIndex asset, double ratio)
    {
        venue.Responses.RebuildShifted(venue.Market, asset, ratio);
        int[] sunk = [.. Enumerable.Range(0, venue.Positions.Rows).Where(a => venue.Judged(a).IsLiquidatable)];
        venue.Responses.Rebuild(venue.Market);

        return sunk;
    }

    private static double NotionalOf(TestVenue venue, int account, AssetIndex asset)
    {
        double sum = 0;
        ReadOnlySpan<int> held = venue.Positions.Columns(account);
        for (int p = 0; p < held.Length; p++)
            if (venue.Catalog.Instruments[held[p]].Underlying == asset) sum += Math.Abs(venue.Positions.Values(account)[p]) * venue.Responses.UnitNotionals[held[p]];

        return sum;
    }
}
