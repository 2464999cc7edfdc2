using Plimsoll.Units;

namespace Plimsoll.Simulation.Hedging;

/// <summary>What is sold, how often, and what hedging it costs.</summary>
public sealed record StraddleTerms
{
    /// <summary>When the first straddle is sold.</summary>
    public required Instant From { get; init; }

    /// <summary>No straddle expires later than this.</summary>
    public required Instant To { get; init; }

    /// <summary>Life of a straddle, and the time from one sale to the next.</summary>
    public TimeSpan Roll { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How far back volatility is measured.</summary>
    public TimeSpan VolatilityWindow { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Whether options and perpetual settle in coin: then all gains are coins and the hedge is counted in quote units; otherwise gains
    /// are in the quote currency and the hedge is counted in coins.
    /// </summary>
    public bool InCoin { get; init; }

    /// <summary>Fee on the value of the perpetual traded.</summary>
    public double FeeRate { get; init; } = 0.0005;

    /// <summary>Half the perpetual's spread as a part of its price.</summary>
    public double HalfSpreadRate { get; init; } = 0.0001;

    /// <summary>Fee for each option sold, as a part of the coin under it, at most an eighth of its premium.</summary>
    public double OptionFeeRate { get; init; } = 0.0003;

    /// <summary>
    /// Risk aversion γ × the value of the coins under the straddle: 50 means that a loss of a fiftieth of the notional hurts e-fold.
    /// Free of units, so that it means the same at every price and in either settlement.
    /// </summary>
    public double RelativeRiskAversion { get; init; } = 50;

    /// <summary>Checks the terms.</summary>
    /// <exception cref="InputException">A figure means nothing.</exception>
    public StraddleTerms Checked()
    {
        if (To < From + Roll) throw new InputException("to", $"found {To}, expected at least one roll after {From}");
        if (Roll < TimeSpan.FromHours(2)) throw new InputException("roll", "expected at least two hours");
        if (VolatilityWindow < TimeSpan.FromHours(12)) throw new InputException("volatility window", "expected at least twelve hours");
        if (!(FeeRate is >= 0 and < 1 && HalfSpreadRate is >= 0 and < 1 && OptionFeeRate is >= 0 and < 1)) throw new InputException("costs", "expected rates from 0 to 1");
        if (!(RelativeRiskAversion > 0 && double.IsFinite(RelativeRiskAversion))) throw new InputException("risk aversion", "expected a number above 0");

        return this;
    }
}
