using Plimsoll.Engine.Commands;
using Plimsoll.Units;
using Shouldly;

namespace Plimsoll.Engine.Tests;

/// <summary>Many go bankrupt in one tick, and there is no fund.</summary>
public class DeleveragingWaveTests
{
    private const int Pairs = 50;

    [Theory]
    [InlineData("BTC_USDC-PERPETUAL", "USDC", "2000", 1, 1_000, 5000)]
    [InlineData("BTC-PERPETUAL", "BTC", "0.3", 8_000, 800, 5800)]
    public void A_wave_is_gathered_by_the_provider_and_passed_on_to_equal_holders_in_equal_parts(
        string contract, string asset, string deposit, int size, int lots, int crash)
    {
        TestVenue venue = Venue(contract, asset, deposit, size);
        double before = venue.Verdict("liquidity").Equity;

        Outcome outcome = venue.Prices(btc: 8000m, eth: 200m);
        outcome.Events.OfType<Deleveraged>().ShouldBeEmpty();
        outcome = venue.Prices(btc: crash, eth: 200m);

        Deleveraged[] taken = [.. outcome.Events.OfType<Deleveraged>()];
        taken.Length.ShouldBe(Pairs);
        taken.Sum(t => t.Shares.Count).ShouldBeLessThan(Takeovers.SharedAtOnce + (2 * Pairs), "a wave makes a share for each account, not for each pair of accounts");
        TakeoversPassedOn passed = outcome.Events.OfType<TakeoversPassedOn>().ShouldHaveSingleItem();
        passed.Shares.Count.ShouldBe(Pairs);
        long[] left = [.. Enumerable.Range(0, Pairs).Select(i => venue.LotsOf($"short{i}", contract))];
        (left.Max() - left.Min()).ShouldBeLessThanOrEqualTo(Takeovers.SharedAtOnce / Pairs * 2, $"of {lots} lots each, to the lots that rounding left over");
        venue.LotsOf("liquidity", contract).ShouldBe(0);
        for (int i = 0; i < Pairs; i++) venue.LotsOf($"long{i}", contract).ShouldBe(0);
        double moved = 100_000d * (crash - 8000);
        venue.Verdict("liquidity").Equity.ShouldBe(before + moved, 0.05, "the provider is left with what he had");
    }

    [Fact]
    public void A_provider_who_held_the_other_side_before_takes_his_own_share_of_what_he_gathered()
    {
        TestVenue venue = Venue("BTC_USDC-PERPETUAL", "USDC", "2000", 1);
        venue.Rich("whale");
        venue.Fill("whale", "liquidity", "BTC_USDC-PERPETUAL", 10m, 8000m);
        venue.Prices(btc: 5000m, eth: 200m);

        // 50 of 60 coins short are taken over, so that everybody keeps a sixth.
        venue.LotsOf("liquidity", "BTC_USDC-PERPETUAL").ShouldBeInRange(-1_700, -1_630);
        for (int i = 0; i < Pairs; i++) venue.LotsOf($"short{i}", "BTC_USDC-PERPETUAL").ShouldBeInRange(-190, -140, $"short{i}");
        venue.LotsOf("whale", "BTC_USDC-PERPETUAL").ShouldBe(10_000);
    }

    [Fact]
    public void A_wave_replayed_and_decided_again_is_the_same()
    {
        TestVenue venue = Venue("BTC_USDC-PERPETUAL", "USDC", "2000", 1);
        venue.Prices(btc: 5000m, eth: 200m);

        var replayed = new VenueKernel();
        var decided = new VenueKernel();
        foreach (Journal.JournalEntry entry in venue.Journal)
        {
            replayed.Replay(entry);
            decided.Verify(entry);
        }

        Snapshots.Take(replayed).StateHash.ShouldBe(Snapshots.Take(venue.Kernel).StateHash);
        Snapshots.Take(decided).StateHash.ShouldBe(Snapshots.Take(venue.Kernel).StateHash);
    }

    private static TestVenue Venue(string contract, string asset, string deposit, int size)
    {
        TestVenue venue = TestVenue.Open();
        for (int i = 0; i < Pairs; i++)
        {
            venue.Account($"long{i}");
            venue.Account($"short{i}");
            venue.Deposit($"long{i}", deposit, asset);
            venue.Deposit($"short{i}", "100000", "USDC");
            venue.Fill($"long{i}", $"short{i}", contract, size, 8000m);
        }

        return venue;
    }
}
