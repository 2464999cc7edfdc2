using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// When a trade reduces risk, so that it is allowed to whoever stands below his initial requirement.
/// <list type="number">
/// <item>What the portfolio requires, at the initial and at the maintenance line, does not rise: closing one leg of a hedge
/// makes that leg smaller and is none.</item>
/// <item>The position does not pass through zero: the part that would open the other side can be asked for on its own.</item>
/// <item>It gives away no more, against the mark and fees included, than liquidating as much would cost: else an account
/// about to be liquidated could be emptied by closing it at a friend's price.</item>
/// </list>
/// </summary>
internal static class Reduction
{
    /// <summary>Sums of the same terms in another order differ by this part of them.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Whether a change takes a position through zero.</summary>
    public static bool Flips(Lots held, Lots change) => !held.IsZero && (held + change).Sign == -held.Sign;

    /// <summary>Whether neither the initial nor the maintenance requirement rises.</summary>
    public static bool IsNotRaised(in Verdict before, in Verdict after) =>
        AtMost(after.InitialRequirement, before.InitialRequirement) && AtMost(after.MaintenanceRequirement, before.MaintenanceRequirement);

    /// <summary>Whether what is required does not rise, and no more is given away than <paramref name="cost"/>.</summary>
    public static bool Lowers(in Verdict before, in Verdict after, double cost) =>
        IsNotRaised(before, after) && before.Equity - after.Equity <= cost + (Rounding * (1 + before.Notional));

    private static bool AtMost(double after, double before) => after <= before + (Rounding * (1 + before));
}
