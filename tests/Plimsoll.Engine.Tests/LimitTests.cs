using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Exposure;
using Plimsoll.Risk.Limits;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class LimitTests
{
    private const string Perpetual = "BTC_USDC-PERPETUAL";

    [Fact]
    public void A_breach_is_said_once_when_prices_take_it_there_and_cured_when_they_bring_it_back()
    {
        TestVenue venue = Trading();
        venue.Accept(Limit("alice-notional", LimitScope.Account, Measured.Notional, "alice", soft: 9_000, hard: 10_000));

        Said(venue.Prices(btc: 8_900m, eth: 200m)).ShouldBeEmpty();
        Said(venue.Prices(btc: 9_500m, eth: 200m)).ShouldBe(["breached Soft 9500"]);
        Said(venue.Prices(btc: 9_600m, eth: 200m)).ShouldBeEmpty();
        Said(venue.Prices(btc: 11_000m, eth: 200m)).ShouldBe(["breached Hard 11000"]);
        Said(venue.Prices(btc: 9_100m, eth: 200m)).ShouldBe(["cured Soft 9100"]);
        Said(venue.Prices(btc: 8_000m, eth: 200m)).ShouldBe(["cured Within 8000"]);
    }

    [Fact]
    public void A_limit_already_passed_is_breached_the_moment_it_is_set()
    {
        TestVenue venue = Trading();

        Said(venue.Accept(Limit("a", LimitScope.Account, Measured.Delta, "alice", hard: 5_000))).ShouldBe(["breached Hard 8000"]);
        venue.Accept(new DropLimit(new LimitId("a")));
        venue.State.Limits.BreachesOf(new LimitId("a")).ShouldBe(0);
    }

    [Fact]
    public void Beyond_a_hard_line_a_trade_that_grows_the_greek_is_refused_and_one_that_reduces_it_is_not()
    {
        TestVenue venue = Trading();
        venue.Accept(Limit("a", LimitScope.Account, Measured.Delta, "alice", hard: 12_000));

        venue.Do(Fill("alice", "bob", 1m)).Refusal.ShouldBe(Refusal.ExposureLimitBreached);
        venue.Accept(Fill("alice", "bob", 0.5m));
        venue.Prices(btc: 10_000m, eth: 200m);
        venue.Do(Fill("alice", "bob", 0.001m)).Refusal.ShouldBe(Refusal.ExposureLimitBreached);
        venue.Accept(Fill("bob", "alice", 0.1m));
        venue.Do(Fill("bob", "alice", 3m)).Refusal.ShouldBe(Refusal.ExposureLimitBreached, "as far beyond on the other side is farther");
        venue.Accept(Fill("bob", "alice", 2.5m));
    }

    [Fact]
    public void A_soft_line_refuses_nothing()
    {
        TestVenue venue = Trading();
        venue.Accept(Limit("a", LimitScope.Account, Measured.Delta, "alice", soft: 1));

        venue.Accept(Fill("alice", "bob", 1m));
    }

    [Fact]
    public void An_order_counts_with_those_that_stand_beside_it()
    {
        TestVenue venue = Trading();
        venue.Accept(Limit("a", LimitScope.Account, Measured.Delta, "alice", hard: 12_000));

        venue.Accept(new PlaceOrder(new AccountId("alice"), new CommandId("o1"), new InstrumentId(Perpetual), 0.4m, 8000m));
        venue.Do(new PlaceOrder(new AccountId("alice"), new CommandId("o2"), new InstrumentId(Perpetual), 0.4m, 8000m)).Refusal.ShouldBe(Refusal.ExposureLimitBreached);
        venue.Accept(new PlaceOrder(new AccountId("alice"), new CommandId("o3"), new InstrumentId(Perpetual), -0.4m, 8000m));
        venue.Accept(new PlaceOrder(new AccountId("alice"), new CommandId("o4"), new InstrumentId("ETH_USDC-PERPETUAL"), 1m, 200m));
    }

    [Fact]
    public void Sub_accounts_count_together_and_classes_do()
    {
        TestVenue venue = TestVenue.Open();
        venue.Rich("desk");
        venue.Accept(new OpenAccount(new AccountId("desk.1"), new AccountId("desk"), new ClassId("maker")));
        venue.Accept(new OpenAccount(new AccountId("desk.2"), new AccountId("desk"), new ClassId("maker")));
        venue.Deposit("desk.1", "1000000", "USDC");
        venue.Deposit("desk.2", "1000000", "USDC");
        venue.Rich("bob");
        venue.Accept(Limit("owner", LimitScope.Owner, Measured.Delta, "desk", hard: 16_000));
        venue.Accept(Limit("class-gross", LimitScope.Class, Measured.Notional, "maker", hard: 40_000, gross: true));
        venue.Accept(Fill("desk.1", "bob", 1m));
        venue.Accept(Fill("desk.2", "bob", 1m));

        venue.Do(Fill("desk", "bob", 0.1m)).Refusal.ShouldBe(Refusal.ExposureLimitBreached);
        venue.Accept(Fill("bob", "desk.2", 3m));
        venue.Do(Fill("bob", "desk.2", 2.1m)).Refusal.ShouldBe(Refusal.ExposureLimitBreached, "gross 3 + 0.1 of the class's 5 but the other way");
        venue.State.Classes.SubAccountsOf(venue.Index("desk")).Count().ShouldBe(2);
        venue.Do(new OpenAccount(new AccountId("x"), new AccountId("desk.1"))).Refusal.ShouldBe(Refusal.TermsInvalid);
        venue.Do(new ClassifyAccount(new AccountId("desk"), new AccountId("bob"))).Refusal.ShouldBe(Refusal.TermsInvalid);
    }

    [Fact]
    public void A_limit_on_each_account_names_those_that_breach_it()
    {
        TestVenue venue = Trading();
        Outcome set = venue.Accept(Limit("each", LimitScope.Each, Measured.Notional, null, hard: 7_000));

        set.Events.OfType<LimitBreached>().Select(e => e.Account!.Value.Value).ShouldBe(["alice", "bob"]);
        venue.State.Limits.Readings().Select(r => (r.Account!.Value.Value, r.Value)).ShouldBe([("alice", 8_000), ("bob", 8_000)]);
        venue.Accept(new ClassifyAccount(new AccountId("bob"), Class: new ClassId("maker")));
        Outcome narrowed = venue.Accept(Limit("each", LimitScope.Each, Measured.Notional, "maker", hard: 7_000));
        narrowed.Events.OfType<LimitBreached>().Select(e => e.Account!.Value.Value).ShouldBe(["bob"]);
        venue.Accept(new ClassifyAccount(new AccountId("bob"))).Events.OfType<LimitCured>().ShouldHaveSingleItem().Level.ShouldBe(LimitLevel.Within);
    }

    [Fact]
    public void What_the_customers_are_net_the_provider_is_against_them()
    {
        TestVenue venue = Trading();
        venue.Accept(Limit("net", LimitScope.Venue, Measured.Delta, null, hard: 4_000, underlying: "BTC"));

        venue.State.Limits.Readings().ShouldHaveSingleItem().Value.ShouldBe(0);
        venue.Do(Fill("alice", "liquidity", 0.6m)).Refusal.ShouldBe(Refusal.ExposureLimitBreached);
        venue.Accept(Fill("alice", "bob", 3m));
    }

    [Fact]
    public void A_bucket_holds_its_contracts_and_what_the_venue_has_in_it()
    {
        TestVenue venue = Trading();
        venue.Accept(new SetBucket(new BucketId("circle"), BucketKind.Issuer, Assets: [new AssetId("USDC")], FailureIntensity: 0.01, LossGivenFailure: 0.2));
        venue.Accept(Limit("contracts", LimitScope.Venue, Measured.Notional, null, hard: 20_000, gross: true, bucket: "circle"));
        Said(venue.Accept(Limit("held", LimitScope.Venue, Measured.Held, null, soft: 3_000_001_000, bucket: "circle"))).ShouldBeEmpty();

        venue.Do(Fill("alice", "bob", 0.5m)).Refusal.ShouldBe(Refusal.ExposureLimitBreached);
        Said(venue.Accept(new Deposit(new AccountId("alice"), new AssetId("USDC"), "2000"))).ShouldBe(["breached Soft 3000002000"]);
        venue.Do(new DropBucket(new BucketId("circle"))).Refusal.ShouldBe(Refusal.TermsInvalid);
        venue.Do(new SetBucket(new BucketId("twice"), BucketKind.Issuer, Assets: [new AssetId("USDC")])).Refusal.ShouldBe(Refusal.TermsInvalid);
        venue.Accept(new SetBucket(new BucketId("chain"), BucketKind.Chain, Assets: [new AssetId("USDC")], Places: [Fund.Staked]));
        venue.Accept(new DropBucket(new BucketId("chain")));
    }

    [Fact]
    public void Limits_that_contradict_themselves_are_refused()
    {
        TestVenue venue = Trading();

        venue.Do(Limit("a", LimitScope.Account, Measured.Delta, "alice", soft: 2, hard: 1)).Refusal.ShouldBe(Refusal.TermsInvalid);
        venue.Do(Limit("a", LimitScope.Account, Measured.Delta, "alice")).Refusal.ShouldBe(Refusal.TermsInvalid);
        venue.Do(Limit("a", LimitScope.Account, Measured.Delta, null, hard: 1)).Refusal.ShouldBe(Refusal.TermsInvalid);
        venue.Do(Limit("a", LimitScope.Venue, Measured.Delta, "alice", hard: 1)).Refusal.ShouldBe(Refusal.TermsInvalid);
        venue.Do(Limit("a", LimitScope.Venue, Measured.Held, null, hard: 1)).Refusal.ShouldBe(Refusal.TermsInvalid);
        venue.Do(Limit("a", LimitScope.Venue, Measured.Delta, null, hard: -1)).Refusal.ShouldBe(Refusal.TermsInvalid);
        venue.Do(Limit("a", LimitScope.Account, Measured.Delta, "nobody", hard: 1)).Refusal.ShouldBe(Refusal.AccountUnknown);
        venue.Do(Limit("a", LimitScope.Venue, Measured.Delta, null, hard: 1, underlying: "GHOST")).Refusal.ShouldBe(Refusal.AssetUnknown);
        venue.Do(Limit("a", LimitScope.Venue, Measured.Delta, null, hard: 1, bucket: "none")).Refusal.ShouldBe(Refusal.BucketUnknown);
        venue.Do(new DropLimit(new LimitId("a"))).Refusal.ShouldBe(Refusal.LimitUnknown);
    }

    [Fact]
    public void The_check_says_before_and_after_without_doing_it()
    {
        TestVenue venue = Trading();
        venue.Accept(Limit("a", LimitScope.Account, Measured.Delta, "alice", soft: 9_000, hard: 12_000));
        venue.Accept(Limit("b", LimitScope.Account, Measured.Vega, "alice", hard: 100));
        Hash256 before = Snapshots.HashOf(venue.State);

        LimitChange change = venue.State.Limits.Check.Would(venue.Index("alice"), venue.State.Instrument(new InstrumentId(Perpetual)), new Lots(1000)).ShouldHaveSingleItem();

        (change.Before, change.After, change.Refuses).ShouldBe((8_000, 16_000, true));
        Snapshots.HashOf(venue.State).ShouldBe(before);
    }

    [Fact]
    public void Limits_breaches_buckets_and_classes_survive_replay_verification_and_a_snapshot()
    {
        TestVenue venue = Trading();
        venue.Accept(new OpenAccount(new AccountId("alice.1"), new AccountId("alice"), new ClassId("retail")));
        venue.Accept(new SetBucket(new BucketId("feed"), BucketKind.Oracle, Assets: [new AssetId("BTC")], OracleIntensity: 1, OracleLoss: 0.1, ManipulationMove: 0.05, OracleVolume: 1e9, OracleVolatility: 0.03));
        venue.Accept(Limit("each", LimitScope.Each, Measured.Notional, null, soft: 7_000, hard: 9_000));
        venue.Accept(Limit("owner", LimitScope.Owner, Measured.Delta, "alice", soft: 7_000, bucket: "feed"));
        SnapshotRecord snapshot = Snapshots.Take(venue.Kernel);
        int tail = venue.Journal.Count;
        venue.Prices(btc: 9_500m, eth: 200m);
        venue.Accept(Fill("bob", "alice", 0.5m));
        venue.Prices(btc: 6_500m, eth: 200m);

        var replayed = new VenueKernel();
        foreach (JournalEntry entry in venue.Journal) replayed.Replay(entry);
        Snapshots.HashOf(replayed.State).ShouldBe(Snapshots.HashOf(venue.State));
        VenueKernel restored = Snapshots.Restore(snapshot);
        foreach (JournalEntry entry in venue.Journal.Skip(tail)) restored.Verify(entry);
        Snapshots.HashOf(restored.State).ShouldBe(Snapshots.HashOf(venue.State));
        restored.State.Limits.Buckets[new BucketId("feed")].Manipulation.ShouldBe(new ManipulationTerms(0.05, 1e9, 0.03));
        restored.State.Classes.OwnerOf(venue.Index("alice.1")).ShouldBe(venue.Index("alice"));
    }

    private static TestVenue Trading()
    {
        TestVenue venue = TestVenue.Open();
        venue.Rich("alice");
        venue.Rich("bob");
        venue.Accept(Fill("alice", "bob", 1m));

        return venue;
    }

    private static ReportFill Fill(string buyer, string seller, decimal size) =>
        new(new AccountId(buyer), new AccountId(seller), new InstrumentId(Perpetual), size, 8000m);

    private static SetLimit Limit(string id, LimitScope scope, Measured measure, string? of, double? soft = null, double? hard = null, bool gross = false, string? underlying = null, string? bucket = null) =>
        new(new LimitId(id), scope, measure, of, gross, underlying is null ? null : new AssetId(underlying), bucket is null ? null : new BucketId(bucket), soft, hard);

    private static string[] Said(Outcome outcome) => [.. outcome.Events.Select(e => e switch
    {
        LimitBreached b => $"breached {b.Level} {b.Value:0}",
        LimitCured c => $"cured {c.Level} {c.Value:0}",
        _ => null,
    }).OfType<string>()];
}
