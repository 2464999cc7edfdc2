using Plimsoll.Units;

namespace Plimsoll.Treasury.Attestation;

/// <summary>
/// The salted Merkle sum tree over everybody's net equity: whoever is in it can prove it, and nobody's balance can be
/// left out of the totals without its owner being able to show it.
/// </summary>
/// <remarks>
/// <para>1. An account's leaf holds, per asset, its net equity floored at zero; what the floor cuts off adds to the deficit.</para>
/// <para>2. Leaves stand in ascending order of tag, each tag once; their order says nothing about who is who.</para>
/// <para>3. Places up to the next power of two are padding: zero sums, a salt of their own.</para>
/// <para>4. Each node holds the sums of its two children and binds both of them; the root binds the top and the totals.</para>
/// <para>A proof shows its reader the sums beside his path: he learns totals of groups, and his neighbour's balances
/// though not whose they are. That is the price of a tree without zero-knowledge.</para>
/// </remarks>
public sealed class MerkleSumTree
{
    private readonly Hash256[] _tags;
    private readonly Hash256[] _salts;
    private readonly Level[] _levels;
    private readonly Dictionary<AccountId, int> _positions;

    private MerkleSumTree(AttestationRoot root, Hash256[] tags, Hash256[] salts, Level[] levels, Dictionary<AccountId, int> positions) =>
        (Root, _tags, _salts, _levels, _positions) = (root, tags, salts, levels, positions);

    /// <summary>What is published.</summary>
    public AttestationRoot Root { get; }

    /// <summary>Tags in the order of the leaves, strictly ascending: published, they let anybody see that none stands twice.</summary>
    public ReadOnlySpan<Hash256> Tags => _tags;

    /// <summary>Builds the tree of one epoch.</summary>
    /// <param name="epoch">Counts attestations, from 0 up; an epoch must not be used twice under one secret.</param>
    /// <param name="at">The moment the balances are of.</param>
    /// <param name="assets">The assets attested, each once, 1 to <see cref="AttestationRoot.MaxAssets"/>.</param>
    /// <param name="equities">Every account once, at least one; the order does not matter.</param>
    /// <param name="keys">The secrets behind tags and salts.</param>
    /// <exception cref="InputException">No account, an account or asset twice, or a list of amounts of another length.</exception>
    /// <exception cref="LawBrokenException">What the venue owes or is owed of an asset reaches <see cref="AssetScale.Limit"/>.</exception>
    public static MerkleSumTree Build(
        long epoch, Instant at, IReadOnlyList<AttestedAsset> assets, IReadOnlyList<NetEquity> equities, AttestationKeys keys)
    {
        Check(epoch, assets, equities);
        Hash256[] tags = new Hash256[equities.Count];
        Hash256[] salts = new Hash256[equities.Count];
        for (int i = 0; i < tags.Length; i++)
        {
            AccountKey key = keys.Of(equities[i].Account);
            (tags[i], salts[i]) = (key.Tag(epoch), key.Salt(epoch));
        }

        NetEquity[] ordered = [.. equities];
        SortByTag(tags, salts, ordered);
        var deficits = new Int128[assets.Count];
        Level leaves = Leaves(epoch, assets.Count, tags, salts, ordered, keys, deficits);
        Level[] levels = Climb(leaves);
        var root = new AttestationRoot(epoch, at, tags.Length, Totals(assets, levels[^1].Sums, deficits), levels[^1].Hashes[0]);

        return new MerkleSumTree(root, tags, salts, levels, Positions(ordered));
    }

    /// <summary>The proof that an account is in the totals; none for an account that is not in the tree.</summary>
    public InclusionProof? Prove(AccountId account)
    {
        if (!_positions.TryGetValue(account, out int position)) return null;

        var path = new SumNode[_levels.Length - 1];
        for (int height = 0; height < path.Length; height++) path[height] = _levels[height].Node((position >> height) ^ 1);

        return new InclusionProof(
            Root.Epoch, Root.At, account, _tags[position], _salts[position], position, Root.Leaves, Root.Totals,
            _levels[0].Node(position).Sums, path, Root.Hash);
    }

    private static void Check(long epoch, IReadOnlyList<AttestedAsset> assets, IReadOnlyList<NetEquity> equities)
    {
        if (epoch < 0) throw new InputException("attestation epoch", $"found {epoch}, expected 0 or more");
        if (assets.Count is < 1 or > AttestationRoot.MaxAssets)
            throw new InputException("attestation assets", $"found {assets.Count}, expected 1 to {AttestationRoot.MaxAssets}");
        if (equities.Count is < 1 or > 1 << AttestationRoot.MaxDepth)
            throw new InputException("attestation accounts", $"found {equities.Count}, expected 1 to {1 << AttestationRoot.MaxDepth}");

        var listed = new HashSet<AssetId>();
        foreach (AttestedAsset asset in assets)
            if (!listed.Add(asset.Id)) throw new InputException("attestation assets", $"{asset.Id} is listed twice");

        var present = new HashSet<AccountId>();
        foreach (NetEquity equity in equities)
        {
            if (!present.Add(equity.Account)) throw new InputException("attestation accounts", $"{equity.Account} is listed twice");
            if (equity.PerAsset.Length != assets.Count)
                throw new InputException($"attestation account {equity.Account}", $"found {equity.PerAsset.Length} amounts, expected {assets.Count}");
        }
    }

    private static void SortByTag(Hash256[] tags, Hash256[] salts, NetEquity[] equities)
    {
        byte[][] keys = Array.ConvertAll(tags, tag => tag.ToArray());
        int[] order = [.. Enumerable.Range(0, tags.Length)];
        Array.Sort(order, (left, right) => keys[left].AsSpan().SequenceCompareTo(keys[right]));
        Hash256[] tagsBefore = [.. tags];
        Hash256[] saltsBefore = [.. salts];
        NetEquity[] equitiesBefore = [.. equities];
        for (int i = 0; i < order.Length; i++)
            (tags[i], salts[i], equities[i]) = (tagsBefore[order[i]], saltsBefore[order[i]], equitiesBefore[order[i]]);

        for (int i = 1; i < tags.Length; i++) Law.Holds(tags[i] != tags[i - 1], "no two accounts have one tag");
    }

    private static Level Leaves(
        long epoch, int assets, Hash256[] tags, Hash256[] salts, NetEquity[] equities, AttestationKeys keys, Int128[] deficits)
    {
        int capacity = 1 << AttestationRoot.DepthOf(tags.Length);
        var level = new Level(new Hash256[capacity], new Int128[(long)capacity * assets]);
        for (int i = 0; i < tags.Length; i++)
        {
            Span<Int128> amounts = level.SumsOf(i);
            for (int a = 0; a < assets; a++)
            {
                Int128 net = equities[i].PerAsset[a].Units;
                Law.Holds(net > -AssetScale.Limit && net < AssetScale.Limit, "an account's balance stays inside ±10^36 smallest units");
                amounts[a] = net > 0 ? net : 0;
                deficits[a] = SumWithin(deficits[a], net < 0 ? -net : 0);
            }

            level.Hashes[i] = TreeHash.Leaf(tags[i], salts[i], equities[i].Account, amounts);
        }

        for (int i = tags.Length; i < capacity; i++) level.Hashes[i] = TreeHash.Padding(i, keys.PaddingSalt(epoch, i));

        return level;
    }

    private static Level[] Climb(Level leaves)
    {
        int assets = leaves.Sums.Length / leaves.Hashes.Length;
        var levels = new List<Level> { leaves };
        while (levels[^1].Hashes.Length > 1)
        {
            Level below = levels[^1];
            int count = below.Hashes.Length / 2;
            var level = new Level(new Hash256[count], new Int128[(long)count * assets]);
            for (int i = 0; i < count; i++)
            {
                (int left, int right) = (2 * i, (2 * i) + 1);
                Span<Int128> sums = level.SumsOf(i);
                for (int a = 0; a < assets; a++) sums[a] = SumWithin(below.SumsOf(left)[a], below.SumsOf(right)[a]);
                level.Hashes[i] = TreeHash.Node(below.Hashes[left], below.SumsOf(left), below.Hashes[right], below.SumsOf(right));
            }

            levels.Add(level);
        }

        return [.. levels];
    }

    private static Int128 SumWithin(Int128 left, Int128 right)
    {
        Law.Holds(left < AssetScale.Limit && right < AssetScale.Limit - left, "the total of an asset stays below 10^36 smallest units");

        return left + right;
    }

    private static AttestedTotal[] Totals(IReadOnlyList<AttestedAsset> assets, Int128[] sums, Int128[] deficits)
    {
        var totals = new AttestedTotal[assets.Count];
        for (int a = 0; a < totals.Length; a++) totals[a] = new AttestedTotal(assets[a], new Amount(sums[a]), new Amount(deficits[a]));

        return totals;
    }

    private static Dictionary<AccountId, int> Positions(NetEquity[] equities)
    {
        var positions = new Dictionary<AccountId, int>(equities.Length);
        for (int i = 0; i < equities.Length; i++) positions.Add(equities[i].Account, i);

        return positions;
    }

    /// <summary>All nodes of one height: hashes side by side, sums node after node.</summary>
    private readonly record struct Level(Hash256[] Hashes, Int128[] Sums)
    {
        private int Assets => Sums.Length / Hashes.Length;

        public Span<Int128> SumsOf(int position) => Sums.AsSpan(position * Assets, Assets);

        public SumNode Node(int position) => new(Hashes[position], Sums.AsMemory(position * Assets, Assets));
    }
}
