using Plimsoll.Markets.Instruments;

namespace Plimsoll.Pricing.Options;

/// <summary>All that Black's formula asks about a European option on a forward.</summary>
/// <param name="Side">The right it gives.</param>
/// <param name="Forward">The forward (the expiry's own future) in quote units, above 0.</param>
/// <param name="Strike">The strike in quote units, above 0.</param>
/// <param name="Years">Time to expiry in years of 365 days, at least 0.</param>
/// <param name="Volatility">Annual volatility, 0.6 for 60 %, at least 0.</param>
/// <param name="Rate">Continuous rate of discount per year; 0 for an option quoted undiscounted, as crypto venues do.</param>
public readonly record struct OptionInputs(
    OptionSide Side, double Forward, double Strike, double Years, double Volatility, double Rate = 0);
