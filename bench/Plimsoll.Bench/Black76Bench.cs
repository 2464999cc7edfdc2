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
        var book = new OptionBook(Options, 76);
        var answers = OptionBook.Room(5, Options);
        var theirs = OptionBook.Room(5, Options);
        var library = QuantLib.Find();
        var times = Race.BestMilliseconds(
            Rounds,
            () => { for (var r = 0; r < Repeats; r++) Batch(book, answers, greeks: true); },
            () => { for (var r = 0; r < Repeats; r++) Batch(book, answers, greeks: false); },
            () => { for (var r = 0; r < Repeats / 10; r++) Scalar(book, answers); },
            () => { for (var r = 0; r < Repeats / 10; r++) Textbook(book, answers); },
            () => { for (var r = 0; r < Repeats; r++) BareBlack.Greeks(book, theirs); },
            () => { for (var r = 0; r < Repeats / 10; r++) library?.Greeks(book, theirs); });

        Console.WriteLine($"Black-76, {Options:N0} options in cache, one thread, best of {Rounds} rounds; 512-bit registers: {Lane8.IsAccelerated}");
        Console.WriteLine();
        Console.WriteLine($"{"what",-60} {"M/s",8} {"ns each",9}");
        var (ours, bare) = (Rate(times[0], Repeats), Rate(times[4], Repeats));
        Print("batch: value and four Greeks", ours);
        Print("batch: values", Rate(times[1], Repeats));
        Print("bare: the same exact arithmetic in one plain loop", bare);
        Print("one at a time: value and nine Greeks", Rate(times[2], Repeats / 10));
        Print("textbook loop over Math.Exp, Math.Log, seven-digit N", Rate(times[3], Repeats / 10));
        if (library is not null) Print($"QuantLib {library.Version} BlackCalculator: value and four Greeks", Rate(times[5], Repeats / 10));
        Console.WriteLine();
        Console.WriteLine($"batch / bare: {ours / bare:F2} (mark 0.8)");
        if (library is not null) Console.WriteLine($"batch / QuantLib: {ours / Rate(times[5], Repeats / 10):F1} (mark 20)");

        Batch(book, answers, greeks: true);
        BareBlack.Greeks(book, theirs);
        var same = Agree(answers, theirs, 0);
        if (!same) Console.WriteLine("The bare loop and the batch disagree.");
        if (library is null) return same ? 0 : 1;

        library.Greeks(book, theirs);
        var near = Agree(answers, theirs, 1e-9);
        if (!near) Console.WriteLine("QuantLib and the batch disagree.");
        return same && near ? 0 : 1;
    }

    private static bool Agree(double[][] ours, double[][] theirs, double tolerance)
    {
        for (var a = 0; a < ours.Length; a++)
            for (var i = 0; i < Options; i++)
                if (!(Math.Abs(ours[a][i] - theirs[a][i]) <= tolerance * (a == 0 ? 1e5 : 1 + Math.Abs(ours[a][i])))) return false;
        return true;
    }

    private static double Rate(double milliseconds, int repeats) => Options * (double)repeats / milliseconds / 1000;

    private static void Print(string what, double rate) => Console.WriteLine($"{what,-60} {rate,8:F1} {1000 / rate,9:F2}");

    private static void Batch(OptionBook book, double[][] answers, bool greeks)
    {
        if (greeks) Black76Batch.Greeks(book.Columns, new GreekColumns { Value = answers[0], Delta = answers[1], Gamma = answers[2], Vega = answers[3], Theta = answers[4] });
        else Black76Batch.Values(book.Columns, answers[0]);
    }

    private static void Scalar(OptionBook book, double[][] answers)
    {
        for (var i = 0; i < Options; i++)
        {
            var side = book.Sign[i] > 0 ? Markets.Instruments.OptionSide.Call : Markets.Instruments.OptionSide.Put;
            var g = Black76.Greeks(new OptionInputs(side, book.Forward[i], book.Strike[i], book.Years[i], book.Volatility[i]));
            (answers[0][i], answers[1][i], answers[2][i], answers[3][i], answers[4][i]) = (g.Value, g.Delta, g.Gamma, g.Vega, g.Theta);
        }
    }

    private static void Textbook(OptionBook book, double[][] answers)
    {
        for (var i = 0; i < Options; i++)
        {
            var (w, f, k, t, v) = (book.Sign[i], book.Forward[i], book.Strike[i], book.Years[i], book.Volatility[i]);
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
