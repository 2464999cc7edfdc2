namespace Plimsoll.Server.Projections;

/// <summary>A fitted volatility surface as a picture needs it; volatilities are annual fractions, strikes and forwards in quote units.</summary>
/// <param name="Surfaces">The names there are, those with most quotes first.</param>
/// <param name="Surface">The one told of; none where there is none.</param>
/// <param name="At">The moment it describes, ISO 8601.</param>
/// <param name="Source"><c>marks</c> of the venue's own options, or <c>chain</c>.</param>
/// <param name="SourceText">The same for a person.</param>
/// <param name="ArbitrageFree">Whether the check of its grids found nothing that could be traded against; none without a surface.</param>
/// <param name="Smiles">A smile for each expiry, the nearest first.</param>
/// <param name="Strikes">The columns of the map, ascending.</param>
/// <param name="Map">Volatility by smile and strike.</param>
/// <param name="Rejected">Quotes left out, counted by reason.</param>
/// <param name="Notes">What was repaired, borrowed or left out.</param>
/// <param name="Reason">Why there is no surface; none where there is one.</param>
internal sealed record SurfaceFigures(
    IReadOnlyList<string> Surfaces,
    string? Surface,
    string? At,
    string Source,
    string SourceText,
    bool? ArbitrageFree,
    IReadOnlyList<SmileFigures> Smiles,
    IReadOnlyList<double> Strikes,
    IReadOnlyList<IReadOnlyList<MapCell>> Map,
    IReadOnlyList<RejectedFigures> Rejected,
    IReadOnlyList<NoteFigures> Notes,
    string? Reason);

/// <summary>One expiry of a surface.</summary>
/// <param name="Expiry">When its options end, ISO 8601.</param>
/// <param name="Name">The day as names of instruments print it, e.g. <c>27MAR20</c>.</param>
/// <param name="Years">Calendar time to expiry.</param>
/// <param name="Forward">The forward.</param>
/// <param name="ForwardSource"><c>venue</c>, <c>parity</c> or <c>none</c>.</param>
/// <param name="AtTheMoney">Volatility at the forward.</param>
/// <param name="Skew">Slope of volatility at the forward per unit of log-moneyness.</param>
/// <param name="Origin">Where the curve came from: <c>fitted</c>, <c>bent</c>, <c>essvi</c>, <c>stale</c>, <c>aged</c> or <c>borrowed</c>.</param>
/// <param name="Density">The least Durrleman g on its grid; below 0 is butterfly arbitrage.</param>
/// <param name="CalendarStep">The least gain of total variance on the expiry before; none for the first.</param>
/// <param name="Error">Its distance from the quotes.</param>
/// <param name="FreeError">That of a raw SVI smile fitted without any condition.</param>
/// <param name="Quotes">The quotes used, by strike.</param>
/// <param name="Curve">The curve, by strike.</param>
internal sealed record SmileFigures(
    string Expiry,
    string Name,
    double Years,
    double Forward,
    string ForwardSource,
    double AtTheMoney,
    double Skew,
    string Origin,
    double Density,
    double? CalendarStep,
    ErrorFigures Error,
    ErrorFigures FreeError,
    IReadOnlyList<SmileQuote> Quotes,
    IReadOnlyList<SmilePoint> Curve);

/// <summary>How near a smile comes to its quotes: their number, root mean square in volatility, share outside bid and ask.</summary>
internal sealed record ErrorFigures(int Quotes, double Volatility, double OutOfBand);

/// <summary>A quote in volatility at a strike; K is ln(strike ÷ forward).</summary>
internal sealed record SmileQuote(double Strike, double K, double Bid, double Mid, double Ask);

/// <summary>A point of a curve; quoted between the outermost strikes it was fitted to.</summary>
internal sealed record SmilePoint(double Strike, double K, double Volatility, bool Quoted);

/// <summary>A cell of the map; without a volatility where the surface gives no answer.</summary>
internal sealed record MapCell(double? Volatility, bool Quoted);

/// <summary>So many quotes were left out for a reason.</summary>
internal sealed record RejectedFigures(string Reason, int Count);

/// <summary>What was done with an expiry, and why.</summary>
internal sealed record NoteFigures(string Expiry, string Text);
