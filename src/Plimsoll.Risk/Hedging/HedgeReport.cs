namespace Plimsoll.Risk.Hedging;

/// <summary>A hedge as it is told to people and programs; money in the numeraire. See <c>docs/formats/hedge.md</c>.</summary>
/// <param name="At">The moment of the market, ISO 8601.</param>
/// <param name="Cost">What all trades cost together.</param>
/// <param name="Hedges">One for each underlying, in the order of listing.</param>
public sealed record HedgeReport(string At, CostReport Cost, IReadOnlyList<UnderlyingReport> Hedges);

/// <summary>The hedge of one underlying.</summary>
/// <param name="Underlying">The asset.</param>
/// <param name="Price">Its price.</param>
/// <param name="Complete">Whether every band holds afterwards.</param>
/// <param name="Before">Sensitivities before.</param>
/// <param name="After">Sensitivities after.</param>
/// <param name="Bands">What becomes of each band.</param>
/// <param name="Trades">What to trade.</param>
/// <param name="Cost">What that costs.</param>
/// <param name="Skipped">Instruments that could not be used.</param>
/// <param name="Ladder">Gains over moves of price and volatility, before and after.</param>
public sealed record UnderlyingReport(
    string Underlying,
    double Price,
    bool Complete,
    SensitivityReport Before,
    SensitivityReport After,
    IReadOnlyList<BandReport> Bands,
    IReadOnlyList<TradeReport> Trades,
    CostReport Cost,
    IReadOnlyList<SkippedReport> Skipped,
    LadderReport Ladder);

/// <summary>Sensitivities: delta, gamma per 1 %, vega per vol point; and delta in coins.</summary>
public sealed record SensitivityReport(double Delta, double Gamma, double Vega, double DeltaCoins);

/// <summary>One band.</summary>
/// <param name="Greek"><c>delta</c>, <c>gamma</c> or <c>vega</c>.</param>
/// <param name="Lower">Its lower end; none for no end.</param>
/// <param name="Upper">Its upper end; none for no end.</param>
/// <param name="Source"><c>plan</c>, or <c>no-trade</c> where the plan has no band for delta.</param>
/// <param name="Before">The sensitivity before.</param>
/// <param name="After">The sensitivity after.</param>
/// <param name="BreachBefore">How far outside it was.</param>
/// <param name="BreachAfter">How far outside it will be.</param>
/// <param name="Obstacle">Why it is still outside: <c>nothing-moves-it</c>, <c>depth-spent</c>, <c>other-band</c>, <c>lot-too-coarse</c>, <c>search-limit</c>; none inside.</param>
public sealed record BandReport(
    string Greek, double? Lower, double? Upper, string Source, double Before, double After, double BreachBefore, double BreachAfter, string? Obstacle);

/// <summary>One trade.</summary>
/// <param name="Instrument">What.</param>
/// <param name="Side"><c>buy</c> or <c>sell</c>.</param>
/// <param name="Size">How much, above 0, as a decimal in the instrument's own unit.</param>
/// <param name="Delta">What it adds to delta.</param>
/// <param name="Gamma">What it adds to gamma.</param>
/// <param name="Vega">What it adds to vega.</param>
/// <param name="Cost">What it costs.</param>
public sealed record TradeReport(string Instrument, string Side, string Size, double Delta, double Gamma, double Vega, CostReport Cost);

/// <summary>Costs: spread, fees, impact and their sum.</summary>
public sealed record CostReport(double Spread, double Fees, double Impact, double Total);

/// <summary>An instrument that could not be used, and why.</summary>
public sealed record SkippedReport(string Instrument, string Why);

/// <summary>Gains of the whole book; <c>[v][s]</c> is volatility shift v and move s. After counts what the trades cost.</summary>
public sealed record LadderReport(
    IReadOnlyList<double> SpotMoves, IReadOnlyList<double> VolatilityShifts, IReadOnlyList<IReadOnlyList<double>> Before, IReadOnlyList<IReadOnlyList<double>> After);
