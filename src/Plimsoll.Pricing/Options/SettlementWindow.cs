namespace Plimsoll.Pricing.Options;

/// <summary>
/// The window before expiry over which the settlement price is averaged, as time-weighted mean of the index. Deribit averages the
/// last half hour.
/// </summary>
/// <param name="Years">Length W of the window in years, above 0.</param>
/// <param name="FixedAverage">Mean of the part that has passed, in quote units; read only inside the window.</param>
public readonly record struct SettlementWindow(double Years, double FixedAverage = 0)
{
    /// <summary>Half an hour as a part of a year of 365 days.</summary>
    public const double HalfHour = 0.5 / 8760;

    /// <summary>The part w of the average that is still open: 1 before the window, 0 at expiry.</summary>
    /// <param name="yearsLeft">Time to expiry in years.</param>
    public double OpenPart(double yearsLeft) => Math.Clamp(yearsLeft / Years, 0, 1);

    /// <summary>The settlement price to be expected: w·F + (1 − w)·(mean so far).</summary>
    /// <param name="forward">The forward in quote units.</param>
    /// <param name="yearsLeft">Time to expiry in years.</param>
    public double EffectiveForward(double forward, double yearsLeft)
    {
        var open = OpenPart(yearsLeft);
        return open == 1 ? forward : (open * forward) + ((1 - open) * FixedAverage);
    }

    /// <summary>
    /// The time for which a single price would vary as the open part's mean does: T − ⅔W before the window, T/3 inside it.
    /// </summary>
    /// <param name="yearsLeft">Time to expiry in years.</param>
    public double EffectiveYears(double yearsLeft) => yearsLeft >= Years ? yearsLeft - (Years * (2.0 / 3)) : yearsLeft / 3;

    internal bool HasMeaning(double yearsLeft) =>
        Years > 0 && double.IsFinite(Years) && (yearsLeft >= Years || (FixedAverage > 0 && double.IsFinite(FixedAverage)));
}
