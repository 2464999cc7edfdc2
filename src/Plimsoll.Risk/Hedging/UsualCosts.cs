using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Valuation;

namespace Plimsoll.Risk.Hedging;

/// <summary>
/// What trading costs where a plan does not say: fees as large venues publish them for takers, half-spreads of an ordinary
/// day. Figures to begin with; a desk states its own.
/// </summary>
public static class UsualCosts
{
    /// <summary>Fee on the notional of perpetuals and futures: 5 bp.</summary>
    public const double FutureFee = 0.0005;

    /// <summary>Fee on the notional of spot: 10 bp.</summary>
    public const double SpotFee = 0.001;

    /// <summary>Fee on the coin under an option: 3 bp …</summary>
    public const double OptionFee = 0.0003;

    /// <summary>… but never more than this part of the option's own worth.</summary>
    public const double OptionFeeCap = 0.125;

    /// <summary>Half the spread of perpetuals, futures and spot: 1 bp of the notional.</summary>
    public const double HalfSpread = 0.0001;

    /// <summary>Half the spread of an option in vol points.</summary>
    public const double OptionHalfSpreadPoints = 1;

    /// <summary>Half-spread and fee of one unit, in the numeraire.</summary>
    public static (double HalfSpread, double Fee) Of(InstrumentKind kind, double notional, in UnitGreeks unit) => kind switch
    {
        InstrumentKind.Option => (Math.Min(OptionHalfSpreadPoints * unit.Vega, unit.Value), Math.Min(OptionFee * notional, OptionFeeCap * unit.Value)),
        InstrumentKind.Spot => (HalfSpread * notional, SpotFee * notional),
        _ => (HalfSpread * notional, FutureFee * notional),
    };
}
