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
/// Options as columns, valued again and again under moved forwards and volatilities; undiscounted. Whoever asks places a
/// forward and a volatility for every option and prices all of them at once: the formula is fastest on long columns.
/// </summary>
internal sealed class OptionBlock
{
    private readonly double[] signs;
    private readonly double[] strikes;
    private readonly double[] sizes;
    private readonly double[] marked;
    private readonly double[] years;
    private readonly double[] forwards;
    private readonly double[] volatilities;
    private readonly double[] values;

    public OptionBlock(IEnumerable<(ImmutableArray<OptionPosition> Options, double Years)> expiries)
    {
        (OptionPosition Option, double Years)[] all = [.. expiries.SelectMany(e => e.Options.Select(o => (o, e.Years)))];
        signs = [.. all.Select(o => Black76.SignOf(o.Option.Side))];
        strikes = [.. all.Select(o => o.Option.Strike)];
        sizes = [.. all.Select(o => o.Option.Size)];
        marked = [.. all.Select(o => o.Option.Volatility)];
        years = [.. all.Select(o => o.Years)];
        (forwards, volatilities, values) = (new double[all.Length], new double[all.Length], new double[all.Length]);
    }

    /// <summary>Strikes.</summary>
    public ReadOnlySpan<double> Strikes => strikes;

    /// <summary>The volatilities the options are marked at.</summary>
    public ReadOnlySpan<double> Marked => marked;

    /// <summary>Where the forwards to price at are placed.</summary>
    public Span<double> Forwards => forwards;

    /// <summary>Where the volatilities to price at are placed.</summary>
    public Span<double> Volatilities => volatilities;

    /// <summary>Worth of one coin of each option as last priced.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>Prices every option at what has been placed.</summary>
    /// <exception cref="InputException">An option has no price there.</exception>
    public void Price()
    {
        var columns = new OptionColumns { Sign = signs, Forward = forwards, Strike = strikes, Years = years, Volatility = volatilities };
        Black76Batch.Values(columns, values);
        for (int i = 0; i < values.Length; i++)
        {
            // Black's formula knows no strike or forward of 0; there an option is worth what exercise brings.
            if (!(strikes[i] > 0 && forwards[i] > 0)) values[i] = Math.Max(signs[i] * (forwards[i] - strikes[i]), 0);
            if (!double.IsFinite(values[i])) throw new InputException("option", $"strike {strikes[i]}, forward {forwards[i]}, volatility {volatilities[i]} and {years[i]} years have no price");
        }
    }

    /// <summary>Worth of a run of positions as last priced.</summary>
    public double Worth(int from, int count)
    {
        double sum = 0;
        for (int i = from; i < from + count; i++) sum += sizes[i] * values[i];

        return sum;
    }
}
