using Plimsoll.Pricing.Responses;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

public class ResponseRowTests
{
    [Fact]
    public void Every_row_is_the_whole_revaluation_of_one_unit()
    {
        var venue = new TestVenue();
        venue.Mark(venue.BtcCall, 61_000m, 0.55);
        venue.Mark(venue.BtcInversePut, 60_500m, 0.7);
        for (int i = 0; i < venue.Catalog.Instruments.Count; i++)
        {
            var index = new InstrumentIndex(i);
            ContractTerms terms = venue.Model.Contract(i);
            (double forward, double vol, double years) = (venue.Market.ForwardOf(index), venue.Market.VolatilityOf(index), terms.YearsAt(venue.Market.At));
            double now = UnitValue.Of(terms, forward, vol, years);
            for (int k = 0; k < venue.Model.ScenarioCount; k++)
            {
                Shock shock = venue.Model.Shocks(terms.Underlying)[k];
                double then = UnitValue.Of(terms, forward * (1 + shock.Spot), vol * (1 + shock.Vol), years);
                double coin = venue.Responses.AssetPrices[terms.Settlement] * (1 + venue.Model.Shocks(terms.Settlement)[k].Spot);
                double expected = (then - now) * coin * shock.Dampening;
                venue.Responses.Instruments.Row(i)[k].ShouldBe(expected, 1e-12 * (1 + Math.Abs(expected)), $"{venue.Catalog.Instruments[i].Id} {k}");
            }
        }
    }

    [Fact]
    public void A_quote_coin_that_falls_with_the_underlying_leaves_a_linear_contract_where_it_was()
    {
        var terms = new ContractTerms(ContractShape.LinearForward, default, 0, default, 0, 1, 1);
        Span<double> row = stackalloc double[1];
        Shock[] fall = [new Shock(-0.2, 0, 1)];

        ResponseBuilder.Contract(terms, new ContractMarket(100, 0, 0, 2), fall, fall, fall, row);

        row[0].ShouldBe(0);
    }

    [Fact]
    public void A_contract_without_a_price_is_worth_nothing_and_answers_nothing()
    {
        var terms = new ContractTerms(ContractShape.InverseForward, default, 0, default, 0, -1, 0);
        Span<double> row = [1];
        Shock[] fall = [new Shock(-0.2, 0, 1)];

        ResponseBuilder.Contract(terms, new ContractMarket(0, 0, 0, 0), fall, [], fall, row).ShouldBe(0);

        row[0].ShouldBe(0);
    }

    [Fact]
    public void An_expired_option_is_worth_its_intrinsic_value()
    {
        var venue = new TestVenue();
        venue.Market.MoveTo(Instant.Utc(2026, 4, 1));
        venue.Mark(venue.BtcCall, 65_000m, 0.5);

        venue.Responses.UnitValues[venue.BtcCall.Value].ShouldBe(5_000, 1e-9);
        venue.Responses.UnitValues[venue.BtcPut.Value].ShouldBe(0);
    }

    [Fact]
    public void A_shifted_market_is_the_market_one_would_see_there()
    {
        var venue = new TestVenue();
        venue.Mark(venue.BtcFuture, 63_000m);
        var shifted = new ResponseSet(venue.Model);
        shifted.RebuildShifted(venue.Market, venue.Btc, 0.5);
        venue.Price(venue.Btc, 30_000m);
        venue.Mark(venue.BtcFuture, 31_500m);

        for (int i = 0; i < venue.Catalog.Instruments.Count; i++)
            shifted.UnitValues[i].ShouldBe(venue.Responses.UnitValues[i], 1e-9 * (1 + Math.Abs(venue.Responses.UnitValues[i])));
        shifted.Rebuild(venue.Market, [], []);
        shifted.AssetPrices[venue.Btc.Value].ShouldBe(30_000);
    }
}
