using Plimsoll.Markets.Oracles;
using Plimsoll.Units;

namespace Plimsoll.Bench;

/// <summary>
/// The prices of 200 assets from ten sources each: screened, voted on by weight and given a status; beside a plain median
/// with no question asked, as LINQ writes it and over a sorted array, in the same run.
/// </summary>
internal static class OracleBench
{
    private const int Assets = 200;
    private const int Sources = 10;
    private const int Rounds = 400;
    private const double Mark = 1;

    public static int Run()
    {
        var now = Instant.Utc(2026, 3, 10, 14);
        OracleTerms terms = new OracleTerms(60_000_000) { LiveSources = 3, MostJump = 0.1, FrozenMove = 0.02, OwnBook = new AccountId("venue") }.Checked();
        PriceReport[][] reports = Reports(now);
        JoinedPrice[] last = [.. reports.Select(asset => new JoinedPrice(OracleStatus.Live, asset[0].Price, 0.001, now, Sources, 0.001))];
        var joined = new JoinedPrice[Assets];
        var medians = new double[Assets];
        var faults = new ReportFault[Sources];
        var scratch = new double[Sources];
        Console.WriteLine($"{Assets} assets x {Sources} sources; best of {Rounds} rounds");
        Console.WriteLine();
        Console.WriteLine($"{"what",-44} {"ms",9} {"ratio",7}");
        double[] times = Race.BestMilliseconds(
            Rounds,
            () => Linq(reports, medians),
            () => Sorted(reports, medians, scratch),
            () => Join(reports, terms, now, last, joined, faults));
        string[] names = ["a LINQ median, no question asked", "a median over a sorted array, the same", "screened, weighted, with confidence and status"];
        for (int i = 0; i < times.Length; i++) Console.WriteLine($"{names[i],-44} {times[i],9:F4} {times[i] / times[0],7:F2}");

        long before = GC.GetAllocatedBytesForCurrentThread();
        Join(reports, terms, now, last, joined, faults);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine();
        Console.WriteLine($"{allocated} bytes allocated; {joined.Count(price => price.Status == OracleStatus.Live)} of {Assets} live, mark {Mark} ms {(times[2] < Mark ? "reached" : "MISSED")}");

        return times[2] < Mark && allocated == 0 ? 0 : 1;
    }

    private static void Join(PriceReport[][] reports, OracleTerms terms, Instant now, JoinedPrice[] last, JoinedPrice[] joined, ReportFault[] faults)
    {
        for (int a = 0; a < Assets; a++) joined[a] = OracleAggregate.Join(reports[a], terms, now, last[a], faults);
    }

    private static void Linq(PriceReport[][] reports, double[] medians)
    {
        for (int a = 0; a < Assets; a++)
        {
            double[] sorted = [.. reports[a].Where(report => report.Price > 0).Select(report => report.Price).Order()];
            medians[a] = 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
        }
    }

    private static void Sorted(PriceReport[][] reports, double[] medians, double[] scratch)
    {
        for (int a = 0; a < Assets; a++)
        {
            for (int s = 0; s < Sources; s++) scratch[s] = reports[a][s].Price;
            Array.Sort(scratch);
            medians[a] = 0.5 * (scratch[(Sources - 1) / 2] + scratch[Sources / 2]);
        }
    }

    /// <summary>Sources that mostly agree, among them one that lies, one that is old and the venue's own book.</summary>
    private static PriceReport[][] Reports(Instant now)
    {
        ulong state = 20_260_310;
        AccountId[] names = [.. Enumerable.Range(0, Sources - 1).Select(s => new AccountId($"source{s}")), new AccountId("venue")];
        var all = new PriceReport[Assets][];
        for (int a = 0; a < Assets; a++)
        {
            all[a] = new PriceReport[Sources];
            double price = 0.01 * (a + 1) * (a + 1);
            for (int s = 0; s < Sources; s++)
            {
                double part = Next(ref state);
                long age = s == 7 ? 120_000_000 : (long)(40_000_000 * part);
                double said = s == 8 ? price * 1.3 : price * (1 + (0.002 * (Next(ref state) - 0.5)));
                all[a][s] = new PriceReport(names[s], said, 0.0005 + (0.001 * part), new Instant(now.UnixMicroseconds - age), 1e5 * (1 + part), s == 3 ? price : 0);
            }
        }

        return all;
    }

    private static double Next(ref ulong state)
    {
        unchecked
        {
            state = (state * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407;

            return (state >> 11) * (1.0 / (1UL << 53));
        }
    }
}
