using Plimsoll.Pricing.Responses;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// What the judge must know of accounts beside what they hold: in which mode they are, whose they are, and what their
/// positions in thin markets cost. Most accounts have nothing to say here, and the judge asks one bit of them.
/// </summary>
public sealed class AccountTerms
{
    private ulong[] apart = [];
    private MarginMode[] modes = [];
    private int[] families = [];
    private readonly List<int[]> members = [];

    /// <summary>
    /// Accounts × instruments: what a position in an instrument whose profit counts only in part cost, in settlement
    /// coins; positions in other instruments are not named. Whoever writes a row says so by <see cref="CostsChanged"/>.
    /// </summary>
    public SparseRows Costs { get; } = new();

    /// <summary>Whether there is anything to know of an account.</summary>
    public bool IsApart(int account) => (uint)(account >> 6) < (uint)apart.Length && (apart[account >> 6] >> (account & 63) & 1) != 0;

    /// <summary>The mode an account is in.</summary>
    public MarginMode ModeOf(int account) => (uint)account < (uint)modes.Length ? modes[account] : MarginMode.Portfolio;

    /// <summary>All accounts of an account's owner, itself included, ascending; empty where it is the only one.</summary>
    public ReadOnlySpan<int> FamilyOf(int account) =>
        (uint)account < (uint)families.Length && families[account] > 0 ? members[families[account] - 1] : [];

    /// <summary>Says in which mode an account is.</summary>
    public void SetMode(int account, MarginMode mode)
    {
        Room(ref modes, account);
        modes[account] = mode;
        Mark(account);
    }

    /// <summary>Whether any owner has several accounts.</summary>
    public bool HasFamilies => members.Count > 0;

    /// <summary>Says which accounts belong to one owner, in place of what was said of them before.</summary>
    /// <param name="family">All of his accounts, ascending; a single one has no family any more.</param>
    public void SetFamily(params ReadOnlySpan<int> family)
    {
        foreach (int account in family) Leave(account);
        if (family.Length > 1)
        {
            members.Add(family.ToArray());
            foreach (int account in family)
            {
                Room(ref families, account);
                families[account] = members.Count;
            }
        }

        foreach (int account in family) Mark(account);
    }

    private void Leave(int account)
    {
        if ((uint)account >= (uint)families.Length || families[account] == 0) return;

        int place = families[account] - 1;
        families[account] = 0;
        members[place] = [.. members[place].Where(other => other != account)];
        if (members[place].Length == 1) families[members[place][0]] = 0;
        foreach (int other in members[place]) Mark(other);
        Mark(account);
    }

    /// <summary>Says that an account's row of <see cref="Costs"/> was written.</summary>
    public void CostsChanged(int account) => Mark(account);

    private void Mark(int account)
    {
        Room(ref apart, account >> 6);
        ulong bit = 1UL << (account & 63);
        bool costs = account < Costs.Rows && Costs.Columns(account).Length > 0;
        bool anything = costs || ModeOf(account) != MarginMode.Portfolio || FamilyOf(account).Length > 0;
        apart[account >> 6] = anything ? apart[account >> 6] | bit : apart[account >> 6] & ~bit;
    }

    private static void Room<T>(ref T[] column, int place)
    {
        if (place >= column.Length) Array.Resize(ref column, Math.Max(place + 1, 2 * column.Length));
    }
}
