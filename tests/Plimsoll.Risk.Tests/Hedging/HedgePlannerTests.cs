using Plimsoll.Risk.Hedging;

namespace Plimsoll.Risk.Tests.Hedging;

public sealed class HedgePlannerTests
{
    private static readonly HedgeInstrument Perpetual = Traded("BTC_USDC-PERPETUAL", new HedgedGreeks(1, 0, 0), 0.001m, 5, 25);
    private static readonly HedgeInstrument Near = Traded("BTC_USDC-6NOV26-60000-C", new HedgedGreeks(0.5, 8e-5, 30), 0.1m, 20, 12);
    private static readonly HedgeInstrument Far = Traded("BTC_USDC-25DEC26-60000-P", new HedgedGreeks(-0.4, 2e-5, 120), 0.1m, 40, 12);

    [Fact]
    public void Delta_alone_is_traded_to_the_edge_of_its_band_and_not_further()
    {
        HedgeProposal proposal = Propose(new HedgedGreeks(2.3456, 0, 0), [Band(HedgedGreek.Delta, 0.1)], Perpetual);

        HedgeTrade trade = proposal.Trades.ShouldHaveSingleItem();
        trade.Lots.ShouldBe(-2246);
        trade.Size.ShouldBe(-2.246m);
        proposal.After.Delta.ShouldBe(0.0996, 1e-12);
        proposal.Cost.Spread.ShouldBe(11.23, 1e-9);
        proposal.Cost.Fees.ShouldBe(56.15, 1e-9);
        proposal.IsComplete.ShouldBeTrue();
    }

    [Fact]
    public void A_book_inside_its_bands_trades_nothing()
    {
        HedgeProposal proposal = Propose(new HedgedGreeks(0.05, 1e-6, 3), Bands(0.1, 1e-5, 10), Perpetual, Near, Far);

        proposal.Trades.ShouldBeEmpty();
        proposal.After.ShouldBe(proposal.Before);
        proposal.IsComplete.ShouldBeTrue();
    }

    [Fact]
    public void Gamma_and_vega_are_bought_in_options_and_the_delta_they_bring_is_sold_in_the_perpetual()
    {
        HedgeProposal proposal = Propose(new HedgedGreeks(0, -4e-4, -600), Bands(0.05, 2e-5, 25), Perpetual, Near, Far);

        proposal.IsComplete.ShouldBeTrue();
        proposal.Trades.Select(t => Math.Sign(t.Lots)).ShouldBe([-1, 1, 1]);
        proposal.Bands.ShouldAllBe(b => b.BreachAfter == 0);
    }

    [Fact]
    public void Impact_makes_two_venues_share_what_one_would_take_alone()
    {
        HedgeInstrument cheap = Perpetual with { Fee = 0, HalfSpread = 0, Impact = 2 };
        HedgeInstrument dear = cheap with { Name = new InstrumentId("BTC_USDC-26MAR27"), Impact = 6 };

        HedgeProposal proposal = Propose(new HedgedGreeks(-8, 0, 0), [Band(HedgedGreek.Delta, 0)], cheap, dear);

        proposal.Trades.Select(t => t.Size).ShouldBe([6m, 2m]);
        proposal.Cost.Impact.ShouldBe((2 * 36) + (6 * 4), 1e-9);
    }

    [Fact]
    public void What_the_depth_does_not_allow_stays_and_says_so()
    {
        HedgeProposal proposal = Propose(new HedgedGreeks(5, 0, 0), [Band(HedgedGreek.Delta, 0.1)], Perpetual with { SellDepth = 3.0004 });

        proposal.Trades.ShouldHaveSingleItem().Size.ShouldBe(-3m);
        proposal.Bands[0].Obstacle.ShouldBe(HedgeObstacle.DepthSpent);
        proposal.Bands[0].BreachAfter.ShouldBe(1.9, 1e-9);
    }

    [Fact]
    public void What_nothing_moves_stays_and_says_so()
    {
        HedgeProposal proposal = Propose(new HedgedGreeks(3, 0, -50), Bands(0.1, 1e-5, 10), Perpetual);

        proposal.Bands.Single(b => b.Band.Greek == HedgedGreek.Vega).Obstacle.ShouldBe(HedgeObstacle.NothingMovesIt);
        proposal.After.Delta.ShouldBe(0.1, 1e-9);
    }

    [Fact]
    public void Vega_is_left_where_bringing_it_in_would_push_gamma_out()
    {
        HedgeProposal proposal = Propose(new HedgedGreeks(0, 0, -600), Bands(50, 1e-5, 10), Near, Perpetual);

        proposal.Bands.Single(b => b.Band.Greek == HedgedGreek.Vega).Obstacle.ShouldBe(HedgeObstacle.OtherBand);
        proposal.Bands.Single(b => b.Band.Greek == HedgedGreek.Gamma).BreachAfter.ShouldBe(0);
        proposal.After.Vega.ShouldBeGreaterThan(-600);
    }

    [Fact]
    public void A_lot_larger_than_the_band_is_not_forced_into_it()
    {
        HedgeProposal proposal = Propose(new HedgedGreeks(0.3, 0, 0), [Band(HedgedGreek.Delta, 0.1)], Perpetual with { LotSize = 1 });

        proposal.Trades.ShouldBeEmpty();
        proposal.Bands[0].Obstacle.ShouldBe(HedgeObstacle.LotTooCoarse);
    }

    [Fact]
    public void No_proposal_increases_a_breached_greek_or_pushes_another_out()
    {
        int complete = 0, traded = 0;
        for (ulong seed = 1; seed <= 2000; seed++)
        {
            HedgeProblem problem = Draw(new Chance(seed));
            HedgeProposal proposal = HedgePlanner.Propose(problem);

            MustBeLawful(problem, proposal, seed);
            if (proposal.IsComplete) complete++;
            if (proposal.Trades.Count > 0) traded++;
        }

        complete.ShouldBeGreaterThan(400);
        traded.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void No_single_lot_more_or_less_makes_a_proposal_better()
    {
        for (ulong seed = 1; seed <= 300; seed++)
        {
            HedgeProblem problem = Draw(new Chance(seed));
            HedgeProposal proposal = HedgePlanner.Propose(problem);
            double left = proposal.Bands.Sum(b => b.BreachBefore > 0 ? b.BreachAfter / b.BreachBefore : 0);
            foreach (HedgeInstrument instrument in problem.Instruments)
            {
                long held = proposal.Trades.FirstOrDefault(t => t.Instrument == instrument)?.Lots ?? 0;
                foreach (int step in (int[])[-1, 1])
                {
                    decimal size = (held + step) * instrument.LotSize;
                    if ((double)size > instrument.BuyDepth || -(double)size > instrument.SellDepth) continue;
                    HedgedGreeks after = proposal.After.Plus((double)(step * instrument.LotSize), instrument.Unit);
                    if (problem.Bands.Any(b => !b.Allows(problem.Current[b.Greek], after[b.Greek]))) continue;
                    double other = proposal.Bands.Sum(b => b.BreachBefore > 0 ? b.Band.Breach(after[b.Band.Greek], b.Before) / b.BreachBefore : 0);
                    double cost = proposal.Cost.Total - instrument.CostOf(held).Total + instrument.CostOf(held + step).Total;

                    (other < left - 1e-8 || (other <= left && cost < proposal.Cost.Total * (1 - 1e-8))).ShouldBeFalse($"seed {seed} {instrument.Name} {step}");
                }
            }
        }
    }

    [Fact]
    public void Whole_lots_cost_little_more_than_fractions_would()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            HedgeProblem problem = Draw(new Chance(seed));
            if (new HedgeProgram(problem).Solve(out _) is not { } fractional) continue;
            HedgeProposal proposal = HedgePlanner.Propose(problem);
            if (!proposal.IsComplete || fractional.LeftTotal > 1e-9) continue;

            double lot = problem.Instruments.Sum(i => i.CostOf(1).Total);
            proposal.Cost.Total.ShouldBeGreaterThanOrEqualTo(fractional.Cost * (1 - 1e-6), $"seed {seed}");
            proposal.Cost.Total.ShouldBeLessThanOrEqualTo((fractional.Cost * 1.5) + (6 * lot), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    public void A_whole_chain_is_hedged_within_a_percent_of_what_fractions_would_cost(double impact)
    {
        var chance = new Chance(11);
        var instruments = new List<HedgeInstrument> { Traded("PERP", new HedgedGreeks(60_000, 0, 0), 0.001m, 6, 30) };
        for (int i = 0; i < 700; i++)
        {
            var unit = new HedgedGreeks(chance.Between(-60_000, 60_000), chance.Between(0, 3_000), chance.Between(0, 150));
            instruments.Add(Traded($"O{i}", unit, 0.1m, chance.Between(10, 80), 18) with { Impact = chance.Between(0, impact), BuyDepth = chance.Between(0, 50), SellDepth = chance.Between(0, 50) });
        }

        var problem = new HedgeProblem(new HedgedGreeks(3e6, -4e5, -30_000), Bands(1e4, 5_000, 500), instruments);
        HedgeProposal proposal = HedgePlanner.Propose(problem);

        MustBeLawful(problem, proposal, 11);
        proposal.IsComplete.ShouldBeTrue();
        proposal.Cost.Total.ShouldBeLessThan(1.01 * new HedgeProgram(problem).Solve(out _)!.Cost);
    }

    [Fact]
    public void Figures_that_mean_nothing_are_refused()
    {
        GreekBand[] bands = [Band(HedgedGreek.Delta, 1)];
        Should.Throw<ArgumentException>(() => Propose(new HedgedGreeks(double.NaN, 0, 0), bands, Perpetual));
        Should.Throw<ArgumentException>(() => Propose(default, bands, Perpetual with { Fee = -1 }));
        Should.Throw<ArgumentException>(() => Propose(default, bands, Perpetual with { Unit = new HedgedGreeks(double.PositiveInfinity, 0, 0) }));
        Should.Throw<ArgumentException>(() => Propose(default, [new GreekBand(HedgedGreek.Delta, 1, -1)], Perpetual));
        Should.Throw<ArgumentException>(() => Propose(default, [bands[0], bands[0]], Perpetual));
        Propose(new HedgedGreeks(1, 0, 0), bands).Trades.ShouldBeEmpty();
        Propose(new HedgedGreeks(1e12, 0, 0), bands, Perpetual).IsComplete.ShouldBeFalse();
    }

    private static void MustBeLawful(HedgeProblem problem, HedgeProposal proposal, ulong seed)
    {
        HedgedGreeks after = problem.Current;
        foreach (HedgeTrade trade in proposal.Trades)
        {
            after = after.Plus((double)trade.Size, trade.Instrument.Unit);
            (trade.Size % trade.Instrument.LotSize).ShouldBe(0m);
            ((double)trade.Size).ShouldBeInRange(-trade.Instrument.SellDepth, trade.Instrument.BuyDepth, $"seed {seed}");
        }

        after.ShouldBe(proposal.After, $"seed {seed}");
        foreach (HedgedBand band in proposal.Bands)
        {
            band.BreachAfter.ShouldBeLessThanOrEqualTo(band.BreachBefore, $"seed {seed} {band.Band}");
            if (band.Band.HoldsZero && band.BreachBefore > 0) Math.Abs(band.After).ShouldBeLessThanOrEqualTo(Math.Abs(band.Before), $"seed {seed} {band.Band}");
            (band.Obstacle == HedgeObstacle.None).ShouldBe(band.BreachAfter == 0, $"seed {seed}");
            band.Obstacle.ShouldNotBe(HedgeObstacle.SearchLimit, $"seed {seed}");
        }
    }

    private static HedgeProblem Draw(Chance chance)
    {
        var current = new HedgedGreeks(chance.Between(-20, 20), chance.Between(-1e-3, 1e-3), chance.Between(-2000, 2000));
        double[] scale = [5, 2e-4, 400];
        var bands = new List<GreekBand>();
        for (int g = 0; g < 3; g++)
        {
            if (chance.Happens(0.15)) continue;
            double middle = chance.Happens(0.3) ? chance.Between(-1, 1) * scale[g] : 0, width = chance.Happens(0.1) ? 0 : chance.Unit() * scale[g];
            bands.Add(new GreekBand((HedgedGreek)g, chance.Happens(0.1) ? double.NegativeInfinity : middle - width, middle + width));
        }

        var instruments = new List<HedgeInstrument>();
        for (int i = chance.Below(8); i >= 0; i--)
        {
            bool option = chance.Happens(0.7);
            var unit = option ? new HedgedGreeks(chance.Between(-1, 1), chance.Between(0, 1e-4), chance.Between(0, 150)) : new HedgedGreeks(1, 0, 0);
            instruments.Add(new HedgeInstrument(
                new InstrumentId($"I{i}"), unit, option ? 0.1m : 0.001m, chance.Between(0, 50), chance.Between(0, 30), chance.Happens(0.5) ? chance.Between(0, 3) : 0,
                chance.Happens(0.4) ? chance.Between(0, 10) : double.PositiveInfinity, chance.Happens(0.4) ? chance.Between(0, 10) : double.PositiveInfinity));
        }

        return new HedgeProblem(current, bands, instruments);
    }

    private static HedgeProposal Propose(HedgedGreeks current, IReadOnlyList<GreekBand> bands, params HedgeInstrument[] instruments) =>
        HedgePlanner.Propose(new HedgeProblem(current, bands, instruments));

    private static GreekBand[] Bands(double delta, double gamma, double vega) =>
        [Band(HedgedGreek.Delta, delta), Band(HedgedGreek.Gamma, gamma), Band(HedgedGreek.Vega, vega)];

    private static GreekBand Band(HedgedGreek greek, double half) => new(greek, -half, half);

    private static HedgeInstrument Traded(string name, HedgedGreeks unit, decimal lot, double halfSpread, double fee) =>
        new(new InstrumentId(name), unit, lot, halfSpread, fee);
}
