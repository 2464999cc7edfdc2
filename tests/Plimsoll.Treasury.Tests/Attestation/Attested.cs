using Plimsoll.Treasury.Attestation;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Tests.Attestation;

/// <summary>Trees to test on.</summary>
internal static class Attested
{
    public static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public static readonly Instant At = Instant.Utc(2025, 1, 31, 12);

    public static readonly AttestedAsset[] Assets =
    [
        new(new AssetId("BTC"), new AssetScale(8)),
        new(new AssetId("USDC"), new AssetScale(6)),
    ];

    public static AttestationKeys Keys => new(Secret);

    public static NetEquity Equity(string account, params Int128[] units) =>
        new(new AccountId(account), Array.ConvertAll(units, unit => new Amount(unit)));

    public static MerkleSumTree Tree(params NetEquity[] equities) => MerkleSumTree.Build(7, At, Assets, equities, Keys);

    public static NetEquity[] Crowd(int count, Seeded chance) =>
        [.. Enumerable.Range(0, count).Select(i => Equity($"account-{i}", chance.Below(1_000_000) - 200_000, chance.Below(1_000_000) - 200_000))];

    public static MerkleSumTree RandomTree(int count, Seeded chance) => Tree(Crowd(count, chance));
}
