using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

/// <summary>Fast and plain, whole and in part, one thread and many: one verdict, to the last bit.</summary>
public class JudgeTwins
{
    private const int Accounts = 500;

    [Fact]
    public void The_vector_judge_equals_the_plain_judge_to_the_last_bit()
    {
        TestVenue venue = Crowd(1);
        var verdicts = new Verdict[Accounts];

        Judge.All(venue.Positions, venue.Money, venue.Responses, venue.Model, verdicts);

        for (int account = 0; account < Accounts; account++) verdicts[account].ShouldBe(venue.Judged(account), $"account {account}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void The_number_of_threads_cannot_be_seen_in_the_verdicts(int threads)
    {
        TestVenue venue = Crowd(2, 5_000);
        var (alone, together) = (new Verdict[5_000], new Verdict[5_000]);

        Judge.All(venue.Positions, venue.Money, venue.Responses, venue.Model, alone);
        Judge.All(venue.Positions, venue.Money, venue.Responses, venue.Model, together, threads);

        together.ShouldBe(alone);
    }

    [Fact]
    public void A_list_of_accounts_is_judged_in_its_own_order()
    {
        TestVenue venue = Crowd(3);
        int[] some = [17, 3, 3, 400];
        var verdicts = new Verdict[some.Length];

        Judge.Accounts(some, venue.Positions, venue.Money, venue.Responses, venue.Model, verdicts);

        verdicts.ShouldBe(some.Select(venue.Judged));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Verdicts_put_in_place_touch_no_other_account_and_mark_who_is_near(int threads)
    {
        TestVenue venue = Crowd(6, 3_000);
        int[] some = [.. Enumerable.Range(0, 3_000).Where(account => account % 3 != 1)];
        var verdicts = new Verdict[3_000];
        var near = new ulong[(some.Length + 63) / 64];

        Judge.InPlace(some, venue.Positions, venue.Money, venue.Responses, venue.Model, verdicts, near, threads);

        for (int i = 0; i < some.Length; i++)
        {
            verdicts[some[i]].ShouldBe(venue.Judged(some[i]));
            ((near[i / 64] >> (i % 64) & 1) != 0).ShouldBe(verdicts[some[i]].IsNear(venue.Model.CallAt), $"account {some[i]}");
        }

        verdicts.Where((_, account) => account % 3 == 1).ShouldAllBe(v => v == default);
        near.ShouldContain(word => word != 0);
        near.ShouldContain(word => word != ulong.MaxValue);
    }

    [Fact]
    public void Who_must_be_liquidated_is_near_at_every_call_line()
    {
        TestVenue venue = Crowd(7);
        for (int account = 0; account < Accounts; account++)
        {
            Verdict verdict = venue.Judged(account);
            if (verdict.IsLiquidatable) verdict.IsNear(1).ShouldBeTrue($"account {account}");
        }
    }

    [Fact]
    public void A_list_names_accounts_of_the_books()
    {
        TestVenue venue = Crowd(8, 3);

        Should.Throw<ArgumentOutOfRangeException>(() => Judge.Accounts([3], venue.Positions, venue.Money, venue.Responses, venue.Model, new Verdict[1]));
        Should.Throw<ArgumentOutOfRangeException>(() => Judge.Accounts([-1], venue.Positions, venue.Money, venue.Responses, venue.Model, new Verdict[1]));
    }

    [Fact]
    public void Judging_allocates_nothing()
    {
        TestVenue venue = Crowd(4);
        var verdicts = new Verdict[Accounts];
        Judge.All(venue.Positions, venue.Money, venue.Responses, venue.Model, verdicts);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Judge.All(venue.Positions, venue.Money, venue.Responses, venue.Model, verdicts);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_024);
    }

    [Fact]
    public void A_tick_taken_up_in_part_equals_a_full_rebuild_to_the_last_bit()
    {
        var venue = new TestVenue();
        var partial = new ResponseSet(venue.Model);
        var full = new ResponseSet(venue.Model);
        var chance = new Chance(5);
        partial.Rebuild(venue.Market);
        for (int tick = 0; tick < 50; tick++)
        {
            AssetIndex asset = new(chance.Below(venue.Catalog.Assets.Count));
            InstrumentIndex instrument = new(chance.Below(venue.Catalog.Instruments.Count));
            if (tick % 3 == 0) venue.Market.MoveTo(venue.Market.At + TimeSpan.FromHours(1));
            venue.Price(asset, (decimal)(venue.Market.PriceOf(asset) * chance.Between(0.9, 1.1)));
            venue.Mark(instrument, (decimal)(venue.Market.ForwardOf(instrument) * chance.Between(0.9, 1.1)), chance.Between(0.3, 1));

            partial.Rebuild(venue.Market, [asset], [instrument]);
            full.Rebuild(venue.Market);

            for (int i = 0; i < venue.Catalog.Instruments.Count; i++)
            {
                partial.UnitValues[i].ShouldBe(full.UnitValues[i], $"tick {tick} instrument {i}");
                partial.LongNotionals[i].ShouldBe(full.LongNotionals[i], $"tick {tick} instrument {i}");
                partial.Instruments.Row(i).SequenceEqual(full.Instruments.Row(i)).ShouldBeTrue($"tick {tick} instrument {i}");
            }
        }
    }

    [Fact]
    public void A_tick_of_one_coin_touches_only_what_hangs_on_it()
    {
        var venue = new TestVenue();

        venue.Responses.Rebuild(venue.Market, [venue.Doge], []);

        venue.Responses.Touched.ToArray().ShouldBe([venue.DogePerp.Value]);
    }

    private static TestVenue Crowd(ulong seed, int accounts = Accounts)
    {
        var venue = new TestVenue();
        var chance = new Chance(seed);
        for (int i = 0; i < accounts; i++) chance.Account(venue);

        return venue;
    }
}
