using Plimsoll.Engine;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>
/// Every account's numbers at one moment, a column each, never changed once published. The columns of names is shared
/// between moments: it only grows beyond what an older moment reads.
/// </summary>
internal sealed record AccountColumns(int Count, AccountId[] Names, Verdict[] Verdicts, AccountPhase[] Phases, double[] Distances)
{
    /// <summary>The account that liquidations are filled against: every venue opens it, and it is never liquidated itself.</summary>
    public static AccountId Provider { get; } = new("liquidity");

    public static AccountColumns Empty { get; } = new(0, [], [], [], []);

    /// <summary>Copies the columns. On the engine's thread; costs a few numbers for each account.</summary>
    public static AccountColumns Of(VenueState venue, AccountColumns last)
    {
        int count = venue.Accounts.Count;
        AccountId[] names = last.Names;
        if (names.Length < count) Array.Resize(ref names, Math.Max(count, 2 * names.Length));
        for (int i = last.Count; i < count; i++) names[i] = venue.Accounts[new AccountIndex(i)];

        var phases = new AccountPhase[count];
        for (int i = 0; i < count; i++) phases[i] = venue.Accounts.PhaseOf(new AccountIndex(i));

        return new AccountColumns(count, names, venue.Judgement.Verdicts.ToArray(), phases, Distance.OfAll(venue));
    }
}
