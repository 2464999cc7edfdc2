using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Thresholds;

namespace Plimsoll.Bench;

/// <summary>
/// The liquidation map of one underlying over 1,000,000 leveraged accounts at 61 prices, beside judging everybody once.
/// </summary>
internal static class ThresholdBench
{
    private const int Accounts = 1_000_000;
    private const int Rounds = 3;
    private const double Mark = 1000;

    public static int Run()
    {
        Console.WriteLine($"{Accounts:N0} accounts with 5 positions and 3 balances, all in BTC, 2 to 20 times leveraged; best of {Rounds} rounds");
        Console.WriteLine($"{"options held by",16} {"threads",8} {"judge all once ms",18} {"map of 61 prices ms",20} {"ratio",7} {"liquidated down",16} {"up",9}");
        bool good = Run(0);

        return Run(0.1) && good ? 0 : 1;
    }

    private static bool Run(double withOptions)
    {
        var books = new LeveragedBooks(Accounts, withOptions);
        var verdicts = new Verdict[Accounts];
        double[] best = [];
        foreach (int threads in (int[])[1, 2])
        {
            var thresholds = new VenueThresholds(books.Positions, books.Money, books.Market, books.Model, threads);
            LiquidationMap? map = null;
            best = Race.BestMilliseconds(
                Rounds,
                () => Judge.All(books.Positions, books.Money, books.Responses, books.Model, verdicts, threads),
                () => map = thresholds.Of(books.Bitcoin, MapGrid.Usual));
            Console.WriteLine($"{(withOptions == 0 ? "nobody" : $"{withOptions:P0}"),16} {threads,8} {best[0],18:F1} {best[1],20:F1} {best[1] / best[0],7:F1} {map!.Down.Sum(s => s.Accounts),16:N0} {map.Up.Sum(s => s.Accounts),9:N0}");
        }

        return withOptions > 0 || best[1] <= Mark;
    }
}
