using Plimsoll.Units;

namespace Plimsoll.Markets.Instruments;

/// <summary>The shape of a contract.</summary>
public enum InstrumentKind : byte
{
    /// <summary>The assets themselves change hands.</summary>
    Spot = 0,

    /// <summary>A future without an end, tied to the index by funding.</summary>
    Perpetual = 1,

    /// <summary>A future with an expiry.</summary>
    Future = 2,

    /// <summary>A European option, settled in cash at expiry.</summary>
    Option = 3,

    /// <summary>Liquidity in an automated market maker, over all prices or a range of them; its size is counted in units of liquidity.</summary>
    Pool = 4,
}

/// <summary>How a contract's worth depends on the price.</summary>
public enum Payoff : byte
{
    /// <summary>Sized in coins of the underlying (pools: in liquidity), worth size × price in the quote asset.</summary>
    Linear = 0,

    /// <summary>Futures sized in quote units and worth size ÷ price in coin; options sized in coins and paid in coin.</summary>
    Inverse = 1,
}

/// <summary>The right an option gives.</summary>
public enum OptionSide : byte
{
    /// <summary>To buy at the strike.</summary>
    Call = 0,

    /// <summary>To sell at the strike.</summary>
    Put = 1,
}

/// <summary>
/// A contract as listed. What it settles in comes from its listing, never from its name.
/// </summary>
public sealed record Instrument
{
    /// <summary>The ends of a pool's range are farther apart than this ratio; nearer ones would drown in the rounding of their roots.</summary>
    public const decimal LeastWidth = 1.000001m;

    /// <summary>Its name in Deribit's grammar.</summary>
    public required InstrumentId Id { get; init; }

    /// <summary>The shape of the contract.</summary>
    public required InstrumentKind Kind { get; init; }

    /// <summary>How its worth depends on the price.</summary>
    public required Payoff Payoff { get; init; }

    /// <summary>The asset whose price it follows.</summary>
    public required AssetIndex Underlying { get; init; }

    /// <summary>The asset its price is quoted in; none when it is quoted in the numeraire itself.</summary>
    public required AssetIndex? Quote { get; init; }

    /// <summary>The asset profit and loss are paid in.</summary>
    public required AssetIndex Settlement { get; init; }

    /// <summary>The smallest size, in the contract's own unit: coins, or quote units for inverse futures.</summary>
    public required decimal LotSize { get; init; }

    /// <summary>The smallest step of its price.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>When it ends; none for perpetuals and spot.</summary>
    public Instant? Expiry { get; init; }

    /// <summary>The strike in quote units; options only.</summary>
    public decimal? Strike { get; init; }

    /// <summary>The right it gives; options only.</summary>
    public OptionSide? Side { get; init; }

    /// <summary>The lower end of a pool's range in quote units; none where it works at all prices.</summary>
    public decimal? Lower { get; init; }

    /// <summary>The upper end of a pool's range in quote units; none where it works at all prices.</summary>
    public decimal? Upper { get; init; }

    /// <summary>Whether positions are held in it; spot changes hands at once and leaves none.</summary>
    public bool HasPositions => Kind != InstrumentKind.Spot;

    /// <summary>Whether the whole price is paid when the trade is done, as for options and pools, rather than carried as cost.</summary>
    public bool PaysPremium => Kind is InstrumentKind.Option or InstrumentKind.Pool;

    /// <summary>Checks the terms against each other.</summary>
    /// <exception cref="InputException">The terms contradict each other.</exception>
    public Instrument Checked()
    {
        Require(LotSize is > 0m and <= 1_000_000_000m, "lotSize", "expected above 0 and at most 1e9");
        Require(TickSize is > 0m and <= 1_000_000_000m, "tickSize", "expected above 0 and at most 1e9");
        Require(Expiry.HasValue == Kind is InstrumentKind.Future or InstrumentKind.Option, "expiry", "futures and options have one, perpetuals and spot none");
        Require(Strike.HasValue == (Kind == InstrumentKind.Option), "strike", "options have one, other contracts none");
        Require(Side.HasValue == (Kind == InstrumentKind.Option), "side", "options have one, other contracts none");
        Require(Strike is null or (>= Price.Min and <= Price.Max), "strike", "expected a price above 0");
        Require(Kind == InstrumentKind.Pool || (Lower is null && Upper is null), "range", "pools may have one, other contracts none");
        Require(Lower.HasValue == Upper.HasValue, "range", "expected both ends or none");
        Require(Lower is null || (Lower >= Price.Min && Upper <= Price.Max && HasWidth(Lower.Value, Upper!.Value)), "range", "expected a price above 0 and one above it by more than a millionth");
        Require(Kind != InstrumentKind.Pool || (Payoff == Payoff.Linear && Quote is { } other && other != Underlying), "quote", "a pool is linear and has a quote asset other than its underlying");
        Require(Kind != InstrumentKind.Spot || (Payoff == Payoff.Linear && Quote is { } quote && quote == Settlement && quote != Underlying), "quote", "spot is linear and settles in a quote asset other than its underlying");
        Require(Payoff == Payoff.Linear || Settlement == Underlying, "settlement", "an inverse contract settles in its underlying");
        Require(Payoff == Payoff.Inverse || Quote == Settlement, "settlement", "a linear contract settles in its quote asset");

        return this;
    }

    private static bool HasWidth(decimal lower, decimal upper) => upper / lower > LeastWidth;

    private void Require(bool holds, string field, string expected)
    {
        if (!holds) throw new InputException($"instrument {Id} {field}", expected);
    }
}
