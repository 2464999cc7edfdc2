using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>One or several options, as Black's formula sees them.</summary>
internal readonly struct BlackTerms<T>(T sign, T forward, T strike, T volatility) where T : struct, IReal<T>
{
    /// <summary>+1 for a call, −1 for a put.</summary>
    public readonly T Sign = sign;
    public readonly T Forward = forward;
    public readonly T Strike = strike;
    public readonly T Volatility = volatility;
}

/// <summary>What the steps before the last have found; the letters are those of <see cref="BlackFormula"/>.</summary>
internal readonly struct BlackParts<T>(T root, T spread, T near, T weight, T millsNear, T millsFar, T span) where T : struct, IReal<T>
{
    /// <summary>√T.</summary>
    public readonly T Root = root;

    /// <summary>s = σ√T.</summary>
    public readonly T Spread = spread;

    /// <summary>a − h.</summary>
    public readonly T Near = near;

    /// <summary>g.</summary>
    public readonly T Weight = weight;

    /// <summary>M(|a − h|).</summary>
    public readonly T MillsNear = millsNear;

    /// <summary>M(a + h).</summary>
    public readonly T MillsFar = millsFar;

    /// <summary>M(a − h) − M(a + h), where a − h is above −0.3.</summary>
    public readonly T Span = span;
}

/// <summary>An option's answers at one width.</summary>
internal readonly struct BlackResult<T> where T : struct, IReal<T>
{
    public T Value { get; init; }

    public T Delta { get; init; }

    public T Gamma { get; init; }

    public T Vega { get; init; }

    public T Theta { get; init; }
}
