using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation.Breakers;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Terms;

/// <summary>A band around prices.</summary>
/// <param name="Width">How far a price may lie away, as a part: above 0 and below 1.</param>
/// <param name="Seconds">Of a dynamic band, how far back its extremes lie; of a static one, how often the reference is renewed to the last price of the time before, 0 for never.</param>
public sealed record BandTerms(decimal Width, int Seconds)
{
    internal void Check(string field, int leastSeconds)
    {
        if (Width is <= 0m or >= 1m) throw new InputException($"{field}.width", $"{Width} lies outside 0 to 1 (both excluded)");
        Ranges.Check($"{field}.seconds", Seconds, leastSeconds, BreakerTerms.MaxSeconds);
    }

    internal BandTerms Canonical() => this with { Width = Price.Canonical(Width) };
}

/// <summary>How pauses grow.</summary>
/// <param name="Factor">What every further pause of a row is longer by, 1 to 10.</param>
/// <param name="Seconds">How soon after a reopening a trip counts as a further one, above 0.</param>
/// <param name="MostSeconds">No pause is longer.</param>
public sealed record EscalationTerms(decimal Factor, int Seconds, int MostSeconds)
{
    internal void Check(string field, int pauseSeconds)
    {
        Ranges.Check($"{field}.factor", Factor, 1m, 10m);
        Ranges.Check($"{field}.seconds", Seconds, 1m, BreakerTerms.MaxSeconds);
        if (MostSeconds < pauseSeconds || MostSeconds > BreakerTerms.MaxSeconds)
            throw new InputException($"{field}.mostSeconds", $"{MostSeconds} lies outside pauseSeconds {pauseSeconds} to {BreakerTerms.MaxSeconds}");
    }

    internal EscalationTerms Canonical() => this with { Factor = Price.Canonical(Factor) };
}

/// <summary>When an instrument is paused, and how it comes back.</summary>
/// <param name="Instrument">The instrument it is for, or none.</param>
/// <param name="Class">The class of underlyings it is for, or none; a line for an instrument goes before its class's.</param>
/// <param name="Static">The band around the reference; none for none.</param>
/// <param name="Dynamic">The band under the highest and over the lowest price of a time; none for none.</param>
/// <param name="PauseSeconds">How long the first pause lasts, 1 to a day.</param>
/// <param name="AuctionSeconds">How long orders gather after it before they cross, 0 (it reopens without a batch) to a day.</param>
/// <param name="OpenSeconds">The least time open: for so long after a reopening nothing trips, 1 to a day.</param>
/// <param name="Escalation">How further pauses grow; none for pauses of one length.</param>
public sealed record BreakerLine(
    InstrumentId? Instrument,
    AssetClass? Class,
    BandTerms? Static,
    BandTerms? Dynamic,
    int PauseSeconds,
    int AuctionSeconds,
    int OpenSeconds,
    EscalationTerms? Escalation = null)
{
    private const int Day = 86_400;

    /// <summary>How far the reopening price may lie from the mark to be the next reference: the wider of the bands.</summary>
    public double Width => (double)Math.Max(Static?.Width ?? 0m, Dynamic?.Width ?? 0m);

    /// <summary>How long the so many-th pause of a row lasts.</summary>
    /// <param name="level">From 1.</param>
    public long PauseMicroseconds(int level)
    {
        decimal seconds = PauseSeconds;
        if (Escalation is { } row)
        {
            for (int i = 1; i < level && seconds < row.MostSeconds; i++) seconds = Math.Min(row.MostSeconds, seconds * row.Factor);
        }

        return (long)(seconds * 1_000_000m);
    }

    internal DynamicBand? Moving() => Dynamic is { } moving ? new DynamicBand((double)moving.Width, 1_000_000L * moving.Seconds) : null;

    /// <summary>What it is for: the instrument's name, or the class's.</summary>
    public string Name => Instrument?.Value ?? (Class is { } named ? RiskParametersJson.NameOf(named) : "");

    internal void Check(string field)
    {
        if (Instrument is null == Class is null) throw new InputException(field, "expected either an instrument or a class");
        if (Static is null && Dynamic is null) throw new InputException(field, "expected a static or a dynamic band, or both");
        Static?.Check($"{field}.static", 0);
        Dynamic?.Check($"{field}.dynamic", 1);
        Ranges.Check($"{field}.pauseSeconds", PauseSeconds, 1m, Day);
        Ranges.Check($"{field}.auctionSeconds", AuctionSeconds, 0m, Day);
        if (OpenSeconds is < 1 or > Day) throw new InputException($"{field}.openSeconds", $"{OpenSeconds} lies outside 1 to {Day}: without a least time open it could pause again at once, for ever");
        Escalation?.Check($"{field}.escalation", PauseSeconds);
    }

    internal BreakerLine Canonical() => this with { Static = Static?.Canonical(), Dynamic = Dynamic?.Canonical(), Escalation = Escalation?.Canonical() };
}
