namespace Plimsoll.Numerics.Tests;

public class StationaryBootstrapTests
{
    [Fact]
    public void Neighbours_stay_together_as_often_as_blocks_are_long()
    {
        int[] places = new int[200_000];
        new StationaryBootstrap(new SeededStream(7), 20).Draw(places);

        double together = Enumerable.Range(1, places.Length - 1).Count(i => places[i] == (places[i - 1] + 1) % places.Length) / (double)(places.Length - 1);
        together.ShouldBe(0.95, 0.002);
        places.ShouldAllBe(place => place >= 0 && place < places.Length);
    }

    [Fact]
    public void The_interval_of_a_mean_widens_with_what_neighbours_share()
    {
        // A series of runs of 50 equal numbers holds fifty times less than as many independent ones.
        var stream = new SeededStream(3);
        double[] runs = [.. Enumerable.Range(0, 40).SelectMany(_ => Enumerable.Repeat(stream.NextNormal(), 50))];
        (double low, double high) = Interval(runs, 1);
        (double lowBlocks, double highBlocks) = Interval(runs, 50);

        ((highBlocks - lowBlocks) / (high - low)).ShouldBeInRange(3, 8);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval()
    {
        double[] series = [1, 5, 2, 8, 3, 9, 4];

        Interval(series, 2).ShouldBe(Interval(series, 2));
    }

    [Fact]
    public void Resamples_without_an_answer_are_left_out_until_they_are_too_many()
    {
        int asked = 0;
        var bootstrap = new StationaryBootstrap(new SeededStream(1), 1);

        double.IsNaN(bootstrap.Interval(5, 100, 0.9, _ => ++asked % 4 == 0 ? 1 : double.NaN).Low).ShouldBeTrue();
        bootstrap.Interval(5, 100, 0.9, _ => ++asked % 4 == 0 ? double.NaN : 1).ShouldBe((1, 1));
    }

    [Fact]
    public void Type_6_is_exceeded_by_the_next_of_its_kind_as_often_as_it_says()
    {
        Quantiles.Type6([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.75).ShouldBe(8.25, 1e-12);
        Quantiles.Type6([1, 2, 3, 4, 5, 6, 7, 8, 9], 0.9).ShouldBe(9);
        double.IsNaN(Quantiles.Type6([1, 2, 3], 0.9)).ShouldBeTrue();
        double.IsNaN(Quantiles.Type6([1, 2, 3], 0)).ShouldBeTrue();

        var stream = new SeededStream(11);
        int exceeded = 0;
        for (int i = 0; i < 20_000; i++)
        {
            double[] sample = [.. Enumerable.Range(0, 49).Select(_ => stream.NextDouble()).Order()];
            if (stream.NextDouble() > Quantiles.Type6(sample, 0.95)) exceeded++;
        }

        (exceeded / 20_000.0).ShouldBe(0.05, 0.005);
    }

    private static (double Low, double High) Interval(double[] series, double block) =>
        new StationaryBootstrap(new SeededStream(5), block).Interval(series.Length, 600, 0.95, places => places.ToArray().Average(place => series[place]));
}
