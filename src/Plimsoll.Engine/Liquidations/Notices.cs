using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>
/// Who is warned, who is called and until when he has time, and who is let go. A call is answered by restoring the initial
/// requirement, as with futures; a warning ends a twentieth below its line, so that it does not flutter.
/// </summary>
internal static class Notices
{
    private const double Hysteresis = 0.95;

    public static void Give(LiquidationRun run, ReadOnlySpan<int> watched)
    {
        foreach (int account in watched)
        {
            var index = new AccountIndex(account);
            if (run.Book.Of(index) is null or { Stage: LiquidationStage.Called } && Of(run, index) is { } notice) run.Happen(notice);
        }
    }

    /// <summary>Whether an account is let go: where it could open again, not where it was called, else it would be called at every tick.</summary>
    public static bool Recovered(in Verdict verdict, AccountPhase phase) =>
        verdict.InitialHealth >= 0 && (phase != AccountPhase.Bankrupt || verdict.Equity > 0);

    private static Event? Of(LiquidationRun run, AccountIndex account)
    {
        Verdict verdict = run.VerdictOn(account);
        AccountPhase phase = run.Venue.Accounts.PhaseOf(account);
        AccountId name = run.NameOf(account);
        double? ratio = double.IsFinite(verdict.MarginRatio) ? verdict.MarginRatio : null;
        if (phase is not (AccountPhase.Healthy or AccountPhase.Warned or AccountPhase.Deleveraged) && Recovered(verdict, phase)) return new MarginCallLifted(name);
        if (verdict.IsLiquidatable || !run.Venue.Oracles.Allows(account, OracleAction.Call)) return null;

        if (phase is AccountPhase.Healthy or AccountPhase.Warned or AccountPhase.Liquidated && verdict.IsNear(run.Model.CallAt) && verdict.InitialHealth < 0)
            return new MarginCalled(name, ratio, run.Terms.CallSeconds is { } seconds && !run.IsExempt(account) ? run.Venue.Now + TimeSpan.FromSeconds(seconds) : null);
        if (run.Terms.WarnAt is not { } warnAt) return null;
        if (phase == AccountPhase.Healthy && verdict.IsNear((double)warnAt)) return new AccountWarned(name, ratio);

        return phase == AccountPhase.Warned && !verdict.IsNear((double)warnAt * Hysteresis) ? new WarningLifted(name) : null;
    }
}
