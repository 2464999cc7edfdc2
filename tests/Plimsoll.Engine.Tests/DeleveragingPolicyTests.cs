using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Deleveraging;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>Who takes a bankrupt position over, policy by policy, inside the engine.</summary>
public sealed class DeleveragingPolicyTests
{
    private const string Perpetual = "BTC_USDC-PERPETUAL";

    [Theory]
    [InlineData(DeleveragingPolicy.BitMex)]
    [InlineData(DeleveragingPolicy.Hyperliquid)]
    [InlineData(DeleveragingPolicy.Binance)]
    public void A_queue_asks_the_highest_geared_winner_first(DeleveragingPolicy policy)
    {
        TestVenue venue = Venue(policy);
        Deleveraged taken = Crash(venue);

        taken.Shares[0].Account.Value.ShouldBe("geared");
        taken.Figures!.Policy.ShouldBe(policy.ToString());
        venue.LotsOf("alice", Perpetual).ShouldBe(0);
    }

    [Theory]
    [InlineData(DeleveragingPolicy.ProRata)]
    [InlineData(DeleveragingPolicy.ProRataProfit)]
    [InlineData(DeleveragingPolicy.BitMex)]
    [InlineData(DeleveragingPolicy.Hyperliquid)]
    [InlineData(DeleveragingPolicy.Binance)]
    [InlineData(DeleveragingPolicy.WaterFilling)]
    public void Nobody_grows_flips_or_is_left_worse_off(DeleveragingPolicy policy)
    {
        TestVenue venue = Venue(policy);
        string[] others = ["geared", "calm", "hedged"];
        long[] before = [.. others.Select(name => venue.LotsOf(name, Perpetual))];
        Deleveraged taken = Crash(venue);

        for (int i = 0; i < others.Length; i++)
        {
            long after = venue.LotsOf(others[i], Perpetual);
            (after <= 0 && after >= before[i]).ShouldBeTrue($"{others[i]} was {before[i]} and is {after}");
            venue.Verdict(others[i]).IsLiquidatable.ShouldBeFalse(others[i]);
        }

        taken.Figures!.Candidates.ShouldBeGreaterThanOrEqualTo(3);
        taken.Figures.Gini.ShouldBeInRange(0, 1);
        taken.Figures.Jain.ShouldBeInRange(0, 1);
        venue.LotsOf("hedged", Perpetual).ShouldBe(-500, "it would be laid bare");
        venue.State.Tally.BadDebt.ShouldBe(200, 0.01, "half a coin at 400 that nobody else holds");
    }

    [Fact]
    public void A_hedge_is_spared_while_others_have_enough()
    {
        TestVenue spared = Venue(DeleveragingPolicy.ProRata, spare: true);
        Deleveraged taken = Crash(spared);
        taken.Shares.Select(s => s.Account.Value).ShouldNotContain("hedged");
        taken.Figures!.Hedged.ShouldBe(1);
        taken.Figures.HedgesBroken.ShouldBe(0);

        Venue(DeleveragingPolicy.ProRata);
    }

    [Fact]
    public void Whoever_would_be_harmed_is_passed_over_and_what_nobody_takes_the_provider_keeps_while_the_loss_is_borne()
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Deleveraging = new DeleveragingTerms(DeleveragingPolicy.ProRata) });
        foreach (string name in (string[])["alice", "thin"]) venue.Account(name);
        venue.Deposit("alice", "2000", "USDC");
        venue.Deposit("thin", "2000", "USDC");
        venue.Fill("alice", "thin", Perpetual, 1m, 8000m);

        // What thin has won he takes out as a loan, so that nothing is left behind his position but the profit of it.
        venue.Prices(btc: 6600m, eth: 200m);
        venue.Accept(new Withdraw(new AccountId("thin"), new AssetId("USDC"), "1990"));
        Outcome crash = venue.Prices(btc: 5500m, eth: 200m);

        venue.LotsOf("alice", Perpetual).ShouldBe(0);
        Audit.Full(venue.State);
        venue.Verdict("thin").IsLiquidatable.ShouldBeFalse();
        double deficit = crash.Events.OfType<DeficitSettled>().SelectMany(e => e.Lines).Sum(l => l.Worth);
        double borne = crash.Events.OfType<LossBorne>().Sum(e => e.Worth) + crash.Events.OfType<FundDrawn>().Sum(e => e.Worth) + crash.Events.OfType<DeficitSettled>().SelectMany(e => e.Lines).Sum(l => l.DeleveragedWorth);
        borne.ShouldBe(deficit, 1e-3);
    }

    [Fact]
    public void With_nobody_to_ask_the_provider_takes_the_position_at_the_mark_and_the_venue_bears_the_loss()
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Deleveraging = new DeleveragingTerms(DeleveragingPolicy.BitMex) });
        foreach (string name in (string[])["alice", "zed"]) venue.Account(name);
        venue.Deposit("alice", "2000", "USDC");
        venue.Deposit("zed", "1800", "USDC");
        venue.Fill("alice", "zed", Perpetual, 1m, 8000m);
        venue.Accept(new Withdraw(new AccountId("liquidity"), new AssetId("ETH"), "1"));
        Outcome crash = venue.Prices(btc: 20m, eth: 200m);

        venue.LotsOf("alice", Perpetual).ShouldBe(0);
        crash.Events.ShouldContain(e => e is LossBorne || e is Deleveraged);
        Audit.Full(venue.State);
    }

    [Fact]
    public void A_wave_under_a_policy_leaves_the_provider_with_what_he_had_and_replays()
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Deleveraging = new DeleveragingTerms(DeleveragingPolicy.WaterFilling) });
        for (int i = 0; i < 60; i++)
        {
            venue.Account($"long{i}");
            venue.Account($"short{i}");
            venue.Deposit($"long{i}", "2000", "USDC");
            venue.Deposit($"short{i}", $"{6000 + (i * 500)}", "USDC");
            venue.Fill($"long{i}", $"short{i}", Perpetual, 1m, 8000m);
        }

        Outcome crash = venue.Prices(btc: 5000m, eth: 200m);
        crash.Events.OfType<Deleveraged>().Count().ShouldBeGreaterThanOrEqualTo(60);
        for (int i = 0; i < 60; i++)
        {
            venue.LotsOf($"long{i}", Perpetual).ShouldBe(0);
            venue.LotsOf($"short{i}", Perpetual).ShouldBeLessThanOrEqualTo(0);
        }

        var decided = new VenueKernel();
        foreach (Journal.JournalEntry entry in venue.Journal) decided.Verify(entry);
        Snapshots.HashOf(decided.State).ShouldBe(Snapshots.HashOf(venue.State));
    }

    [Fact]
    public void Everybody_sees_his_place_in_the_queue()
    {
        TestVenue venue = Venue(DeleveragingPolicy.BitMex);
        venue.Prices(btc: 7000m, eth: 200m);
        IReadOnlyList<QueuePlace> queue = DeleveragingQueues.Of(venue.State, venue.State.Instrument(new InstrumentId(Perpetual)), -1);

        queue.Select(p => venue.State.Accounts[p.Holder.Account].Value).First().ShouldBe("geared");
        queue.Select(p => p.Place).ShouldBe(Enumerable.Range(1, queue.Count));
        queue[0].Lights.ShouldBe(5);
        queue[^1].Lights.ShouldBe(1);
        QueuePlace own = DeleveragingQueues.Of(venue.State, venue.Index("calm")).ShouldHaveSingleItem();
        own.Place.ShouldBe(queue.Single(p => p.Holder.Account == venue.Index("calm")).Place);
        DeleveragingQueues.Of(venue.State, venue.Index("hedged")).Count.ShouldBe(2, "one for each of his contracts");
        queue.Single(p => p.Holder.Account == venue.Index("hedged")).Holder.IsHedged.ShouldBeTrue();
    }

    /// <summary>Alice is long two coins on little money; the other side is geared, calm, and hedged by a dated future.</summary>
    private static TestVenue Venue(DeleveragingPolicy policy, bool spare = false)
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Deleveraging = new DeleveragingTerms(policy, spare) });
        foreach (string name in (string[])["alice", "geared", "calm", "hedged"]) venue.Account(name);
        venue.Deposit("alice", "5000", "USDC");
        venue.Deposit("geared", "3500", "USDC");
        venue.Deposit("calm", "100000", "USDC");
        venue.Deposit("hedged", "20000", "USDC");
        venue.Fill("alice", "geared", Perpetual, 1m, 8000m);
        venue.Fill("alice", "calm", Perpetual, 1m, 8000m);
        venue.Fill("alice", "hedged", Perpetual, 0.5m, 8000m);
        venue.Fill("hedged", "liquidity", "BTC_USDC-27MAR20", 0.5m, 8000m);

        return venue;
    }

    private static Deleveraged Crash(TestVenue venue) => venue.Prices(btc: 5600m, eth: 200m).Events.OfType<Deleveraged>().First();
}
