using Plimsoll.Pricing.Options;

namespace Plimsoll.Bench;

/// <summary>Implied volatilities a second and how near they come, beside QuantLib's safe Newton and its rational method.</summary>
internal static class ImpliedBench
{
    private const int Options = 8_192;
    private const int Repeats = 20;
    private const int Rounds = 9;
    private const double Accuracy = 1e-12;

    public static int Run()
    {
        var book = new OptionBook(Options, 79);
        var prices = new double[Options];
        Black76Batch.Values(book.Columns, prices);
        var (ours, newton, rational) = (new double[Options], new double[Options], new double[Options]);
        var statuses = new ImpliedStatus[Options];
        var (newtonFailed, rationalFailed) = (0, 0);
        var library = QuantLib.Find();
        var times = Race.BestMilliseconds(
            Rounds,
            () =>
            {
                for (var r = 0; r < Repeats; r++)
                    ImpliedVolBatch.Solve(
                        new PricedColumns { Sign = book.Sign, Forward = book.Forward, Strike = book.Strike, Years = book.Years, Price = prices }, ours, statuses);
            },
            () => newtonFailed = library?.Implied(rational: false, book, prices, Accuracy, newton) ?? 0,
            () => rationalFailed = library?.Implied(rational: true, book, prices, Accuracy, rational) ?? 0);

        Console.WriteLine($"Implied volatilities of {Options:N0} options at their own prices, one thread, best of {Rounds} rounds");
        Console.WriteLine("Errors where the price determines the volatility to 1e-13; elsewhere no method can do better than the price.");
        Console.WriteLine();
        Console.WriteLine($"{"what",-40} {"M/s",8} {"ns each",9} {"worst error",12} {"no answer",10}");
        var mine = Options * (double)Repeats / times[0] / 1000;
        Print("ImpliedVolBatch", mine, ours, statuses.Count(s => s is not ImpliedStatus.Ok and not ImpliedStatus.Undetermined));
        if (library is not null)
        {
            Print($"QuantLib {library.Version} safe Newton, {Accuracy:0e0}", Options / times[1] / 1000, newton, newtonFailed);
            Print($"QuantLib {library.Version} LiRS, {Accuracy:0e0}", Options / times[2] / 1000, rational, rationalFailed);
        }

        Console.WriteLine();
        Console.WriteLine($"{mine:F1} M/s (mark 5)");
        return Worst(ours) <= Accuracy ? 0 : 1;

        void Print(string what, double rate, double[] answers, int failed) =>
            Console.WriteLine($"{what,-40} {rate,8:F2} {1000 / rate,9:F1} {Worst(answers),12:0.0e+0} {failed,10}");

        double Worst(double[] answers)
        {
            var worst = 0.0;
            for (var i = 0; i < Options; i++)
                if (!double.IsNaN(answers[i]) && IsDetermined(i)) worst = Math.Max(worst, Math.Abs((answers[i] / book.Volatility[i]) - 1));
            return worst;
        }

        // One ulp of the price, as a part of the volatility it moves.
        bool IsDetermined(int i)
        {
            var side = book.Sign[i] > 0 ? Markets.Instruments.OptionSide.Call : Markets.Instruments.OptionSide.Put;
            var vega = Black76.RawGreeks(new OptionInputs(side, book.Forward[i], book.Strike[i], book.Years[i], book.Volatility[i])).Vega;
            return (Math.BitIncrement(prices[i]) - prices[i]) / (vega * book.Volatility[i]) < 1e-13;
        }
    }
}
