using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral;

/// <summary>
/// The part of a position's unrealised profit that counts as collateral. In a thin market a price can be made, and what
/// it makes must not be lent against; a loss always counts whole. A line for an instrument goes before its underlying's class's.
/// </summary>
/// <param name="Instrument">The instrument, or none.</param>
/// <param name="Class">The class of the underlying, or none.</param>
/// <param name="Part">The part that counts, 0 to 1.</param>
public sealed record ProfitTerms(InstrumentId? Instrument, AssetClass? Class, decimal Part)
{
    internal void Check(string field)
    {
        if (Instrument is null == Class is null) throw new InputException(field, "expected either an instrument or a class");
        Ranges.Check($"{field}.part", Part, 0m, 1m);
    }

    internal ProfitTerms Canonical() => this with { Part = Price.Canonical(Part) };

    /// <summary>By instrument: the part of a profit that does not count.</summary>
    internal static double[] Refused(Catalog catalog, IReadOnlyCollection<ProfitTerms> lines)
    {
        if (lines.Count == 0) return [];

        return [.. catalog.Instruments.Select(instrument =>
        {
            ProfitTerms? line = lines.FirstOrDefault(one => one.Instrument == instrument.Id)
                ?? lines.FirstOrDefault(one => one.Class == catalog[instrument.Underlying].Class);

            return line is null ? 0 : (double)(1m - line.Part);
        })];
    }
}
