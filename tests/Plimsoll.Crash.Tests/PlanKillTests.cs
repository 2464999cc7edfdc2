using System.Globalization;
using System.Text;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Hosting;
using Plimsoll.Engine.Journal;
using Plimsoll.Engine.Json;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Crash.Tests;

/// <summary>
/// A venue with every guard on, killed in the middle of calls, slices, auctions, pauses and holds, and asked again for whatever
/// it had not answered: what it then has done is, entry by entry, what an unkilled one does.
/// </summary>
public sealed class PlanKillTests
{
    private const int Commands = 1200;

    /// <summary>Commands under way at once; a kill hits them in all states from unread to durable and not yet answered.</summary>
    private const int Ahead = 12;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Killed_in_the_middle_of_every_stage_a_plan_finishes_once_and_just_as_if_it_had_not_been()
    {
        Script script = Script.Lived(Commands);
        TellsEnough(script);
        string directory = Directory.CreateTempSubdirectory("plimsoll-plan-").FullName;
        try
        {
            string file = Path.Combine(directory, "plan.venue");
            bool[] answered = new bool[script.Asked.Count];
            Midst hit = Midst.Nothing;
            foreach (int kill in Kills(script)) hit |= script.At[kill - 1] | script.At[RunAndKill(script, file, answered, kill) - 1];

            RunAndKill(script, file, answered, script.Asked.Count);
            IsTheUnkilled(script, file);
            foreach (Midst stage in Enum.GetValues<Midst>().Where(stage => stage != Midst.Nothing)) hit.HasFlag(stage).ShouldBeTrue($"killed while {stage}");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>The script is about what it says it is about.</summary>
    private static void TellsEnough(Script script)
    {
        string told = string.Join(", ", script.Events.GroupBy(e => e.GetType().Name).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}"));
        TestContext.Current.SendDiagnosticMessage(told);
        Type[] wanted =
        [
            typeof(PricesReported), typeof(ReportsIgnored), typeof(AccountWarned), typeof(MarginCalled), typeof(CallAcknowledged), typeof(LiquidationBegun), typeof(LiquidationSliced),
            typeof(LiquidationEnded), typeof(AuctionOpened), typeof(BidTaken), typeof(AuctionEnded), typeof(BackstopTook), typeof(OverrideProposed), typeof(OverrideConfirmed),
            typeof(CoverStaked), typeof(UnstakeRequested), typeof(CoverUnstaked), typeof(BreakerTripped), typeof(Reopened), typeof(PeriodWorked), typeof(FundDrawn),
        ];
        foreach (Type kind in wanted) script.Events.ShouldContain(e => e.GetType() == kind, told);
    }

    /// <summary>Entries after which the venue is killed: every stage several times, and some anywhere.</summary>
    private static SortedSet<int> Kills(Script script)
    {
        var kills = new SortedSet<int>();
        foreach (Midst stage in Enum.GetValues<Midst>().Where(stage => stage != Midst.Nothing))
        {
            // In the midst of it, so that what is under way when it dies is in it too.
            int[] places = [.. Enumerable.Range(Ahead, script.At.Count - (2 * Ahead)).Where(i => Enumerable.Range(i - 2, Ahead).All(k => script.At[k].HasFlag(stage)))];
            if (places.Length == 0) places = [.. Enumerable.Range(0, script.At.Count).Where(i => script.At[i].HasFlag(stage))];
            for (int k = 0; k < 2 && places.Length > 0; k++) kills.Add(1 + places[(int)((k + 0.5) / 2 * places.Length)]);
        }

        return kills;
    }

    /// <summary>Goes on where the last run was killed, and kills once so many entries were answered; says how many are known to be durable then.</summary>
    private static int RunAndKill(Script script, string file, bool[] answered, int kill)
    {
        using var host = new HostProcess(file);
        int durable = Opened(host);
        int next = FirstOpen(answered);
        durable.ShouldBeGreaterThanOrEqualTo(Array.LastIndexOf(answered, true) + 1, "nothing that was answered is lost");
        durable.ShouldBeLessThanOrEqualTo(Math.Min(answered.Length, next + Ahead), "nothing was done that was not asked");
        StateIs(script, host, durable);

        // What was not answered is asked again, whether or not it was done.
        for (int first = next; first < kill; first = FirstOpen(answered))
        {
            for (; next < Math.Min(answered.Length, first + Ahead); next++) host.Say(Line(script.Asked[next]));
            Heard(script, answered, host.Hear(Patience).ShouldNotBeNull("the venue answers"));
        }

        foreach (string line in host.Kill()) Heard(script, answered, line);

        return Array.LastIndexOf(answered, true) + 1;
    }

    private static int FirstOpen(bool[] answered) => Array.IndexOf(answered, false) is >= 0 and var first ? first : answered.Length;

    private static int Opened(HostProcess host)
    {
        string line = host.Hear(Patience).ShouldNotBeNull("the venue opens");
        line.ShouldStartWith("open ");

        return int.Parse(line.AsSpan(5), CultureInfo.InvariantCulture);
    }

    private static void StateIs(Script script, HostProcess host, int durable)
    {
        host.Say("hash");
        string[] told = host.Hear(Patience).ShouldNotBeNull("the venue knows its hash").Split(' ');
        told[1].ShouldBe(durable.ToString(CultureInfo.InvariantCulture));
        if (durable > 0) told[2].ShouldBe(script.States[durable - 1].ToString(), $"the state after entry {durable}");
    }

    /// <summary>Each is answered with its own place in the journal and its own outcome, however often it was asked.</summary>
    private static void Heard(Script script, bool[] answered, string line)
    {
        int number = int.Parse(line.Split(' ')[3], CultureInfo.InvariantCulture) - 1;
        JournalEntry wanted = script.Entries[number];
        line.ShouldBe($"ack {wanted.By} {wanted.Id} {wanted.Sequence} {wanted.Outcome}");
        answered[number] = true;
    }

    private static string Line(Envelope asked) =>
        $"at {asked.At.UnixMicroseconds} {asked.By} {asked.Id} {Encoding.UTF8.GetString(Wire.Write(asked.Command))}";

    /// <summary>Entry by entry the same journal, the same money, every liquidation ended as often as it began or under way still.</summary>
    private static void IsTheUnkilled(Script script, string file)
    {
        using SqliteJournalStore store = SqliteJournalStore.Open(file);
        store.Verify().ShouldBeNull();
        JournalEntry[] entries = [.. store.ReadFrom(1)];
        entries.Length.ShouldBe(script.Entries.Count);
        for (int i = 0; i < entries.Length; i++) entries[i].Hash.ShouldBe(script.Entries[i].Hash, $"entry {i + 1}");

        VenueKernel recovered = Recovery.Recover(store);
        Audit.Full(recovered.State);
        Snapshots.HashOf(recovered.State).ShouldBe(script.States[^1]);
        Snapshots.HashOf(Recovery.FromStart(store, verify: true).State).ShouldBe(script.States[^1], "decided again from the first command on");
        foreach (IGrouping<AccountId, LiquidationBegun> account in script.Events.OfType<LiquidationBegun>().GroupBy(begun => begun.Account))
        {
            int open = recovered.State.Liquidations.Of(recovered.State.Account(account.Key)) is { Stage: not LiquidationStage.Called } ? 1 : 0;
            script.Events.OfType<LiquidationEnded>().Count(ended => ended.Account == account.Key).ShouldBe(account.Count() - open, $"{account.Key} ends as often as it begins");
        }
    }
}
