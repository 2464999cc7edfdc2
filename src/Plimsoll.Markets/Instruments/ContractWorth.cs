using Plimsoll.Units;

namespace Plimsoll.Markets.Instruments;

/// <summary>
/// What contracts are worth in the asset they settle in, in whole smallest units: the exact twin of the model value,
/// used wherever money changes hands. A long's cost less what it is worth now is its loss.
/// </summary>
public static class ContractWorth
{
    /// <summary>
    /// The worth of so many lots at a price. Linear futures and spot: size × price. Inverse futures: −size ÷ price, so
    /// that a long gains when the price rises. Options: size × premium, whatever they settle in. Pools: liquidity × its worth.
    /// </summary>
    /// <param name="instrument">The terms.</param>
    /// <param name="lots">Signed: + long.</param>
    /// <param name="price">In quote units; for an option its premium, in coin when it settles in coin; for a pool what a unit is worth.</param>
    /// <param name="settlement">The scale of the asset it settles in.</param>
    /// <param name="rounding">Where a fraction of a unit falls.</param>
    public static Amount Of(Instrument instrument, Lots lots, Price price, AssetScale settlement, Rounding rounding)
    {
        decimal size = lots.ToSize(instrument.LotSize);

        return IsReciprocal(instrument)
            ? settlement.FromQuotient(-size, price.Value, rounding)
            : settlement.FromProduct(price.Value, size, rounding);
    }

    /// <summary>
    /// The notional of so many lots at a price, never negative: what funding and penalties are a part of.
    /// </summary>
    /// <remarks>For an option, <paramref name="price"/> is the underlying's, not the premium.</remarks>
    public static Amount Notional(Instrument instrument, Lots lots, Price price, AssetScale settlement, Rounding rounding)
    {
        decimal size = lots.Size.ToSize(instrument.LotSize);
        if (IsReciprocal(instrument)) return settlement.FromQuotient(size, price.Value, rounding);

        return instrument.Payoff == Payoff.Inverse
            ? settlement.FromProduct(1m, size, rounding)
            : settlement.FromProduct(price.Value, size, rounding);
    }

    /// <summary>
    /// What each of so many lots pays at expiry: the final worth of a future, the payoff of an option.
    /// </summary>
    /// <param name="instrument">The terms.</param>
    /// <param name="lots">Signed: + long.</param>
    /// <param name="price">The underlying's settlement price, in quote units.</param>
    /// <param name="settlement">The scale of the asset it settles in.</param>
    /// <param name="rounding">Where a fraction of a unit falls.</param>
    public static Amount AtExpiry(Instrument instrument, Lots lots, Price price, AssetScale settlement, Rounding rounding)
    {
        if (instrument.Kind != InstrumentKind.Option) return Of(instrument, lots, price, settlement, rounding);

        decimal strike = instrument.Strike!.Value;
        decimal intrinsic = Math.Max(0m, instrument.Side == OptionSide.Call ? price.Value - strike : strike - price.Value);
        decimal size = lots.ToSize(instrument.LotSize);
        if (instrument.Payoff == Payoff.Linear) return settlement.FromProduct(intrinsic, size, rounding);

        // Coin-settled: intrinsic ÷ price coins for each coin of size. The product is taken in whole units first.
        return intrinsic == 0m ? Amount.Zero : settlement.FromRatio(intrinsic, size, price.Value, rounding);
    }

    /// <summary>Whether a contract is worth −size ÷ price, so that prices average harmonically.</summary>
    public static bool IsReciprocal(Instrument instrument) =>
        instrument.Payoff == Payoff.Inverse && instrument.Kind != InstrumentKind.Option;
}
