using Plimsoll.Risk.Exposure;

namespace Plimsoll.Risk.Tests;

public class NetGreeksTests
{
    [Fact]
    public void Linear_and_inverse_contracts_of_one_coin_have_the_delta_of_one_coin()
    {
        var venue = new TestVenue();
        int linear = venue.Open();
        int inverse = venue.Open();
        venue.Trade(linear, venue.BtcPerp, 1, 60_000);
        venue.Trade(inverse, venue.BtcInverse, 60_000, 60_000);

        Btc(venue, linear).NetDelta.ShouldBe(1, 1e-12);
        Btc(venue, inverse).NetDelta.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Greeks_agree_with_revaluation_for_any_account()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            var venue = new TestVenue();
            int account = new Chance(seed).Account(venue);
            UnderlyingGreeks btc = Btc(venue, account);

            (double up, double down) = (EquityAt(venue, account, 1.001), EquityAt(venue, account, 0.999));

            // Second order in the index, with the cross term of coin and position: 60 is 0.1 % of 60,000.
            double scale = 1 + Math.Abs(up - down) + (1e-6 * Math.Abs(btc.Value));
            ((up - down) / 120).ShouldBe(btc.NetDelta, scale * 1e-4, $"seed {seed}");
        }
    }

    [Fact]
    public void Accounts_together_are_the_sum_of_accounts_apart()
    {
        var venue = new TestVenue();
        var chance = new Chance(1);
        for (int i = 0; i < 20; i++) chance.Account(venue);
        var greeks = new GreekSet(venue.Model, venue.Market);

        double apart = Enumerable.Range(0, 20).Sum(a => Btc(venue, a).Vega);

        NetGreeks.Of(.., venue.Positions, venue.Money, greeks).Single(g => g.Underlying == venue.Btc).Vega.ShouldBe(apart, 1e-9 * (1 + Math.Abs(apart)));
    }

    [Fact]
    public void A_bought_option_gains_from_volatility_and_loses_with_time()
    {
        var venue = new TestVenue();
        int holder = venue.Open();
        venue.Trade(holder, venue.BtcInverseCall, 2, 0.1);

        UnderlyingGreeks btc = Btc(venue, holder);

        btc.Vega.ShouldBeGreaterThan(0);
        btc.Theta.ShouldBeLessThan(0);
    }

    private static UnderlyingGreeks Btc(TestVenue venue, int account) =>
        NetGreeks.Of(account, venue.Positions, venue.Money, new GreekSet(venue.Model, venue.Market))
            .SingleOrDefault(g => g.Underlying == venue.Btc);

    private static double EquityAt(TestVenue venue, int account, double ratio)
    {
        venue.Responses.RebuildShifted(venue.Market, venue.Btc, ratio);

        return venue.Judged(account).Equity;
    }
}
