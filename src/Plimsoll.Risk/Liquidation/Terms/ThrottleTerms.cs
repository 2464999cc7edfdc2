using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Terms;

/// <summary>How fast the venue may liquidate and deleverage; periods begin at whole multiples of their length from 1970 on.</summary>
/// <param name="PeriodSeconds">How long a period lasts, 1 to a day.</param>
/// <param name="Liquidation">The most notional liquidated in a period, in the numeraire, above 0; none for any.</param>
/// <param name="Adl">The most notional deleveraged in a period; none for any.</param>
public sealed record ThrottleTerms(int PeriodSeconds, decimal? Liquidation, decimal? Adl)
{
    internal void Check(string field)
    {
        Ranges.Check($"{field}.periodSeconds", PeriodSeconds, 1m, 86_400m);
        if (Liquidation is null && Adl is null) throw new InputException(field, "expected liquidation or adl, or both");
        if (Liquidation is { } liquidation) Ranges.CheckAbove($"{field}.liquidation", liquidation, 0m, LeverageTerms.MaxNotional);
        if (Adl is { } adl) Ranges.CheckAbove($"{field}.adl", adl, 0m, LeverageTerms.MaxNotional);
    }

    internal ThrottleTerms Canonical() => this with { Liquidation = Trimmed(Liquidation), Adl = Trimmed(Adl) };

    private static decimal? Trimmed(decimal? value) => value is { } given ? Price.Canonical(given) : null;
}
