using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// How far a contract's forward may drift from its index while the index stands still, as a part of it: competes with the
/// scenarios for the worst. One expiry's drift offsets nothing in another's.
/// </summary>
/// <param name="Add">The drift of a contract about to expire, 0 to 0.9.</param>
/// <param name="PerYear">What each year to expiry adds, 0 to 10; in all never more than 0.9.</param>
/// <param name="Perpetual">The drift of contracts without an expiry, 0 to 0.9.</param>
public sealed record BasisTerms(decimal Add, decimal PerYear, decimal Perpetual)
{
    /// <summary>The farthest a forward drifts, whatever the expiry.</summary>
    public const decimal Most = 0.9m;

    internal void Check(string field)
    {
        Ranges.Check($"{field}.add", Add, 0m, Most);
        Ranges.Check($"{field}.perYear", PerYear, 0m, 10m);
        Ranges.Check($"{field}.perpetual", Perpetual, 0m, Most);
    }

    internal BasisTerms Canonical() => new(Price.Canonical(Add), Price.Canonical(PerYear), Price.Canonical(Perpetual));
}
