using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Simulation.Agents;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Stories;

/// <summary>
/// What goes on at a venue between two moments of a story: the kernel has no timers, so the story tells it the time whenever
/// something falls due or an auction asks for less; at every moment backstop and bidders lay off what they hold, and bidders
/// look at what is auctioned.
/// </summary>
/// <remarks>
/// What is asked for depends on the venue and its time alone, and so do the names of the commands: a venue that stopped in between
/// takes it up again, and what it has seen before is answered with its first outcome.
/// </remarks>
public sealed class Meanwhile
{
    /// <summary>The most commands between two moments of the story; whatever is due then waits for the next.</summary>
    public const int Most = 100_000;

    /// <summary>How long what stays due although time passed is left alone: a price or a person holds it, and time alone will not help.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<InventorySale> sales;
    private readonly IReadOnlyList<AuctionBidder> bidders;
    private IEnumerator<Envelope>? asked;
    private Instant looked;
    private Instant? passed;
    private Instant end;
    private int sent;

    /// <summary>Time alone.</summary>
    public Meanwhile()
        : this([], [])
    {
    }

    internal Meanwhile(IReadOnlyList<InventorySale> sales, IReadOnlyList<AuctionBidder> bidders) => (this.sales, this.bidders) = (sales, bidders);

    /// <summary>The next command, to be carried out before the next is asked for; none where nothing is left to do before the story goes on.</summary>
    /// <param name="venue">The venue as it stands: the same object for the whole of its life.</param>
    /// <param name="until">The story's next moment.</param>
    public Envelope? Next(VenueState venue, Instant until)
    {
        if (until != end) (end, sent) = (until, 0);
        if (sent >= Most || venue.Now >= until) return null;

        Envelope? next = Asked(venue) ?? Passing(venue, until);
        if (next is not null) sent++;

        return next;
    }

    private Envelope? Asked(VenueState venue)
    {
        if (sales.Count + bidders.Count == 0) return null;
        if (asked is null || looked != venue.Now)
        {
            looked = venue.Now;
            asked = Asks(venue).GetEnumerator();
        }

        return asked.MoveNext() ? asked.Current : null;
    }

    private IEnumerable<Envelope> Asks(VenueState venue)
    {
        foreach (Envelope trade in sales.SelectMany(sale => sale.At(venue))) yield return trade;
        foreach (AccountIndex account in Auctioned(venue).Select(one => one.Account).ToArray())
        {
            foreach (AuctionBidder bidder in bidders)
            {
                if (bidder.BidFor(venue, account) is { } bid) yield return bid;
            }
        }
    }

    private Envelope? Passing(VenueState venue, Instant until)
    {
        Instant? due = venue.NextDue is not { } next ? null : next > venue.Now ? next : passed == venue.Now ? venue.Now + Patience : venue.Now;
        Instant? step = bidders.Count == 0 ? null : NextStep(venue);
        Instant? at = due is null || step < due ? step : due;
        if (at is not { } moment || moment >= until) return null;

        passed = moment;

        return new Envelope(moment, Envelope.Venue, new CommandId($"pass-{moment.UnixMicroseconds}"), new PassTime());
    }

    /// <summary>When the first auction asks for less than it does now.</summary>
    private static Instant? NextStep(VenueState venue)
    {
        if (venue.Parameters?.Phases.Auction is not { } terms) return null;

        Instant? first = null;
        foreach (LiquidationCase one in Auctioned(venue))
        {
            Instant since = one.Auction!.InsolventSince ?? one.Auction.OpenedAt;
            if (AuctionClock.NextStep(terms, venue.Now.UnixMicroseconds - since.UnixMicroseconds) is not { } after) continue;

            var at = new Instant(since.UnixMicroseconds + after);
            if (!(first <= at)) first = at;
        }

        return first;
    }

    private static IEnumerable<LiquidationCase> Auctioned(VenueState venue) =>
        venue.Liquidations.Cases.Where(one => one.Stage == LiquidationStage.Auctioned && one.Auction is { IsTaken: false });
}
