using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// How the initial rate of a contract grows with the venue's open interest in it: from its own rate at the lower cap, in
/// a straight line, to the whole notional at the upper (dYdX v4). Target and maintenance never hear of it.
/// </summary>
/// <param name="Instrument">The contract it is for, or none.</param>
/// <param name="Class">The class of underlyings it is for, or none; a line for a contract goes before its class's.</param>
/// <param name="Lower">Open interest in the numeraire up to which nothing changes.</param>
/// <param name="Upper">Open interest in the numeraire from which opening takes the whole notional; above the lower.</param>
public sealed record OpenInterestTerms(InstrumentId? Instrument, AssetClass? Class, decimal Lower, decimal Upper)
{
    internal void Check(string field)
    {
        if (Instrument is null == Class is null) throw new InputException(field, "expected either an instrument or a class");
        Ranges.Check($"{field}.lower", Lower, 0m, LeverageTerms.MaxNotional);
        if (Upper <= Lower || Upper > LeverageTerms.MaxNotional)
            throw new InputException($"{field}.upper", $"{Upper} lies outside lower (excluded) to {LeverageTerms.MaxNotional}");
    }

    internal OpenInterestTerms Canonical() => this with { Lower = Price.Canonical(Lower), Upper = Price.Canonical(Upper) };
}
