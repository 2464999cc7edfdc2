using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>What an invented feed says of contracts beyond the index: forwards of dated ones, volatilities of options.</summary>
internal static class DatedQuotes
{
    /// <summary>How much volatility rises, as a part of itself, for each whole fall of the underlying: half a fall, twice the volatility.</summary>
    public const double VolatilityPerFall = 2;

    /// <summary>The forward: the index and its premium for the time that is left; contracts without an end stand at the index.</summary>
    public static decimal Forward(InstrumentEntry entry, InstrumentName name, decimal index, Instant now)
    {
        if (name.Expiry is not { } expiry || entry.Basis == 0) return index;

        return ModelPrice.Rounded(index * (1 + (decimal)(entry.Basis * Math.Max(0, now.YearsUntil(expiry)))));
    }

    /// <summary>Quotes of every contract that has one to give now.</summary>
    /// <param name="contracts">The contracts.</param>
    /// <param name="priceOf">Prices now, in the numeraire.</param>
    /// <param name="now">The venue's time.</param>
    public static IReadOnlyList<InstrumentPrice> At(IReadOnlyList<Contract> contracts, Func<AssetId, decimal> priceOf, Instant now)
    {
        List<InstrumentPrice> quotes = [];
        foreach (Contract contract in contracts)
        {
            if (contract.Name.Expiry is not { } expiry || expiry <= now) continue;

            decimal index = priceOf(contract.Name.Base) / (contract.Name.Quote is { } quote ? priceOf(quote) : 1);
            double fall = Math.Max(0, 1 - (double)(index / contract.Index));
            double? volatility = contract.Entry.Volatility is { } calm ? Math.Round(calm * (1 + (VolatilityPerFall * fall)), 4) : null;
            quotes.Add(new InstrumentPrice(contract.Id, new Price(Forward(contract.Entry, contract.Name, index, now)).Value, volatility));
        }

        return quotes;
    }
}
