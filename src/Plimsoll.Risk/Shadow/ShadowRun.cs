using System.Collections.Immutable;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Shadow;

/// <summary>
/// Judges everybody by a set of parameters that is not in force, and says who would be called, liquidated, restricted or let
/// go by it: a change that is safe on paper can liquidate healthy accounts in a second.
/// </summary>
/// <remarks>
/// (1) One judgement of all accounts by each set, at the same prices; (2) each account is compared with itself; (3) whoever
/// something would happen to is listed, the most harmed first. Nothing is changed, and who is liquidated by a fall of prices
/// alone is not counted against the set: he is under water under both.
/// </remarks>
public static class ShadowRun
{
    /// <summary>Compares two judgements of the same accounts.</summary>
    /// <param name="before">Under the set in force, by account.</param>
    /// <param name="after">Under the other, by account.</param>
    /// <param name="callBefore">From which margin ratio the set in force calls.</param>
    /// <param name="callAfter">From which the other does.</param>
    /// <param name="never">An account that is never called nor liquidated, the liquidity provider; none for none.</param>
    /// <param name="most">The most lines to list, those most harmed.</param>
    public static ShadowReport Compare(
        ReadOnlySpan<Verdict> before, ReadOnlySpan<Verdict> after, double callBefore, double callAfter, AccountIndex? never = null, int most = int.MaxValue)
    {
        Law.Holds(before.Length == after.Length, "a shadow run judges the same accounts twice");
        var lines = new List<ShadowLine>();
        Span<int> counts = stackalloc int[(int)ShadowEffect.Liquidated + 1];
        counts.Clear();
        ShadowTotals totalBefore = default, totalAfter = default;
        int underWater = 0;
        for (int account = 0; account < before.Length; account++)
        {
            ref readonly Verdict was = ref before[account];
            ref readonly Verdict would = ref after[account];
            totalBefore = totalBefore.With(was);
            totalAfter = totalAfter.With(would);
            if (account == never?.Value) continue;

            if (was.IsLiquidatable) underWater++;
            ShadowEffect effect = EffectOf(was, would, callBefore, callAfter);
            counts[(int)effect]++;
            if (effect != ShadowEffect.None) lines.Add(new ShadowLine(account, effect, was, would));
        }

        return new ShadowReport(
            before.Length,
            counts[(int)ShadowEffect.Liquidated],
            counts[(int)ShadowEffect.Called],
            counts[(int)ShadowEffect.Restricted],
            counts[(int)ShadowEffect.Released],
            underWater,
            totalBefore,
            totalAfter,
            Worst(lines, most));
    }

    /// <summary>How many accounts a judgement would liquidate that another does not: what a guard asks, without a list.</summary>
    /// <inheritdoc cref="Compare"/>
    public static int Liquidated(ReadOnlySpan<Verdict> before, ReadOnlySpan<Verdict> after, AccountIndex? never = null)
    {
        Law.Holds(before.Length == after.Length, "a shadow run judges the same accounts twice");
        int liquidated = 0;
        for (int account = 0; account < before.Length; account++)
        {
            if (after[account].IsLiquidatable && !before[account].IsLiquidatable && account != never?.Value) liquidated++;
        }

        return liquidated;
    }

    private static ShadowEffect EffectOf(in Verdict was, in Verdict would, double callBefore, double callAfter)
    {
        if (would.IsLiquidatable) return was.IsLiquidatable ? ShadowEffect.None : ShadowEffect.Liquidated;

        bool wasNear = was.IsNear(callBefore);
        if (would.IsNear(callAfter)) return was.IsLiquidatable ? ShadowEffect.Released : wasNear ? ShadowEffect.None : ShadowEffect.Called;
        if (wasNear || was.IsLiquidatable) return ShadowEffect.Released;

        return would.InitialHealth < 0 && was.InitialHealth >= 0 ? ShadowEffect.Restricted : ShadowEffect.None;
    }

    private static ImmutableArray<ShadowLine> Worst(List<ShadowLine> lines, int most)
    {
        lines.Sort(static (left, right) =>
            right.Effect.CompareTo(left.Effect) is var effect and not 0 ? effect
            : left.After.MaintenanceHealth.CompareTo(right.After.MaintenanceHealth) is var health and not 0 ? health
            : left.Account.CompareTo(right.Account));

        return [.. lines.Take(most)];
    }
}
