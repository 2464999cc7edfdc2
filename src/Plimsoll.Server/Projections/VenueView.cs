namespace Plimsoll.Server.Projections;

/// <summary>Everything a reader is shown of one durable moment; never changed once published.</summary>
/// <param name="Venue">The venue's figures.</param>
/// <param name="Accounts">The account list.</param>
/// <param name="Nearest">The accounts nearest to liquidation, nearest first.</param>
/// <param name="Thresholds">A map for each underlying, in the order of listing.</param>
/// <param name="Funnel">Accounts by stage.</param>
/// <param name="Points">The venue's past.</param>
internal sealed record VenueView(
    VenueFigures Venue,
    AccountList Accounts,
    IReadOnlyList<AccountRow> Nearest,
    IReadOnlyList<ThresholdMap> Thresholds,
    LiquidationFunnel Funnel,
    IReadOnlyList<HistoryPoint> Points)
{
    /// <summary>How many of the nearest are kept with the view.</summary>
    public const int MostNearest = 50;
}
