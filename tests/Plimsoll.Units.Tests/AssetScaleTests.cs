using System.Globalization;
using System.Numerics;
using Plimsoll.Units.Tests;

namespace Plimsoll.Units.Tests;

public sealed class AssetScaleTests
{
    private static readonly Rounding[] Roundings = [Rounding.AgainstTheAccount, Rounding.ForTheAccount, Rounding.Nearest];

    [Theory]
    [InlineData(18, "589000000000000.000000000000000001", "589000000000000000000000000000001")]
    [InlineData(18, "-589735030408322.123456789012345678", "-589735030408322123456789012345678")]
    [InlineData(8, "21000000", "2100000000000000")]
    [InlineData(6, "-0.000001", "-1")]
    [InlineData(24, "999999999999.999999999999999999999999", "999999999999999999999999999999999999")]
    [InlineData(0, "7", "7")]
    public void An_amount_beyond_the_digits_of_a_decimal_survives_text(int decimals, string text, string units)
    {
        AssetScale scale = new(decimals);

        scale.TryParse(text, out Amount amount).ShouldBeTrue();

        amount.Units.ShouldBe(Int128.Parse(units, CultureInfo.InvariantCulture));
        scale.Format(amount).ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-.5")]
    [InlineData("+5")]
    [InlineData("--5")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1.2.3")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("١")]
    [InlineData("0.0000001")]
    [InlineData("1000000000000000000000000000000")]
    [InlineData("9999999999999999999999999999999999999999999999")]
    public void A_text_that_is_no_amount_of_six_decimals_is_refused(string text) => new AssetScale(6).TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Zeros_on_either_side_change_nothing_however_many()
    {
        string text = "-" + new string('0', 100_000) + "12.5" + new string('0', 100_000);

        new AssetScale(6).TryParse(text, out Amount amount).ShouldBeTrue();

        amount.Units.ShouldBe(-12_500_000);
    }

    [Fact]
    public void Minus_nothing_is_nothing()
    {
        new AssetScale(6).TryParse("-0.000", out Amount amount).ShouldBeTrue();

        amount.ShouldBe(Amount.Zero);
        new AssetScale(6).Format(amount).ShouldBe("0");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(25)]
    [InlineData(int.MaxValue)]
    public void A_scale_outside_its_bounds_cannot_be_born(int decimals) => Should.Throw<InputException>(() => new AssetScale(decimals));

    [Fact]
    public void Every_amount_inside_the_limit_survives_text_at_every_scale() => Seeded.Holds(2000, chance =>
    {
        AssetScale scale = new(chance.Below(AssetScale.MaxDecimals + 1));
        Amount amount = new(chance.Units(119) % AssetScale.Limit);

        scale.TryParse(scale.Format(amount), out Amount read).ShouldBeTrue();

        read.ShouldBe(amount);
    });

    [Fact]
    public void A_decimal_becomes_money_exactly_as_the_fraction_it_is() => Seeded.Holds(3000, chance =>
    {
        AssetScale scale = new(chance.Below(19));
        decimal wholes = chance.Decimal();
        Rounding rounding = chance.Pick(Roundings);
        (BigInteger n, BigInteger d) = Rational.Of(wholes);

        Compare(Rational.Round(n * (BigInteger)scale.UnitsPerWhole, d, rounding), () => scale.FromDecimal(wholes, rounding));
    });

    [Fact]
    public void A_product_rounds_once_from_the_exact_fraction() => Seeded.Holds(3000, chance =>
    {
        AssetScale scale = new(chance.Below(25));
        (decimal price, decimal size) = (chance.Decimal(), chance.Decimal());
        Rounding rounding = chance.Pick(Roundings);
        (BigInteger pn, BigInteger pd) = Rational.Of(price);
        (BigInteger sn, BigInteger sd) = Rational.Of(size);

        Compare(Rational.Round(pn * sn * (BigInteger)scale.UnitsPerWhole, pd * sd, rounding), () => scale.FromProduct(price, size, rounding));
    });

    [Fact]
    public void A_quotient_rounds_once_from_the_exact_fraction() => Seeded.Holds(3000, chance =>
    {
        AssetScale scale = new(chance.Below(25));
        (decimal dividend, decimal divisor) = (chance.Decimal(), chance.Decimal());
        if (divisor == 0m) return;
        Rounding rounding = chance.Pick(Roundings);
        (BigInteger an, BigInteger ad) = Rational.Of(dividend);
        (BigInteger bn, BigInteger bd) = Rational.Of(divisor);

        Compare(Rational.Round(an * bd * (BigInteger)scale.UnitsPerWhole, ad * bn, rounding), () => scale.FromQuotient(dividend, divisor, rounding));
    });

    [Fact]
    public void A_quotient_by_nothing_is_refused() =>
        Should.Throw<DivideByZeroException>(() => new AssetScale(8).FromQuotient(1m, 0.00m, Rounding.Nearest));

    [Fact]
    public void A_model_number_rounds_once_from_the_fraction_its_bits_say() => Seeded.Holds(4000, chance =>
    {
        AssetScale scale = new(chance.Below(25));
        double wholes = BitConverter.UInt64BitsToDouble(chance.Next());
        if (chance.Coin()) wholes = chance.Between(-1_000_000_000, 1_000_000_000) / (double)chance.Between(1, 1 << 20);
        if (!double.IsFinite(wholes)) return;
        Rounding rounding = chance.Pick(Roundings);
        (BigInteger n, BigInteger d) = Rational.Of(wholes);

        Compare(Rational.Round(n * (BigInteger)scale.UnitsPerWhole, d, rounding), () => scale.FromModel(wholes, rounding));
    });

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e300)]
    [InlineData(-1.1e28)]
    public void The_door_refuses_what_cannot_be_money(double wholes) =>
        Should.Throw<ArithmeticException>(() => new AssetScale(8).FromModel(wholes, Rounding.Nearest));

    [Theory]
    [InlineData(2.5, Rounding.AgainstTheAccount, 2)]
    [InlineData(2.5, Rounding.ForTheAccount, 3)]
    [InlineData(2.5, Rounding.Nearest, 2)]
    [InlineData(3.5, Rounding.Nearest, 4)]
    [InlineData(-2.5, Rounding.AgainstTheAccount, -3)]
    [InlineData(-2.5, Rounding.ForTheAccount, -2)]
    [InlineData(-2.5, Rounding.Nearest, -2)]
    [InlineData(5e-324, Rounding.ForTheAccount, 1)]
    [InlineData(-5e-324, Rounding.AgainstTheAccount, -1)]
    [InlineData(-0.0, Rounding.AgainstTheAccount, 0)]
    public void A_fraction_of_a_unit_falls_where_the_rounding_says(double wholes, Rounding rounding, int units) =>
        new AssetScale(0).FromModel(wholes, rounding).Units.ShouldBe(units);

    [Fact]
    public void A_model_number_of_an_amount_is_within_its_stated_error() => Seeded.Holds(4000, chance =>
    {
        AssetScale scale = new(chance.Below(25));
        Amount amount = new(chance.Units(119) % AssetScale.Limit);

        double model = scale.ToModel(amount);

        (BigInteger n, BigInteger d) = Rational.Of(model);
        (BigInteger un, BigInteger ud) = Rational.Of(Math.BitIncrement(Math.Abs(model)) - Math.Abs(model));
        BigInteger error = BigInteger.Abs((n * (BigInteger)scale.UnitsPerWhole) - ((BigInteger)amount.Units * d)) * ud;
        BigInteger ulp = un * d * (BigInteger)scale.UnitsPerWhole;
        bool exactInputs = BigInteger.Abs((BigInteger)amount.Units) < BigInteger.Pow(2, 53) && scale.Decimals <= 22;
        (exactInputs ? error * 2 <= ulp : error <= ulp * (scale.Decimals > 22 ? 3 : 2)).ShouldBeTrue($"{amount.Units} at scale {scale.Decimals}");
    });

    [Fact]
    public void A_decimal_of_an_amount_is_exact_where_28_digits_suffice() => Seeded.Holds(2000, chance =>
    {
        AssetScale scale = new(chance.Below(25));
        Amount amount = new(chance.Units(93));

        scale.FromDecimal(scale.ToDecimal(amount), Rounding.Nearest).ShouldBe(amount);
    });

    [Fact]
    public void An_amount_of_more_wholes_than_a_decimal_holds_says_so() =>
        Should.Throw<OverflowException>(() => new AssetScale(0).ToDecimal(new Amount(AssetScale.Limit - 1)));

    private static void Compare(BigInteger expected, Func<Amount> actual)
    {
        if (BigInteger.Abs(expected) >= (BigInteger)AssetScale.Limit) Should.Throw<OverflowException>(() => actual());
        else ((BigInteger)actual().Units).ShouldBe(expected);
    }
}
