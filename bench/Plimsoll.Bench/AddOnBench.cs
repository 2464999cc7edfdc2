using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Bench;

/// <summary>
/// The whole rulebook over 1,000,000 accounts × 5 positions × 32 scenarios, every optional section on, beside the bare
/// product of the same positions; and a price of one coin after another, of which only the holders are judged again.
/// </summary>
internal static class AddOnBench
{
    private const int Accounts = 1_000_000;
    private const int Rounds = 9;
    private const int Ticks = 400;
    private const double Mark = 4;

    public static int Run()
    {
        bool reached = Compare(new CrowdedWorld(Accounts, atRandom: true), "five of 2,000 at random, as `product` draws them", ticks: false);
        reached &= Compare(new CrowdedWorld(Accounts, atRandom: false), "five that belong together", ticks: true);

        return reached ? 0 : 1;
    }

    private static bool Compare(CrowdedWorld world, string what, bool ticks)
    {
        var bare = new double[Accounts];
        var verdicts = new Verdict[Accounts];
        Console.WriteLine($"{Accounts:N0} accounts x {CrowdedWorld.Positions} positions ({what}), {world.Catalog.Instruments.Count:N0} contracts x 32 scenarios; best of {Rounds} rounds");
        Console.WriteLine();
        Console.WriteLine($"{"what",-44} {"ms",9} {"ratio",7}");
        double[] times = Race.BestMilliseconds(
            Rounds,
            () => Bare(world, bare),
            () => Judge.All(world.Book, world.Money, world.NeutralResponses, world.Neutral, verdicts),
            () => Judge.All(world.Book, world.Money, world.Responses, world.Model, verdicts),
            () => Judge.All(world.Book, world.Money, world.Responses, world.Model, verdicts, threads: 2));
        Print("bare positions x responses", times[0], times[0]);
        Print("joint scenarios, haircuts and floors", times[1], times[0]);
        Print("the same with every add-on", times[2], times[0]);
        Print("on two threads, beside bare on one", times[3], times[0]);
        string[] names = ["futures of several coins", "futures of one coin", "options of one coin", "anything"];
        for (int k = 0; k < names.Length; k++)
        {
            int[] kind = world.Kinds[k];
            if (kind.Length is 0 or Accounts) continue;
            double ms = Race.BestMilliseconds(Rounds, () => Judge.Accounts(kind, world.Book, world.Money, world.Responses, world.Model, verdicts))[0];
            Console.WriteLine($"{$"  of which {kind.Length:N0}: {names[k]}",-44} {ms,9:F1} {1e6 * ms / kind.Length,7:F0} ns each");
        }

        bool same = Twins(world);
        if (ticks) OneCoinTicks(world, verdicts);
        Console.WriteLine();
        Console.WriteLine(same ? "Plain and fast gave the same verdicts." : "Plain and fast DISAGREE.");
        Console.WriteLine();

        return same && times[2] <= Mark * times[0];
    }

    private static void Print(string what, double ms, double bare) => Console.WriteLine($"{what,-44} {ms,9:F1} {ms / bare,7:F2}");

    private static bool Twins(CrowdedWorld world)
    {
        var verdicts = new Verdict[Accounts];
        Judge.All(world.Book, world.Money, world.Responses, world.Model, verdicts, threads: 2);
        for (int account = 0; account < Accounts; account += 97)
            if (verdicts[account] != Judge.Account(account, world.Book, world.Money, world.Responses, world.Model)) return false;

        return true;
    }

    /// <summary>Moves one coin after another: its rows are built anew and only who holds them is judged.</summary>
    private static void OneCoinTicks(CrowdedWorld world, Verdict[] verdicts)
    {
        int[][] holders = Holders(world);
        var near = new ulong[(Accounts / 64) + 1];
        var micros = new List<double>();
        var marked = new bool[Accounts];
        long judged = 0;
        double all = 0;
        for (int tick = 0; tick < Ticks; tick++)
        {
            int coin = 2 + (tick % (world.Catalog.Assets.Count - 2));
            int[] due = holders[coin];
            var watch = System.Diagnostics.Stopwatch.StartNew();
            world.Responses.Rebuild(world.Market, [new AssetIndex(coin)], []);
            Judge.InPlace(due, world.Book, world.Money, world.Responses, world.Model, verdicts, near);
            double took = watch.Elapsed.TotalMicroseconds;
            judged += due.Length;
            all += took;
            micros.Add(took);
        }

        micros.Sort();
        Console.WriteLine();
        Console.WriteLine($"a tick of one coin, {Ticks} of them: {judged / Ticks:N0} holders judged on average, {judged / all:F1} million accounts a second; p50 {micros[Ticks / 2] / 1000:F2} ms, p99 {micros[Ticks * 99 / 100] / 1000:F2} ms");
    }

    private static int[][] Holders(CrowdedWorld world)
    {
        List<int>[] holders = [.. Enumerable.Range(0, world.Catalog.Assets.Count).Select(_ => new List<int>())];
        for (int account = 0; account < Accounts; account++)
        {
            int last = -1;
            foreach (int instrument in world.Book.Columns(account))
            {
                int coin = world.Catalog.Instruments[instrument].Underlying.Value;
                if (coin != last) holders[coin].Add(account);
                last = coin;
            }
        }

        return [.. holders.Select(h => h.ToArray())];
    }

    // The yardstick: nothing but the arithmetic, unchecked, over the same rows.
    private static void Bare(CrowdedWorld world, double[] worst)
    {
        unchecked
        {
            SparseColumns book = world.Book.AsColumns();
            ref double rows = ref world.Responses.Instruments.Row(0)[0];
            ref int columns = ref MemoryMarshal.GetReference(book.Columns);
            ref double quantities = ref MemoryMarshal.GetReference(book.Quantities);
            for (int a = 0; a < Accounts; a++)
            {
                Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
                for (int p = a * CrowdedWorld.Positions; p < (a + 1) * CrowdedWorld.Positions; p++)
                {
                    ref double row = ref Unsafe.Add(ref rows, Unsafe.Add(ref columns, p) * 32);
                    Vector512<double> q = Vector512.Create(Unsafe.Add(ref quantities, p));
                    s0 = Vector512.FusedMultiplyAdd(q, Vector512.LoadUnsafe(ref row, 0), s0);
                    s1 = Vector512.FusedMultiplyAdd(q, Vector512.LoadUnsafe(ref row, 8), s1);
                    s2 = Vector512.FusedMultiplyAdd(q, Vector512.LoadUnsafe(ref row, 16), s2);
                    s3 = Vector512.FusedMultiplyAdd(q, Vector512.LoadUnsafe(ref row, 24), s3);
                }

                Vector512<double> m = Vector512.Min(Vector512.Min(s0, s1), Vector512.Min(s2, s3));
                Vector256<double> h = Vector256.Min(m.GetLower(), m.GetUpper());
                worst[a] = Math.Min(Math.Min(h[0], h[1]), Math.Min(h[2], h[3]));
            }
        }
    }
}
