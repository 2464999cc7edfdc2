using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Bench;

/// <summary>10,000 options fully revalued in 1,000 scenarios, beside QuantLib's blackFormula.</summary>
internal static class ScenarioBench
{
    private const int Options = 10_000;
    private const int Scenarios = 1_000;
    private const int TheirOptions = 1_000; // a tenth of the book is enough to know their pace
    private const int Rounds = 5;
    private const double Mark = 8;

    public static int Run()
    {
        var book = new OptionBook(Options, 77);
        var part = new OptionBook(TheirOptions, 77);
        var chance = new SeededStream(78);
        var quantities = Enumerable.Range(0, Options).Select(_ => chance.NextNormal()).ToArray();
        var moves = Enumerable.Range(0, Scenarios).Select(_ => Exact.Exp(chance.NextNormal() * 0.15)).ToArray();
        var factors = Enumerable.Range(0, Scenarios).Select(_ => Exact.Exp(chance.NextNormal() * 0.25)).ToArray();
        var set = new ScenarioSet(moves, factors);
        var (totals, ours, theirs) = (new double[Scenarios], new double[Scenarios], new double[Scenarios]);
        var library = QuantLib.Find();
        var held = quantities[..TheirOptions];
        var times = Race.BestMilliseconds(
            Rounds,
            () => ScenarioRevaluation.Totals(book.Columns, quantities, set, totals),
            () => ScenarioRevaluation.Totals(part.Columns, held, set, ours),
            () => library?.Scenarios(part, held, moves, factors, theirs));

        Console.WriteLine($"{Options:N0} options x {Scenarios:N0} scenarios, every one priced again, one thread, best of {Rounds}");
        Console.WriteLine();
        Console.WriteLine($"{"what",-48} {"ms",10} {"M/s",8}");
        Console.WriteLine($"{"ScenarioRevaluation, the whole book",-48} {times[0],10:F1} {Options * (double)Scenarios / times[0] / 1000,8:F1}");
        if (library is null) return 0;

        Console.WriteLine($"{"ScenarioRevaluation, a tenth of it",-48} {times[1],10:F1} {TheirOptions * (double)Scenarios / times[1] / 1000,8:F1}");
        Console.WriteLine($"{$"QuantLib {library.Version} blackFormula, a tenth of it",-48} {times[2],10:F1} {TheirOptions * (double)Scenarios / times[2] / 1000,8:F1}");
        Console.WriteLine();
        Console.WriteLine($"ratio: {times[2] / times[1]:F1} (mark {Mark})");
        for (var s = 0; s < Scenarios; s++)
            if (!(Math.Abs(ours[s] - theirs[s]) <= 1e-9 * TheirOptions * 1e5))
            {
                Console.WriteLine($"They disagree in scenario {s}: {ours[s]:R} and {theirs[s]:R}.");
                return 1;
            }

        return 0;
    }
}
