using Plimsoll.Markets.Surfaces;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>How near a smile comes to the quotes it was fitted to.</summary>
/// <param name="Quotes">Quotes used.</param>
/// <param name="Volatility">Root of the mean squared error of volatility, a fraction: 0.01 is one volatility point.</param>
/// <param name="Ticks">Root of the mean squared error of price, in the venue's ticks.</param>
/// <param name="OutOfBand">Share of the quotes whose bid and ask do not hold the smile.</param>
public readonly record struct FitError(int Quotes, double Volatility, double Ticks, double OutOfBand)
{
    /// <summary>The error of several smiles together, each by its quotes.</summary>
    public static FitError Together(IEnumerable<FitError> errors)
    {
        var (quotes, volatility, ticks, outside) = (0, 0.0, 0.0, 0.0);
        foreach (var error in errors)
        {
            quotes += error.Quotes;
            volatility += error.Quotes * error.Volatility * error.Volatility;
            ticks += error.Quotes * error.Ticks * error.Ticks;
            outside += error.Quotes * error.OutOfBand;
        }

        return quotes == 0 ? default : new FitError(quotes, Math.Sqrt(volatility / quotes), Math.Sqrt(ticks / quotes), outside / quotes);
    }
}

/// <summary>One expiry of a calibration: its quotes, and three smiles of it side by side.</summary>
/// <param name="Slice">The slice published.</param>
/// <param name="Source">Where its forward came from.</param>
/// <param name="Quotes">The quotes used, by strike.</param>
/// <param name="Published">Error of the slice published.</param>
/// <param name="Free">Error of the raw SVI smile fitted without any condition.</param>
/// <param name="FreeSmile">That smile; it may have arbitrage.</param>
/// <param name="Essvi">Error of the extended SSVI slice.</param>
/// <param name="Density">The least Durrleman g of the slice published.</param>
/// <param name="FreeDensity">The least Durrleman g of the raw smile; below 0 it has butterfly arbitrage.</param>
/// <param name="Step">The least gain of total variance on the expiry before; infinite for the first.</param>
public sealed record FittedExpiry(
    SurfaceSlice Slice,
    ForwardSource Source,
    IReadOnlyList<JudgedQuote> Quotes,
    FitError Published,
    FitError Free,
    SviSlice FreeSmile,
    FitError Essvi,
    double Density,
    double FreeDensity,
    double Step);

/// <summary>Something a calibration did that its reader should know.</summary>
/// <param name="Expiry">The expiry it concerns.</param>
/// <param name="Text">What was done, and why.</param>
public sealed record SurfaceNote(Instant Expiry, string Text);

/// <summary>A calibrated surface with everything that says how far to trust it.</summary>
/// <param name="Surface">The surface, free of arbitrage on its grids.</param>
/// <param name="Expiries">Each expiry with its errors.</param>
/// <param name="Quotes">Every quote of the chain, with what was made of it, in the order of the file.</param>
/// <param name="Arbitrage">What the check of the published surface found.</param>
/// <param name="FreeArbitrage">What the same check finds in raw smiles fitted without any condition.</param>
/// <param name="Notes">What was repaired, borrowed or left out.</param>
public sealed record SurfaceFit(
    VolSurface Surface,
    IReadOnlyList<FittedExpiry> Expiries,
    IReadOnlyList<JudgedQuote> Quotes,
    ArbitrageReport Arbitrage,
    ArbitrageReport FreeArbitrage,
    IReadOnlyList<SurfaceNote> Notes)
{
    /// <summary>The error of the published surface over all its quotes.</summary>
    public FitError Published => FitError.Together(Expiries.Select(expiry => expiry.Published));

    /// <summary>The error of raw smiles fitted without any condition.</summary>
    public FitError Free => FitError.Together(Expiries.Select(expiry => expiry.Free));

    /// <summary>The error of the extended SSVI surface.</summary>
    public FitError Essvi => FitError.Together(Expiries.Select(expiry => expiry.Essvi));
}
