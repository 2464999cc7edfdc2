using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Pools;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Valuation;

/// <summary>The ways a contract's worth follows its forward.</summary>
public enum ContractShape : byte
{
    /// <summary>One coin forward: worth F in the quote asset.</summary>
    LinearForward = 0,

    /// <summary>One quote unit of forward: worth −1/F in coin, so that a long gains when F rises.</summary>
    InverseForward = 1,

    /// <summary>An option on one coin, paid in the quote asset.</summary>
    LinearOption = 2,

    /// <summary>An option on one coin, paid in coin: its quoted worth ÷ F.</summary>
    InverseOption = 3,

    /// <summary>One unit of liquidity in a pool: worth what it holds at the pool's price F, in the quote asset.</summary>
    Pool = 4,
}

/// <summary>What the listing of a contract says, as model numbers and ordinals: all a valuation needs beside the market.</summary>
/// <param name="Shape">How the worth follows the forward.</param>
/// <param name="Side">The right of an option; call for other contracts.</param>
/// <param name="Strike">The strike in quote units; 0 for other contracts.</param>
/// <param name="Expiry">When it ends; <c>default</c> for contracts without an end.</param>
/// <param name="Underlying">Ordinal of the asset it follows.</param>
/// <param name="Quote">Ordinal of the asset it is quoted in, or −1 for the numeraire itself.</param>
/// <param name="Settlement">Ordinal of the asset it pays in.</param>
/// <param name="Range">The prices between which a pool's liquidity works; not read for other contracts.</param>
public readonly record struct ContractTerms(
    ContractShape Shape,
    OptionSide Side,
    double Strike,
    Instant Expiry,
    int Underlying,
    int Quote,
    int Settlement,
    PoolRange Range = default)
{
    /// <summary>The terms of a listed instrument; a spot pair reads as the coin forward it trades.</summary>
    public static ContractTerms Of(Instrument instrument) => new(
        (instrument.Kind, instrument.Payoff) switch
        {
            (InstrumentKind.Pool, _) => ContractShape.Pool,
            (InstrumentKind.Option, Payoff.Linear) => ContractShape.LinearOption,
            (InstrumentKind.Option, _) => ContractShape.InverseOption,
            (_, Payoff.Linear) => ContractShape.LinearForward,
            _ => ContractShape.InverseForward,
        },
        instrument.Side ?? OptionSide.Call,
        (double)(instrument.Strike ?? 0m),
        instrument.Expiry ?? default,
        instrument.Underlying.Value,
        instrument.Quote?.Value ?? -1,
        instrument.Settlement.Value,
        PoolRange.Listed(instrument.Lower, instrument.Upper));

    /// <summary>Whether the worth depends on volatility and time.</summary>
    public bool IsOption => Shape is ContractShape.LinearOption or ContractShape.InverseOption;

    /// <summary>Whether size is counted in quote units rather than in coins.</summary>
    public bool IsInverseForward => Shape == ContractShape.InverseForward;

    /// <summary>Years of 365 days an option has left; 0 once it has expired and for contracts without an end.</summary>
    public double YearsAt(Instant now) => IsOption ? Math.Max(0, now.YearsUntil(Expiry)) : 0;
}
