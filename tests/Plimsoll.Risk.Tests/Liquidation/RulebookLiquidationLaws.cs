using System.Numerics;
using Plimsoll.Risk.Margin.Rulebooks;
using Plimsoll.Risk.Margin.Rulebooks.Aave;
using Plimsoll.Risk.Margin.Rulebooks.Derive;
using Plimsoll.Risk.Margin.Rulebooks.Mango;
using Plimsoll.Risk.Margin.Rulebooks.Vega;

namespace Plimsoll.Risk.Tests.Liquidation;

public class RulebookLiquidationLaws
{
    private static readonly AuctionTerms Terms = new(0.98, 0.8, 100, 14_400, 0.2);

    [Fact]
    public void An_auction_price_only_falls()
    {
        double last = double.PositiveInfinity;
        for (double t = 0; t < 15_000; t += 7)
        {
            double part = Terms.PartAt(t);
            part.ShouldBeLessThanOrEqualTo(last);
            last = part;
        }

        Terms.PartAt(14_500).ShouldBe(0);
    }

    [Fact]
    public void A_bid_for_all_that_may_be_sold_restores_the_buffer_exactly_also_after_earlier_bids()
    {
        for (ulong seed = 0; seed < 500; seed++)
        {
            var chance = new Chance(seed);
            (double worth, double lacking) = (chance.Between(50, 500), chance.Between(1, 400));
            var auction = new SolventAuction(Terms);
            (double mark, double margin, double t) = (worth, -lacking, 0);
            for (int bid = 0; bid < 3; bid++)
            {
                t += chance.Between(0, 2_000);
                double reserved = auction.Reserved;
                AuctionBid sold = auction.Bid(t, mark, margin, bid < 2 ? chance.Between(0, 0.3) : 1);

                // What is sold goes with its part of mark and margin; the cash stays, and reserved cash is not sold.
                double after = ((mark - reserved) * (1 - sold.Part)) + reserved + sold.Cash;
                double required = (margin - mark) * (1 - sold.Part);
                (mark, margin) = (after, after + required);
                sold.Part.ShouldBeInRange(0, 1, $"seed {seed}");
            }

            Terms.BufferMargin(margin, mark).ShouldBe(0, 1e-7 * (1 + worth + lacking), $"seed {seed}");
        }
    }

    [Fact]
    public void A_token_liquidation_that_nothing_else_binds_leaves_health_at_zero()
    {
        int solved = 0;
        for (ulong seed = 0; seed < 2_000; seed++)
        {
            var chance = new Chance(seed);
            var asset = new LiquidatedToken(chance.Between(1, 100), 0, chance.Between(0.5, 5), new SignedWeights(chance.Between(0.5, 0.9), 1.1), chance.Between(0, 0.05), 0.01);
            var owed = new LiquidatedToken(-chance.Between(1, 100), 0, chance.Between(0.5, 5), new SignedWeights(0.9, chance.Between(1.1, 1.5)), chance.Between(0, 0.05), 0.01);
            if (new TokenLiquidation(asset, owed, 0, 1).Transfer(double.PositiveInfinity) is not { } moved) continue;
            if (moved.HealthBefore >= 0)
            {
                moved.LiabilityRepaid.ShouldBe(0, $"seed {seed}");
                continue;
            }

            moved.AssetTaken.ShouldBeLessThanOrEqualTo(asset.Balance * (1 + 1e-12), $"seed {seed}");
            moved.LiabilityRepaid.ShouldBeLessThanOrEqualTo(-owed.Balance * (1 + 1e-12), $"seed {seed}");
            (moved.ToLiquidator + moved.PlatformFee).ShouldBe(moved.AssetTaken, 1e-9 * moved.AssetTaken, $"seed {seed}");
            if (moved.LiabilityRepaid > -owed.Balance * 0.999999 || moved.AssetTaken > asset.Balance * 0.999999) continue;

            solved++;
            var rest = new TokenLiquidation(
                asset with { Balance = asset.Balance - moved.AssetTaken }, owed with { Balance = owed.Balance + moved.LiabilityRepaid }, 0, 1);
            rest.Transfer(double.PositiveInfinity)!.Value.HealthBefore.ShouldBe(0, 1e-9 * (1 + asset.Balance * asset.Price), $"seed {seed}");
        }

        solved.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void What_is_collected_is_handed_out_to_the_unit()
    {
        for (ulong seed = 0; seed < 1_000; seed++)
        {
            var chance = new Chance(seed);
            SettlementLoss[] losers = [.. Enumerable.Range(0, 1 + chance.Below(8)).Select(_ => new SettlementLoss(chance.Below(10_000), chance.Below(10_000)))];
            BigInteger all = losers.Aggregate(BigInteger.Zero, (sum, l) => sum + l.Loss);
            BigInteger half = all / 2;
            BigInteger[] winners = [half, all - half];
            BigInteger insurance = chance.Below(3_000);

            var settled = LossSocialisation.Settle(losers, insurance, winners, 1);

            BigInteger own = losers.Aggregate(BigInteger.Zero, (sum, l) => sum + BigInteger.Min(l.Loss, l.Balance));
            (settled.Received[0] + settled.Received[1]).ShouldBe(own + settled.InsuranceDrawn, $"seed {seed}");
            (settled.InsuranceDrawn + settled.InsuranceLeft).ShouldBe(insurance, $"seed {seed}");
            settled.Haircuts.ShouldAllBe(h => h.Sign >= 0, $"seed {seed}");
        }
    }

    [Fact]
    public void A_perpetual_liquidation_never_grows_a_position_and_stops_when_health_is_back()
    {
        for (ulong seed = 0; seed < 1_000; seed++)
        {
            var chance = new Chance(seed);
            var terms = new PerpLiquidation(chance.Between(0.5, 0.95), chance.Between(0, 1), 0.02);
            var before = new PerpAccount(chance.Below(50), chance.Below(101) - 50, chance.Below(201) - 100, -chance.Below(60));
            PerpAccount after = terms.Liquidate(before, 1_000, 1_000);

            Math.Abs(after.BaseLots).ShouldBeLessThanOrEqualTo(Math.Abs(before.BaseLots), $"seed {seed}");
            (after.BaseLots * before.BaseLots).ShouldBeGreaterThanOrEqualTo(0, $"seed {seed}");
        }
    }

    [Fact]
    public void A_bonus_grows_as_health_falls_and_stays_within_its_bounds()
    {
        var bonus = new LiquidationBonus(0.8m, 11_200m, 5_000m);
        decimal last = 0;
        for (decimal health = 1.05m; health > 0.5m; health -= 0.01m)
        {
            decimal at = bonus.At(health);
            at.ShouldBeInRange(10_600m, 11_200m);
            at.ShouldBeGreaterThanOrEqualTo(last);
            last = at;
        }
    }

    [Fact]
    public void A_liquidation_clears_a_side_or_leaves_more_than_dust_on_both()
    {
        for (ulong seed = 0; seed < 2_000; seed++)
        {
            var chance = new Chance(seed);
            decimal debt = chance.Below(10_000) + 1, collateral = chance.Below(12_000) + 1;
            decimal health = collateral * 0.8m / debt;
            if (health >= 1) continue;

            var moved = LiquidationAmounts.Of(
                new BorrowerStanding(collateral, 1, debt, 1, debt, health), new LiquidationBonus(0.8m, 11_000, 5_000), 1.05m, 0.8m, chance.Below(12_000), 1_000, 1_000);

            (decimal debtLeft, decimal collateralLeft) = (debt - moved.Debt, collateral - moved.Collateral);
            debtLeft.ShouldBeGreaterThanOrEqualTo(-0.0001m, $"seed {seed}");
            collateralLeft.ShouldBeGreaterThanOrEqualTo(0, $"seed {seed}");
            (debtLeft <= 0.0001m || collateralLeft == 0 || (debtLeft >= 1_000 && collateralLeft >= 1_000)).ShouldBeTrue($"seed {seed}: {debtLeft} and {collateralLeft} are left");
            moved.ToLiquidator.ShouldBeInRange(0, moved.Collateral, $"seed {seed}");
        }
    }
}
