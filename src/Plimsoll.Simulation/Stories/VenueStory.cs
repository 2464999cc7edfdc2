using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Simulation.Agents;
using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Stories;

/// <summary>
/// A whole venue's life as one stream of commands in the order of time: it is built at the path's first moment, then each tick brings
/// prices, expiries, funding every eight hours, interest every day, and customers who run. Any engine can live it; what falls due
/// between two moments, and who bids then, hangs on the venue as it stands and comes from <see cref="Between"/>.
/// </summary>
/// <remarks>
/// The stream is a function of file, options and seed alone, and so are the names of its commands: a venue that stopped takes it up again with
/// <see cref="Commands"/> from its own time, and a command it has seen before is answered with its first outcome.
/// </remarks>
public sealed class VenueStory
{
    private const decimal InterestPerDay = 0.0002m;
    private readonly VenueGenerator venue;
    private readonly double runners;

    private VenueStory(VenueFile file, RiskParameters parameters, PricePath path, int accounts, ulong seed, double runners)
    {
        File = file;
        Path = path;
        Accounts = accounts;
        Seed = seed;
        this.runners = runners;
        venue = new VenueGenerator(file, parameters, path, accounts, seed);
    }

    /// <summary>The file it is told from.</summary>
    public VenueFile File { get; }

    /// <summary>The prices it is told along; label, time and whether it is synthetic.</summary>
    public PricePath Path { get; }

    /// <summary>How many accounts the venue opens with.</summary>
    public int Accounts { get; }

    /// <summary>The whole of its chance.</summary>
    public ulong Seed { get; }

    /// <summary>Reads a venue file with what lies beside it, and makes its story.</summary>
    /// <param name="venueFile">The venue file, e.g. <c>samples/harbour/venue.json</c>.</param>
    /// <param name="options">What is told otherwise.</param>
    /// <exception cref="InputException">A file or an option cannot be used; nothing was begun.</exception>
    public static VenueStory Open(string venueFile, StoryOptions? options = null)
    {
        options ??= new StoryOptions();
        VenueFile file = VenueFileReader.Read(venueFile);
        if (options.Runners is { } part and not (>= 0 and <= 1)) throw new InputException("runners", $"found {part}, expected 0 to 1");

        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(venueFile))!;
        PricePath path = VenuePath.For(file, options, folder);
        int accounts = options.Accounts ?? file.Accounts;
        RiskParameters parameters = ScaledCapital.For(VenueParameters.For(file, folder), accounts, file.Accounts);

        return new VenueStory(file, parameters, path, accounts, options.Seed ?? file.Seed, options.Runners ?? file.Runners);
    }

    /// <summary>The commands, in order.</summary>
    /// <param name="from">
    /// The venue's own time, when it has lived a part already: commands before it are left out, those at that very moment are
    /// repeated, because the venue may have stopped among them.
    /// </param>
    public IEnumerable<Envelope> Commands(Instant? from = null)
    {
        IEnumerable<Envelope> all = venue.Commands().Concat(Ticks());

        return from is { } moment ? all.SkipWhile(envelope => envelope.At < moment) : all;
    }

    /// <summary>What goes on between its commands: what falls due, and what backstop and bidders do about it. One for each venue that lives it.</summary>
    public Meanwhile Between() => new(venue.House.Sales(), venue.House.Bidders());

    private IEnumerable<Envelope> Ticks()
    {
        var funding = new FundingRates(venue);
        var run = new WithdrawalRun(venue, runners, Seed);
        int first = Path.PlaceOf(new AssetId(File.Assets[0].Asset));
        Instant last = Path.Start;
        foreach (PriceTick tick in Path.TicksAfter(Path.Start))
        {
            decimal PriceOf(AssetId asset) => tick.Prices[Path.PlaceOf(asset)];
            yield return Ask(tick.At, "tick", Quotes.At(File, venue.Listing, Path, tick));
            foreach (Envelope expiry in Expiries(last, tick, PriceOf)) yield return expiry;
            if (Crossed(last, tick.At, FundingRates.Period))
            {
                foreach (PayFunding payment in funding.Due(PriceOf)) yield return Ask(tick.At, $"funding-{payment.Instrument}", payment);
            }

            if (Crossed(last, tick.At, Instant.MicrosecondsPerDay))
            {
                foreach (string lent in Lent) yield return Ask(tick.At, $"interest-{lent}", new AccrueInterest(new AssetId(lent), InterestPerDay));
            }

            if (Crossed(last, tick.At, Instant.MicrosecondsPerHour))
            {
                foreach (Envelope ask in run.NextHour(tick.Prices[first], tick.At)) yield return ask;
            }

            last = tick.At;
        }
    }

    /// <summary>Assets that customers have borrowed, by name.</summary>
    private IEnumerable<string> Lent => venue.Customers.Where(customer => customer.Loan is not null).Select(customer => customer.Loan!.Value.Asset).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Contracts that ended since the tick before, settled at the index now: the first price there is after the end.</summary>
    private IEnumerable<Envelope> Expiries(Instant last, PriceTick tick, Func<AssetId, decimal> priceOf)
    {
        foreach (Contract contract in venue.Listing.Contracts)
        {
            if (contract.Name.Expiry is not { } expiry || expiry <= last || expiry > tick.At) continue;
            if (!venue.Fills.Any(fill => fill.Contract == contract)) continue;

            decimal index = priceOf(contract.Name.Base) / (contract.Name.Quote is { } quote ? priceOf(quote) : 1);
            yield return Ask(tick.At, $"expiry-{contract.Id}", new SettleExpiry(contract.Id, new Price(index).Value));
        }
    }

    private static bool Crossed(Instant last, Instant now, long period) => last.UnixMicroseconds / period != now.UnixMicroseconds / period;

    private static Envelope Ask(Instant at, string what, Command command) =>
        new(at, Envelope.Venue, new CommandId($"{what}-{at.UnixMicroseconds / 1_000_000}"), command);
}
