using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public class PreTradeTests
{
    private const string Perpetual = "BTC_USDC-PERPETUAL";

    /// <summary>The order alone closes the position; with the hedge that stands beside it filled as well the account would be short.</summary>
    [Fact]
    public void An_order_that_alone_reduces_is_taken_whatever_other_orders_stand()
    {
        TestVenue venue = BelowInitial();
        venue.Accept(Order("close", Perpetual, -1m, 6_800m));
        venue.Fill("liquidity", "alice", Perpetual, 1m, 6_800m);
        venue.LotsOf("alice", Perpetual).ShouldBe(0);
    }

    [Fact]
    public void Orders_that_together_would_flip_the_position_do_not_reduce()
    {
        TestVenue venue = BelowInitial();
        venue.Accept(Order("half", Perpetual, -0.6m, 6_800m));
        venue.Refuse(Order("too-much", Perpetual, -0.5m, 6_800m), Refusal.InitialMarginBreached);
        venue.Accept(Order("rest", Perpetual, -0.4m, 6_800m));
    }

    [Fact]
    public void A_flip_is_not_reducing_even_where_it_requires_less()
    {
        TestVenue venue = VenueTests.WithLong("alice", "2000", 1m);
        venue.Prices(btc: 6_800m, eth: 200m);

        venue.Refuse(Sell(1.9m, 6_800m), Refusal.InitialMarginBreached);
        venue.Accept(Sell(1m, 6_800m));
    }

    [Fact]
    public void Closing_one_leg_of_a_hedge_is_not_reducing()
    {
        TestVenue venue = VenueTests.WithLong("alice", "1300", 1m);
        venue.Fill("liquidity", "alice", "BTC_USDC-27MAR20", 1m, 8_000m);
        venue.Accept(new Withdraw(new AccountId("alice"), new AssetId("USDC"), venue.State.Catalog[Dollar(venue)].Scale.Format(venue.State.PreTrade.Withdrawable(venue.Index("alice"), Dollar(venue)))));
        venue.Prices(btc: 9_000m, eth: 200m);
        venue.Verdict("alice").InitialHealth.ShouldBeLessThan(0);

        venue.Refuse(Sell(0.5m, 9_000m), Refusal.InitialMarginBreached);
        venue.Refuse(Order("leg", Perpetual, -0.5m, 9_000m), Refusal.InitialMarginBreached);
    }

    [Fact]
    public void Nobody_below_his_requirement_is_closed_at_a_friends_price()
    {
        TestVenue venue = VenueTests.WithLong("alice", "2000", 1m);
        venue.Prices(btc: 6_800m, eth: 200m);

        venue.Refuse(Sell(0.5m, 5_500m), Refusal.InitialMarginBreached);
    }

    [Fact]
    public void What_may_be_withdrawn_is_exact_to_the_unit()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            TestVenue venue = VenueTests.WithLong("alice", $"{2_000 + (137 * seed)}.123457", 1m);
            venue.Deposit("alice", $"0.{10_000_001 + (seed * 7_654_321)}", "BTC");
            venue.Deposit("alice", "1.000000000000000001", "ETH");
            if (seed % 3 == 0) venue.Accept(Order("bid", Perpetual, 0.1m, 7_900m));
            venue.Prices(btc: 8_000m - (20 * seed), eth: 200m);
            foreach (string asset in new[] { "USDC", "BTC", "ETH" })
            {
                AssetIndex index = venue.State.Asset(new AssetId(asset));
                AssetScale scale = venue.State.Catalog[index].Scale;
                Amount most = venue.State.PreTrade.Withdrawable(venue.Index("alice"), index);
                Amount cash = venue.State.Ledger.Balance(venue.Index("alice"), Purse.Cash, index);

                most.ShouldBeLessThanOrEqualTo(cash, $"seed {seed} {asset}");
                Refusal beyond = venue.Do(new Withdraw(new AccountId("alice"), new AssetId(asset), scale.Format(new Amount(most.Units + 1)))).Refusal;
                beyond.ShouldBe(most == cash ? Refusal.BalanceInsufficient : Refusal.InitialMarginBreached, $"seed {seed} {asset}");
                if (most.IsZero) continue;
                venue.Do(new Withdraw(new AccountId("alice"), new AssetId(asset), scale.Format(most))).Refusal.ShouldBe(Refusal.None, $"seed {seed} {asset}");
                venue.Deposit("alice", scale.Format(most), asset);
            }
        }
    }

    private static AssetIndex Dollar(TestVenue venue) => venue.State.Asset(new AssetId("USDC"));

    /// <summary>Long one coin, a large hedge standing, and the price fallen until nothing new may be opened.</summary>
    private static TestVenue BelowInitial()
    {
        TestVenue venue = VenueTests.WithLong("alice", "2000", 1m);
        venue.Accept(Order("hedge", "ETH_USDC-PERPETUAL", -60m, 200m));
        venue.Prices(btc: 6_800m, eth: 200m);
        venue.Verdict("alice").InitialHealth.ShouldBeLessThan(0);
        venue.Verdict("alice").MaintenanceHealth.ShouldBeGreaterThan(0);

        return venue;
    }

    private static PlaceOrder Order(string name, string instrument, decimal size, decimal price) =>
        new(new AccountId("alice"), new CommandId(name), new InstrumentId(instrument), size, price);

    private static ReportFill Sell(decimal size, decimal price) =>
        new(new AccountId("liquidity"), new AccountId("alice"), new InstrumentId(Perpetual), size, price);
}
