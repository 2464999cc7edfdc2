using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Options;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>An option position and the volatility it is marked at.</summary>
/// <param name="Side">The right it gives.</param>
/// <param name="Strike">Strike in quote units, not below 0.</param>
/// <param name="Size">Signed size in coins.</param>
/// <param name="Volatility">Annual volatility, 0.6 for 60 %.</param>
public readonly record struct OptionPosition(OptionSide Side, double Strike, double Size, double Volatility);

/// <summary>
/// The options of one expiry as columns, valued again and again under moved forwards and volatilities; undiscounted.
/// </summary>
internal sealed class OptionBlock
{
    private readonly double years;
    private readonly double[] signs;
    private readonly double[] strikes;
    private readonly double[] sizes;
    private readonly double[] volatilities;
    private readonly double[] allYears;
    private readonly double[] forwards;
    private readonly double[] values;

    public OptionBlock(ImmutableArray<OptionPosition> options, double years)
    {
        this.years = years;
        signs = [.. options.Select(o => Black76.SignOf(o.Side))];
        strikes = [.. options.Select(o => o.Strike)];
        sizes = [.. options.Select(o => o.Size)];
        volatilities = [.. options.Select(o => o.Volatility)];
        allYears = new double[options.Length];
        Array.Fill(allYears, years);
        (forwards, values) = (new double[options.Length], new double[options.Length]);
    }

    public int Count => strikes.Length;

    public double Years => years;

    public double Strike(int option) => strikes[option];

    public double Volatility(int option) => volatilities[option];

    /// <summary>Worth of the whole block at a forward, each option at the volatility given for it.</summary>
    public double Value(double forward, ReadOnlySpan<double> volatility)
    {
        Fill(forward, volatility);
        double sum = 0;
        for (int i = 0; i < values.Length; i++) sum += sizes[i] * values[i];

        return sum;
    }

    /// <summary>Worth of one coin of each option at the volatilities they are marked at.</summary>
    public ReadOnlySpan<double> UnitValues(double forward)
    {
        Fill(forward, volatilities);

        return values;
    }

    /// <summary>The volatilities the options are marked at.</summary>
    public ReadOnlySpan<double> Marked => volatilities;

    private void Fill(double forward, ReadOnlySpan<double> volatility)
    {
        Array.Fill(forwards, forward);
        var columns = new OptionColumns { Sign = signs, Forward = forwards, Strike = strikes, Years = allYears, Volatility = volatility };
        Black76Batch.Values(columns, values);
        for (int i = 0; i < values.Length; i++)
        {
            // Black's formula knows no strike or forward of 0; there an option is worth what exercise brings.
            if (!(strikes[i] > 0 && forward > 0)) values[i] = Math.Max(signs[i] * (forward - strikes[i]), 0);
            if (!double.IsFinite(values[i])) throw new InputException("option", $"strike {strikes[i]}, forward {forward}, volatility {volatility[i]} and {years} years have no price");
        }
    }
}
