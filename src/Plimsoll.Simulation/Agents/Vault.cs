using System.Globalization;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Hedging;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>
/// A vault that holds its exposure to one asset near a multiple of its equity by trading one contract with a counterparty.
/// <list type="number">
/// <item>While its contract is paused it waits, and looks again at the first tick after.</item>
/// <item>After a tick, and not more often than its interval, it reads its equity and its delta, coins included, from the venue's own books.</item>
/// <item>Outside its band it trades back (<see cref="TargetExposure"/>), in whole lots, rounded so that it ends inside.</item>
/// <item>It pays the half-spread in the price and the fee to the venue. What the venue refuses is asked again at the next look.</item>
/// </list>
/// </summary>
/// <param name="account">The vault.</param>
/// <param name="counterparty">Who takes the other side.</param>
/// <param name="instrument">What it trades; without an expiry, or one it does not outlive.</param>
/// <param name="target">What it promises.</param>
public sealed class Vault(AccountId account, AccountId counterparty, InstrumentId instrument, TargetExposure target) : IVenuePolicy
{
    private const double MostLots = 1e12;
    private readonly TargetExposure target = target.Checked();
    private Instant? looked;

    /// <summary>The vault's account.</summary>
    public AccountId Account => account;

    /// <summary>The least time between two looks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The part of <see cref="TargetExposure.CostRate"/> that is a fee; the rest is in the price.</summary>
    public double FeePart { get; init; } = 5.0 / 6.0;

    /// <inheritdoc/>
    public IEnumerable<Envelope> After(Envelope done, VenueState venue)
    {
        if (done.Command is not MovePrices || (looked is { } last && done.At - last < Interval)) return [];
        if (venue.Catalog.TryFind(instrument, out InstrumentIndex contract) && !venue.Breakers.Allows(contract)) return [];

        looked = done.At;

        return Trade(venue, done.At) is { } trade ? [new Envelope(done.At, account, new CommandId($"rebalance-{done.At.UnixMicroseconds / 1_000_000}"), trade)] : [];
    }

    private ReportFill? Trade(VenueState venue, Instant now)
    {
        if (venue.Judgement.Model is not { } model || !venue.Accounts.TryFind(account, out AccountIndex index)) return null;
        if (!venue.Catalog.TryFind(instrument, out InstrumentIndex contract, out Instrument? listed) || listed.Expiry <= now || !venue.Market.HasPrice(contract)) return null;

        HedgeBook book = HedgeBook.Of([index.Value], venue.Judgement.Positions, venue.Judgement.Money, model, venue.Market);
        double unit = book.GreeksOf(contract).Delta;
        double money = target.TradeFor(venue.Judgement.Of(index).Equity, book.GreeksOf(listed.Underlying).Delta);
        if (money == 0 || unit == 0) return null;

        double lots = money / unit / (double)listed.LotSize;
        decimal size = (decimal)Math.Min(Math.Ceiling(Math.Abs(lots) * (1 - 1e-12)), MostLots) * listed.LotSize;
        bool buys = lots > 0;
        decimal mark = venue.MarkOf(contract).Value;
        decimal step = (decimal)(target.CostRate * (1 - FeePart));
        decimal price = Grid(mark * (1 + (buys ? step : -step)), listed.TickSize);
        string fee = FeeOf(venue, listed, contract, size, price);

        return new ReportFill(
            buys ? account : counterparty, buys ? counterparty : account, instrument, size, price,
            BuyerFee: buys ? fee : null, SellerFee: buys ? null : fee);
    }

    private string FeeOf(VenueState venue, Instrument listed, InstrumentIndex contract, decimal size, decimal price)
    {
        AssetScale scale = venue.Catalog[listed.Settlement].Scale;
        Lots.TryFrom(size, listed.LotSize, out Lots lots);
        double worth = Math.Abs(scale.ToModel(venue.Worth(contract, lots, new Price(price), Rounding.Nearest)));
        decimal fee = Math.Round((decimal)(worth * target.CostRate * FeePart), Math.Min(scale.Decimals, 18), MidpointRounding.ToPositiveInfinity);

        return Price.Canonical(fee).ToString(CultureInfo.InvariantCulture);
    }

    private static decimal Grid(decimal price, decimal tick) => Price.Canonical(Math.Max(tick, Math.Round(price / tick) * tick));
}
