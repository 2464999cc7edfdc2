using System.Security.Cryptography;
using System.Text;
using Plimsoll.Server.Hosting;
using Plimsoll.Treasury.Attestation;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>An attestation with the tree behind it, from which proofs are cut.</summary>
/// <param name="Tree">The tree.</param>
/// <param name="Unsafe">Whether its secret can be guessed.</param>
internal sealed record Attested(MerkleSumTree Tree, bool Unsafe)
{
    public AttestationFigures Figures => new(Tree.Root.Epoch, Tree.Root.Hash.ToString(), Tree.Root.Leaves, Tree.Root.At.ToString(), Unsafe);
}

/// <summary>Attests the venue's liabilities under one secret.</summary>
internal sealed class Attestor
{
    private readonly AttestationKeys _keys;
    private readonly bool _unsafe;

    private Attestor(AttestationKeys keys, bool isUnsafe) => (_keys, _unsafe) = (keys, isUnsafe);

    /// <summary>The attestor a venue's options allow; none where there is no secret.</summary>
    /// <exception cref="InputException">The secret is too short.</exception>
    public static Attestor? For(ServerOptions options)
    {
        if (options.AttestationSecret is { } secret) return new Attestor(new AttestationKeys(secret.Span), isUnsafe: false);
        if (options.Demo is not { } demo) return null;

        byte[] guessable = SHA256.HashData(Encoding.ASCII.GetBytes($"plimsoll demo {demo.Seed}"));

        return new Attestor(new AttestationKeys(guessable), isUnsafe: true);
    }

    /// <summary>
    /// Attests a copy of the book; none where there is nobody to attest. The epoch is the journal entry, so that none is
    /// ever used for two different sets of balances, across restarts too.
    /// </summary>
    public Attested? Attest(BooksCopy books, IReadOnlyList<NetEquity> equities)
    {
        if (equities.Count == 0 || books.Listing.Catalog.Assets.Count == 0) return null;

        AttestedAsset[] assets = [.. books.Listing.Catalog.Assets.Select(asset => new AttestedAsset(asset.Id, asset.Scale))];

        return new Attested(MerkleSumTree.Build(books.Sequence, books.Now, assets, equities, _keys), _unsafe);
    }
}
