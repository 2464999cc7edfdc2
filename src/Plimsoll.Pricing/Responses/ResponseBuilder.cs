using Plimsoll.Pricing.Options;
using Plimsoll.Pricing.Valuation;

namespace Plimsoll.Pricing.Responses;

/// <summary>What one scenario does to one class of assets.</summary>
/// <param name="Spot">Relative move of the price, above −1.</param>
/// <param name="Vol">Relative move of implied volatility, above −1.</param>
/// <param name="Dampening">The part of the profit and loss that counts, 0 to 1.</param>
public readonly record struct Shock(double Spot, double Vol, double Dampening)
{
    /// <summary>Nothing moves.</summary>
    public static Shock None => new(0, 0, 1);
}

/// <summary>The market one contract is valued in.</summary>
/// <param name="Forward">Its price in quote units.</param>
/// <param name="Volatility">Annual volatility; options only.</param>
/// <param name="Years">Years to expiry; options only.</param>
/// <param name="SettlementPrice">Price of the settlement asset in the numeraire.</param>
public readonly record struct ContractMarket(double Forward, double Volatility, double Years, double SettlementPrice);

/// <summary>
/// Builds the rows of a scenario matrix: what one unit of each thing held gains in each scenario, in the numeraire.
/// </summary>
/// <remarks>
/// <para>A contract is revalued whole: its forward moves with the underlying against the quote asset,
/// <c>F(k) = F · (1 + spot of underlying) ÷ (1 + spot of quote)</c>, its volatility by the underlying's shock, and the
/// gain in settlement coins is worth the shocked price of that coin:
/// <c>R(k) = (v(k) − v) · P(1 + spot of settlement) · dampening of underlying</c>.</para>
/// <para>What the settlement coin's own move does to worth already there is the asset row's business:
/// <c>R(k) = P · spot · dampening</c>.</para>
/// </remarks>
public static class ResponseBuilder
{
    private const int MaxBatch = 64;

    /// <summary>The row of a contract.</summary>
    /// <param name="terms">The contract.</param>
    /// <param name="market">Where it is valued.</param>
    /// <param name="underlying">The shocks of the underlying, one per scenario.</param>
    /// <param name="quote">The shocks of the quote asset; empty when it is quoted in the numeraire.</param>
    /// <param name="settlement">The shocks of the settlement asset.</param>
    /// <param name="row">Receives one number per scenario.</param>
    /// <returns>The contract's unit value now, in the settlement asset.</returns>
    public static double Contract(
        in ContractTerms terms,
        in ContractMarket market,
        ReadOnlySpan<Shock> underlying,
        ReadOnlySpan<Shock> quote,
        ReadOnlySpan<Shock> settlement,
        Span<double> row)
    {
        double now = UnitValue.Of(terms, market.Forward, market.Volatility, market.Years);
        if (!(market.Forward > 0))
        {
            row.Clear();

            return now;
        }

        for (int k = 0; k < underlying.Length; k++)
            row[k] = market.Forward * (1 + underlying[k].Spot) / (quote.IsEmpty ? 1 : 1 + quote[k].Spot);
        if (terms.IsOption) OptionValues(terms, market, underlying, row[..underlying.Length]);
        else if (terms.Shape != ContractShape.LinearForward) Values(terms, row[..underlying.Length]);

        for (int k = 0; k < underlying.Length; k++)
            row[k] = (row[k] - now) * (market.SettlementPrice * (1 + settlement[k].Spot)) * underlying[k].Dampening;

        return now;
    }

    /// <summary>The row of an asset held.</summary>
    /// <param name="price">Its price in the numeraire.</param>
    /// <param name="shocks">Its shocks, one per scenario.</param>
    /// <param name="row">Receives one number per scenario.</param>
    public static void Asset(double price, ReadOnlySpan<Shock> shocks, Span<double> row)
    {
        for (int k = 0; k < shocks.Length; k++) row[k] = price * shocks[k].Spot * shocks[k].Dampening;
    }

    /// <summary>Turns forwards, each above 0, into unit values of a contract in its settlement asset, in place.</summary>
    /// <param name="terms">The contract.</param>
    /// <param name="years">Years to expiry; read for options only.</param>
    /// <param name="volatilities">A volatility for each; read for options only.</param>
    /// <param name="values">Holds the forwards and receives the values.</param>
    public static void UnitValues(in ContractTerms terms, double years, ReadOnlySpan<double> volatilities, Span<double> values)
    {
        if (!terms.IsOption)
        {
            if (terms.Shape != ContractShape.LinearForward) Values(terms, values);

            return;
        }

        Span<double> columns = values.Length <= MaxBatch ? stackalloc double[4 * values.Length] : new double[4 * values.Length];
        Span<double> sign = columns[..values.Length], strike = columns.Slice(values.Length, values.Length);
        Span<double> time = columns.Slice(2 * values.Length, values.Length), worth = columns.Slice(3 * values.Length, values.Length);
        sign.Fill(Black76.SignOf(terms.Side));
        strike.Fill(terms.Strike);
        time.Fill(years);
        Black76Batch.Values(
            new OptionColumns { Sign = sign, Forward = values, Strike = strike, Years = time, Volatility = volatilities }, worth);
        for (int k = 0; k < values.Length; k++) values[k] = terms.Shape == ContractShape.InverseOption ? worth[k] / values[k] : worth[k];
    }

    /// <summary>Turns shocked forwards into unit values of a contract that knows no volatility.</summary>
    private static void Values(in ContractTerms terms, Span<double> row)
    {
        for (int k = 0; k < row.Length; k++) row[k] = UnitValue.Of(terms, row[k], 0, 0);
    }

    /// <summary>Turns shocked forwards into unit values, all scenarios of the option in one batch.</summary>
    private static void OptionValues(in ContractTerms terms, in ContractMarket market, ReadOnlySpan<Shock> shocks, Span<double> row)
    {
        int count = row.Length;
        Span<double> columns = stackalloc double[5 * MaxBatch];
        if (count > MaxBatch) columns = new double[5 * count];
        Span<double> sign = columns[..count], strike = columns.Slice(count, count), years = columns.Slice(2 * count, count);
        Span<double> volatility = columns.Slice(3 * count, count), value = columns.Slice(4 * count, count);
        sign.Fill(Black76.SignOf(terms.Side));
        strike.Fill(terms.Strike);
        years.Fill(market.Years);
        for (int k = 0; k < count; k++) volatility[k] = market.Volatility * (1 + shocks[k].Vol);

        Black76Batch.Values(
            new OptionColumns { Sign = sign, Forward = row, Strike = strike, Years = years, Volatility = volatility }, value);
        for (int k = 0; k < count; k++) row[k] = terms.Shape == ContractShape.InverseOption ? value[k] / row[k] : value[k];
    }
}
