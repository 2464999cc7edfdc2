using Plimsoll.Units;

namespace Plimsoll.Risk.Hedging;

/// <summary>What can be traded to hedge one underlying, and what that costs.</summary>
/// <param name="Name">The instrument.</param>
/// <param name="Unit">Sensitivities of one unit bought: the whole change of the book's, premium counted.</param>
/// <param name="LotSize">The smallest size, above 0; trades are whole lots.</param>
/// <param name="HalfSpread">Numeraire lost per unit against the mark, at least 0.</param>
/// <param name="Fee">Numeraire paid per unit, at least 0.</param>
/// <param name="Impact">Numeraire lost per unit squared: trading q units costs q² of it more, at least 0.</param>
/// <param name="BuyDepth">The most units that can be bought; +∞ for no limit.</param>
/// <param name="SellDepth">The most units that can be sold; +∞ for no limit.</param>
public sealed record HedgeInstrument(
    InstrumentId Name,
    HedgedGreeks Unit,
    decimal LotSize,
    double HalfSpread,
    double Fee,
    double Impact = 0,
    double BuyDepth = double.PositiveInfinity,
    double SellDepth = double.PositiveInfinity)
{
    /// <summary>The most lots ever traded in one proposal; keeps every size exact.</summary>
    internal const double MostLots = 1e12;

    /// <summary>Whether every figure means something.</summary>
    public bool IsStated => Unit.AreNumbers
        && LotSize > 0
        && double.IsFinite(HalfSpread) && HalfSpread >= 0
        && double.IsFinite(Fee) && Fee >= 0
        && double.IsFinite(Impact) && Impact >= 0
        && BuyDepth >= 0
        && SellDepth >= 0;

    /// <summary>Whole lots that can be bought.</summary>
    internal double BuyLots => Whole(BuyDepth);

    /// <summary>Whole lots that can be sold.</summary>
    internal double SellLots => Whole(SellDepth);

    /// <summary>What trading so many lots costs.</summary>
    public HedgeCost CostOf(long lots)
    {
        double size = Math.Abs((double)lots) * (double)LotSize;

        return new HedgeCost(size * HalfSpread, size * Fee, size * size * Impact);
    }

    // A depth of 0.3 in lots of 0.1 is three lots, whatever doubles make of the quotient.
    private double Whole(double depth) => Math.Min(MostLots, Math.Floor((depth / (double)LotSize) * (1 + 1e-12)));
}

/// <summary>What trading costs, in the numeraire.</summary>
/// <param name="Spread">Half the spread of each unit.</param>
/// <param name="Fees">Fees.</param>
/// <param name="Impact">What the size itself moves the price.</param>
public readonly record struct HedgeCost(double Spread, double Fees, double Impact)
{
    /// <summary>All of it.</summary>
    public double Total => Spread + Fees + Impact;

    /// <summary>The sum of two costs.</summary>
    public static HedgeCost operator +(HedgeCost a, HedgeCost b) => new(a.Spread + b.Spread, a.Fees + b.Fees, a.Impact + b.Impact);
}
