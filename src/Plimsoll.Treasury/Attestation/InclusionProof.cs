using System.Diagnostics.CodeAnalysis;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Attestation;

/// <summary>
/// One customer's evidence that his net equity is inside what the venue says it owes. It stands alone: checking it
/// needs nothing from the venue but the root it published.
/// </summary>
/// <param name="Epoch">The attestation it belongs to.</param>
/// <param name="At">The moment the balances are of.</param>
/// <param name="Account">Whose leaf it is; bound into the leaf.</param>
/// <param name="Tag">What stands for the account in this epoch.</param>
/// <param name="Salt">What hides the balances from the neighbours.</param>
/// <param name="Position">The place of the leaf, from 0; its bits say on which side each sibling stands.</param>
/// <param name="Leaves">Accounts in the tree.</param>
/// <param name="Totals">Assets, liabilities and deficits of the whole attestation.</param>
/// <param name="Amounts">The leaf: net equity per asset in smallest units, floored at zero.</param>
/// <param name="Path">The siblings from the leaf to the top.</param>
/// <param name="Root">The root the path must lead to.</param>
public sealed record InclusionProof(
    long Epoch,
    Instant At,
    AccountId Account,
    Hash256 Tag,
    Hash256 Salt,
    int Position,
    int Leaves,
    IReadOnlyList<AttestedTotal> Totals,
    ReadOnlyMemory<Int128> Amounts,
    IReadOnlyList<SumNode> Path,
    Hash256 Root)
{
    /// <summary>Whether the proof is sound in itself: the balances add up to the totals and the path leads to its root.</summary>
    /// <remarks>
    /// It says that the balance is counted in the stated liabilities, not that the venue holds as much, nor that
    /// everybody else is counted: that takes everybody else's checks.
    /// </remarks>
    public ProofVerdict Verify()
    {
        if (!IsComplete(out string? missing)) return new ProofVerdict(ProofFault.Incomplete, missing);

        Int128[] sums = Amounts.ToArray();
        for (int a = 0; a < sums.Length; a++)
            if ((Unusable(sums[a], a, "the balance") ?? Unusable(Totals[a].Deficit.Units, a, "the deficit")) is { } unusable) return unusable;

        Hash256 hash = TreeHash.Leaf(Tag, Salt, Account, sums);
        for (int height = 0; height < Path.Count; height++)
        {
            SumNode sibling = Path[height];
            if (CheckSibling(sibling, height) is { } fault) return fault;

            bool right = ((Position >> height) & 1) == 1;
            ReadOnlySpan<Int128> beside = sibling.Sums.Span;
            hash = right ? TreeHash.Node(sibling.Hash, beside, hash, sums) : TreeHash.Node(hash, sums, sibling.Hash, beside);
            for (int a = 0; a < sums.Length; a++)
            {
                sums[a] += beside[a];
                if (Unusable(sums[a], a, $"the sum at step {height + 1}") is { } unusable) return unusable;
            }
        }

        for (int a = 0; a < sums.Length; a++)
            if (sums[a] != Totals[a].Liabilities.Units) return WrongTotal(a, sums[a]);

        return AttestationRoot.Bind(Epoch, At, Leaves, Totals, hash) == Root
            ? new ProofVerdict(ProofFault.None, "")
            : new ProofVerdict(ProofFault.RootMismatch, $"the path does not lead to the root {Root}: some part of the proof was changed");
    }

    /// <summary>Whether the proof is sound and of the root that was published.</summary>
    /// <param name="published">The root as the reader got it from a public place, not from the proof.</param>
    public ProofVerdict Verify(Hash256 published)
    {
        ProofVerdict verdict = Verify();
        if (!verdict.Holds || Root == published) return verdict;

        return new ProofVerdict(ProofFault.OtherRoot, $"the proof is of root {Root}, but the published root is {published}");
    }

    /// <summary>Whether the proof is sound, of the published root, and of the reader's own leaf.</summary>
    /// <param name="published">The root as the reader got it from a public place, not from the proof.</param>
    /// <param name="key">The reader's own attestation key.</param>
    public ProofVerdict Verify(Hash256 published, AccountKey key)
    {
        ProofVerdict verdict = Verify(published);
        if (!verdict.Holds || (key.Tag(Epoch) == Tag && key.Salt(Epoch) == Salt)) return verdict;

        return new ProofVerdict(ProofFault.NotYours, $"tag and salt do not come from the key given for {Account}");
    }

    private bool IsComplete([NotNullWhen(false)] out string? missing)
    {
        missing = this switch
        {
            { Account.Value.Length: 0 } => "the account is missing",
            { Epoch: < 0 } => $"the epoch is {Epoch}, expected 0 or more",
            { Totals.Count: < 1 or > AttestationRoot.MaxAssets } => $"there are {Totals.Count} assets, expected 1 to {AttestationRoot.MaxAssets}",
            { Leaves: < 1 or > 1 << AttestationRoot.MaxDepth } => $"there are {Leaves} leaves, expected 1 to {1 << AttestationRoot.MaxDepth}",
            _ when Position < 0 || Position >= Leaves => $"the position is {Position}, expected 0 to {Leaves - 1}",
            _ when Amounts.Length != Totals.Count => $"there are {Amounts.Length} balances for {Totals.Count} assets",
            _ when Path.Count != AttestationRoot.DepthOf(Leaves) =>
                $"the path has {Path.Count} steps, expected {AttestationRoot.DepthOf(Leaves)} for {Leaves} leaves",
            _ when Totals.DistinctBy(total => total.Asset.Id).Count() != Totals.Count => "an asset is listed twice",
            _ => null,
        };

        return missing is null;
    }

    private ProofVerdict? CheckSibling(SumNode sibling, int height)
    {
        if (sibling.Sums.Length != Totals.Count)
            return new ProofVerdict(ProofFault.Incomplete, $"step {height + 1} has {sibling.Sums.Length} sums for {Totals.Count} assets");

        // The first leaf below the sibling; from Leaves on there is only padding.
        long firstLeaf = (long)((Position >> height) ^ 1) << height;
        ReadOnlySpan<Int128> sums = sibling.Sums.Span;
        for (int a = 0; a < sums.Length; a++)
        {
            if (Unusable(sums[a], a, $"the sibling at step {height + 1}") is { } fault) return fault;
            if (firstLeaf >= Leaves && sums[a] != 0)
                return new ProofVerdict(ProofFault.PaddingHolds, $"the sibling at step {height + 1} covers no account but holds {Totals[a].Asset.Id}");
        }

        return null;
    }

    private ProofVerdict? Unusable(Int128 sum, int asset, string where) => sum switch
    {
        _ when sum < 0 => new ProofVerdict(ProofFault.NegativeSum, $"{where} is negative in {Totals[asset].Asset.Id}"),
        _ when sum >= AssetScale.Limit => new ProofVerdict(ProofFault.SumTooLarge, $"{where} reaches 10^36 smallest units of {Totals[asset].Asset.Id}"),
        _ => null,
    };

    private ProofVerdict WrongTotal(int asset, Int128 sum)
    {
        (AttestedAsset of, Amount stated, _) = Totals[asset];

        return new ProofVerdict(
            ProofFault.WrongTotal, $"balance and siblings add up to {of.Scale.Format(new Amount(sum))} {of.Id}, but {of.Scale.Format(stated)} are stated");
    }
}
