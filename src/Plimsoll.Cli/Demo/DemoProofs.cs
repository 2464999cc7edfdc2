using System.Security.Cryptography;
using System.Text;
using Plimsoll.Engine;
using Plimsoll.Simulation.Standing;
using Plimsoll.Treasury.Attestation;
using Plimsoll.Units;

namespace Plimsoll.Cli.Demo;

/// <summary>Inclusion proofs of a demo's end. Its secret comes from the seed, so such proofs hide nothing.</summary>
internal static class DemoProofs
{
    /// <summary>Refuses accounts the story does not have before it is lived.</summary>
    /// <exception cref="InputException">A file lies in no folder.</exception>
    public static void Check(IEnumerable<(string Account, string File)> wanted)
    {
        foreach ((string account, string file) in wanted)
        {
            if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file)))) throw new InputException($"--prove {account}={file}", "expected a folder that exists");
        }
    }

    /// <summary>Writes a proof for each account asked for; answers the root they share.</summary>
    /// <exception cref="InputException">The venue has no such account.</exception>
    public static string Write(IEnumerable<(string Account, string File)> wanted, VenueKernel venue, VenueStanding standing, ulong seed)
    {
        AttestedAsset[] assets = [.. venue.State.Catalog.Assets.Select(asset => new AttestedAsset(asset.Id, asset.Scale))];
        var keys = new AttestationKeys(SHA256.HashData(Encoding.ASCII.GetBytes($"plimsoll demo {seed}")));
        MerkleSumTree tree = MerkleSumTree.Build(venue.Sequence, venue.State.Now, assets, [.. standing.Equities], keys);
        foreach ((string account, string file) in wanted)
        {
            InclusionProof proof = tree.Prove(new AccountId(account)) ?? throw new InputException("--prove", $"found '{account}', expected an account of the venue");
            File.WriteAllBytes(file, InclusionProofJson.Write(proof));
        }

        return tree.Root.Hash.ToString();
    }
}
