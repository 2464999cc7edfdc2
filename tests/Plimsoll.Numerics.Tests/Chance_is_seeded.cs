namespace Plimsoll.Numerics.Tests;

public sealed class Chance_is_seeded
{
    // Random123 (Salmon et al., 2011), kat_vectors: philox4x32 10.
    [Theory]
    [InlineData(0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0xe169c58d6627e8d5, 0x9b00dbd8bc57ac4c)]
    [InlineData(0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff, 0x41c83b0e408f276d, 0x6d5451fda20bc7c6)]
    [InlineData(0x85a308d3243f6a88, 0x0370734413198a2e, 0x299f31d0a4093822, 0x94fdccebd16cfe09, 0x24126ea15001e420)]
    public void Philox_gives_the_published_answers(ulong counterLow, ulong counterHigh, ulong key, ulong low, ulong high) =>
        Philox.Block(counterLow, counterHigh, key).ShouldBe((low, high));

    [Fact]
    public void The_same_seed_tells_the_same_story()
    {
        var (a, b) = (new SeededStream(42), new SeededStream(42));
        for (var i = 0; i < 100; i++) a.NextUInt64().ShouldBe(b.NextUInt64());
    }

    [Fact]
    public void A_place_can_be_returned_to()
    {
        var stream = new SeededStream(42) { Position = 1001 };
        var there = stream.NextUInt64();
        stream.Position = 3;
        _ = stream.NextNormal();
        stream.Position = 1001;
        stream.NextUInt64().ShouldBe(there);
    }

    [Fact]
    public void Splitting_draws_nothing_and_names_a_stream_of_its_own()
    {
        var stream = new SeededStream(42);
        var (first, again, second) = (stream.Split(1), stream.Split(1), stream.Split(2));
        stream.Position.ShouldBe(0UL);
        var draw = first.NextUInt64();
        again.NextUInt64().ShouldBe(draw);
        second.NextUInt64().ShouldNotBe(draw);
        first.Split(1).NextUInt64().ShouldNotBe(draw);
    }

    [Fact]
    public void Normal_draws_have_the_moments_of_the_normal()
    {
        var stream = new SeededStream(1);
        const int Draws = 200_000;
        double sum = 0, squares = 0, fourths = 0;
        for (var i = 0; i < Draws; i++)
        {
            var x = stream.NextNormal();
            sum += x;
            squares += x * x;
            fourths += x * x * x * x;
        }

        (sum / Draws).ShouldBe(0, 4 / Math.Sqrt(Draws));
        (squares / Draws).ShouldBe(1, 4 * Math.Sqrt(2.0 / Draws));
        (fourths / Draws).ShouldBe(3, 4 * Math.Sqrt(96.0 / Draws));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Bounded_draws_are_even(int bound)
    {
        var stream = new SeededStream(3);
        var seen = new int[bound];
        for (var i = 0; i < bound * 1000; i++) seen[stream.NextInt(bound)]++;
        foreach (var count in seen) ((double)count).ShouldBe(1000, 160);
    }

    [Fact]
    public void A_bound_below_one_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SeededStream(1).NextInt(0));

    [Fact]
    public void Doubles_lie_from_zero_to_below_one()
    {
        var stream = new SeededStream(5);
        for (var i = 0; i < 100_000; i++) stream.NextDouble().ShouldBeInRange(0, Math.BitDecrement(1));
    }
}
