using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

public class CorrelationMonitorTests
{
    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.0, -1.0)]
    public void A_hedge_between_two_coins_of_a_class_is_granted_one_less_twice_the_square_of_what_is_not_credited(double credit, double granted)
    {
        var venue = new TestVenue(p => EveryTerm.Off(p) with { OffsetCredit = (decimal)credit });

        EffectiveCorrelations found = CorrelationMonitor.Correlations(venue.Responses, venue.Model);

        found.Roots.ShouldBe([venue.Eth, venue.Btc, venue.Doge]);
        found[1, 0].ShouldBe(granted, 1e-12);
        found[0, 1].ShouldBe(found[1, 0]);
        found[2, 2].ShouldBe(1);
    }

    [Fact]
    public void Who_stands_only_on_correlations_is_named()
    {
        var venue = new TestVenue(p => EveryTerm.Off(p));
        int hedged = venue.Open();
        venue.Deposit(hedged, venue.Usdc, 10_000);
        venue.Trade(hedged, venue.BtcPerp, 1, 60_000);
        venue.Trade(hedged, venue.EthPerp, -20, 3_000);
        int plain = venue.Open();
        venue.Deposit(plain, venue.Usdc, 10_000);

        VenueReliance found = CorrelationMonitor.Venue(venue.Positions, venue.Money, venue.Responses, venue.Model);

        found.Offset.ShouldBe(30_000, 1e-6);
        found.Relying.ShouldBe([hedged]);
        found.Broken.Maintenance.ShouldBeGreaterThan(found.Required.Maintenance);
        found.Required.ShouldBe(found.Believed);
    }
}
