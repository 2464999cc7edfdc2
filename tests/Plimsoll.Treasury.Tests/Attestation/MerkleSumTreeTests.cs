using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Plimsoll.Treasury.Attestation;
using Plimsoll.Units;
using static Plimsoll.Treasury.Tests.Attestation.Attested;

namespace Plimsoll.Treasury.Tests.Attestation;

public sealed class MerkleSumTreeTests
{
    [Fact]
    public void A_tree_of_three_hashes_as_written_down_by_hand()
    {
        MerkleSumTree tree = Tree(Equity("alice", 150_000_000, 2_500_000), Equity("bob", -40, 7), Equity("carol", 3, 0));

        // Everything below is the format spelled out with SHA-256 and HMAC alone.
        (string Name, byte[] Tag, byte[] Salt, Int128[] Amounts)[] leaves = [.. new (string, Int128[])[]
            {
                ("alice", [150_000_000, 2_500_000]),
                ("bob", [0, 7]),
                ("carol", [3, 0]),
            }
            .Select(x => (x.Item1, Mac(Key(x.Item1), Join(Ascii("tag"), Long(7))), Mac(Key(x.Item1), Join(Ascii("salt"), Long(7))), x.Item2))
            .OrderBy(x => Convert.ToHexString(x.Item2), StringComparer.Ordinal)];
        byte[][] h = [.. leaves.Select(x => SHA256.HashData(
            Join([0x00, 0x01], x.Tag, x.Salt, Int(x.Name.Length), Ascii(x.Name), Int(2), Sums(x.Amounts))))];
        byte[] padding = SHA256.HashData(Join([0x02], Int(3), Mac(Key("/padding"), Join(Ascii("padding"), Long(7), Int(3)))));
        Int128[] left = [leaves[0].Amounts[0] + leaves[1].Amounts[0], leaves[0].Amounts[1] + leaves[1].Amounts[1]];
        byte[] hLeft = SHA256.HashData(Join([0x01], h[0], Sums(leaves[0].Amounts), h[1], Sums(leaves[1].Amounts)));
        byte[] hRight = SHA256.HashData(Join([0x01], h[2], Sums(leaves[2].Amounts), padding, Sums([0, 0])));
        byte[] top = SHA256.HashData(Join([0x01], hLeft, Sums(left), hRight, Sums(leaves[2].Amounts)));
        byte[] root = SHA256.HashData(Join(
            [0x03, 0x01, 0x00], Long(7), Long(At.UnixMicroseconds), Int(3), Int(2),
            Int(3), Ascii("BTC"), [8], Sums([150_000_003, 40]),
            Int(4), Ascii("USDC"), [6], Sums([2_500_007, 0]), top));

        tree.Root.Hash.ToArray().ShouldBe(root);
        tree.Root.Depth.ShouldBe(2);
        tree.Tags.ToArray().Select(tag => tag.ToArray()).ShouldBe(leaves.Select(x => x.Tag));
    }

    [Fact]
    public void Account_keys_are_those_of_RFC_5869()
    {
        byte[] expected = HKDF.DeriveKey(HashAlgorithmName.SHA256, Secret, 32, Ascii("plimsoll attestation 1"), Ascii("alice"));

        Keys.Of(new AccountId("alice")).ToArray().ShouldBe(expected);
    }

    [Fact]
    public void Every_account_proves_itself_and_totals_are_the_sums_of_positive_equities() => Seeded.Holds(40, chance =>
    {
        NetEquity[] crowd = Crowd(1 + chance.Below(70), chance);
        MerkleSumTree tree = Tree(crowd);

        for (int a = 0; a < Assets.Length; a++)
        {
            tree.Root.Totals[a].Liabilities.Units.ShouldBe(crowd.Aggregate(Int128.Zero, (sum, e) => sum + Int128.Max(e.PerAsset[a].Units, 0)));
            tree.Root.Totals[a].Deficit.Units.ShouldBe(crowd.Aggregate(Int128.Zero, (sum, e) => sum + Int128.Max(-e.PerAsset[a].Units, 0)));
        }

        foreach (NetEquity equity in crowd)
        {
            InclusionProof proof = tree.Prove(equity.Account).ShouldNotBeNull();
            proof.Verify(tree.Root.Hash, Keys.Of(equity.Account)).ShouldBe(new ProofVerdict(ProofFault.None, ""));
            for (int a = 0; a < Assets.Length; a++) proof.Amounts.Span[a].ShouldBe(Int128.Max(equity.PerAsset[a].Units, 0));
        }
    });

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    [InlineData(1024, 10)]
    [InlineData(1025, 11)]
    public void The_depth_is_that_of_the_next_power_of_two(int accounts, int depth)
    {
        MerkleSumTree tree = RandomTree(accounts, new Seeded(3));

        tree.Root.Depth.ShouldBe(depth);
        tree.Prove(new AccountId("account-0"))!.Path.Count.ShouldBe(depth);
    }

    [Fact]
    public void Tags_ascend_strictly_and_differ_in_every_epoch()
    {
        NetEquity[] crowd = Crowd(100, new Seeded(5));
        MerkleSumTree first = MerkleSumTree.Build(1, At, Assets, crowd, Keys);
        MerkleSumTree second = MerkleSumTree.Build(2, At, Assets, crowd, Keys);

        string[] tags = [.. first.Tags.ToArray().Select(tag => tag.ToString())];
        tags.ShouldBe(tags.Distinct().Order(StringComparer.Ordinal));
        second.Tags.ToArray().ShouldNotContain(tag => tags.Contains(tag.ToString()));
    }

    [Fact]
    public void The_order_of_the_input_does_not_matter()
    {
        NetEquity[] crowd = Crowd(33, new Seeded(5));

        Tree([.. crowd.Reverse()]).Root.Hash.ShouldBe(Tree(crowd).Root.Hash);
    }

    [Fact]
    public void Another_balance_changes_its_own_path_and_no_other_node() => Seeded.Holds(10, chance =>
    {
        NetEquity[] crowd = Crowd(16, chance);
        NetEquity changed = crowd[chance.Below(16)];
        MerkleSumTree before = Tree(crowd);
        MerkleSumTree after = Tree([.. crowd.Select(e => e.Account == changed.Account ? Equity(e.Account.Value, 5_000_000, 1) : e)]);

        int position = before.Prove(changed.Account)!.Position;
        after.Prove(changed.Account)!.Path.Select(node => node.Hash).ShouldBe(before.Prove(changed.Account)!.Path.Select(node => node.Hash));
        foreach (NetEquity other in crowd.Where(e => e.Account != changed.Account))
        {
            (InclusionProof old, InclusionProof now) = (before.Prove(other.Account)!, after.Prove(other.Account)!);
            int differs = old.Path.Zip(now.Path).Count(pair => pair.First.Hash != pair.Second.Hash);
            // Two leaves' paths meet once: there, and only there, the sibling is on the changed path.
            differs.ShouldBe(1);
            int meets = 31 - int.LeadingZeroCount(old.Position ^ position);
            old.Path[meets].Hash.ShouldNotBe(now.Path[meets].Hash);
        }
    });

    [Fact]
    public void A_debt_is_a_deficit_and_lowers_nobodys_claim()
    {
        MerkleSumTree alone = Tree(Equity("alice", 100, 100));
        MerkleSumTree beside = Tree(Equity("alice", 100, 100), Equity("debtor", -100, -30));

        beside.Root.Totals.Select(t => t.Liabilities).ShouldBe(alone.Root.Totals.Select(t => t.Liabilities));
        beside.Root.Totals.Select(t => (long)t.Deficit.Units).ShouldBe([100, 30]);
    }

    [Fact]
    public void What_cannot_be_attested_is_refused_by_name()
    {
        NetEquity alice = Equity("alice", 1, 1);

        Refused(() => Tree()).ShouldBe("attestation accounts: found 0, expected 1 to 1073741824");
        Refused(() => Tree(alice, alice)).ShouldBe("attestation accounts: alice is listed twice");
        Refused(() => Tree(Equity("alice", 1))).ShouldBe("attestation account alice: found 1 amounts, expected 2");
        Refused(() => MerkleSumTree.Build(0, At, [Assets[0], Assets[0]], [alice], Keys)).ShouldBe("attestation assets: BTC is listed twice");
        Refused(() => MerkleSumTree.Build(-1, At, Assets, [alice], Keys)).ShouldBe("attestation epoch: found -1, expected 0 or more");
        Refused(() => new AttestationKeys(new byte[31])).ShouldBe("attestation secret: found 31 bytes, expected at least 32");
        Tree(alice).Prove(new AccountId("nobody")).ShouldBeNull();
    }

    [Fact]
    public void Sums_that_could_wrap_stop_the_kernel()
    {
        NetEquity[] rich = [.. Enumerable.Range(0, 4).Select(i => Equity($"rich-{i}", Int128.MaxValue / 2, 0))];

        Should.Throw<LawBrokenException>(() => Tree(rich));
        Should.Throw<LawBrokenException>(() => Tree(Equity("a", AssetScale.Limit - 1, 0), Equity("b", 1, 0)));
        Should.Throw<LawBrokenException>(() => Tree(Equity("a", -(AssetScale.Limit - 1), 0), Equity("b", -1, 0)));
        Should.Throw<LawBrokenException>(() => Tree(Equity("a", AssetScale.Limit, 0)));
        Tree(Equity("a", AssetScale.Limit - 1, 0)).Prove(new AccountId("a"))!.Verify().Holds.ShouldBeTrue();
    }

    [Fact]
    public void Twenty_thousand_accounts_of_eight_assets_take_no_more_than_a_moment()
    {
        AttestedAsset[] assets = [.. Enumerable.Range(0, 8).Select(i => new AttestedAsset(new AssetId($"A{i}"), new AssetScale(8)))];
        var chance = new Seeded(11);
        NetEquity[] crowd = [.. Enumerable.Range(0, 20_000).Select(i =>
            Equity($"account-{i}", [.. Enumerable.Range(0, 8).Select(_ => (Int128)chance.Below(1_000_000))]))];

        MerkleSumTree tree = MerkleSumTree.Build(1, At, assets, crowd, Keys);
        TimeSpan best = TimeSpan.MaxValue;
        for (int run = 0; run < 3; run++)
        {
            long start = Stopwatch.GetTimestamp();
            MerkleSumTree.Build(2 + run, At, assets, crowd, Keys);
            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            if (taken < best) best = taken;
        }

        tree.Prove(crowd[12_345].Account)!.Verify(tree.Root.Hash).Holds.ShouldBeTrue();
        // About 0.16 s of one core in a release build; the margin is for debug builds on a crowded machine.
        best.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    private static string Refused(Action action) => Should.Throw<InputException>(action).Message;

    private static byte[] Key(string info) => Mac(Mac(Ascii("plimsoll attestation 1"), Secret), Join(Ascii(info), [0x01]));

    private static byte[] Mac(byte[] key, byte[] message) => HMACSHA256.HashData(key, message);

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Int(int value) => [.. Enumerable.Range(0, 4).Select(i => (byte)((value >> (8 * i)) & 0xFF))];

    private static byte[] Long(long value) => [.. Enumerable.Range(0, 8).Select(i => (byte)((value >> (8 * i)) & 0xFF))];

    private static byte[] Sums(Int128[] sums) =>
        [.. sums.SelectMany(sum => Enumerable.Range(0, 16).Select(i => (byte)(long)((sum >> (8 * i)) & 0xFF)))];

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
