using Plimsoll.Markets.Chains;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>What a calibration made of a quote: used, or why not.</summary>
public enum QuoteUse
{
    /// <summary>Used.</summary>
    Used = 0,

    /// <summary>In the money; the other side of its strike was used, which says the same more precisely.</summary>
    OtherSideUsed = 1,

    /// <summary>Written on another underlying or quoted in another unit.</summary>
    OtherUnderlying = 2,

    /// <summary>Expired, or at its very end.</summary>
    Expired = 3,

    /// <summary>A strike that is not above 0.</summary>
    StrikeNotPositive = 4,

    /// <summary>No forward in the row, nor any for its expiry.</summary>
    ForwardMissing = 5,

    /// <summary>A price or volatility is infinite or below 0.</summary>
    NotANumber = 6,

    /// <summary>Nobody bids and nobody offers.</summary>
    NoQuote = 7,

    /// <summary>Only a bid or only an offer.</summary>
    OneSided = 8,

    /// <summary>The bid lies above the ask.</summary>
    Crossed = 9,

    /// <summary>Worth less than exercising it.</summary>
    BelowIntrinsic = 10,

    /// <summary>Worth more than what it can ever pay.</summary>
    AboveMaximum = 11,

    /// <summary>A volatility too low or too high to be meant.</summary>
    AbsurdVolatility = 12,

    /// <summary>So wide that it says nothing.</summary>
    TooWide = 13,

    /// <summary>A volatility point moves its price by less than a tick.</summary>
    TooLittleVega = 14,

    /// <summary>The same option is there again, seen later or earlier in the file.</summary>
    Duplicate = 15,

    /// <summary>Good, but its expiry has too few strikes for a smile.</summary>
    TooFewStrikes = 16,
}

/// <summary>A quote with what was made of it.</summary>
/// <param name="Quote">The quote.</param>
/// <param name="Use">Used, or why not.</param>
/// <param name="K">Log-moneyness; NaN where it could not be told.</param>
/// <param name="Bid">Volatility of the bid; NaN where there is none.</param>
/// <param name="Mid">Volatility of the middle.</param>
/// <param name="Ask">Volatility of the ask.</param>
/// <param name="Vega">What a volatility point moves its price by, in quote units.</param>
/// <param name="Forward">The forward it was measured against.</param>
/// <param name="Weight">Its weight in the fit, 1 over a squared volatility.</param>
public sealed record JudgedQuote(
    OptionQuote Quote, QuoteUse Use, double K = double.NaN, double Bid = double.NaN, double Mid = double.NaN, double Ask = double.NaN,
    double Vega = double.NaN, double Forward = double.NaN, double Weight = 0);
