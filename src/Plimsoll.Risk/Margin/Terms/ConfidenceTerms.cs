using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// What an unsure price asks of whoever opens: (half width − free) × factor, at most 1, of the notional of every position
/// on that underlying. Initial only: doubt is no loss.
/// </summary>
/// <param name="Free">The half width, as a part of the price, that asks nothing; 0 to 1.</param>
/// <param name="Factor">How much is asked of what lies above, 0 to 100.</param>
public sealed record ConfidenceTerms(decimal Free, decimal Factor)
{
    internal void Check(string field)
    {
        Ranges.Check($"{field}.free", Free, 0m, 1m);
        Ranges.Check($"{field}.factor", Factor, 0m, 100m);
    }

    internal ConfidenceTerms Canonical() => new(Price.Canonical(Free), Price.Canonical(Factor));
}
