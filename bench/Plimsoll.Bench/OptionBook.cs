using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Bench;

/// <summary>Ordinary options as columns, the same for every contestant.</summary>
internal sealed class OptionBook
{
    public OptionBook(int count, ulong seed)
    {
        var chance = new SeededStream(seed);
        (Sign, Forward, Strike, Years, Volatility) = (new double[count], new double[count], new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            Sign[i] = i % 2 == 0 ? 1 : -1;
            Forward[i] = 20_000 + (chance.NextDouble() * 80_000);
            Strike[i] = Forward[i] * Exact.Exp(chance.NextNormal() * 0.4);
            Years[i] = 0.002 + (chance.NextDouble() * 2);
            Volatility[i] = 0.2 + chance.NextDouble();
        }
    }

    public int Count => Sign.Length;

    public double[] Sign { get; }

    public double[] Forward { get; }

    public double[] Strike { get; }

    public double[] Years { get; }

    public double[] Volatility { get; }

    public OptionColumns Columns => new() { Sign = Sign, Forward = Forward, Strike = Strike, Years = Years, Volatility = Volatility };

    public static double[][] Room(int columns, int count) => [.. Enumerable.Range(0, columns).Select(_ => new double[count])];
}
