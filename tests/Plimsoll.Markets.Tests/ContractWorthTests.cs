using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Markets.Tests;

public sealed class ContractWorthTests
{
    private static readonly AssetIndex Usdc = new(0);
    private static readonly AssetIndex Btc = new(1);
    private static readonly AssetScale Cents = new(6);
    private static readonly AssetScale Satoshis = new(8);

    [Fact]
    public void A_linear_future_is_worth_size_times_price()
    {
        Amount worth = ContractWorth.Of(Linear(InstrumentKind.Perpetual), new Lots(-2500), new Price(7354.21m), Cents, Rounding.Nearest);

        Cents.Format(worth).ShouldBe("-18385.525");
    }

    [Fact]
    public void An_inverse_future_is_worth_less_coin_owed_the_higher_the_price()
    {
        Instrument inverse = Inverse(InstrumentKind.Perpetual, lot: 10m);
        Amount low = ContractWorth.Of(inverse, new Lots(100), new Price(8000m), Satoshis, Rounding.Nearest);
        Amount high = ContractWorth.Of(inverse, new Lots(100), new Price(10_000m), Satoshis, Rounding.Nearest);

        Satoshis.Format(low).ShouldBe("-0.125");
        Satoshis.Format(high - low).ShouldBe("0.025");
    }

    [Fact]
    public void A_fraction_of_a_unit_falls_where_the_caller_says()
    {
        Instrument inverse = Inverse(InstrumentKind.Perpetual, lot: 10m);

        ContractWorth.Of(inverse, new Lots(1), new Price(7000m), Satoshis, Rounding.AgainstTheAccount).Units.ShouldBe(-142858);
        ContractWorth.Of(inverse, new Lots(1), new Price(7000m), Satoshis, Rounding.ForTheAccount).Units.ShouldBe(-142857);
    }

    [Fact]
    public void Notional_has_no_side()
    {
        Instrument linear = Linear(InstrumentKind.Perpetual);
        var price = new Price(8000m);

        ContractWorth.Notional(linear, new Lots(-1000), price, Cents, Rounding.Nearest)
            .ShouldBe(ContractWorth.Notional(linear, new Lots(1000), price, Cents, Rounding.Nearest));
        Satoshis.Format(ContractWorth.Notional(Inverse(InstrumentKind.Future, 10m), new Lots(-400), price, Satoshis, Rounding.Nearest)).ShouldBe("0.5");
    }

    [Theory]
    [InlineData(OptionSide.Call, 9200, "1200")]
    [InlineData(OptionSide.Call, 8000, "0")]
    [InlineData(OptionSide.Put, 6000, "2000")]
    [InlineData(OptionSide.Put, 9200, "0")]
    public void A_linear_option_pays_its_intrinsic_value(OptionSide side, decimal price, string expected)
    {
        Instrument option = Linear(InstrumentKind.Option) with { Strike = 8000m, Side = side };

        Cents.Format(ContractWorth.AtExpiry(option, new Lots(1000), new Price(price), Cents, Rounding.Nearest)).ShouldBe(expected);
    }

    [Fact]
    public void A_coin_settled_option_pays_intrinsic_over_price()
    {
        Instrument put = Inverse(InstrumentKind.Option, lot: 0.1m) with { Strike = 8000m, Side = OptionSide.Put };

        Satoshis.Format(ContractWorth.AtExpiry(put, new Lots(10), new Price(6400m), Satoshis, Rounding.Nearest)).ShouldBe("0.25");
        Satoshis.Format(ContractWorth.AtExpiry(put, new Lots(-10), new Price(6000m), Satoshis, Rounding.AgainstTheAccount)).ShouldBe("-0.33333334");
    }

    [Fact]
    public void Terms_that_contradict_each_other_are_refused_by_field()
    {
        Should.Throw<InputException>(() => (Linear(InstrumentKind.Perpetual) with { Expiry = Instant.Utc(2026, 1, 1) }).Checked()).Place.ShouldContain("expiry");
        Should.Throw<InputException>(() => (Linear(InstrumentKind.Perpetual) with { LotSize = 0m }).Checked()).Place.ShouldContain("lotSize");
        Should.Throw<InputException>(() => (Linear(InstrumentKind.Perpetual) with { Settlement = Btc }).Checked()).Place.ShouldContain("settlement");
        Should.Throw<InputException>(() => (Inverse(InstrumentKind.Perpetual, 10m) with { Settlement = Usdc }).Checked()).Place.ShouldContain("settlement");
        Should.Throw<InputException>(() => (Linear(InstrumentKind.Option) with { Side = OptionSide.Call }).Checked()).Place.ShouldContain("strike");
    }

    [Fact]
    public void Liquidity_is_worth_size_times_the_price_of_a_unit_and_is_paid_in_full()
    {
        Instrument pool = Pool(1_500m, 2_500m).Checked();

        pool.PaysPremium.ShouldBeTrue();
        pool.HasPositions.ShouldBeTrue();
        Cents.Format(ContractWorth.Of(pool, new Lots(2_000), new Price(10.713477m), Cents, Rounding.Nearest)).ShouldBe("21.426954");
    }

    [Fact]
    public void A_pool_with_terms_that_make_none_is_refused_by_field()
    {
        Should.Throw<InputException>(() => Pool(1_500m, null).Checked()).Place.ShouldContain("range");
        Should.Throw<InputException>(() => Pool(2_500m, 1_500m).Checked()).Place.ShouldContain("range");
        Should.Throw<InputException>(() => Pool(1_500m, 1_500.0001m).Checked()).Place.ShouldContain("range");
        Should.Throw<InputException>(() => (Pool(null, null) with { Strike = 1m }).Checked()).Place.ShouldContain("strike");
        Should.Throw<InputException>(() => (Pool(null, null) with { Expiry = Instant.Utc(2026, 1, 1) }).Checked()).Place.ShouldContain("expiry");
        Should.Throw<InputException>(() => (Pool(null, null) with { Payoff = Payoff.Inverse, Settlement = Btc }).Checked()).Place.ShouldContain("quote");
        Should.Throw<InputException>(() => (Pool(null, null) with { Settlement = Btc }).Checked()).Place.ShouldContain("settlement");
        Should.Throw<InputException>(() => (Linear(InstrumentKind.Perpetual) with { Lower = 1m, Upper = 2m }).Checked()).Place.ShouldContain("range");
    }

    private static Instrument Pool(decimal? lower, decimal? upper) => Linear(InstrumentKind.Perpetual) with
    {
        Kind = InstrumentKind.Pool,
        Lower = lower,
        Upper = upper,
    };

    private static Instrument Linear(InstrumentKind kind) => new()
    {
        Id = new InstrumentId("BTC_USDC-X"),
        Kind = kind,
        Payoff = Payoff.Linear,
        Underlying = Btc,
        Quote = Usdc,
        Settlement = Usdc,
        LotSize = 0.001m,
        TickSize = 0.5m,
        Expiry = kind is InstrumentKind.Perpetual ? null : Instant.Utc(2020, 3, 27, 8),
    };

    private static Instrument Inverse(InstrumentKind kind, decimal lot) => Linear(kind) with
    {
        Payoff = Payoff.Inverse,
        Quote = null,
        Settlement = Btc,
        LotSize = lot,
    };
}
