using System.Runtime.CompilerServices;
using Plimsoll.Markets.Instruments;

namespace Plimsoll.Risk.Margin;

/// <summary>What closing costs in one root's market, as model numbers; all zero where the rulebook has no line for it.</summary>
/// <param name="HalfSpread">Half the spread as a part of the price.</param>
/// <param name="Impact">⅔·Y·σ ÷ √V: average impact of the first unit of the numeraire, which grows with the root of the size.</param>
/// <param name="HalfVega">Half the spread of options in vol points.</param>
/// <param name="Free">The net delta up to which nothing is concentrated.</param>
/// <param name="Rate">What concentration asks at that size.</param>
internal readonly record struct CloseOut(double HalfSpread, double Impact, double HalfVega, double Free, double Rate)
{
    private const double AveragePart = 2.0 / 3;

    /// <summary>The terms of an asset's market.</summary>
    public static CloseOut Of(Asset asset, MarginContingencies asks)
    {
        if (asks.CloseOut is not { } terms || AssetScope.Find(terms.Lines, l => l.Scope, asset) is not { } line)
            return new CloseOut(0, 0, 0, double.PositiveInfinity, 0);

        double volume = (double)line.DailyVolume;

        return new CloseOut(
            0.5 * (double)line.Spread,
            AveragePart * (double)line.Impact * (double)line.DailyVolatility / Math.Sqrt(volume),
            0.5 * (double)line.VegaSpread,
            asks.Concentration?.PartOfVolume is { } part ? (double)part * volume : double.PositiveInfinity,
            (double)(asks.Concentration?.Rate ?? 0m));
    }

    /// <summary>What closing so much net delta and net vega costs, both signed, in the numeraire (vega per vol point).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Cost(double delta, double vega)
    {
        double size = Math.Abs(delta);
        double part = double.MinNative(1, HalfSpread + (Impact * Math.Sqrt(size)));

        return (size * part) + (HalfVega * Math.Abs(vega));
    }

    /// <summary>What concentration asks of so much net delta.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Excess(double delta) => Excess(Math.Abs(delta), Free, Rate);

    /// <summary>The part of a size above a free one, times what the excess asks: rate × √(size ÷ free), at most 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Excess(double size, double free, double rate) =>
        size > free ? (size - free) * double.MinNative(1, rate * Math.Sqrt(size / free)) : 0;
}
