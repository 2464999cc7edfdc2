using Plimsoll.Markets.Oracles;

namespace Plimsoll.Markets.Tests.Oracles;

public class ThreeVoteMedianTests
{
    [Fact]
    public void Nobody_fit_to_speak_says_nothing()
    {
        ThreeVoteMedian.Of([]).IsKnown.ShouldBeFalse();
        ThreeVoteMedian.Of([new(100, 0, true, 0), new(100, 1, false, 0), new(100, 1, true, 26), new(100, 1, true, -1)]).IsKnown.ShouldBeFalse();
        ThreeVoteMedian.Of([new(100, 1, true, 25)]).ShouldBe(new AggregatePrice(true, 100, 1, 1));
    }

    [Fact]
    public void One_source_however_far_off_moves_the_price_no_further_than_the_others_say()
    {
        SourceQuote[] honest = [new(100, 2, true, 0), new(101, 2, true, 0), new(103, 2, true, 0), new(104, 2, true, 0)];
        foreach (long lie in new long[] { -1_000_000, 1, 50, 101, 200, 1_000_000_000 })
            ThreeVoteMedian.Of([.. honest, new SourceQuote(lie, 1, true, 0)]).Price.ShouldBeInRange(98, 106);
    }

    [Fact]
    public void The_order_of_sources_changes_nothing()
    {
        SourceQuote[] quotes = [new(100, 3, true, 0), new(90, 20, true, 1), new(110, 1, true, 5), new(105, 2, true, 0)];

        ThreeVoteMedian.Of(quotes.Reverse()).ShouldBe(ThreeVoteMedian.Of(quotes));
    }
}
