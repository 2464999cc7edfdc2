using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Exposure;
using Plimsoll.Risk.Limits;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// What a trade that has not happened would do to the limits. Beyond a hard line only what does not take the measure
/// farther is allowed, so that risk can always be reduced. Liquidations ask nobody.
/// </summary>
public sealed class LimitCheck
{
    private readonly VenueState _venue;
    private readonly LimitWatch _watch;

    internal LimitCheck(VenueState venue, LimitWatch watch) => (_venue, _watch) = (venue, watch);

    /// <summary>
    /// What an order of an account would do, filled in full at once against somebody no limit holds. Limits it leaves as they are are left out.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="instrument">In what.</param>
    /// <param name="lots">Signed: + buys.</param>
    public IReadOnlyList<LimitChange> Would(AccountIndex account, InstrumentIndex instrument, Lots lots) =>
        Changes([], [new Trade(account, instrument, lots)], hardOnly: false).FindAll(change => change.Before != change.After);

    internal Refusal WithFill(AccountIndex buyer, AccountIndex seller, InstrumentIndex instrument, Lots lots) =>
        !_venue.Limits.Any ? Refusal.None : Answer([], [new Trade(buyer, instrument, lots), new Trade(seller, instrument, -lots)]);

    /// <summary>An order is asked twice: alone, and when all others of its account on its side have been filled.</summary>
    internal Refusal WithOrder(AccountIndex account, Order order)
    {
        if (!_venue.Limits.Any) return Refusal.None;

        Trade[] asked = [new Trade(account, order.Instrument, order.Lots)];
        Trade[] standing = [.. _venue.Orders.Of(account).Where(other => other.Lots.Sign == order.Lots.Sign).Select(other => new Trade(account, other.Instrument, other.Lots))];
        Refusal alone = Answer([], asked);

        return alone != Refusal.None || standing.Length == 0 ? alone : Answer(standing, asked);
    }

    private Refusal Answer(Trade[] before, Trade[] asked) =>
        Changes(before, asked, hardOnly: true).Exists(change => change.Refuses) ? Refusal.ExposureLimitBreached : Refusal.None;

    private List<LimitChange> Changes(Trade[] before, Trade[] asked, bool hardOnly)
    {
        var changes = new List<LimitChange>();
        if (!_watch.TryRead(out WatchedLimit[] limits, out GreekMatrix? matrix, out double[] lotSizes)) return changes;

        var scratch = new LotChanges(lotSizes.Length);
        foreach (WatchedLimit limit in limits)
        {
            bool concerns = Array.Exists(asked, trade => limit.Covers(trade.Instrument.Value) && _watch.Holds(limit.Terms, trade.Account));
            if (!concerns || limit.Terms.Measure == Measured.Held || (hardOnly && limit.Terms.Hard is null)) continue;
            if (limit.Group is null) Each(limit, before, asked, matrix, changes);
            else changes.Add(new LimitChange(limit.Terms, null, Together(limit, before, matrix, lotSizes, scratch), Together(limit, [.. before, .. asked], matrix, lotSizes, scratch)));
        }

        return changes;
    }

    private double Together(WatchedLimit limit, Trade[] trades, GreekMatrix matrix, double[] lotSizes, LotChanges scratch)
    {
        scratch.Clear();
        foreach (Trade trade in Netted(trades))
        {
            if (_watch.Holds(limit.Terms, trade.Account)) scratch.Add(trade.Instrument.Value, _venue.Position(trade.Account, trade.Instrument).Lots.Count, trade.Lots.Count);
        }

        return limit.Of(matrix, lotSizes, scratch);
    }

    private void Each(WatchedLimit limit, Trade[] before, Trade[] asked, GreekMatrix matrix, List<LimitChange> changes)
    {
        foreach (AccountIndex account in asked.Select(trade => trade.Account).Distinct().Where(account => _watch.Holds(limit.Terms, account)))
        {
            Trade[] own = [.. asked.Where(trade => trade.Account == account)];
            changes.Add(new LimitChange(limit.Terms, _venue.Accounts[account], Alone(limit, account, before, matrix), Alone(limit, account, [.. before, .. own], matrix)));
        }
    }

    private double Alone(WatchedLimit limit, AccountIndex account, Trade[] trades, GreekMatrix matrix)
    {
        var quantities = new SortedDictionary<int, double>();
        ReadOnlySpan<int> instruments = _venue.Judgement.Positions.Columns(account.Value);
        ReadOnlySpan<double> held = _venue.Judgement.Positions.Values(account.Value);
        for (int i = 0; i < instruments.Length; i++) quantities[instruments[i]] = held[i];
        foreach (Trade trade in Netted(trades))
        {
            long lots = _venue.Position(account, trade.Instrument).Lots.Count + trade.Lots.Count;
            quantities[trade.Instrument.Value] = lots * (double)_venue.Catalog[trade.Instrument].LotSize;
        }

        return limit.Of([.. quantities.Keys], [.. quantities.Values], matrix);
    }

    /// <summary>One trade for each account and instrument.</summary>
    private static IEnumerable<Trade> Netted(Trade[] trades) => trades
        .GroupBy(trade => (trade.Account, trade.Instrument))
        .Select(group => new Trade(group.Key.Account, group.Key.Instrument, new Lots(group.Sum(trade => trade.Lots.Count))));

    private readonly record struct Trade(AccountIndex Account, InstrumentIndex Instrument, Lots Lots);
}
