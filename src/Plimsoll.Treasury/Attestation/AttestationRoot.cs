using System.Numerics;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Treasury.Attestation;

/// <summary>What the attestation says of one asset.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Liabilities">What the venue owes: the sum of all leaves, every one floored at zero.</param>
/// <param name="Deficit">
/// What customers owe the venue, as a positive amount: the part the floor cut off. Stated beside the liabilities and
/// never set against them, since one customer's debt pays no other customer's withdrawal.
/// </param>
public readonly record struct AttestedTotal(AttestedAsset Asset, Amount Liabilities, Amount Deficit);

/// <summary>
/// What the venue publishes: one hash that binds epoch, time, number of accounts, assets with their scales, totals and
/// the whole tree, so that no two customers can be shown different readings of it.
/// </summary>
public sealed class AttestationRoot
{
    /// <summary>The deepest tree: a billion accounts.</summary>
    public const int MaxDepth = 30;

    /// <summary>The most assets one attestation speaks of.</summary>
    public const int MaxAssets = 1024;

    private const byte RootDomain = 0x03;
    private const ushort Version = 1;

    internal AttestationRoot(long epoch, Instant at, int leaves, IReadOnlyList<AttestedTotal> totals, Hash256 tree)
    {
        (Epoch, At, Leaves, Totals) = (epoch, at, leaves, totals);
        Hash = Bind(epoch, at, leaves, totals, tree);
    }

    /// <summary>
    /// SHA-256(0x03 ‖ version u16 ‖ epoch i64 ‖ microseconds i64 ‖ leaves i32 ‖ assets i32 ‖ {length i32 ‖ name ‖ decimals
    /// byte ‖ liabilities ‖ deficit} ‖ hash of the tree's top), little-endian.
    /// </summary>
    public Hash256 Hash { get; }

    /// <summary>Counts attestations; tags and salts differ in every one.</summary>
    public long Epoch { get; }

    /// <summary>The moment the balances are of.</summary>
    public Instant At { get; }

    /// <summary>Accounts in the tree.</summary>
    public int Leaves { get; }

    /// <summary>Steps from a leaf to the top: 0 for one account.</summary>
    public int Depth => DepthOf(Leaves);

    /// <summary>Per asset, in the order attested.</summary>
    public IReadOnlyList<AttestedTotal> Totals { get; }

    /// <summary>The depth of a tree over so many leaves: padded to the next power of two.</summary>
    internal static int DepthOf(int leaves) => leaves <= 1 ? 0 : BitOperations.Log2((uint)leaves - 1) + 1;

    internal static Hash256 Bind(long epoch, Instant at, int leaves, IReadOnlyList<AttestedTotal> totals, Hash256 tree)
    {
        using StateWriter bytes = StateWriter.ToHash();
        bytes.WriteByte(RootDomain);
        bytes.WriteUShort(Version);
        bytes.WriteLong(epoch);
        bytes.WriteInstant(at);
        bytes.WriteInt(leaves);
        bytes.WriteInt(totals.Count);
        foreach (AttestedTotal total in totals)
        {
            bytes.WriteText(total.Asset.Id.Value);
            bytes.WriteByte((byte)total.Asset.Scale.Decimals);
            bytes.WriteAmount(total.Liabilities);
            bytes.WriteAmount(total.Deficit);
        }

        bytes.WriteHash(tree);

        return bytes.Hash();
    }
}
