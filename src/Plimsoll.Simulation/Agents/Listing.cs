using System.Collections.Immutable;
using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Options;
using Plimsoll.Pricing.Pools;
using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>
/// What a venue lists, moved to the time and prices of a path: the same file opens in March 2020 and in any other year.
/// </summary>
/// <remarks>
/// While every dated contract of the file ends after the path begins and within a year of it, the file is taken as it is. Otherwise
/// the file's first expiry becomes the last Friday of the quarter after the path's beginning, at least two weeks on, its second
/// that of the next quarter and so on, and each strike moves with the underlying against its reference price, to two
/// significant digits.
/// </remarks>
internal sealed class Listing
{
    private const int LeastDays = 14;
    private readonly VenueFile file;
    private readonly PricePath path;
    private readonly PriceTick opening;
    private readonly Dictionary<Instant, Instant> quarters;

    /// <summary>A file's listing at the first tick of a path that prices all its assets.</summary>
    public Listing(VenueFile file, PricePath path)
    {
        this.file = file;
        this.path = path;
        opening = path.Ticks().First();
        Instant[] ends = [.. file.Instruments.Select(entry => InstrumentName.Parse(entry.Instrument).Expiry).OfType<Instant>().Distinct().Order()];
        bool fits = ends.All(end => end > path.Start && end - path.Start <= TimeSpan.FromDays(365));
        quarters = fits ? [] : ends.Zip(QuarterEnds(path.Start)).ToDictionary(pair => pair.First, pair => pair.Second);
        Contracts = [.. file.Instruments.Select(entry => Open(fits ? entry : Moved(entry))).DistinctBy(contract => contract.Id)];
    }

    /// <summary>Contracts in the order of listing, spot included.</summary>
    public ImmutableArray<Contract> Contracts { get; }

    /// <summary>The opening price of an asset.</summary>
    public decimal PriceOf(string asset) => opening.Prices[path.PlaceOf(new AssetId(asset))];

    /// <summary>Commands that list everything.</summary>
    public IEnumerable<Command> Commands()
    {
        foreach (AssetEntry asset in file.Assets)
            yield return new ListAsset(new AssetId(asset.Asset), asset.Decimals, Words.Of<AssetClass>(asset.Class), asset.Follows is { } follows ? new AssetId(follows) : null);
        foreach (Contract contract in Contracts)
            yield return new ListInstrument(contract.Id, Words.Of<Payoff>(contract.Entry.Payoff), new AssetId(contract.Entry.Settlement), contract.Entry.LotSize, contract.Entry.TickSize);
    }

    private Contract Open(InstrumentEntry entry)
    {
        InstrumentName name = InstrumentName.Parse(entry.Instrument);
        decimal index = PriceOf(name.Base.Value) / (name.Quote is { } quote ? PriceOf(quote.Value) : 1);
        decimal forward = DatedQuotes.Forward(entry, name, index, path.Start);
        decimal trade = name.Kind switch
        {
            InstrumentKind.Option => Premium(entry, name, forward),
            InstrumentKind.Pool => (decimal)PoolRange.Listed(name.Lower, name.Upper).ValueAt((double)forward),
            _ => forward,
        };

        return new Contract(entry, name, index, Stepped(trade, entry.TickSize));
    }

    private decimal Premium(InstrumentEntry entry, InstrumentName name, decimal forward)
    {
        double worth = Black76.Price(new OptionInputs(name.Side!.Value, (double)forward, (double)name.Strike!.Value, path.Start.YearsUntil(name.Expiry!.Value), entry.Volatility!.Value));

        return (decimal)worth / (entry.Payoff == "inverse" ? forward : 1);
    }

    private InstrumentEntry Moved(InstrumentEntry entry)
    {
        InstrumentName name = InstrumentName.Parse(entry.Instrument);
        if (name.Expiry is not { } expiry) return entry;

        decimal reference = file.Assets.First(asset => asset.Asset == name.Base.Value).Reference;
        decimal? strike = name.Strike is { } given ? TwoDigits(given * PriceOf(name.Base.Value) / reference) : null;

        return entry with { Instrument = (name with { Expiry = quarters[expiry], Strike = strike }).ToString() };
    }

    private static IEnumerable<Instant> QuarterEnds(Instant after)
    {
        DateTime day = after.ToDateTime();
        for (int month = ((day.Month - 1) / 3 * 3) + 3, year = day.Year; ; month += 3)
        {
            if (month > 12) (month, year) = (month - 12, year + 1);
            int last = DateTime.DaysInMonth(year, month);
            int back = ((int)new DateTime(year, month, last, 0, 0, 0, DateTimeKind.Utc).DayOfWeek - (int)DayOfWeek.Friday + 7) % 7;
            Instant end = Instant.Utc(year, month, last - back, 8);
            if (end - after >= TimeSpan.FromDays(LeastDays)) yield return end;
        }
    }

    private static decimal TwoDigits(decimal strike)
    {
        decimal unit = 1;
        while (strike / unit >= 100) unit *= 10;
        while (strike / unit < 10) unit /= 10;

        return Price.Canonical(Math.Round(strike / unit) * unit);
    }

    private static decimal Stepped(decimal price, decimal tick) => Price.Canonical(Math.Max(tick, Math.Round(price / tick) * tick));
}
