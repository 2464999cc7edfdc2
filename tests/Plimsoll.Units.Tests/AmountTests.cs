using System.Numerics;
using Plimsoll.Units.Tests;

namespace Plimsoll.Units.Tests;

public sealed class AmountTests
{
    [Fact]
    public void A_share_rounds_once_from_the_exact_fraction() => Seeded.Holds(5000, chance =>
    {
        Amount amount = new(chance.Units(119) % AssetScale.Limit);
        long denominator = chance.Coin() ? chance.Between(1, 12) : chance.Between(1, long.MaxValue);
        long numerator = chance.Pick(0, denominator, chance.Between(0, denominator));
        Rounding rounding = chance.Pick(Rounding.AgainstTheAccount, Rounding.ForTheAccount, Rounding.Nearest);

        Amount share = amount.Share(numerator, denominator, rounding);

        ((BigInteger)share.Units).ShouldBe(Rational.Round((BigInteger)amount.Units * numerator, denominator, rounding));
    });

    [Fact]
    public void The_whole_share_is_the_whole_amount_and_no_share_nothing()
    {
        Amount amount = new(AssetScale.Limit - 1);

        amount.Share(7, 7, Rounding.AgainstTheAccount).ShouldBe(amount);
        amount.Share(0, 7, Rounding.ForTheAccount).ShouldBe(Amount.Zero);
    }

    [Theory]
    [InlineData(8, 7)]
    [InlineData(-1, 7)]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    public void More_than_the_whole_or_less_than_nothing_is_no_share(long numerator, long denominator) =>
        Should.Throw<LawBrokenException>(() => new Amount(1).Share(numerator, denominator, Rounding.Nearest));

    [Fact]
    public void Sums_that_would_wrap_are_refused()
    {
        Should.Throw<OverflowException>(() => new Amount(Int128.MaxValue) + new Amount(1));
        Should.Throw<OverflowException>(() => new Amount(Int128.MinValue) - new Amount(1));
        Should.Throw<OverflowException>(() => -new Amount(Int128.MinValue));
    }

    [Fact]
    public void Amounts_compare_by_their_units()
    {
        (Amount less, Amount more) = (new(-3), new(2));

        (less < more && more > less && less <= more && more >= less).ShouldBeTrue();
        Amount.Min(less, more).ShouldBe(less);
        Amount.Max(less, more).ShouldBe(more);
        less.CompareTo(more).ShouldBeLessThan(0);
        less.Sign.ShouldBe(-1);
        Amount.Zero.IsZero.ShouldBeTrue();
    }
}
