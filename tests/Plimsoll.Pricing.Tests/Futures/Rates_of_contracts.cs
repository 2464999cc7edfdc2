using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Futures;
using Plimsoll.Pricing.Responses;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Tests.Futures;

public sealed class Rates_of_contracts
{
    private const ulong Seed = 21;

    private static readonly ContractTerms Linear = new(ContractShape.LinearForward, default, 0, default, 0, 1, 1);
    private static readonly ContractTerms Inverse = new(ContractShape.InverseForward, default, 0, default, 0, -1, 0);

    [Fact]
    public void A_long_pays_a_positive_rate_on_its_notional()
    {
        FundingExposure.Received(Linear, 60_000, new FundingRate(0.0001, 8)).ShouldBe(-6, 1e-12);
        FundingExposure.Received(Inverse, 60_000, new FundingRate(0.0001, 8)).ShouldBe(-0.0001 / 60_000, 1e-20);
        FundingExposure.Received(Linear, 60_000, new FundingRate(-0.0003, 1)).ShouldBe(18, 1e-12);
        FundingExposure.Received(Linear, 0, new FundingRate(0.0001, 8)).ShouldBe(0);
    }

    [Fact]
    public void What_a_period_pays_is_exposure_times_basis_points_times_periods_of_8_hours()
    {
        var chance = new SeededStream(Seed);
        for (int i = 0; i < 500; i++)
        {
            double mark = 1 + (chance.NextDouble() * 1e5), coin = 0.5 + chance.NextDouble();
            var rate = new FundingRate((chance.NextDouble() - 0.5) * 0.01, 1 + Math.Floor(chance.NextDouble() * 8));
            foreach ((ContractTerms terms, double settlement) in ((ContractTerms, double)[])[(Linear, coin), (Inverse, mark)])
            {
                double paid = FundingExposure.Received(terms, mark, rate) * settlement;
                double points = rate.PerEightHours / FundingExposure.BasisPoint;
                paid.ShouldBe(FundingExposure.PerUnit(terms, mark, settlement) * points * (rate.Hours / 8), 1e-12 * (1 + Math.Abs(paid)), $"seed {Seed}, draw {i}");
            }
        }
    }

    [Fact]
    public void Rates_of_other_periods_are_compared_over_the_same_time()
    {
        new FundingRate(0.0000125, 1).PerEightHours.ShouldBe(0.0001, 1e-18);
        new FundingRate(0.0001, 8).PerYear.ShouldBe(0.1095, 1e-15);
        new FundingRate(0.0002, 4).Over(8).ShouldBe(0.0004, 1e-18);
    }

    [Fact]
    public void Funding_accrues_with_time_from_nothing_to_the_rate()
    {
        var rate = new FundingRate(-0.0004, 8);

        rate.Accrued(-1).ShouldBe(0);
        rate.Accrued(0).ShouldBe(0);
        rate.Accrued(2).ShouldBe(-0.0001, 1e-18);
        rate.Accrued(8).ShouldBe(-0.0004);
        rate.Accrued(9).ShouldBe(-0.0004);
    }

    [Fact]
    public void A_basis_and_the_forward_it_makes_are_each_other_s_inverse()
    {
        var chance = new SeededStream(Seed);
        for (int i = 0; i < 500; i++)
        {
            (double spot, double rate, double years) = (1 + (chance.NextDouble() * 1e5), (chance.NextDouble() - 0.5) * 0.6, 0.001 + chance.NextDouble());
            var basis = new Basis(Basis.ForwardOf(spot, rate, years), spot, years);

            basis.Annualised.ShouldBe(rate, 1e-12 / years, $"seed {Seed}, draw {i}");
            (spot * (1 + (basis.AnnualisedSimple * years))).ShouldBe(basis.Forward, 1e-12 * basis.Forward);
            basis.OverLoan(rate).ShouldBe(0, 1e-12 / years);
            Math.Sign(basis.Absolute).ShouldBe(Math.Sign(rate));
        }

        new Basis(101, 100, 0).Annualised.ShouldBe(double.NaN);
        new Basis(101, 100, 0).AnnualisedSimple.ShouldBe(double.NaN);
        new Basis(51_000, 50_000, 0.25).AnnualisedSimple.ShouldBe(0.08, 1e-15);
    }

    [Fact]
    public void Basis_exposure_is_the_slope_of_the_worth_for_futures_and_options_alike()
    {
        const double Spot = 60_000, Years = 0.4, Rate = 0.07, Bump = 1e-6;
        foreach (ContractShape shape in (ContractShape[])[ContractShape.LinearForward, ContractShape.InverseForward, ContractShape.LinearOption, ContractShape.InverseOption])
        {
            bool inverse = shape is ContractShape.InverseForward or ContractShape.InverseOption;
            var terms = new ContractTerms(shape, OptionSide.Put, 65_000, default, 0, inverse ? -1 : 1, inverse ? 0 : 1);
            double settlement = inverse ? Spot : 0.98;
            double Worth(double rate) => UnitValue.Of(terms, Basis.ForwardOf(Spot, rate, Years), 0.6, Years) * settlement;
            var unit = UnitGreeks.Of(terms, Basis.ForwardOf(Spot, Rate, Years), 0.6, Years, settlement, Spot);
            double slope = (Worth(Rate + Bump) - Worth(Rate - Bump)) / (2 * Bump) * FundingExposure.BasisPoint;

            Basis.ExposurePerUnit(unit, Spot, Years).ShouldBe(slope, 1e-6 * Math.Abs(slope), shape.ToString());
        }
    }

    [Fact]
    public void A_loan_earns_its_rate_and_pays_the_borrower_s_side_of_it()
    {
        new Loan(1_000, 0.05).Interest(0.5).ShouldBe(25, 1e-12);
        new Loan(-1_000, 0.05).Interest(0.5).ShouldBe(-25, 1e-12);
        new Loan(1_000, 0.05).InterestCompounded(1, 1).ShouldBe(50, 1e-12);
        new Loan(1_000, 0.05).InterestCompounded(1, 365).ShouldBe(1_000 * (Math.Pow(1 + (0.05 / 365), 365) - 1), 1e-9);
        new Loan(2, 0.05).PerBasisPoint(3_000).ShouldBe(0.6, 1e-15);
        new Loan(-2, 0.05).PerBasisPoint(3_000).ShouldBe(-0.6, 1e-15);
    }

    [Fact]
    public void A_book_s_exposure_to_rates_is_that_of_its_positions_and_loans_and_a_venue_of_longs_and_shorts_has_no_funding()
    {
        (Catalog catalog, MarketState market) = Venue();
        var matrix = new RateMatrix(catalog, market);
        SparseRows positions = Rows(3), loans = Rows(2);
        positions.ReplaceRow(0, [0, 1, 2], [2.0, 30_000, -1.5]);
        positions.ReplaceRow(1, [0, 1, 2, 3], [-2.0, -30_000, 1.5, 4]);
        loans.ReplaceRow(1, [1], [-5_000.0]);

        RateExposure alice = matrix.Of(0..1, positions, loans).Single();
        alice.Asset.ShouldBe(new AssetIndex(0));
        alice.Funding.ShouldBe(-(120_000 + 30_000) * 1e-4, 1e-9);
        alice.Basis.ShouldBe(-1.5 * 61_500 * market.At.YearsUntil(Instant.Utc(2026, 12, 25, 8)) * 1e-4, 1e-9);
        RateExposure[] bob = matrix.Of(1..2, positions, loans);
        bob.Select(line => line.Asset.Value).ShouldBe([0, 1]);
        bob[1].Interest.ShouldBe(-0.5, 1e-12);
        matrix.Of(.., positions, loans)[0].Funding.ShouldBe(0, 1e-9);
        matrix.Of(2..3, positions, loans).ShouldBeEmpty();
    }

    private static SparseRows Rows(int count)
    {
        var rows = new SparseRows();
        rows.EnsureRows(count);

        return rows;
    }

    private static (Catalog Catalog, MarketState Market) Venue()
    {
        var catalog = new Catalog();
        AssetIndex btc = catalog.Add(new Asset(new AssetId("BTC"), new AssetScale(8), AssetClass.Major, null));
        AssetIndex usdc = catalog.Add(new Asset(new AssetId("USDC"), new AssetScale(6), AssetClass.Stable, null));
        foreach (string text in (string[])["BTC_USDC-PERPETUAL", "BTC-PERPETUAL", "BTC_USDC-25DEC26", "BTC_USDC-POOL-50000-70000"])
        {
            InstrumentName name = InstrumentName.Parse(text);
            catalog.Add(new Instrument
            {
                Id = new InstrumentId(text),
                Kind = name.Kind,
                Payoff = name.Quote is null ? Payoff.Inverse : Payoff.Linear,
                Underlying = btc,
                Quote = name.Quote is null ? null : usdc,
                Settlement = name.Quote is null ? btc : usdc,
                LotSize = 0.001m,
                TickSize = 0.5m,
                Expiry = name.Expiry,
                Lower = name.Lower,
                Upper = name.Upper,
            }.Checked());
        }

        var market = new MarketState(catalog);
        market.MoveTo(Instant.Utc(2026, 1, 1));
        market.Apply(new AssetQuote(btc, new Price(60_000m), market.At, 0, "test"));
        market.Apply(new AssetQuote(usdc, new Price(1m), market.At, 0, "test"));
        market.Apply(new InstrumentQuote(new InstrumentIndex(2), new Price(61_500m), null));

        return (catalog, market);
    }
}
