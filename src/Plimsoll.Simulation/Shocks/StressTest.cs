using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Simulation.Cascades;
using Plimsoll.Simulation.Standing;
using Plimsoll.Simulation.Stories;
using Plimsoll.Treasury.Matching;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Shocks;

/// <summary>One shock to a whole venue.</summary>
/// <param name="Spot">Relative move of every coin that promises no fixed worth, above −1: −0.3 is −30 %.</param>
/// <param name="Volatility">Relative move of every implied volatility, above −1.</param>
/// <param name="Depegs">Assets that take a price of their own, in the numeraire.</param>
/// <param name="Withdrawals">The part of his free cash in every asset that every customer asks for, 0 to 1.</param>
public sealed record Shock(double Spot, double Volatility, IReadOnlyDictionary<AssetId, decimal> Depegs, decimal Withdrawals);

/// <summary>What a shock did.</summary>
/// <param name="Before">How the venue stood.</param>
/// <param name="After">How it stands when everything that follows has followed.</param>
/// <param name="Prices">What each asset was worth before and is worth now.</param>
/// <param name="Record">Who was called, liquidated and deleveraged.</param>
/// <param name="Calls">Accounts called for margin.</param>
/// <param name="Liquidated">Notional closed, in the numeraire.</param>
/// <param name="Deleveragings">Counterparties that took positions over.</param>
/// <param name="FundDrawn">What the insurance fund paid, in the numeraire.</param>
/// <param name="BadDebt">What the venue itself bore, in the numeraire.</param>
/// <param name="PaidOut">Withdrawals paid, in the numeraire.</param>
/// <param name="TurnedAway">Withdrawals not paid because the wallet they are paid from was empty, in the numeraire.</param>
public sealed record StressReport(
    VenueStanding Before,
    VenueStanding After,
    IReadOnlyList<(AssetId Asset, double Before, double After)> Prices,
    StoryRecord Record,
    long Calls,
    double Liquidated,
    long Deleveragings,
    double FundDrawn,
    double BadDebt,
    double PaidOut,
    double TurnedAway);

/// <summary>
/// Lives a shock on a copy of a venue: prices move at once, everybody is judged and what follows follows, for an hour where the
/// rulebook gives it time, then customers ask for their money. The venue itself is not touched.
/// </summary>
public static class StressTest
{
    private const int Minutes = 60;

    /// <summary>Runs a shock.</summary>
    /// <param name="venue">The venue; a copy of it is taken and it stays as it is.</param>
    /// <param name="shock">What happens.</param>
    /// <param name="rules">How soon each place pays.</param>
    /// <param name="run">The run to outlast, for the survival hours.</param>
    /// <exception cref="InputException">The shock names an unknown asset or lies outside its limits.</exception>
    public static StressReport Run(VenueKernel venue, Shock shock, AvailabilityRules rules, StressedRun run)
    {
        Check(venue.State, shock);
        VenueKernel copy = Snapshots.Restore(Snapshots.Take(venue));
        copy.State.Judgement.Threads = venue.State.Judgement.Threads;
        VenueState state = copy.State;
        VenueStanding before = VenueStanding.Of(state, rules, run);
        double[] prices = [.. state.Catalog.Assets.Select((_, a) => state.Market.PriceOf(new AssetIndex(a)))];
        Tally was = Counted(state.Tally);

        var record = new StoryRecord();
        record.Begin(state);
        Instant now = Live(copy, shock, record);
        (double paid, double turnedAway) = Withdraw(copy, shock.Withdrawals, now, record);

        return new StressReport(
            before,
            VenueStanding.Of(state, rules, run),
            [.. state.Catalog.Assets.Select((asset, a) => (asset.Id, prices[a], state.Market.PriceOf(new AssetIndex(a))))],
            record,
            state.Tally.MarginCalls - was.Calls,
            state.Tally.LiquidatedNotional - was.Liquidated,
            state.Tally.Deleveragings - was.Deleveragings,
            state.Tally.FundDrawn - was.FundDrawn,
            state.Tally.BadDebt - was.BadDebt,
            paid,
            turnedAway);
    }

    private static void Check(VenueState venue, Shock shock)
    {
        if (shock.Spot is not (> -1 and <= 10)) throw new InputException("spot", $"found {shock.Spot}, expected above -1 and at most 10");
        if (shock.Volatility is not (> -1 and <= 10)) throw new InputException("vol", $"found {shock.Volatility}, expected above -1 and at most 10");
        if (shock.Withdrawals is < 0 or > 1) throw new InputException("withdrawals", $"found {shock.Withdrawals}, expected 0 to 1");
        foreach ((AssetId asset, decimal price) in shock.Depegs.OrderBy(depeg => depeg.Key))
        {
            if (!venue.Catalog.TryFind(asset, out _)) throw new InputException("depeg", $"the venue does not list {asset}");
            if (price is < Price.Min or > Price.Max) throw new InputException($"depeg {asset}", $"found {price}, expected a price above 0");
        }
    }

    private static double[] Moves(VenueState venue, Shock shock)
    {
        double[] moves = new double[venue.Catalog.Assets.Count];
        for (int a = 0; a < moves.Length; a++)
        {
            Asset asset = venue.Catalog[new AssetIndex(a)];
            double before = venue.Market.PriceOf(new AssetIndex(a));
            if (shock.Depegs.TryGetValue(asset.Id, out decimal own) && before > 0) moves[a] = ((double)own / before) - 1;
            else if (asset.Class is AssetClass.Major or AssetClass.Alt or AssetClass.Staked) moves[a] = shock.Spot;
        }

        return moves;
    }

    /// <summary>
    /// Prices move at once and stand for an hour, told every minute by every source the venue listens to, while pauses end, slices are
    /// sold and auctions run out; without anything that waits for time it is over at once.
    /// </summary>
    private static Instant Live(VenueKernel copy, Shock shock, StoryRecord record)
    {
        var prices = new ShockedPrices(copy.State, Moves(copy.State, shock), shock.Volatility);
        Instant now = copy.State.Now + TimeSpan.FromSeconds(1);
        for (int minute = 0; minute <= Minutes; minute++)
        {
            foreach (Command told in prices.Told(1, now))
            {
                copy.Execute(new Envelope(now, Envelope.Venue, Fresh(copy), told), out Outcome outcome);
                record.Observe(copy.State, outcome);
            }

            if (copy.State.NextDue is null || minute == Minutes) break;

            now += TimeSpan.FromMinutes(1);
        }

        return now;
    }

    private static (double Paid, double TurnedAway) Withdraw(VenueKernel venue, decimal part, Instant now, StoryRecord record)
    {
        (double paid, double turnedAway) = (0, 0);
        if (part == 0) return (paid, turnedAway);

        VenueState state = venue.State;
        for (int i = 0; i < state.Accounts.Count; i++)
        {
            var account = new AccountIndex(i);
            for (int a = 0; a < state.Catalog.Assets.Count; a++)
            {
                var asset = new AssetIndex(a);
                Amount asked = state.Ledger.Balance(account, Purse.Cash, asset).Times(part, Rounding.AgainstTheAccount);
                if (asked.Sign <= 0) continue;

                AssetScale scale = state.Catalog[asset].Scale;
                var command = new Withdraw(state.Accounts[account], state.Catalog[asset].Id, scale.Format(asked));
                venue.Execute(new Envelope(now, Envelope.Venue, Fresh(venue), command), out Outcome outcome);
                record.Observe(state, outcome);
                double worth = scale.ToModel(asked) * state.Market.PriceOf(asset);
                if (outcome.Accepted) paid += worth;
                else if (outcome.Refusal == Refusal.HoldingsInsufficient) turnedAway += worth;
            }
        }

        return (paid, turnedAway);
    }

    private static CommandId Fresh(VenueKernel venue) => new($"stress-{venue.Sequence + 1}");

    private static Tally Counted(Engine.Tally tally) => new(tally.MarginCalls, tally.LiquidatedNotional, tally.Deleveragings, tally.FundDrawn, tally.BadDebt);

    private readonly record struct Tally(long Calls, double Liquidated, long Deleveragings, double FundDrawn, double BadDebt);
}
