using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Dydx;

/// <summary>A perpetual position of a subaccount.</summary>
/// <param name="Perpetual">The contract's name, once per subaccount.</param>
/// <param name="Size">Signed size in coins.</param>
/// <param name="Price">Oracle price in USDC.</param>
/// <param name="MaintenanceFraction">Maintenance margin per notional.</param>
public readonly record struct SubaccountPosition(string Perpetual, decimal Size, decimal Price, decimal MaintenanceFraction)
{
    internal Fraction Notional => (Fraction)Size * Price;

    internal Fraction Maintenance => Fraction.Abs(Notional) * MaintenanceFraction;
}

/// <summary>How a liquidation order is priced.</summary>
/// <param name="BankruptcyAdjustmentPpm">How fast the price falls towards bankruptcy as the account does, in millionths.</param>
/// <param name="SpreadToMaintenancePpm">The widest spread from the oracle price, in millionths of the maintenance margin.</param>
public readonly record struct FillablePriceTerms(decimal BankruptcyAdjustmentPpm, decimal SpreadToMaintenancePpm);

/// <summary>
/// A subaccount of dYdX v4, its prices in exact fractions as on the chain. TNC is total net collateral, TMMR the total
/// maintenance requirement. Source: v4-chain, <c>x/clob/keeper/liquidations.go</c>, <c>GetFillablePrice</c> and
/// <c>GetBankruptcyPriceInQuoteQuantums</c>.
/// </summary>
/// <param name="Quote">USDC, signed.</param>
/// <param name="Positions">The perpetual positions.</param>
public sealed record Subaccount(decimal Quote, ImmutableArray<SubaccountPosition> Positions)
{
    // One USDC in the chain's smallest units.
    private const decimal Quantums = 1_000_000m;

    /// <summary>Total net collateral: USDC and every position at its oracle price.</summary>
    public decimal NetCollateral => Collateral.ToDecimal();

    /// <summary>Total maintenance margin requirement.</summary>
    public decimal MaintenanceRequirement => Maintenance.ToDecimal();

    /// <summary>Whether it is to be liquidated: net collateral below the requirement.</summary>
    public bool IsLiquidatable => Collateral < Maintenance;

    private Fraction Collateral => Positions.Aggregate((Fraction)Quote, (sum, p) => sum + p.Notional);

    private Fraction Maintenance => Positions.Aggregate(Fraction.Zero, (sum, p) => sum + p.Maintenance);

    /// <summary>
    /// The price a liquidation order is placed at: (PNNV − ABR × SMMR × PMMR) ÷ size, where ABR = BA × (1 − TNC ÷ TMMR)
    /// between 0 and 1.
    /// </summary>
    /// <param name="perpetual">The position to be closed.</param>
    /// <param name="terms">How the order is priced.</param>
    /// <exception cref="InputException">The subaccount has no such position, or none that asks for margin.</exception>
    public decimal FillablePrice(string perpetual, FillablePriceTerms terms)
    {
        SubaccountPosition held = Held(perpetual);
        Fraction lacking = Fraction.One - (Collateral / Required());
        Fraction adjusted = Fraction.Clamp(lacking * terms.BankruptcyAdjustmentPpm / Quantums, Fraction.Zero, Fraction.One);

        return ((held.Notional - (adjusted * terms.SpreadToMaintenancePpm / Quantums * held.Maintenance)) / held.Size).ToDecimal();
    }

    /// <summary>
    /// What closing a part of a position may bring in USDC so that the part takes its own share of the net collateral along,
    /// weighted by maintenance: −DNNV − ⌊TNC × DMMR ÷ TMMR⌋, the floor in 10⁻⁶ USDC. Positive where USDC is received.
    /// </summary>
    /// <param name="perpetual">The position to be closed.</param>
    /// <param name="delta">Signed change of its size: negative to close a long.</param>
    /// <exception cref="InputException">The subaccount has no such position, or none that asks for margin.</exception>
    public decimal BankruptcyQuote(string perpetual, decimal delta)
    {
        SubaccountPosition held = Held(perpetual);
        Fraction moved = (Fraction)delta * held.Price;
        Fraction released = Fraction.Abs(moved) * held.MaintenanceFraction;
        Fraction share = Collateral * Quantums * released / Required();

        return (-moved - (new Fraction(share.Floor, 1) / Quantums)).ToDecimal();
    }

    private Fraction Required()
    {
        Fraction required = Maintenance;

        return required.Sign > 0 ? required : throw new InputException("positions", "none asks for maintenance margin");
    }

    internal SubaccountPosition Held(string perpetual)
    {
        foreach (SubaccountPosition position in Positions)
            if (string.Equals(position.Perpetual, perpetual, StringComparison.Ordinal) && position.Size != 0) return position;

        throw new InputException("perpetual", $"the subaccount holds no {perpetual}");
    }
}
