using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Paths;

public sealed class KlinePathTests
{
    private const string Header = "ts_ms,open,high,low,close,volume\n";
    private static readonly AssetId Btc = new("BTC");
    private static readonly AssetId Eth = new("ETH");

    [Fact]
    public void A_bar_goes_to_its_farther_extreme_first()
    {
        using var file = new TempFile(Header + "1583971200000,100,104,90,101,1\n1583974800000,101,120,100,110,1\n1583978400000,110,120,100,110,1\n");

        Ticks(KlinePath.Read([(Btc, file.Path)])).ShouldBe(
        [
            "00:00 100", "00:15 90", "00:30 104", "00:45 101",
            "01:00 101", "01:15 120", "01:30 100", "01:45 110",
            "02:00 110", "02:15 100", "02:30 120", "02:45 110",
        ]);
    }

    [Fact]
    public void Files_of_different_steps_meet_on_the_union_of_their_times_and_hold_what_they_said_last()
    {
        using var hours = new TempFile(Header + "1583971200000,100,104,90,101,1\n1583974800000,101,101,101,101,1\n");
        using var halves = new TempFile(Header + "1583971200000,10,12,9,11,1\n1583973000000,11,11,11,11,1\n1583974800000,11,11,11,11,1\n");

        string[] ticks = Ticks(KlinePath.Read([(Btc, hours.Path), (Eth, halves.Path)], to: Instant.Utc(2020, 3, 12, 1)));

        ticks.Length.ShouldBe(8);
        ticks[..5].ShouldBe(["00:00 100 10", "00:07 100 12", "00:15 90 9", "00:22 90 11", "00:30 104 11"]);
    }

    [Fact]
    public void A_gap_is_held_and_told()
    {
        using var gapped = new TempFile(Header + "1583971200000,100,100,100,100,1\n1583974800000,100,100,99,99,1\n1583989200000,50,50,50,50,1\n");
        using var whole = new TempFile(Header + string.Concat(Enumerable.Range(0, 6).Select(i => $"{1583971200000 + (i * 3600000L)},10,10,10,10,1\n")));

        PricePath path = KlinePath.Read([(Btc, gapped.Path), (Eth, whole.Path)]);

        path.Notes.ShouldBe(["BTC: 3 bars are missing; the price before each gap is held over it."]);
        path.Ticks().Where(tick => tick.At >= Instant.Utc(2020, 3, 12, 2) && tick.At < Instant.Utc(2020, 3, 12, 5)).ShouldAllBe(tick => tick.Prices[0] == 99);
    }

    [Fact]
    public void A_path_begins_where_the_last_file_has_begun_and_ends_where_the_first_has_ended()
    {
        using var early = new TempFile(Header + string.Concat(Enumerable.Range(0, 4).Select(i => $"{1583971200000 + (i * 3600000L)},10,10,10,10,1\n")));
        using var late = new TempFile(Header + string.Concat(Enumerable.Range(2, 4).Select(i => $"{1583971200000 + (i * 3600000L)},10,10,10,10,1\n")));

        PricePath path = KlinePath.Read([(Btc, early.Path), (Eth, late.Path)]);

        path.Start.ShouldBe(Instant.Utc(2020, 3, 12, 2));
        path.Ticks().First().At.ShouldBe(path.Start);
        path.Ticks().Last().At.ShouldBe(path.End);
        path.End.ShouldBe(Instant.Utc(2020, 3, 12, 3) + TimeSpan.FromMinutes(45));
    }

    [Fact]
    public void From_is_inside_the_range_and_to_is_not()
    {
        using var file = new TempFile(Header + string.Concat(Enumerable.Range(0, 6).Select(i => $"{1583971200000 + (i * 3600000L)},{i + 1},{i + 1},{i + 1},{i + 1},1\n")));

        PricePath path = KlinePath.Read([(Btc, file.Path)], Instant.Utc(2020, 3, 12, 1), Instant.Utc(2020, 3, 12, 3));

        path.Ticks().Select(tick => tick.Prices[0]).Distinct().ShouldBe([2m, 3m]);
    }

    [Fact]
    public void An_empty_range_is_refused()
    {
        using var file = new TempFile(Header + "1583971200000,100,104,90,101,1\n1583974800000,101,101,101,101,1\n1583996400000,101,101,101,101,1\n");

        Should.Throw<InputException>(() => KlinePath.Read([(Btc, file.Path)], Instant.Utc(2021, 1, 1))).Message.ShouldStartWith("range: found nothing that all files cover within 2021-01-01");
        Should.Throw<InputException>(() => KlinePath.Read([(Btc, file.Path)], Instant.Utc(2020, 3, 13), Instant.Utc(2020, 3, 12))).Message.ShouldStartWith("range: ");
        Should.Throw<InputException>(() => KlinePath.Read([(Btc, file.Path)], Instant.Utc(2020, 3, 12, 3), Instant.Utc(2020, 3, 12, 5))).Message.ShouldContain("expected some within");
    }

    [Fact]
    public void No_file_and_one_asset_twice_are_refused()
    {
        using var file = new TempFile(Header + "1583971200000,100,104,90,101,1\n1583974800000,101,101,101,101,1\n");

        Should.Throw<InputException>(() => KlinePath.Read([]));
        Should.Throw<InputException>(() => KlinePath.Read([(Btc, file.Path), (Btc, file.Path)])).Message.ShouldBe("prices: found BTC twice, expected one file per asset");
    }

    private static string[] Ticks(PricePath path) =>
        [.. path.Ticks().Select(tick => $"{tick.At.ToDateTime():HH:mm} {string.Join(' ', tick.Prices)}")];
}
