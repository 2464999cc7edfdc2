using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Tests.Options;

/// <summary>Random options as columns: ordinary ones, and every so often one at an edge.</summary>
internal sealed class OptionSample
{
    private readonly double[] _sign;
    private readonly double[] _forward;
    private readonly double[] _strike;
    private readonly double[] _years;
    private readonly double[] _volatility;
    private readonly double[] _rate;

    public OptionSample(int count, ulong seed)
    {
        var chance = new SeededStream(seed);
        Seed = seed;
        (_sign, _forward, _strike) = (new double[count], new double[count], new double[count]);
        (_years, _volatility, _rate) = (new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var edge = chance.NextInt(50);
            _sign[i] = chance.NextDouble() < 0.5 ? 1 : -1;
            _forward[i] = Exact.Exp((chance.NextDouble() * 24) - 8);
            _strike[i] = edge == 0 ? _forward[i] : _forward[i] * Exact.Exp(chance.NextNormal() * (edge < 5 ? 5 : 0.3));
            _years[i] = edge == 1 ? 0 : Exact.Exp((chance.NextDouble() * 10) - 8);
            _volatility[i] = edge == 2 ? 0 : Exact.Exp((chance.NextDouble() * 5) - 3.5);
            _rate[i] = edge == 3 ? 0 : (chance.NextDouble() * 0.3) - 0.1;
        }
    }

    public ulong Seed { get; }

    public int Count => _sign.Length;

    public OptionColumns Columns(bool discounted) => new()
    {
        Sign = _sign,
        Forward = _forward,
        Strike = _strike,
        Years = _years,
        Volatility = _volatility,
        Rate = discounted ? _rate : [],
    };

    public PricedColumns Priced(double[] prices, bool discounted) => new()
    {
        Sign = _sign,
        Forward = _forward,
        Strike = _strike,
        Years = _years,
        Price = prices,
        Rate = discounted ? _rate : [],
    };

    public OptionInputs this[int i, bool discounted] => new(
        _sign[i] > 0 ? OptionSide.Call : OptionSide.Put, _forward[i], _strike[i], _years[i], _volatility[i], discounted ? _rate[i] : 0);
}

/// <summary>Room for the answers to a sample.</summary>
internal sealed class OptionAnswers(int count)
{
    public double[][] All { get; } = [new double[count], new double[count], new double[count], new double[count], new double[count]];

    public GreekColumns Columns => new() { Value = All[0], Delta = All[1], Gamma = All[2], Vega = All[3], Theta = All[4] };
}
