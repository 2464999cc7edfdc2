using System.Collections.Immutable;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Cascades;

/// <summary>What a rehearsal came to; money in the numeraire.</summary>
/// <param name="Accounts">How many accounts the venue has.</param>
/// <param name="Before">Accounts by stage before anything moves.</param>
/// <param name="After">Accounts by stage at the end.</param>
/// <param name="Liquidated">Notional closed, sold and taken over.</param>
/// <param name="Fallen">Accounts that were liquidated, in the order of their names.</param>
/// <param name="ExpectedCost">What slices and sales were expected to cost before they ran.</param>
/// <param name="RealisedCost">What they did cost.</param>
/// <param name="Bearers">Who bore the bad debt.</param>
/// <param name="FundBefore">What the layers of insurance held.</param>
/// <param name="FundAfter">What they hold at the end.</param>
/// <param name="Deleveragings">Counterparties that took positions over.</param>
/// <param name="Provider">What the liquidity provider won or lost.</param>
/// <param name="Backstop">What the backstop won or lost.</param>
/// <param name="Waiting">Accounts whose liquidation is not over.</param>
/// <param name="Refused">Prices the venue did not take.</param>
public sealed record RehearsalReport(
    int Accounts,
    ImmutableSortedDictionary<AccountPhase, int> Before,
    ImmutableSortedDictionary<AccountPhase, int> After,
    double Liquidated,
    ImmutableArray<AccountId> Fallen,
    double ExpectedCost,
    double RealisedCost,
    LossBearers Bearers,
    double FundBefore,
    double FundAfter,
    long Deleveragings,
    double Provider,
    double Backstop,
    int Waiting,
    int Refused);

/// <summary>Lives a shock on a copy of a venue, through the engine that decides live; the venue itself is not touched.</summary>
public static class Rehearsal
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Rehearses on a copy.</summary>
    /// <param name="snapshot">The venue as it stood.</param>
    /// <param name="ask">What happens.</param>
    /// <param name="without">A guard to do without; none for the rulebook as it is.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="InputException">The shock cannot be told at this venue.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static RehearsalReport Of(SnapshotRecord snapshot, RehearsalAsk ask, GuardSwitch? without = null, CancellationToken stop = default)
    {
        VenueKernel copy = Snapshots.Restore(snapshot);
        ask.Check(copy.State);
        var run = new Run(copy, ask);
        if (without is not null && copy.State.Parameters is { } rules) run.Set(without.Off(rules).Checked());

        return run.Live(stop);
    }

    private sealed class Run
    {
        private readonly VenueKernel kernel;
        private readonly RehearsalAsk ask;
        private readonly LossLedger losses;
        private readonly ShockedPrices prices;
        private Instant now;
        private double expected;
        private double realised;
        private int refused;

        public Run(VenueKernel kernel, RehearsalAsk ask)
        {
            (this.kernel, this.ask) = (kernel, ask);
            losses = new LossLedger(kernel.State, ImmutableHashSet<AccountId>.Empty);
            prices = new ShockedPrices(kernel.State, ask.ByAsset(kernel.State.Catalog));
            now = kernel.State.Now;
        }

        public void Set(RiskParameters rules) => Ask(new SetParameters(rules));

        public RehearsalReport Live(CancellationToken stop)
        {
            VenueState venue = kernel.State;
            ImmutableSortedDictionary<AccountPhase, int> before = Stages(venue);
            LossBearers borne = LossBearers.Of(venue);
            (double fund, double provider, double backstop, long taken) = (Worth.OfFund(venue), Worth.OfProvider(venue), Worth.OfBackstop(venue), venue.Tally.Deleveragings);
            for (int tick = 1; tick <= ask.Ticks + ask.Minutes; tick++)
            {
                stop.ThrowIfCancellationRequested();
                now += Minute;
                Tell(Math.Min(1, (double)tick / ask.Ticks));
                if (tick > ask.Ticks && venue.NextDue is null) break;
            }

            return new RehearsalReport(
                venue.Accounts.Count, before, Stages(venue), losses.Liquidated, losses.Fallen, expected, realised, LossBearers.Of(venue).Since(borne),
                fund, Worth.OfFund(venue), venue.Tally.Deleveragings - taken, Worth.OfProvider(venue) - provider, Worth.OfBackstop(venue) - backstop,
                venue.Liquidations.Worked, refused);
        }

        /// <summary>Prices are told every minute, also when they stand still, so that no feed falls silent in a rehearsal.</summary>
        private void Tell(double part)
        {
            foreach (Command told in prices.Told(part, now)) Ask(told);
        }

        private void Ask(Command command)
        {
            kernel.Execute(new Envelope(now, Envelope.Venue, new CommandId($"rehearsal-{kernel.Sequence + 1}"), command), out Outcome outcome);
            if (!outcome.Accepted) refused++;
            losses.Observe(outcome.Events);
            foreach (LiquidationSliced slice in outcome.Events.OfType<LiquidationSliced>())
            {
                expected += slice.ExpectedCost;
                realised += slice.RealisedCost;
            }
        }

        private static ImmutableSortedDictionary<AccountPhase, int> Stages(VenueState venue)
        {
            var counts = new SortedDictionary<AccountPhase, int>();
            for (int a = 0; a < venue.Accounts.Count; a++)
            {
                AccountPhase phase = venue.Accounts.PhaseOf(new AccountIndex(a));
                counts[phase] = counts.GetValueOrDefault(phase) + 1;
            }

            return counts.ToImmutableSortedDictionary();
        }
    }
}
