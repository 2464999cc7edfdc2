using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Bench;

/// <summary>Black-76 with four Greeks: the batch, the scalar twin, and a textbook loop over the base library's functions.</summary>
internal static class Black76Bench
{
    private const int Options = 8_192; // inputs and answers stay in the second-level cache
    private const int Repeats = 100;
    private const int Rounds = 15;

    public static int Run()
    {
        var columns = new double[5][];
        for (var c = 0; c < columns.Length; c++) columns[c] = new double[Options];
        var answers = new double[5][];
        for (var c = 0; c < answers.Length; c++) answers[c] = new double[Options];
        var chance = new SeededStream(76);
        for (var i = 0; i < Options; i++)
        {
            columns[0][i] = i % 2 == 0 ? 1 : -1;
            columns[1][i] = 20_000 + (chance.NextDouble() * 80_000);
            columns[2][i] = columns[1][i] * Exact.Exp(chance.NextNormal() * 0.4);
            columns[3][i] = 0.002 + (chance.NextDouble() * 2);
            columns[4][i] = 0.2 + chance.NextDouble();
        }

        var times = Race.BestMilliseconds(
            Rounds,
            () => { for (var r = 0; r < Repeats; r++) Batch(columns, answers, greeks: true); },
            () => { for (var r = 0; r < Repeats; r++) Batch(columns, answers, greeks: false); },
            () => { for (var r = 0; r < Repeats / 10; r++) Scalar(columns, answers); },
            () => { for (var r = 0; r < Repeats / 10; r++) Bare(columns, answers); });

        Console.WriteLine($"Black-76, {Options:N0} options in cache, one thread, best of {Rounds} rounds; 512-bit registers: {Lane8.IsAccelerated}");
        Console.WriteLine();
        Console.WriteLine($"{"what",-52} {"M/s",8} {"ns each",9} {"x bare",8}");
        var bare = Rate(times[3], Repeats / 10);
        Print("batch: value and four Greeks", Rate(times[0], Repeats), bare);
        Print("batch: values", Rate(times[1], Repeats), bare);
        Print("one at a time: value and five Greeks", Rate(times[2], Repeats / 10), bare);
        Print("bare: textbook loop over Math.Exp, Math.Log, erfc", bare, bare);
        return 0;
    }

    private static double Rate(double milliseconds, int repeats) => Options * (double)repeats / milliseconds / 1000;

    private static void Print(string what, double rate, double bare) =>
        Console.WriteLine($"{what,-52} {rate,8:F1} {1000 / rate,9:F2} {rate / bare,8:F1}");

    private static void Batch(double[][] columns, double[][] answers, bool greeks)
    {
        var options = new OptionColumns { Sign = columns[0], Forward = columns[1], Strike = columns[2], Years = columns[3], Volatility = columns[4] };
        if (greeks) Black76Batch.Greeks(options, new GreekColumns { Value = answers[0], Delta = answers[1], Gamma = answers[2], Vega = answers[3], Theta = answers[4] });
        else Black76Batch.Values(options, answers[0]);
    }

    private static void Scalar(double[][] columns, double[][] answers)
    {
        for (var i = 0; i < Options; i++)
        {
            var side = columns[0][i] > 0 ? Markets.Instruments.OptionSide.Call : Markets.Instruments.OptionSide.Put;
            var g = Black76.Greeks(new OptionInputs(side, columns[1][i], columns[2][i], columns[3][i], columns[4][i]));
            (answers[0][i], answers[1][i], answers[2][i], answers[3][i], answers[4][i]) = (g.Value, g.Delta, g.Gamma, g.Vega, g.Theta);
        }
    }

    private static void Bare(double[][] columns, double[][] answers)
    {
        for (var i = 0; i < Options; i++)
        {
            var (w, f, k, t, v) = (columns[0][i], columns[1][i], columns[2][i], columns[3][i], columns[4][i]);
            var root = Math.Sqrt(t);
            var s = v * root;
            var d1 = (Math.Log(f / k) / s) + (0.5 * s);
            var d2 = d1 - s;
            var (n1, n2) = (Cdf(w * d1), Cdf(w * d2));
            var density = 0.3989422804014327 * Math.Exp(-0.5 * d1 * d1);
            answers[0][i] = w * ((f * n1) - (k * n2));
            answers[1][i] = w * n1;
            answers[2][i] = density / (f * s);
            answers[3][i] = f * density * root * 0.01;
            answers[4][i] = -f * density * v / (2 * root) / 365;
        }
    }

    // Abramowitz and Stegun 26.2.17: seven digits, the quick textbook choice.
    private static double Cdf(double x)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(x)));
        var tail = 0.3989422804014327 * Math.Exp(-0.5 * x * x) * t
            * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return x > 0 ? 1 - tail : tail;
    }
}
