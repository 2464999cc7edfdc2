using System.Collections.Immutable;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>
/// A part of all of an account's positions, at their marks, in whole lots: rounded up, so that nobody takes collateral without
/// the risk that belongs to it.
/// </summary>
public static class EstateShare
{
    /// <summary>The signed changes of the account's positions, towards zero, and the marks they change hands at.</summary>
    /// <param name="lots">Its positions, ascending by instrument.</param>
    /// <param name="responses">The market's rows.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="part">The part, above 0 and at most 1.</param>
    /// <returns>None where a position has no price to change hands at.</returns>
    public static ImmutableArray<PlannedTakeover>? Of(ReadOnlySpan<OpenLots> lots, ResponseSet responses, MarginModel model, decimal part)
    {
        var share = ImmutableArray.CreateBuilder<PlannedTakeover>(lots.Length);
        foreach (OpenLots open in lots)
        {
            var terms = new CloseTerms(open, responses, model);
            if (!terms.IsPriced) return null;

            long taken = Math.Min(open.Lots.Size.Count, (long)decimal.Ceiling(part * open.Lots.Size.Count));
            share.Add(new PlannedTakeover(open.Instrument, new Lots(-open.Lots.Sign * taken), terms.MarkPrice));
        }

        return share.DrainToImmutable();
    }

    /// <summary>Notional of so many lots without their sides, in the numeraire, as caps count it.</summary>
    public static double Notional(IEnumerable<PlannedTakeover> changes, ResponseSet responses, MarginModel model) =>
        changes.Sum(change => (double)change.Change.Size.ToSize(model.Catalog[change.Instrument].LotSize) * responses.UnitNotionals[change.Instrument.Value]);
}
