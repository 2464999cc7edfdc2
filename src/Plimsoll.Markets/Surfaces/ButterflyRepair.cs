namespace Plimsoll.Markets.Surfaces;

/// <summary>
/// Takes the butterfly arbitrage out of a smile while its at-the-money variance, its skew and its put wing stay as they are
/// (Gatheral and Jacquier 2014, section 5.1).
/// </summary>
public static class ButterflyRepair
{
    private const int Halvings = 40;

    /// <summary>
    /// The closed form: c′ = p + 2ψ and ṽ′ = v·4pc′/(p + c′)², which makes the smile one of the SSVI family. That is free of
    /// arbitrage unless its wings are as steep as <see cref="EssviSlice.IsButterflyFree"/> forbids.
    /// </summary>
    /// <param name="smile">The smile to repair.</param>
    public static SviJumpWings ClosedForm(SviJumpWings smile)
    {
        var call = smile.PutWing + (2 * smile.Skew);
        var wings = smile.PutWing + call;
        return smile with
        {
            CallWing = call,
            LeastVariance = smile.Variance * 4 * smile.PutWing * call / (wings * wings),
        };
    }

    /// <summary>
    /// The smile nearest to the given one, on the straight line from it to <see cref="ClosedForm"/> in (c, ṽ), without
    /// butterfly arbitrage on a grid: found by halving, so it is as near as the line allows.
    /// </summary>
    /// <param name="smile">The smile to repair.</param>
    /// <param name="deviations">The grid reaches this many total standard deviations to either side.</param>
    /// <returns>The smile itself where it needs no repair; none where not even the closed form is free of arbitrage.</returns>
    public static SviJumpWings? Nearest(SviJumpWings smile, double deviations = SmileGrid.Deviations)
    {
        if (IsFree(smile, deviations)) return smile;
        var repaired = ClosedForm(smile);
        if (!IsFree(repaired, deviations)) return null;

        var (kept, free) = (0.0, 1.0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (kept + free) / 2;
            if (IsFree(Between(smile, repaired, middle), deviations)) free = middle;
            else kept = middle;
        }

        return Between(smile, repaired, free);
    }

    private static SviJumpWings Between(SviJumpWings kept, SviJumpWings repaired, double share) => kept with
    {
        CallWing = kept.CallWing + (share * (repaired.CallWing - kept.CallWing)),
        LeastVariance = kept.LeastVariance + (share * (repaired.LeastVariance - kept.LeastVariance)),
    };

    private static bool IsFree(SviJumpWings smile, double deviations) =>
        smile.ToRaw() is { } raw && raw.KeepsLeesBound && SmileGrid.LeastDensity(raw, deviations).Value >= 0;
}
