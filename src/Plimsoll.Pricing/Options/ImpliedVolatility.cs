namespace Plimsoll.Pricing.Options;

/// <summary>How the search for an implied volatility ended. Numbers are written into columns and never change.</summary>
public enum ImpliedStatus : byte
{
    /// <summary>The volatility reprices the option.</summary>
    Ok = 0,

    /// <summary>The price lies below what the option is worth without volatility; the answer is NaN.</summary>
    BelowIntrinsic = 1,

    /// <summary>The price is at or above the most the option can ever be worth (the forward for a call, the strike for a put); the answer is NaN.</summary>
    AboveMaximum = 2,

    /// <summary>
    /// The price is the intrinsic value to the last bit (or above it by less than 1e-300 of forward and strike), or no time is left: it
    /// says nothing about volatility. The answer is 0 where the price is what the option is worth without volatility, else NaN.
    /// </summary>
    Undetermined = 3,

    /// <summary>An argument has no meaning: NaN, infinite, a forward or strike not above 0, negative time; the answer is NaN.</summary>
    BadInput = 4,
}

/// <summary>An implied volatility, or why there is none.</summary>
/// <param name="Volatility">Annual volatility, 0.6 for 60 %.</param>
/// <param name="Status">How the search ended.</param>
public readonly record struct ImpliedVolatility(double Volatility, ImpliedStatus Status)
{
    /// <summary>Whether there is a volatility.</summary>
    public bool IsOk => Status == ImpliedStatus.Ok;
}
