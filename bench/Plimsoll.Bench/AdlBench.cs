using Plimsoll.Numerics;
using Plimsoll.Risk.Liquidation.Deleveraging;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Bench;

/// <summary>A third of a side of 100,000 counterparties shared under every policy, beside sorting a list of them by one figure.</summary>
internal static class AdlBench
{
    private const int Holders = 100_000;
    private const int Rounds = 7;
    private const double Mark = 50;

    public static int Run()
    {
        AdlCandidate[] crowd = Crowd();
        long wanted = crowd.Sum(c => c.Lots) / 3;
        DeleveragingPolicy[] policies = Enum.GetValues<DeleveragingPolicy>();
        long check = 0;
        Action[] contestants =
        [
            () => check += crowd.ToList().OrderByDescending(c => c.ProfitPart * c.Leverage).ThenBy(c => c.Account).ToList().Count,
            .. policies.Select(policy => (Action)(() => check += AdlAllocation.Share(new DeleveragingTerms(policy), crowd, wanted).Length)),
            .. policies.Select(policy => (Action)(() => check += AdlAllocation.Share(new DeleveragingTerms(policy, SpareHedged: true), crowd, wanted).Length)),
        ];
        double[] best = Race.BestMilliseconds(Rounds, contestants);
        Console.WriteLine($"{Holders:N0} counterparties, {wanted:N0} lots to be taken over; best of {Rounds} rounds, ms ({check})");
        Console.WriteLine($"{"policy",-18} {"ms",8} {"of a sort",10} {"hedges spared",14}");
        Console.WriteLine($"{"sort of a list",-18} {best[0],8:F1} {1.0,10:F2}");
        for (int i = 0; i < policies.Length; i++)
            Console.WriteLine($"{policies[i],-18} {best[1 + i],8:F1} {best[1 + i] / best[0],10:F2} {best[1 + policies.Length + i],14:F1}");

        return best.Skip(1).All(ms => ms <= Mark) ? 0 : 1;
    }

    private static AdlCandidate[] Crowd()
    {
        var chance = new SeededStream(11);
        var crowd = new AdlCandidate[Holders];
        for (int i = 0; i < crowd.Length; i++)
        {
            long lots = 1 + chance.NextInt(20_000);
            double notional = lots * 8.0;
            double entry = 0.6 + (0.8 * chance.NextDouble());
            crowd[i] = new AdlCandidate(
                new AccountIndex(i), lots, -1, notional, notional * ((1 / entry) - 1), notional / entry, entry, notional / (1 + (30 * chance.NextDouble())), notional * (1 + chance.NextDouble()),
                chance.NextInt(5) == 0 ? 0 : notional);
        }

        return crowd;
    }
}
