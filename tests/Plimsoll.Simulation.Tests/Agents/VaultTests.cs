using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Hedging;
using Plimsoll.Simulation.Agents;
using Plimsoll.Simulation.Stories;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Agents;

public sealed class VaultTests
{
    private static readonly AccountId Name = new("vault");
    private static readonly InstrumentId Perpetual = new("BTC_USDC-PERPETUAL");
    private static readonly AccountId Liquidity = new("liquidity");

    [Theory]
    [InlineData(RebalanceTo.Edge)]
    [InlineData(RebalanceTo.Target)]
    public void A_twice_long_vault_stays_in_its_band_through_the_crash(RebalanceTo to)
    {
        var target = new TargetExposure(2, 0.25, 0.0006, to);
        (VenueKernel kernel, List<(Instant At, double Multiple)> looks) = Live(target, ("USDC", "100000"));

        looks.Count.ShouldBeGreaterThan(5);
        looks.ShouldAllBe(look => Math.Abs(look.Multiple - 2) < 0.2501);
        kernel.State.Judgement.Of(kernel.State.Account(Name)).Equity.ShouldBeInRange(1_000, 100_000);
    }

    [Fact]
    public void A_hedged_vault_of_coins_keeps_its_worth_while_the_coin_halves()
    {
        (VenueKernel kernel, var looks) = Live(new TargetExposure(0, 0.02), ("BTC", "20"));

        double equity = kernel.State.Judgement.Of(kernel.State.Account(Name)).Equity;
        double before = 20 * 7_900, coins = 20 * kernel.State.Market.PriceOf(kernel.State.Asset(new AssetId("BTC")));
        coins.ShouldBeLessThan(0.75 * before);
        equity.ShouldBeInRange(0.93 * before, 1.05 * before);
        looks.ShouldAllBe(look => Math.Abs(look.Multiple) < 0.0201);
    }

    [Fact]
    public void A_wider_band_trades_less()
    {
        int Trades(double half) => Live(new TargetExposure(2, half), ("USDC", "100000")).Looks.Count;

        Trades(0.5).ShouldBeLessThan(Trades(0.1));
    }

    [Fact]
    public void The_same_story_and_vault_end_in_the_same_journal()
    {
        Hash256 Journal() => Live(new TargetExposure(-1, 0.1), ("USDC", "50000")).Kernel.Hash;

        Journal().ShouldBe(Journal());
    }

    [Theory]
    [InlineData(2, 0.25, 100, 200, 0)]
    [InlineData(2, 0.25, 100, 224, 0)]
    [InlineData(0, 0.1, 100, 50, -40)]
    [InlineData(0, 0.1, 100, -50, 40)]
    [InlineData(2, 0.25, 0, 500, 0)]
    [InlineData(2, 0.25, -5, 500, 0)]
    public void Nothing_is_traded_inside_the_band_or_without_equity(double multiple, double half, double equity, double exposure, double expected) =>
        new TargetExposure(multiple, half, CostRate: 0).TradeFor(equity, exposure).ShouldBe(expected, 1e-12);

    [Theory]
    [InlineData(RebalanceTo.Edge, 100, 300)]
    [InlineData(RebalanceTo.Edge, 100, 20)]
    [InlineData(RebalanceTo.Target, 100, 300)]
    [InlineData(RebalanceTo.Target, 100, -20)]
    public void After_paying_for_the_trade_the_vault_is_where_it_went(RebalanceTo to, double equity, double exposure)
    {
        var target = new TargetExposure(2, 0.25, 0.01, to);
        double trade = target.TradeFor(equity, exposure);

        double goal = to == RebalanceTo.Target ? 2 : exposure > 200 ? 2.25 : 1.75;
        ((exposure + trade) / (equity - (0.01 * Math.Abs(trade)))).ShouldBe(goal, 1e-12);
    }

    [Fact]
    public void The_best_width_grows_with_the_cube_root_of_cost_and_needs_no_trade_at_zero_and_one()
    {
        double half = TargetExposure.BestHalfWidth(2, 0.001, 3);

        half.ShouldBe(0.12599, 1e-5); // (0.5 · 4 · 0.001)^(1/3)
        TargetExposure.BestHalfWidth(2, 0.008, 3).ShouldBe(2 * half, 1e-12);
        TargetExposure.BestHalfWidth(0, 0.001, 3).ShouldBe(0);
        TargetExposure.BestHalfWidth(1, 0.001, 3).ShouldBe(0);
        TargetExposure.BestHalfWidth(2, -1, 3).ShouldBe(double.NaN);
    }

    [Fact]
    public void Figures_that_mean_nothing_are_refused()
    {
        Should.Throw<InputException>(() => new TargetExposure(double.NaN, 0.1).Checked());
        Should.Throw<InputException>(() => new TargetExposure(2, 0).Checked());
        Should.Throw<InputException>(() => new TargetExposure(2, 0.1, 0.6).Checked());
    }

    [Fact]
    public void A_vault_waits_while_its_contract_is_paused()
    {
        (VenueKernel kernel, List<(Instant At, double Multiple)> looks) = Live(new TargetExposure(2, 0.25), ("USDC", "100000"), pauses: true);

        // The fall of 12 March pauses everything in bitcoin at half past ten; nothing the vault asks is refused (see Live).
        looks.ShouldNotContain(look => look.At == Instant.Utc(2020, 3, 12, 10) + TimeSpan.FromMinutes(30));
        kernel.State.Breakers.All.ShouldNotBeEmpty();
    }

    /// <summary>A small venue lives March 2020 with a vault in it, looked at after each of the vault's trades; without pauses, and prices that open nothing because they jumped, where none are asked for.</summary>
    private static (VenueKernel Kernel, List<(Instant At, double Multiple)> Looks) Live(TargetExposure target, (string Asset, string Amount) brings, bool pauses = false)
    {
        var kernel = new VenueKernel();
        VenueStory story = HarbourVenue.Story(accounts: 60);
        var vault = new Vault(Name, Liquidity, Perpetual, target);
        var looks = new List<(Instant At, double Multiple)>();
        Envelope[] opening = [.. HarbourVenue.Building(story).Select(envelope => envelope.Command is SetParameters set && !pauses
            ? envelope with { Command = new SetParameters(set.Parameters with { Breakers = Risk.Liquidation.Terms.BreakerTerms.None, Oracles = Risk.Liquidation.OracleRules.None }) }
            : envelope)];
        HarbourVenue.Live(kernel, [.. opening, Ask(story, "open", new OpenAccount(Name)), Ask(story, "bring", new Deposit(Name, new AssetId(brings.Asset), brings.Amount)), Ask(story, "maker", new Deposit(Liquidity, new AssetId("USDC"), "5000000"))])
            .Skip(opening.Length).ShouldAllBe(outcome => outcome.Accepted);

        foreach (LivedCommand lived in Lived.By(kernel, story.Commands().Skip(opening.Length), [vault]))
        {
            bool own = lived.Asked.By == Name;
            if (own) lived.Outcome.Accepted.ShouldBeTrue($"{lived.Asked.At} {lived.Outcome.Refusal}");
            if (own) looks.Add((lived.Asked.At, Multiple(kernel.State)));
        }

        return (kernel, looks);
    }

    private static double Multiple(VenueState venue)
    {
        AccountIndex index = venue.Account(Name);
        HedgeBook book = HedgeBook.Of([index.Value], venue.Judgement.Positions, venue.Judgement.Money, venue.Judgement.Model!, venue.Market);

        return book.GreeksOf(venue.Asset(new AssetId("BTC"))).Delta / venue.Judgement.Of(index).Equity;
    }

    private static Envelope Ask(VenueStory story, string id, Command command) => new(story.Path.Start, Envelope.Venue, new CommandId($"vault-{id}"), command);
}
