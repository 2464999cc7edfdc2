using System.Diagnostics;
using Plimsoll.Engine;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Bench;

/// <summary>
/// One price command at a venue of 1,000,000 accounts, from the command to every verdict it changes: when all of them
/// hold what moved, and when a hundred do. The bare judgement of the same accounts is the limit beside it.
/// </summary>
internal static class TickBench
{
    private const int Accounts = 1_000_000;
    private const int Rounds = 9;

    public static int Run()
    {
        var watch = Stopwatch.StartNew();
        var venue = new LoadedVenue(Accounts, threads: 1);
        Console.WriteLine($"{Accounts:N0} accounts with 5 positions and 3 balances, loaded in {watch.Elapsed.TotalSeconds:F0} s; best of {Rounds} rounds");
        Memory(venue);
        Console.WriteLine();
        Console.WriteLine($"{"threads",8} {"tick",-34} {"ms",9} {"judgement alone ms",20} {"ratio",7}");
        decimal price = 8000m;
        foreach (int threads in (int[])[1, 2])
        {
            Judgement judgement = venue.Kernel.State.Judgement;
            judgement.Threads = threads;
            var verdicts = new Verdict[Accounts];
            double[] all = Race.BestMilliseconds(
                Rounds,
                () => venue.Tick((LoadedVenue.Bitcoin, price = price == 8000m ? 8001m : 8000m)),
                () => Judge.All(judgement.Positions, judgement.Money, judgement.Responses!, judgement.Model!, verdicts, threads));
            Console.WriteLine($"{threads,8} {"every account holds it",-34} {all[0],9:F2} {all[1],20:F2} {all[0] / all[1],7:F2}");
            decimal rare = 10m;
            double few = Race.BestMilliseconds(Rounds * 20, () => venue.Tick((LoadedVenue.Rare, rare = rare == 10m ? 10.01m : 10m)))[0];
            Console.WriteLine($"{threads,8} {"a hundred accounts hold it",-34} {few,9:F3}");
        }

        return 0;
    }

    private static void Memory(LoadedVenue venue)
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        double live = GC.GetTotalMemory(forceFullCollection: true);
        Judgement judgement = venue.Kernel.State.Judgement;
        double rows = judgement.Positions.Bytes + judgement.Money.Bytes;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"memory per account: {live / Accounts:F0} bytes live in all (ledger, positions, names, book, indexes, verdicts), of which book rows {rows / Accounts:F0} and verdicts 64");
        Console.WriteLine($"process: {process.WorkingSet64 / 1048576.0:N0} MiB resident");
    }
}
