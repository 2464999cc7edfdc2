using System.Security.Cryptography;
using System.Text;
using Plimsoll.Treasury.Attestation;
using Plimsoll.Units;
using static Plimsoll.Treasury.Tests.Attestation.Attested;

namespace Plimsoll.Treasury.Tests.Attestation;

public sealed class InclusionProofTests
{
    private static readonly MerkleSumTree Five = Tree(
        Equity("alice", 100, 200), Equity("bob", 0, 50), Equity("carol", 7, 0), Equity("dave", -5, 10), Equity("erin", 1, 1));

    private static InclusionProof Alice => Five.Prove(new AccountId("alice"))!;

    [Fact]
    public void Any_changed_byte_of_any_hash_and_any_changed_number_fails()
    {
        foreach (InclusionProof forged in SingleChanges(Alice))
            forged.Verify(Five.Root.Hash).Holds.ShouldBeFalse(forged.ToString());
    }

    [Fact]
    public void A_smaller_total_is_a_wrong_total()
    {
        AttestedTotal[] totals = [.. Alice.Totals];
        totals[0] = totals[0] with { Liabilities = new Amount(8) };

        ProofVerdict verdict = (Alice with { Totals = totals }).Verify();

        verdict.ShouldBe(new ProofVerdict(ProofFault.WrongTotal, "balance and siblings add up to 0.00000108 BTC, but 0.00000008 are stated"));
    }

    [Fact]
    public void A_sibling_with_a_negative_sum_is_refused_even_where_all_hashes_agree()
    {
        // The oldest trick: a dummy customer who owes the venue shrinks the total everybody is shown.
        (InclusionProof proof, _) = Forge(siblingSums: [-90, 0]);

        ProofVerdict verdict = proof.Verify();

        verdict.ShouldBe(new ProofVerdict(ProofFault.NegativeSum, "the sibling at step 1 is negative in BTC"));
    }

    [Fact]
    public void A_sibling_large_enough_to_wrap_is_refused_even_where_all_hashes_agree()
    {
        (InclusionProof proof, _) = Forge(siblingSums: [Int128.MaxValue, 0]);
        proof.Verify().Fault.ShouldBe(ProofFault.SumTooLarge);

        (proof, _) = Forge(siblingSums: [AssetScale.Limit - 1, 0]);
        proof.Verify().Fault.ShouldBe(ProofFault.SumTooLarge);
    }

    [Fact]
    public void Splitting_a_total_differently_for_two_customers_fails_for_one_of_them()
    {
        // Where a parent binds only the total, alice can be shown 100 beside 1 and bob 51 beside 50 under one root.
        MerkleSumTree two = Tree(Equity("alice", 100, 200), Equity("bob", 1, 2));
        InclusionProof honest = two.Prove(new AccountId("alice"))!;
        SumNode sibling = honest.Path[0];
        Int128[] more = [sibling.Sums.Span[0] + 50, sibling.Sums.Span[1]];
        SumNode[] path = [sibling with { Sums = more }, .. honest.Path.Skip(1)];
        Int128[] less = [honest.Amounts.Span[0] - 50, honest.Amounts.Span[1]];

        (honest with { Amounts = less, Path = path }).Verify().Fault.ShouldBe(ProofFault.RootMismatch);
    }

    [Fact]
    public void A_node_cannot_pass_for_a_leaf_nor_a_leaf_for_a_node()
    {
        // The tree of two, shown as a tree of one whose leaf is the top node.
        MerkleSumTree two = Tree(Equity("alice", 100, 200), Equity("bob", 1, 2));
        InclusionProof proof = two.Prove(new AccountId("alice"))!;
        InclusionProof asLeaf = proof with { Leaves = 1, Position = 0, Path = [], Amounts = new Int128[] { 101, 202 } };

        asLeaf.Verify().Fault.ShouldBe(ProofFault.RootMismatch);
        // Deeper than the number of leaves allows: a leaf opened as if it were a node.
        (proof with { Path = [proof.Path[0], proof.Path[0]] }).Verify().Fault.ShouldBe(ProofFault.Incomplete);
    }

    [Fact]
    public void Padding_that_holds_something_is_refused_even_where_all_hashes_agree()
    {
        // Three leaves of four: place 3 is padding. Its neighbour is told that it holds an amount.
        MerkleSumTree three = Tree(Equity("a", 1, 1), Equity("b", 2, 2), Equity("c", 3, 3));
        InclusionProof last = new[] { "a", "b", "c" }.Select(name => three.Prove(new AccountId(name))!).Single(p => p.Position == 2);
        SumNode[] path = [last.Path[0] with { Sums = new Int128[] { 1, 0 } }, last.Path[1]];

        (last with { Path = path }).Verify().ShouldBe(
            new ProofVerdict(ProofFault.PaddingHolds, "the sibling at step 1 covers no account but holds BTC"));
    }

    [Fact]
    public void No_padding_hash_is_used_twice()
    {
        // Five of eight: places 5, 6, 7 are padding; their hashes differ, and differ again in the next epoch.
        var seen = new HashSet<Hash256>();
        for (long epoch = 0; epoch < 4; epoch++)
            for (int position = 5; position < 8; position++)
                seen.Add(TreeHash.Padding(position, Keys.PaddingSalt(epoch, position))).ShouldBeTrue();
    }

    [Fact]
    public void One_leaf_cannot_serve_two_customers_who_own_the_same()
    {
        MerkleSumTree tree = Tree(Equity("alice", 100, 200), Equity("bob", 1, 2));
        InclusionProof proof = tree.Prove(new AccountId("alice"))!;

        (proof with { Account = new AccountId("twin") }).Verify().Fault.ShouldBe(ProofFault.RootMismatch);
        proof.Verify(tree.Root.Hash, Keys.Of(new AccountId("twin"))).Fault.ShouldBe(ProofFault.NotYours);
    }

    [Fact]
    public void Totals_cannot_be_read_in_another_asset_or_scale()
    {
        AttestedTotal[] totals = [.. Alice.Totals];
        totals[0] = totals[0] with { Asset = new AttestedAsset(new AssetId("DOGE"), new AssetScale(8)) };
        (Alice with { Totals = totals }).Verify().Fault.ShouldBe(ProofFault.RootMismatch);

        totals[0] = totals[0] with { Asset = new AttestedAsset(new AssetId("BTC"), new AssetScale(7)) };
        (Alice with { Totals = totals }).Verify().Fault.ShouldBe(ProofFault.RootMismatch);
    }

    [Fact]
    public void A_sound_proof_of_another_root_is_told_apart_from_a_broken_one()
    {
        Hash256 other = Tree(Equity("alice", 1, 1)).Root.Hash;

        Alice.Verify(other).Fault.ShouldBe(ProofFault.OtherRoot);
        Alice.Verify(Five.Root.Hash).Holds.ShouldBeTrue();
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Reason(Alice with { Account = default }).ShouldBe("the account is missing");
        Reason(Alice with { Path = [] }).ShouldBe("the path has 0 steps, expected 3 for 5 leaves");
        Reason(Alice with { Totals = [] }).ShouldBe("there are 0 assets, expected 1 to 1024");
        Reason(Alice with { Amounts = new Int128[1] }).ShouldBe("there are 1 balances for 2 assets");
        Reason(Alice with { Position = 5 }).ShouldBe("the position is 5, expected 0 to 4");
        Reason(Alice with { Totals = [Alice.Totals[0], Alice.Totals[0]] }).ShouldBe("an asset is listed twice");
        Reason(Alice with { Path = [Alice.Path[0] with { Sums = new Int128[1] }, .. Alice.Path.Skip(1)] }).ShouldBe("step 1 has 1 sums for 2 assets");
    }

    private static string Reason(InclusionProof proof)
    {
        ProofVerdict verdict = proof.Verify();
        verdict.Fault.ShouldBe(ProofFault.Incomplete);

        return verdict.Reason;
    }

    /// <summary>A tree of two built by a cheat: every hash and total is consistent, only the sibling's sums are not fit.</summary>
    private static (InclusionProof Proof, Hash256 Root) Forge(Int128[] siblingSums)
    {
        MerkleSumTree honest = Tree(Equity("alice", 100, 200), Equity("bob", 1, 2));
        InclusionProof proof = honest.Prove(new AccountId("alice"))!;
        Hash256 leaf = TreeHash.Leaf(proof.Tag, proof.Salt, proof.Account, proof.Amounts.Span);
        Hash256 sibling = new(SHA256.HashData(Encoding.ASCII.GetBytes("whatever the cheat likes")));
        Hash256 top = proof.Position == 0
            ? TreeHash.Node(leaf, proof.Amounts.Span, sibling, siblingSums)
            : TreeHash.Node(sibling, siblingSums, leaf, proof.Amounts.Span);
        AttestedTotal[] totals = [.. proof.Totals.Select((t, a) => t with { Liabilities = new Amount(unchecked(proof.Amounts.Span[a] + siblingSums[a])) })];
        Hash256 root = AttestationRoot.Bind(proof.Epoch, proof.At, proof.Leaves, totals, top);

        return (proof with { Totals = totals, Path = [new SumNode(sibling, siblingSums)], Root = root }, root);
    }

    private static IEnumerable<InclusionProof> SingleChanges(InclusionProof proof)
    {
        foreach (Hash256 tag in Flips(proof.Tag)) yield return proof with { Tag = tag };
        foreach (Hash256 salt in Flips(proof.Salt)) yield return proof with { Salt = salt };
        foreach (Hash256 root in Flips(proof.Root)) yield return proof with { Root = root };
        yield return proof with { Epoch = proof.Epoch + 1 };
        yield return proof with { At = new Instant(proof.At.UnixMicroseconds + 1) };
        yield return proof with { Account = new AccountId("alicf") };
        yield return proof with { Leaves = proof.Leaves + 1 };
        yield return proof with { Leaves = proof.Leaves - 1 };
        for (int position = 0; position < 8; position++)
            if (position != proof.Position) yield return proof with { Position = position };

        for (int a = 0; a < proof.Totals.Count; a++)
        {
            Int128[] amounts = proof.Amounts.ToArray();
            amounts[a] ^= 1;
            yield return proof with { Amounts = amounts };
            yield return proof with { Totals = [.. proof.Totals.Select((t, i) => i == a ? t with { Deficit = new Amount(t.Deficit.Units + 1) } : t)] };
            yield return proof with { Totals = [.. proof.Totals.Select((t, i) => i == a ? t with { Liabilities = new Amount(t.Liabilities.Units + 1) } : t)] };
        }

        for (int step = 0; step < proof.Path.Count; step++)
        {
            foreach (Hash256 hash in Flips(proof.Path[step].Hash)) yield return With(proof, step, proof.Path[step] with { Hash = hash });
            for (int a = 0; a < proof.Totals.Count; a++)
            {
                Int128[] sums = proof.Path[step].Sums.ToArray();
                sums[a] ^= 1;
                yield return With(proof, step, proof.Path[step] with { Sums = sums });
            }
        }
    }

    private static InclusionProof With(InclusionProof proof, int step, SumNode node) =>
        proof with { Path = [.. proof.Path.Select((old, i) => i == step ? node : old)] };

    private static IEnumerable<Hash256> Flips(Hash256 hash)
    {
        for (int i = 0; i < Hash256.Size; i++)
        {
            byte[] bytes = hash.ToArray();
            bytes[i] ^= 1;
            yield return new Hash256(bytes);
        }
    }
}
