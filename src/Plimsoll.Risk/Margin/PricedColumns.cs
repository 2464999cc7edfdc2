using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plimsoll.Pricing.Responses;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// The market's columns as the judge reads them: of the whole venue, or of the few contracts of one account under a
/// price that is only asked about.
/// </summary>
internal readonly ref struct PricedColumns
{
    /// <summary>Numbers in a row of gains.</summary>
    public const int Stride = ScenarioGrid.MaxScenarios;

    public required ReadOnlySpan<double> UnitValues { get; init; }

    public required ReadOnlySpan<double> UnitNotionals { get; init; }

    public required ReadOnlySpan<double> LongNotionals { get; init; }

    public required ReadOnlySpan<int> Settlements { get; init; }

    public required ReadOnlySpan<double> AssetPrices { get; init; }

    public required ReadOnlySpan<double> InstrumentRows { get; init; }

    public required ReadOnlySpan<double> AssetRows { get; init; }

    /// <summary>What the optional sections read.</summary>
    public required SideColumns Sides { get; init; }

    public static PricedColumns Of(ResponseSet set) => new()
    {
        UnitValues = set.UnitValues,
        UnitNotionals = set.UnitNotionals,
        LongNotionals = set.LongNotionals,
        Settlements = set.Settlements,
        AssetPrices = set.AssetPrices,
        InstrumentRows = Rows(set.Instruments),
        AssetRows = Rows(set.Assets),
        Sides = set.Sides,
    };

    /// <summary>Size of a position in the numeraire.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Notional(int instrument, double quantity) =>
        Math.Abs(quantity) * (quantity > 0 ? LongNotionals[instrument] : UnitNotionals[instrument]);

    /// <summary>Gains of one unit of an instrument.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<double> Instrument(int place) => InstrumentRows.Slice(place * Stride, Stride);

    /// <summary>Gains of one coin of an asset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<double> Asset(int place) => AssetRows.Slice(place * Stride, Stride);

    /// <summary>A matrix of whole cache lines has no gaps between its rows.</summary>
    internal static ReadOnlySpan<double> Rows(ResponseMatrix matrix) => matrix.Rows == 0
        ? []
        : MemoryMarshal.CreateReadOnlySpan(ref matrix.Row(0)[0], matrix.Rows * matrix.Stride);
}
