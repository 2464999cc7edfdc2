using Plimsoll.Treasury.Attestation;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Matching;

/// <summary>What customers are owed, and owe, of one asset.</summary>
/// <param name="Claims">The sum of positive net equities; never negative.</param>
/// <param name="Deficit">The sum of negative net equities, as a positive amount.</param>
public readonly record struct CustomerClaims(Amount Claims, Amount Deficit)
{
    /// <summary>Sums everybody's net equities, each by its own sign: one customer's debt pays no other customer.</summary>
    /// <param name="equities">Every account.</param>
    /// <param name="assets">How many assets each speaks of.</param>
    /// <returns>One entry per asset, in the order of the equities.</returns>
    public static CustomerClaims[] Sum(IReadOnlyList<NetEquity> equities, int assets)
    {
        var sums = new CustomerClaims[assets];
        foreach (NetEquity equity in equities)
        {
            for (int a = 0; a < assets; a++)
            {
                Amount net = equity.PerAsset[a];
                sums[a] = net.Sign >= 0
                    ? sums[a] with { Claims = sums[a].Claims + net }
                    : sums[a] with { Deficit = sums[a].Deficit - net };
            }
        }

        return sums;
    }
}
