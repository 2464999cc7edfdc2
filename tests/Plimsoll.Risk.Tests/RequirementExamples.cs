using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

/// <summary>One account for each optional section, small enough to reckon by hand.</summary>
public class RequirementExamples
{
    [Fact]
    public void A_calendar_spread_is_required_for_by_the_drift_of_its_future()
    {
        TestVenue venue = With(new MarginContingencies { Basis = new BasisTerms(0.01m, 0.02m, 0m) }, floor: 0.005m);
        int account = Rich(venue);
        venue.Trade(account, venue.BtcFuture, 2, 60_000);
        venue.Trade(account, venue.BtcPerp, -2, 60_000);

        Explanation why = Explain(venue, account);

        double years = (double)(venue.Catalog[venue.BtcFuture].Expiry!.Value.UnixMicroseconds - TestVenue.Start.UnixMicroseconds) / 1e6 / 86_400 / 365;
        why.Worst.Term.ShouldBe(WorstTerm.Basis);
        why.Verdict.ScenarioLoss.ShouldBe(2 * 60_000 * (0.01 + (0.02 * years)), 1e-6);
        RequirementLine line = why.Requirement.Where(l => l.Part == RequirementPart.Basis).ShouldHaveSingleItem();
        line.Instrument.ShouldBe(venue.BtcFuture);
        line.Required.Initial.ShouldBe(0.6 * why.Verdict.ScenarioLoss, 1e-6);
    }

    [Fact]
    public void A_risk_reversal_hedged_flat_is_required_for_by_the_tilt_of_the_smile()
    {
        TestVenue venue = With(new MarginContingencies { Skew = new SkewTerms(0.3m, 0m, 0.5m, 0.01m) }, floor: 0m, vol: 0m);
        int account = Rich(venue);
        venue.Trade(account, venue.BtcCall, 5, 6_000);
        venue.Trade(account, venue.BtcInverseCall, -5, 0.1);
        venue.Trade(account, venue.BtcPut, -1, 100);

        Explanation why = Explain(venue, account);

        why.Worst.Skew.ShouldBeGreaterThan(0);
        why.Requirement.Where(l => l.Part == RequirementPart.Skew).Sum(l => l.Required.Initial)
            .ShouldBe(why.Worst.Term == WorstTerm.Skew ? 0.6 * why.Worst.Skew : 0, 1e-6);
    }

    [Fact]
    public void Profit_in_a_stablecoin_loses_with_it_and_two_pegs_may_break_at_once()
    {
        DepegLine[] lines = [new(new AssetScope(null, AssetClass.Stable), 0.1m, 0.02m), new(new AssetScope(null, AssetClass.Staked), 0.2m, 0m)];
        TestVenue one = With(new MarginContingencies { Depeg = new DepegTerms(1, [.. lines]) });
        TestVenue two = With(new MarginContingencies { Depeg = new DepegTerms(2, [.. lines]) });

        one.Judged(Saver(one)).Worst.ShouldBe(WorstTerm.Depeg);
        Explain(one, Saver(one)).Worst.Depeg.ShouldBe(10_000, 1e-9);
        Explain(two, Saver(two)).Worst.Depeg.ShouldBe(10_000 + (3_000 * 0.9 * 0.2), 1e-9);

        static int Saver(TestVenue venue)
        {
            int account = venue.Open();
            venue.Deposit(account, venue.Usdc, 100_000);
            venue.Deposit(account, venue.Steth, 1);

            return account;
        }
    }

    [Fact]
    public void Who_owes_a_stablecoin_loses_when_it_rises()
    {
        TestVenue venue = With(new MarginContingencies { Depeg = new DepegTerms(1, [new(new AssetScope(new("USDC"), null), 0.1m, 0.02m)]) });
        int account = venue.Open();
        venue.Deposit(account, venue.Usdc, -50_000);
        venue.Deposit(account, venue.Btc, 5);

        Explain(venue, account).Worst.Depeg.ShouldBe(1_000, 1e-9);
    }

    [Fact]
    public void An_option_sold_is_naked_but_for_those_of_its_strike_that_were_bought()
    {
        TestVenue venue = With(new MarginContingencies { NakedShort = new LineRates(0.01m, 0.01m, 0.005m) });
        int naked = Rich(venue);
        venue.Trade(naked, venue.BtcCall, -3, 6_000);
        int covered = Rich(venue);
        venue.Trade(covered, venue.BtcCall, -3, 6_000);
        venue.Trade(covered, venue.BtcInverseCall, 2, 0.1);

        Part(venue, naked, RequirementPart.NakedShort).ShouldBe(new LineFigures(1_800, 1_800, 900));
        Part(venue, covered, RequirementPart.NakedShort).ShouldBe(new LineFigures(600, 600, 300));
    }

    [Fact]
    public void Closing_costs_half_the_spread_and_two_thirds_of_the_impact_of_what_is_net()
    {
        TestVenue venue = With(new MarginContingencies
        {
            CloseOut = new CloseOutTerms(new LineRates(1m, 1m, 0.5m), [new CloseOutLine(new AssetScope(null, AssetClass.Major), 0.001m, 0.9m, 0.04m, 600_000_000m, 0m)]),
        });
        int account = Rich(venue);
        venue.Trade(account, venue.BtcPerp, 12, 60_000);
        venue.Trade(account, venue.BtcFuture, -2, 60_000);

        LineFigures cost = Part(venue, account, RequirementPart.CloseOut);

        double expected = 600_000 * (0.0005 + (2.0 / 3 * 0.9 * 0.04 * Math.Sqrt(0.001)));
        cost.Initial.ShouldBe(expected, 1e-6);
        cost.Maintenance.ShouldBe(0.5 * expected, 1e-6);
    }

    [Fact]
    public void An_unsure_price_and_an_outsize_position_ask_the_initial_line_alone()
    {
        TestVenue venue = With(new MarginContingencies
        {
            Confidence = new ConfidenceTerms(0.001m, 10m),
            Concentration = new ConcentrationTerms(null, 0.25m, 0.5m),
        });
        double[] doubt = new double[venue.Catalog.Assets.Count];
        double[] interest = new double[venue.Catalog.Instruments.Count];
        (doubt[venue.Btc.Value], interest[venue.BtcPerp.Value]) = (0.003, 20);
        venue.Responses.Rebuild(venue.Market, new VenueSizes(openInterest: interest, confidence: doubt));
        int account = Rich(venue);
        venue.Trade(account, venue.BtcPerp, 10, 60_000);

        Part(venue, account, RequirementPart.Confidence).ShouldBe(new LineFigures(600_000 * 0.02, 0, 0), Close);
        Part(venue, account, RequirementPart.Concentration).ShouldBe(new LineFigures(300_000 * 0.5 * Math.Sqrt(2), 0, 0), Close);
    }

    [Fact]
    public void A_larger_position_is_required_for_by_slices_and_open_interest_raises_the_initial_line_alone()
    {
        TestVenue venue = new(p => EveryTerm.Off(p) with
        {
            Initial = p.Initial with { Factor = 0m },
            Target = p.Target with { Factor = 0m },
            Maintenance = p.Maintenance with { Factor = 0m },
            Leverage = [new LeverageTerms(null, AssetClass.Major, [new(0m, new LineRates(0.02m, 0.02m, 0.01m)), new(100_000m, new LineRates(0.1m, 0.1m, 0.05m))])],
            OpenInterest = [new OpenInterestTerms(new("BTC_USDC-PERPETUAL"), null, 10_000_000m, 30_000_000m)],
        });
        int account = Rich(venue);
        venue.Trade(account, venue.BtcPerp, 5, 60_000);
        Part(venue, account, RequirementPart.Floor).ShouldBe(new LineFigures(22_000, 22_000, 11_000), Close);

        double[] interest = new double[venue.Catalog.Instruments.Count];
        interest[venue.BtcPerp.Value] = 20_000_000.0 / 60_000;
        venue.Responses.Rebuild(venue.Market, new VenueSizes(openInterest: interest));

        Part(venue, account, RequirementPart.Floor).ShouldBe(new LineFigures(22_000 + (0.5 * 278_000), 22_000, 11_000), Close);
    }

    [Fact]
    public void A_hedge_in_another_coin_counts_by_the_credited_part()
    {
        TestVenue venue = new(p => EveryTerm.Off(p) with { OffsetCredit = 0.75m });
        int account = Rich(venue);
        venue.Trade(account, venue.BtcPerp, 1, 60_000);
        venue.Trade(account, venue.EthPerp, -20, 3_000);

        Explanation why = Explain(venue, account);

        why.Worst.Joint.ShouldBe(0, 1e-9);
        why.Worst.Alone.ShouldBe(30_000, 1e-9);
        why.Worst.Scenarios.ShouldBe(7_500, 1e-9);
        why.Offsets.Part.ShouldBe(1, 1e-12);
    }

    private static readonly IEqualityComparer<LineFigures> Close = EqualityComparer<LineFigures>.Create(
        (a, b) => Math.Abs(a.Initial - b.Initial) + Math.Abs(a.Target - b.Target) + Math.Abs(a.Maintenance - b.Maintenance) < 1e-6, _ => 0);

    private static TestVenue With(MarginContingencies asks, decimal? floor = null, decimal? vol = null) => new(p => EveryTerm.Off(p) with
    {
        Contingencies = asks,
        Initial = p.Initial with { Floor = floor ?? p.Initial.Floor },
        Target = p.Target with { Floor = floor ?? p.Target.Floor },
        Maintenance = p.Maintenance with { Floor = floor ?? p.Maintenance.Floor },
        Grids = [.. p.Grids.Select(g => g with { Scenarios = [.. g.Scenarios.Select(s => s with { Vol = vol ?? s.Vol })] })],
    });

    private static int Rich(TestVenue venue)
    {
        int account = venue.Open();
        venue.Deposit(account, venue.Usdc, 1_000_000);

        return account;
    }

    private static Explanation Explain(TestVenue venue, int account) =>
        Judge.Explain(account, venue.Positions, venue.Money, venue.Responses, venue.Model);

    private static LineFigures Part(TestVenue venue, int account, RequirementPart part) =>
        Explain(venue, account).Requirement.Where(l => l.Part == part).Aggregate(default(LineFigures), (sum, l) => sum + l.Required);
}
