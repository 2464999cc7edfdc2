using Plimsoll.Ledger.Accounts;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Exposure;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests;

public class RiskBucketLaws
{
    private const int Seeds = 60;

    [Fact]
    public void A_bucket_loses_at_most_what_is_in_it_whatever_happens_inside()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var world = new World(seed);
            foreach (BucketKind kind in Enum.GetValues<BucketKind>())
            {
                FencedLoss[] losses = world.Losses(kind);
                double total = 0;
                foreach (FencedLoss loss in losses)
                {
                    loss.Loss.ShouldBeInRange(0, loss.AtStake, $"seed {seed} {kind}");
                    (loss.Loss + loss.Beyond).ShouldBe(Math.Max(0, -loss.Change), 1e-9 * (1 + Math.Abs(loss.Change)), $"seed {seed} {kind}");
                    total += loss.AtStake;
                }

                FencedLoss.Total(losses).ShouldBeLessThanOrEqualTo(total * (1 + 1e-12), $"seed {seed} {kind}");
            }
        }
    }

    [Fact]
    public void Nothing_that_happens_in_a_bucket_leaks_into_another()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var world = new World(seed);
            foreach (BucketKind kind in Enum.GetValues<BucketKind>())
            {
                FencedLoss[] before = world.Losses(kind);
                int struck = new Chance(seed + 99).Below(before.Length);
                foreach (double blow in new[] { -1e6, -3, 50, 1e9 })
                {
                    FencedLoss[] after = world.Struck(kind, struck, blow);
                    for (int b = 0; b < before.Length; b++)
                        if (b != struck) after[b].ShouldBe(before[b], $"seed {seed} {kind}: a blow of {blow} to {struck} reaches {b}");

                    // The venue sees at most what was in the fence, however hard the blow.
                    double moved = Math.Abs(FencedLoss.Total(after) - FencedLoss.Total(before));
                    moved.ShouldBeLessThanOrEqualTo(before[struck].AtStake + (1e-9 * (1 + FencedLoss.Total(before))), $"seed {seed} {kind} {blow}");
                }
            }
        }
    }

    [Fact]
    public void The_buckets_of_a_kind_and_what_is_in_none_add_up_to_the_venue()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var world = new World(seed);
            foreach (BucketKind kind in Enum.GetValues<BucketKind>())
            {
                (Exposed whole, Exposed[] parts) = world.Exposure(kind);
                foreach (Greek greek in Enum.GetValues<Greek>())
                {
                    double slack = (1e-12 * whole.Gross[greek]) + 1e-300;
                    parts.Sum(part => part.Net[greek]).ShouldBe(whole.Net[greek], slack, $"seed {seed} {kind} {greek}");
                    parts.Sum(part => part.Gross[greek]).ShouldBe(whole.Gross[greek], slack, $"seed {seed} {kind} {greek}");
                }
            }
        }
    }

    [Fact]
    public void Of_one_kind_nothing_is_in_two_buckets()
    {
        var venue = new TestVenue();
        RiskBucket lido = Bucket("lido", BucketKind.Protocol, ["STETH"]);

        Should.Throw<InputException>(() => new BucketMap(venue.Catalog, [lido, lido with { Id = new BucketId("other") }])).Message.ShouldContain("two buckets");
        Should.Throw<InputException>(() => new BucketMap(venue.Catalog, [lido with { Assets = [new AssetId("GHOST")] }])).Message.ShouldContain("GHOST");
        _ = new BucketMap(venue.Catalog, [lido, lido with { Id = new BucketId("ethereum"), Kind = BucketKind.Chain }]);
    }

    [Fact]
    public void What_the_venue_holds_is_counted_once_in_a_kind_by_place_before_asset()
    {
        var venue = new TestVenue();
        var map = new BucketMap(venue.Catalog, [
            Bucket("lido", BucketKind.Protocol, ["STETH"]),
            Bucket("vault", BucketKind.Protocol, []) with { Places = [Fund.Staked] }]);
        double[] prices = [.. Enumerable.Range(0, 5).Select(a => venue.Market.PriceOf(new AssetIndex(a)))];

        double[] held = map.Held(BucketKind.Protocol, (place, asset) => asset == venue.Steth ? place switch { Fund.Staked => 2, Fund.Hot => 1, Fund.Cold => -5, _ => 0 } : asset == venue.Btc && place == Fund.Hot ? 1 : 0, prices);

        held.ShouldBe([60_000, 3_000, 6_000]);
    }

    [Fact]
    public void A_contract_hangs_on_its_underlyings_oracle_and_its_settlements_issuer()
    {
        var venue = new TestVenue();
        var map = new BucketMap(venue.Catalog, [Bucket("feed", BucketKind.Oracle, ["BTC"]), Bucket("circle", BucketKind.Issuer, ["USDC"])]);

        map.Of(BucketKind.Oracle, venue.BtcPerp).ShouldBe(0);
        map.Of(BucketKind.Oracle, venue.EthPerp).ShouldBe(-1);
        map.Of(BucketKind.Issuer, venue.BtcPerp).ShouldBe(1);
        map.Of(BucketKind.Issuer, venue.BtcInverse).ShouldBe(-1);
    }

    [Fact]
    public void A_premium_is_intensity_times_loss_times_stake_and_an_oracle_is_pushed_only_as_far_as_it_pays()
    {
        RiskBucket bucket = Bucket("feed", BucketKind.Oracle, ["BTC"]) with { Failure = new FailureTerms(0.02, 0.5), Oracle = new FailureTerms(0.1, 0.25) };
        Premium always = Premium.Of(bucket, 1_000_000, 5_000_000);
        always.Failure.ShouldBe(10_000, 1e-9);
        always.Oracle.ShouldBe(25_000, 1e-9);

        // 5 % at a daily volatility of 2.5 % takes four days' volume at two thirds of 5 % on average: 13.3 M against a profit of 250,000.
        RiskBucket deep = bucket with { Manipulation = new ManipulationTerms(0.05, 100_000_000, 0.025) };
        deep.Manipulation!.Value.Cost.ShouldBe(2.0 / 3 * 0.05 * 400_000_000, 1e-6);
        Premium dear = Premium.Of(deep, 1_000_000, 5_000_000);
        dear.Pays.ShouldBe(250_000 / (2.0 / 3 * 0.05 * 400_000_000), 1e-12);
        dear.Oracle.ShouldBe(25_000 * dear.Pays, 1e-9);
        Premium.Of(deep, 1_000_000, 1e12).Pays.ShouldBe(1);
    }

    private static RiskBucket Bucket(string id, BucketKind kind, string[] assets) =>
        new(new BucketId(id), kind, [.. assets.Select(a => new AssetId(a))], [], [], default, default);

    private sealed class World
    {
        private readonly TestVenue venue = new();
        private readonly GreekMatrix matrix;
        private readonly BucketMap map;
        private readonly ResponseMatrix changes;

        public World(ulong seed)
        {
            var chance = new Chance(seed);
            for (int i = 0; i < 10; i++) chance.Account(venue);
            matrix = new GreekMatrix(venue.Model, venue.Market);
            var buckets = new List<RiskBucket>();
            foreach (BucketKind kind in Enum.GetValues<BucketKind>())
            {
                AssetId[] free = [.. venue.Catalog.Assets.Select(a => a.Id)];
                InstrumentId[] contracts = [.. venue.Catalog.Instruments.Where(_ => chance.Happens(0.3)).Select(i => i.Id)];
                int cut = chance.Below(free.Length + 1);
                buckets.Add(Bucket($"{kind}-a", kind, []) with { Assets = free[..cut], Instruments = contracts });
                buckets.Add(Bucket($"{kind}-b", kind, []) with { Assets = free[cut..(cut + chance.Below(free.Length - cut + 1))] });
            }

            map = new BucketMap(venue.Catalog, buckets);
            changes = new ResponseMatrix(matrix.Responses.Rows, 1);
            for (int row = 0; row < changes.Rows; row++) changes.SetRow(row, [chance.Between(-1.5, 0.5) * Math.Abs(matrix.Responses.Row(row)[row < matrix.InstrumentCount ? (int)Greek.Notional : (int)Greek.Coins])]);
        }

        public FencedLoss[] Losses(BucketKind kind) => FencedLoss.Of(GroupSums.Of(.., venue.Positions, venue.Money, matrix), map.By(kind, matrix), changes, 0);

        public (Exposed Whole, Exposed[] Parts) Exposure(BucketKind kind)
        {
            var sums = GroupSums.Of(.., venue.Positions, venue.Money, matrix);

            return (sums.Whole(), sums.By(map.By(kind, matrix)));
        }

        /// <summary>The same scenario, but everything in one bucket moves so much more.</summary>
        public FencedLoss[] Struck(BucketKind kind, int bucket, double blow)
        {
            Bucketing by = map.By(kind, matrix);
            var struck = new ResponseMatrix(changes.Rows, 1);
            for (int row = 0; row < changes.Rows; row++) struck.SetRow(row, [changes.Row(row)[0] * (by.BucketOf[row] == bucket ? blow : 1)]);

            return FencedLoss.Of(GroupSums.Of(.., venue.Positions, venue.Money, matrix), by, struck, 0);
        }
    }
}
