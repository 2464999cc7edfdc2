using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Mango;

/// <summary>
/// Health of a Mango account in the numeraire; at or above 0 it may open (initial weights) or need not be liquidated
/// (maintenance weights). Source: Mango v4, <c>health/cache.rs</c>.
/// <list type="number">
/// <item>A perpetual adds its worst case to its settle token's balance, unsettled profit at the overall asset weight.</item>
/// <item>Every balance counts by its sign.</item>
/// <item>A spot market adds the worse of two worlds: all it reserves ends as base, or all as quote.</item>
/// <item>In either world the market is taken to be the last one filled, with the most each token can have become by all the
/// others: a bound that needs no search over 2ⁿ outcomes.</item>
/// </list>
/// </summary>
/// <param name="Tokens">The tokens, referred to by place.</param>
/// <param name="Perpetuals">The perpetual positions.</param>
/// <param name="Orders">What is reserved in spot markets.</param>
public sealed record HealthAccount(ImmutableArray<TokenHealth> Tokens, ImmutableArray<PerpHealth> Perpetuals, ImmutableArray<SpotOrders> Orders)
{
    /// <summary>The health, in the numeraire.</summary>
    /// <exception cref="InputException">A position or an order names a token that is not there, or a figure has no meaning.</exception>
    public double Health()
    {
        foreach (SpotOrders market in Orders)
            if (!(market.ReservedBase >= 0 && market.ReservedQuote >= 0)) throw new InputException("reserved", "expected 0 or more");

        SignedWeights[] weights = [.. Tokens.Select(t => t.Scaled)];
        double[] balances = Balances();
        double health = 0;
        for (int k = 0; k < balances.Length; k++) health += weights[k].Weigh(balances[k]) * Tokens[k].Price;

        double[] most = [.. balances];
        foreach (SpotOrders market in Orders)
        {
            most[Place(market.Base)] += AllAsBase(market);
            most[Place(market.Quote)] += AllAsQuote(market);
        }

        foreach (SpotOrders market in Orders)
        {
            (double asBase, double asQuote) = (AllAsBase(market), AllAsQuote(market));
            if (asBase == 0 || asQuote == 0) continue;

            health += Math.Min(
                LastAdded(asBase, most[market.Base], weights[market.Base]) * Tokens[market.Base].Price,
                LastAdded(asQuote, most[market.Quote], weights[market.Quote]) * Tokens[market.Quote].Price);
        }

        return double.IsFinite(health) ? health : throw new InputException("account", "holds a figure that is not a number");
    }

    private double[] Balances()
    {
        double[] balances = [.. Tokens.Select(t => t.Balance)];
        foreach (PerpHealth perpetual in Perpetuals) balances[Place(perpetual.SettleToken)] += perpetual.Contribution;

        return balances;
    }

    private double AllAsBase(SpotOrders market)
    {
        double bought = market.ReservedQuote * Tokens[Place(market.Quote)].Price / Tokens[Place(market.Base)].Price;

        return market.ReservedBase + (market.HighestBidInverse is { } inverse ? Math.Min(bought, market.ReservedQuote * inverse) : bought);
    }

    private double AllAsQuote(SpotOrders market)
    {
        double sold = market.ReservedBase * Tokens[Place(market.Base)].Price / Tokens[Place(market.Quote)].Price;

        return market.ReservedQuote + (market.LowestAsk is { } ask ? Math.Min(sold, market.ReservedBase * ask) : sold);
    }

    // Of the coins that come last, those above a balance of 0 count as an asset and those that repay as a liability.
    private static double LastAdded(double added, double most, SignedWeights weights)
    {
        double owned = Math.Clamp(most, 0, added);

        return (owned * weights.Asset) + ((added - owned) * weights.Liability);
    }

    private int Place(int token) => token >= 0 && token < Tokens.Length
        ? token
        : throw new InputException("token", $"found place {token}, expected one of {Tokens.Length} tokens");
}
