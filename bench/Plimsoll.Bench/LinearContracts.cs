using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Bench;

/// <summary>Lists linear contracts by their names, as every invented market of the benches has them.</summary>
internal static class LinearContracts
{
    /// <summary>Adds a contract that is quoted and settled in one dollar.</summary>
    public static int List(Catalog catalog, string text, AssetIndex underlying, AssetIndex dollar, decimal lot)
    {
        InstrumentName name = InstrumentName.Parse(text);

        return catalog.Add(new Instrument
        {
            Id = new InstrumentId(text),
            Kind = name.Kind,
            Payoff = Payoff.Linear,
            Underlying = underlying,
            Quote = dollar,
            Settlement = dollar,
            LotSize = lot,
            TickSize = 0.01m,
            Expiry = name.Expiry,
            Strike = name.Strike,
            Side = name.Side,
        }.Checked()).Value;
    }
}
