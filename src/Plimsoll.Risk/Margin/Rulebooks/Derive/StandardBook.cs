using System.Collections.Immutable;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>The options of one expiry of a market.</summary>
/// <param name="Years">Years of 365 days to expiry.</param>
/// <param name="Forward">The forward.</param>
/// <param name="VolatilityConfidence">Confidence of the surface, 0 to 1: the least of its strikes.</param>
/// <param name="Options">The positions.</param>
public sealed record StandardExpiry(double Years, ScoredPrice Forward, double VolatilityConfidence, ImmutableArray<OptionPosition> Options);

/// <summary>What an account holds on one underlying, with its prices.</summary>
/// <param name="Spot">Price of the underlying.</param>
/// <param name="Perpetual">The perpetual position; its funding is part of its profit here.</param>
/// <param name="Expiries">Options by expiry.</param>
/// <param name="Base">Coins of the underlying held as collateral.</param>
public sealed record StandardMarket(ScoredPrice Spot, PerpetualPosition Perpetual, ImmutableArray<StandardExpiry> Expiries, double Base);

/// <summary>An account under Derive's standard risk manager: many markets, one cash.</summary>
/// <param name="Cash">Signed cash in the venue's stablecoin.</param>
/// <param name="StablePrice">Price of the stablecoin in USD, above 0.</param>
/// <param name="Markets">The markets.</param>
public sealed record StandardBook(double Cash, double StablePrice, ImmutableArray<StandardMarket> Markets);

/// <summary>What the standard risk manager says; margins at or above 0 are healthy.</summary>
/// <param name="Initial">May it open?</param>
/// <param name="Maintenance">Must it be liquidated?</param>
/// <param name="MarkToMarket">Worth of everything, cash included.</param>
/// <param name="Lines">What adds up to both margins, by market.</param>
public sealed record StandardVerdict(double Initial, double Maintenance, double MarkToMarket, ImmutableArray<RulebookLine> Lines);
