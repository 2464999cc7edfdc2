using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>Who has his turn, and in which order: the deepest first, ties to the older account.</summary>
internal static class Turns
{
    /// <summary>Those of a list, each once, who have something to be done for them now.</summary>
    public static int[] Ordered(LiquidationRun run, ReadOnlySpan<int> turn)
    {
        AccountSet once = Once(run, turn);
        var accounts = new int[once.Members.Length];
        var healths = new double[accounts.Length];
        int count = 0;
        foreach (int account in once.Members)
        {
            var index = new AccountIndex(account);
            if (HasTurn(run, index)) (accounts[count], healths[count++]) = (account, run.VerdictOn(index).MaintenanceHealth);
        }

        Array.Sort(healths, accounts, 0, count);
        for (int from = 0, to; from < count; from = to)
        {
            for (to = from + 1; to < count && healths[to].Equals(healths[from]);) to++;
            if (to - from > 1) accounts.AsSpan(from, to - from).Sort();
        }

        return accounts[..count];
    }

    /// <summary>The accounts of two lists, each once: those of the first, then whoever else is in the second.</summary>
    public static ReadOnlySpan<int> Both(LiquidationRun run, ReadOnlySpan<int> first, ReadOnlySpan<int> second) => Once(run, first, second).Members;

    private static AccountSet Once(LiquidationRun run, ReadOnlySpan<int> first, ReadOnlySpan<int> second = default)
    {
        var once = new AccountSet();
        once.Clear(run.Venue.Accounts.Count);
        foreach (int account in first) once.Add(account);
        foreach (int account in second) once.Add(account);

        return once;
    }

    private static bool HasTurn(LiquidationRun run, AccountIndex account)
    {
        if (run.IsExempt(account)) return false;
        if (run.Book.Of(account) is not { } one || one.Stage == LiquidationStage.Called)
            return run.VerdictOn(account).IsLiquidatable || PhasedConsequences.CauseOf(run, account) is not null;

        // Who has had his slice of this period waits for the next, unless there is nothing more to do for him.
        return !run.Book.Usage.HasBegun(one.SoldAt) || one.Stage == LiquidationStage.Auctioned || run.VerdictOn(account).Health(one.Goal) >= 0;
    }
}
