using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Simulation.Agents;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Stories;

/// <summary>
/// Funding of perpetuals every eight hours: <c>rate = clamp(0.0001 + 0.0003 × imbalance + 0.02 × move, ±0.00375)</c>, where
/// imbalance is the customers' net long part of their own volume at the opening, −1 to 1, and move is the index's relative
/// change since the funding before. A crowd that is long pays; after a fall the shorts do.
/// </summary>
internal sealed class FundingRates
{
    /// <summary>Time between two payments.</summary>
    public const long Period = 8 * Instant.MicrosecondsPerHour;

    private const decimal Interest = 0.0001m;
    private const decimal PerImbalance = 0.0003m;
    private const decimal PerMove = 0.02m;
    private const decimal Limit = 0.00375m;
    private readonly Contract[] perpetuals;
    private readonly decimal[] imbalances;
    private readonly decimal[] indexes;

    public FundingRates(VenueGenerator venue)
    {
        perpetuals = [.. venue.Listing.Contracts.Where(contract => contract.Name.Kind == InstrumentKind.Perpetual && venue.Fills.Any(fill => fill.Contract == contract))];
        imbalances = [.. perpetuals.Select(contract => Imbalance(venue, contract))];
        indexes = [.. perpetuals.Select(contract => contract.Index)];
    }

    /// <summary>The payments that are due now; remembers the indexes for the next time.</summary>
    public IEnumerable<PayFunding> Due(Func<AssetId, decimal> priceOf)
    {
        for (int i = 0; i < perpetuals.Length; i++)
        {
            InstrumentName name = perpetuals[i].Name;
            decimal index = priceOf(name.Base) / (name.Quote is { } quote ? priceOf(quote) : 1);
            decimal move = (index / indexes[i]) - 1;
            indexes[i] = index;
            decimal rate = Math.Clamp(Interest + (PerImbalance * imbalances[i]) + (PerMove * move), -Limit, Limit);

            yield return new PayFunding(perpetuals[i].Id, Price.Canonical(Math.Round(rate, 8)));
        }
    }

    private static decimal Imbalance(VenueGenerator venue, Contract contract)
    {
        decimal net = 0, gross = 0;
        foreach ((Contract traded, decimal size) in venue.Customers.SelectMany(customer => customer.Trades))
        {
            if (traded != contract) continue;
            net += size;
            gross += Math.Abs(size);
        }

        return gross == 0 ? 0 : net / gross;
    }
}
