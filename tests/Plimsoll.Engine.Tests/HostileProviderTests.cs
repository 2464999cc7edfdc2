using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>The provider at his limits, and what is rounded in his disfavour.</summary>
public sealed class HostileProviderTests
{
    [Fact]
    public void A_provider_who_can_hold_no_more_instruments_is_known_to_be_full_before_anything_is_filled_against_him()
    {
        TestVenue venue = VenueTests.WithLong("alice", "2000", 1m);
        venue.Account("bob");
        venue.Deposit("bob", "100000", "USDC");
        venue.Fill("liquidity", "bob", "BTC_USDC-PERPETUAL", 1m, 8000m);
        venue.Account("carol");
        AccountIndex provider = venue.Index("liquidity");
        venue.LotsOf("liquidity", "BTC_USDC-PERPETUAL").ShouldBe(0);
        for (int i = venue.State.Positions.Rows(provider).Count; i < PositionBook.MaxPositions; i++)
        {
            // Straight into the book: a position of no cost in an instrument beyond the list, and its other side.
            venue.State.Positions.Fill(provider, new InstrumentIndex(1000 + i), new Lots(1), Amount.Zero);
            venue.State.Positions.Fill(venue.Index("carol"), new InstrumentIndex(1000 + i), new Lots(-1), Amount.Zero);
        }

        venue.State.PositionLimitReached(provider, venue.State.Instrument(new InstrumentId("BTC_USDC-PERPETUAL")), new Lots(1)).ShouldBeTrue();
        venue.Refuse(
            new ReportFill(new AccountId("liquidity"), new AccountId("alice"), new InstrumentId("BTC_USDC-PERPETUAL"), 0.001m, 8000m), Refusal.LimitReached);
    }

    [Fact]
    public void More_is_never_open_than_the_provider_could_take_over()
    {
        TestVenue venue = TestVenue.Open();
        venue.List("ETH_USDC-27MAR20", Payoff.Linear, "USDC", 0.000000000001m);
        foreach (string name in (string[])["alice", "bob", "carol", "dave"])
        {
            venue.Account(name);
            venue.Deposit(name, "1000000", "USDC");
        }

        venue.Fill("alice", "bob", "ETH_USDC-27MAR20", 600m, 200m);
        var fill = new ReportFill(new AccountId("carol"), new AccountId("dave"), new InstrumentId("ETH_USDC-27MAR20"), 600m, 200m);
        venue.Refuse(fill, Refusal.LimitReached);
        venue.Accept(fill with { Size = 400m });
        venue.Fill("bob", "alice", "ETH_USDC-27MAR20", 600m, 200m);
        venue.Accept(fill);
    }

    [Fact]
    public void Coarse_collateral_is_sold_in_whole_units_and_paid_for_in_full_by_nobody_else()
    {
        TestVenue venue = TestVenue.Open();
        venue.Accept(new ListAsset(new AssetId("BAR"), 0, AssetClass.Major));
        venue.Accept(new SetParameters(Risk.Margin.RiskParameters.Default(venue.State.Catalog)));
        venue.Accept(new MovePrices([new AssetPrice(new AssetId("BAR"), 10_000m, venue.Clock, 0, new AccountId("feed"))], []));
        venue.Account("alice");
        venue.Deposit("alice", "3", "BAR");
        venue.Accept(new Borrow(new AccountId("alice"), new AssetId("USDC"), "14000"));
        venue.Accept(new Withdraw(new AccountId("alice"), new AssetId("USDC"), "14000"));
        Outcome outcome = venue.DoAt(venue.Clock, new MovePrices([new AssetPrice(new AssetId("BAR"), 5_300m, venue.Clock, 0, new AccountId("feed"))], []));

        foreach (CollateralSold sold in outcome.Events.OfType<CollateralSold>())
        {
            decimal paid = (decimal)sold.BoughtAmount.Units / 1_000_000m;
            paid.ShouldBeLessThanOrEqualTo(5_300m * (decimal)sold.SoldAmount.Units, "the provider gives no more than the bars are worth");
        }

        outcome.Events.OfType<CollateralSold>().ShouldNotBeEmpty();
    }
}
