using Plimsoll.Units.Tests;

namespace Plimsoll.Units.Tests;

public sealed class ValueTests
{
    [Theory]
    [InlineData("12.5", "0.5", 25)]
    [InlineData("-0.003", "0.001", -3)]
    [InlineData("0", "10", 0)]
    [InlineData("1000000000000000", "1", 1_000_000_000_000_000)]
    [InlineData("0.0000000000001", "0.0000000000000000000000000001", 1_000_000_000_000_000)]
    public void A_whole_number_of_lots_is_found(string size, string lotSize, long count)
    {
        Lots.TryFrom(Of(size), Of(lotSize), out Lots lots).ShouldBeTrue();

        lots.Count.ShouldBe(count);
        lots.ToSize(Of(lotSize)).ShouldBe(Of(size));
    }

    [Theory]
    [InlineData("12.4", "0.5")]
    [InlineData("1000000000000001", "1")]
    [InlineData("-1000000000000001", "1")]
    [InlineData("0.00000000000014", "0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335", "0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335", "10000000000000")]
    [InlineData("99999999.99999990000000000001", "0.0000001")]
    [InlineData("1", "3")]
    public void A_broken_or_too_large_number_of_lots_is_refused(string size, string lotSize) =>
        Lots.TryFrom(Of(size), Of(lotSize), out _).ShouldBeFalse();

    [Fact]
    public void Lots_are_accepted_exactly_where_the_division_leaves_nothing() => Seeded.Holds(4000, chance =>
    {
        decimal lotSize = Math.Abs(chance.Decimal(40));
        if (lotSize == 0m) return;
        decimal size = chance.Coin() ? chance.Decimal(50) : chance.Between(-100_000, 100_000) * lotSize;
        (System.Numerics.BigInteger an, System.Numerics.BigInteger ad) = Rational.Of(size);
        (System.Numerics.BigInteger bn, System.Numerics.BigInteger bd) = Rational.Of(lotSize);
        var count = System.Numerics.BigInteger.DivRem(an * bd, ad * bn, out var rest);

        bool found = Lots.TryFrom(size, lotSize, out Lots lots);

        found.ShouldBe(rest.IsZero && System.Numerics.BigInteger.Abs(count) <= Lots.Max);
        if (found) lots.Count.ShouldBe((long)count);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_lot_of_nothing_is_no_lot(int lotSize) => Should.Throw<LawBrokenException>(() => Lots.TryFrom(1m, lotSize, out _));

    [Fact]
    public void Lots_that_would_wrap_are_refused()
    {
        Should.Throw<OverflowException>(() => new Lots(long.MaxValue) + new Lots(1));
        Should.Throw<OverflowException>(() => new Lots(long.MinValue).Size);
        (new Lots(2) - new Lots(5)).ShouldBe(-new Lots(3));
        new Lots(-3).Size.ShouldBe(new Lots(3));
    }

    [Fact]
    public void Every_value_can_be_printed_compared_and_hashed_as_it_is_born()
    {
        Type[] values = [.. typeof(Lots).Assembly.GetExportedTypes().Where(t => t.IsValueType && !t.IsEnum)];

        values.Length.ShouldBeGreaterThan(12);
        foreach (Type type in values)
        {
            object value = Activator.CreateInstance(type)!;
            value.ToString().ShouldNotBeNull();
            value.Equals(Activator.CreateInstance(type)).ShouldBeTrue();
            value.GetHashCode().ShouldBe(Activator.CreateInstance(type)!.GetHashCode());
            type.IsDefined(typeof(System.Runtime.CompilerServices.IsReadOnlyAttribute), false).ShouldBeTrue($"{type.Name} can be changed");
        }

        new Lots(-3).ToString().ShouldBe("-3");
        new Amount(-5).ToString().ShouldBe("-5");
    }

    [Theory]
    [InlineData("-0.0001")]
    [InlineData("1.0001")]
    public void A_bad_haircut_cannot_be_born(string value)
    {
        Should.Throw<InputException>(() => new Haircut(Of(value)));
        Should.Throw<InputException>(() => new Haircut(0.5m) with { Value = Of(value) });
    }

    [Fact]
    public void A_haircut_counts_the_rest()
    {
        new Haircut(0.25m).CountedPart.ShouldBe(0.75);
        default(Haircut).CountedPart.ShouldBe(1);
        Bits(new Haircut(0.50m).Value).ShouldBe(Bits(0.5m));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.0000000000001")]
    [InlineData("1000000000001")]
    public void A_bad_price_cannot_be_born(string value) => Should.Throw<InputException>(() => new Price(Of(value)));

    [Fact]
    public void Equal_decimals_have_equal_bits_once_canonical() => Seeded.Holds(4000, chance =>
    {
        decimal value = chance.Decimal();
        decimal canonical = Price.Canonical(value);

        canonical.ShouldBe(value);
        int decimals = (Bits(canonical)[3] >> 16) & 31;
        (decimals == 0 || canonical != decimal.Round(canonical, decimals - 1)).ShouldBeTrue("a trailing zero is left");
        if (decimals < 28 && Math.Abs(canonical) < 1_000_000m) Bits(Price.Canonical(canonical * 1.00m)).ShouldBe(Bits(canonical));
    });

    [Theory]
    [InlineData("-0.00", "0")]
    [InlineData("1.00", "1")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("-7.9228162514264337593543950335", "-7.9228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("100000000000000000000.00000000", "100000000000000000000")]
    public void Canonical_keeps_every_digit_that_counts(string value, string canonical) =>
        Bits(Price.Canonical(Of(value))).ShouldBe(Bits(Of(canonical)));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("naïve")]
    [InlineData("a\n")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void A_text_that_is_no_identifier_names_nothing(string? text)
    {
        Should.Throw<InputException>(() => new AssetId(text!));
        Should.Throw<InputException>(() => new InstrumentId(text!));
        Should.Throw<InputException>(() => new AccountId(text!));
        Should.Throw<InputException>(() => new CommandId(text!));
    }

    [Fact]
    public void Names_sort_by_their_characters_and_default_names_nothing()
    {
        new AccountId("B").CompareTo(new AccountId("a")).ShouldBeLessThan(0);
        new InstrumentId("BTC-27DEC24-60000-C").ToString().ShouldBe("BTC-27DEC24-60000-C");
        default(AssetId).Value.ShouldBe("");
        default(CommandId).ShouldBe(default);
        Identifier.IsValid(new string('x', 64)).ShouldBeTrue();
    }

    private static decimal Of(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static int[] Bits(decimal value) => decimal.GetBits(value);
}
