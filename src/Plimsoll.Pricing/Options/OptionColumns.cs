namespace Plimsoll.Pricing.Options;

/// <summary>Many options as columns: one span per field, all of one length.</summary>
public readonly ref struct OptionColumns
{
    /// <summary>+1 for a call, −1 for a put: <see cref="Black76.SignOf"/>.</summary>
    public required ReadOnlySpan<double> Sign { get; init; }

    /// <summary>Forwards in quote units, above 0.</summary>
    public required ReadOnlySpan<double> Forward { get; init; }

    /// <summary>Strikes in quote units, above 0.</summary>
    public required ReadOnlySpan<double> Strike { get; init; }

    /// <summary>Times to expiry in years of 365 days.</summary>
    public required ReadOnlySpan<double> Years { get; init; }

    /// <summary>Annual volatilities, 0.6 for 60 %.</summary>
    public required ReadOnlySpan<double> Volatility { get; init; }

    /// <summary>Continuous rates of discount per year; leave empty for undiscounted options.</summary>
    public ReadOnlySpan<double> Rate { get; init; }

    /// <summary>Number of options.</summary>
    public int Length => Forward.Length;

    internal void MustAgree()
    {
        if (Sign.Length != Length || Strike.Length != Length || Years.Length != Length || Volatility.Length != Length
            || (!Rate.IsEmpty && Rate.Length != Length))
            throw new ArgumentException($"All columns must have the {Length} entries of the forward.");
    }
}

/// <summary>Where the answers go, in the units of <see cref="OptionGreeks"/>: one span per answer.</summary>
public readonly ref struct GreekColumns
{
    /// <summary>Values in quote units.</summary>
    public required Span<double> Value { get; init; }

    /// <summary>Deltas.</summary>
    public required Span<double> Delta { get; init; }

    /// <summary>Gammas.</summary>
    public required Span<double> Gamma { get; init; }

    /// <summary>Vegas per vol point.</summary>
    public required Span<double> Vega { get; init; }

    /// <summary>Thetas per day.</summary>
    public required Span<double> Theta { get; init; }

    internal void MustHold(int length)
    {
        if (Value.Length < length || Delta.Length < length || Gamma.Length < length || Vega.Length < length || Theta.Length < length)
            throw new ArgumentException($"Every column of answers needs room for {length} entries.");
    }
}
