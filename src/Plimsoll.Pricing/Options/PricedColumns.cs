namespace Plimsoll.Pricing.Options;

/// <summary>Many options with a price as columns: one span per field, all of one length.</summary>
public readonly ref struct PricedColumns
{
    /// <summary>+1 for a call, −1 for a put: <see cref="Black76.SignOf"/>.</summary>
    public required ReadOnlySpan<double> Sign { get; init; }

    /// <summary>Forwards in quote units, above 0.</summary>
    public required ReadOnlySpan<double> Forward { get; init; }

    /// <summary>Strikes in quote units, above 0.</summary>
    public required ReadOnlySpan<double> Strike { get; init; }

    /// <summary>Times to expiry in years of 365 days.</summary>
    public required ReadOnlySpan<double> Years { get; init; }

    /// <summary>Prices in quote units, discounted where there is a rate; prices in coin are first multiplied by the forward.</summary>
    public required ReadOnlySpan<double> Price { get; init; }

    /// <summary>Continuous rates of discount per year; leave empty for undiscounted options.</summary>
    public ReadOnlySpan<double> Rate { get; init; }

    /// <summary>Number of options.</summary>
    public int Length => Forward.Length;

    internal void MustAgree()
    {
        if (Sign.Length != Length || Strike.Length != Length || Years.Length != Length || Price.Length != Length || (!Rate.IsEmpty && Rate.Length != Length))
            throw new ArgumentException($"All columns must have the {Length} entries of the forward.");
    }
}
