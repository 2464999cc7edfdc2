namespace Plimsoll.Scenarios;

public sealed class MarginStories
{
    [Fact]
    public void A_falling_mark_walks_an_account_from_healthy_to_partial_liquidation() => Scenario.Plays("""
        rule     initial 12 %
        rule     call 0.95
        mark     BTC 30000
        deposit  alice 6000 USDC
        open     alice +1 BTC_USDC-PERPETUAL @ 30000
        expect   alice equity 6000 maintenance 1500 initial 3600 phase healthy
        mark     BTC 25500
        expect   alice equity 1500 maintenance 1275 phase healthy
        mark     BTC 25300
        expect   alice equity 1300 maintenance 1265 phase called
        mark     BTC 25200
        expect   alice phase liquidated
        expect   venue calls 1 liquidations 1 bad-debt 0
        mark     BTC 30000
        expect   alice phase healthy
        """);

    [Fact]
    public void Liquidation_stops_at_the_target_and_not_beyond() => Scenario.Plays("""
        # Equity 1200 must be 10 % of what is left: 12000 / 25200 = 0.476190 BTC, so 0.524 of 1 BTC are sold.
        rule     slippage 0
        rule     penalty 0
        deposit  alice 6000 USDC
        open     alice +1 BTC_USDC-PERPETUAL @ 30000
        mark     BTC 25200
        expect   alice equity 1200 BTC_USDC-PERPETUAL 0.476 target 1199.52
        """);

    [Fact]
    public void The_penalty_and_the_slippage_are_paid_by_who_is_liquidated() => Scenario.Plays("""
        rule     slippage 0.1 %
        rule     penalty 0.5 %
        deposit  alice 6000 USDC
        open     alice +1 BTC_USDC-PERPETUAL @ 30000
        mark     BTC 25200
        # x BTC sold: 1200 - x·25200·(0.001 + 0.005) = 10 % of (1 - x)·25200, so x = 1320 / (2520 - 151.2) = 0.557244.
        expect   alice BTC_USDC-PERPETUAL 0.442
        expect   venue bad-debt 0
        """);

    [Fact]
    public void A_gain_may_be_taken_out_and_a_margin_may_not() => Scenario.Plays("""
        deposit  alice 6000 USDC
        open     alice +1 BTC_USDC-PERPETUAL @ 30000
        refuse   withdraw alice 3001 USDC : initial-margin-breached
        withdraw alice 3000 USDC
        mark     BTC 31000
        expect   alice equity 4000 initial 3100
        withdraw alice 900 USDC
        refuse   withdraw alice 0.01 USDC : initial-margin-breached
        """);

    [Fact]
    public void An_order_too_large_is_refused_and_closing_is_not() => Scenario.Plays("""
        deposit  alice 6000 USDC
        refuse   open alice +2.1 BTC_USDC-PERPETUAL @ 30000 : initial-margin-breached
        open     alice +2 BTC_USDC-PERPETUAL @ 30000
        mark     BTC 29000
        refuse   open alice +0.1 BTC_USDC-PERPETUAL @ 29000 : initial-margin-breached
        open     alice -0.5 BTC_USDC-PERPETUAL @ 29000
        """);

    [Fact]
    public void The_fund_pays_what_a_gap_left_and_stays_above_nothing() => Scenario.Plays("""
        rule     slippage 0
        rule     penalty 0
        fund     5000 USDC
        deposit  alice 3100 USDC
        open     alice +1 BTC_USDC-PERPETUAL @ 30000
        mark     BTC 25000
        expect   alice USDC 0 BTC_USDC-PERPETUAL 0 phase bankrupt
        expect   venue fund 3100 bad-debt 0 deleveragings 0
        """);

    [Fact]
    public void A_fund_too_small_lets_the_other_side_take_over_at_the_bankruptcy_price() => Scenario.Plays("""
        rule     slippage 0
        rule     penalty 0
        fund     1000 USDC
        deposit  alice 3000 USDC
        deposit  bob 50000 USDC
        open     alice +1 BTC_USDC-PERPETUAL @ 30000 with bob
        mark     BTC 25000
        # 2000 are missing and the fund has 1000: it bears one half, closed at 25000; the other half goes to bob at 27000,
        # where alice's 3000 are gone. He keeps the other half of his short.
        expect   alice USDC 0 BTC_USDC-PERPETUAL 0
        expect   bob USDC 51500 BTC_USDC-PERPETUAL -0.5 equity 54000
        expect   venue fund 0 bad-debt 0 deleveragings 1
        """);

    [Fact]
    public void Coins_pledged_against_a_short_in_the_same_coin_do_not_call_it() => Scenario.Plays("""
        rule     haircut 5 %
        deposit  alice 1 BTC
        open     alice -1 BTC_USDC-PERPETUAL @ 30000
        expect   alice equity 30000 counted 28500
        mark     BTC 60000
        expect   alice equity 30000 phase healthy
        """);
}
