using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>A listed contract as customers meet it when the venue opens.</summary>
/// <param name="Entry">The file's entry, with name and strike moved to the path's time.</param>
/// <param name="Name">What its name says.</param>
/// <param name="Index">The price of its underlying at the opening, in quote units.</param>
/// <param name="TradePrice">What a fill is done at: the forward, an option's premium, or what a unit of liquidity is worth.</param>
internal sealed record Contract(InstrumentEntry Entry, InstrumentName Name, decimal Index, decimal TradePrice)
{
    /// <summary>Its name.</summary>
    public InstrumentId Id { get; } = new(Entry.Instrument);

    /// <summary>Whether it is sized in quote units rather than coins.</summary>
    public bool IsInverseForward => Entry.Payoff == "inverse" && Name.Kind != InstrumentKind.Option;

    /// <summary>The largest whole number of lots within a notional in the numeraire; 0 when it is smaller than one lot.</summary>
    public decimal SizeFor(double notional)
    {
        decimal units = (decimal)notional / UnitNotional;

        return decimal.Floor(units / Entry.LotSize) * Entry.LotSize;
    }

    /// <summary>The notional of a size, in the numeraire.</summary>
    public decimal NotionalOf(decimal size) => size * UnitNotional;

    private decimal UnitNotional => IsInverseForward ? 1 : Name.Kind == InstrumentKind.Pool ? TradePrice : Index;
}
