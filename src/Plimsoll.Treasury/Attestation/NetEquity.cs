using Plimsoll.Units;

namespace Plimsoll.Treasury.Attestation;

/// <summary>What the venue owes one customer: his net equity in every asset attested.</summary>
/// <param name="Account">Who is owed.</param>
/// <param name="PerAsset">
/// Signed, in the order of the attested assets: what he has there minus what he owes there. A negative entry is what he
/// owes the venue; it never lessens what the venue owes anybody else.
/// </param>
public readonly record struct NetEquity(AccountId Account, Amount[] PerAsset);

/// <summary>An asset an attestation speaks of.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Scale">Decimals of its smallest unit.</param>
public readonly record struct AttestedAsset(AssetId Id, AssetScale Scale);
