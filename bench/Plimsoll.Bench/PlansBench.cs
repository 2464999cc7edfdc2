using System.Diagnostics;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Engine.Json;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Bench;

/// <summary>
/// 100,000 accounts fall under maintenance in one tick: a plan for each, in the order of their depth, what fits into the
/// period's caps carried out, and all of it as the bytes of one journal entry. Beside it what no plan can do without: judging
/// the same accounts, and writing and hashing the same bytes. Any number of threads must give the same entry, to the hash.
/// </summary>
internal static class PlansBench
{
    private const int Accounts = 100_000;
    private const int Rounds = 3;

    public static int Run()
    {
        Console.WriteLine($"{Accounts:N0} accounts, half with one position, half with two and a loan; all fall under maintenance in one tick; best of {Rounds}");
        Console.WriteLine();
        Console.WriteLine($"{"threads",8} {"plans, ordered, capped, journaled ms",38} {"of it GC ms",12} {"CPU ms",8} {"judging alone ms",18} {"bytes alone ms",16} {"ratio",7} {"MB",7} {"events",9} {"slices",8}");
        Hash256? first = null;
        foreach (int threads in (int[])[1, 2])
        {
            (double collected, double worked) = (0, double.PositiveInfinity);
            (double whole, double judged, double bytes, double ratio, double size, int events, int slices) = (double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, 0, 0, 0, 0);
            for (int round = 0; round < Rounds; round++)
            {
                VenueKernel kernel = Sinking(threads);
                Envelope fall = Prices(6000m, 140m, 2);
                (TimeSpan paused, TimeSpan busy) = (GC.GetTotalPauseDuration(), Environment.CpuUsage.TotalTime);
                long from = Stopwatch.GetTimestamp();
                JournalEntry entry = kernel.Execute(fall, out Outcome outcome);
                double took = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
                worked = Math.Min(worked, (Environment.CpuUsage.TotalTime - busy).TotalMilliseconds);
                if (took < whole) (whole, collected) = (took, (GC.GetTotalPauseDuration() - paused).TotalMilliseconds);
                first ??= entry.Hash;
                if (entry.Hash != first) throw new InvalidOperationException($"{threads} threads gave another entry than one");
                int fallen = outcome.Events.OfType<LiquidationBegun>().Count();
                if (fallen < Accounts) throw new InvalidOperationException($"only {fallen} accounts fell");

                Judgement judgement = kernel.State.Judgement;
                var verdicts = new Verdict[kernel.State.Accounts.Count];
                judged = Math.Min(judged, Race.BestMilliseconds(3, () => Judge.All(judgement.Positions, judgement.Money, judgement.Responses!, judgement.Model!, verdicts, threads))[0]);
                Event[] happened = [.. outcome.Events];
                byte[] text = [];
                bytes = Math.Min(bytes, Race.BestMilliseconds(3, () =>
                {
                    text = Wire.Write(happened);
                    _ = Hash256.Of(text);
                })[0]);
                (size, events, slices) = (entry.Events.Length / 1e6, outcome.Events.Count, outcome.Events.OfType<LiquidationSliced>().Count());
            }

            ratio = whole / (judged + bytes);
            Console.WriteLine($"{threads,8} {whole,38:F0} {collected,12:F0} {worked,8:F0} {judged,18:F1} {bytes,16:F1} {ratio,7:F1} {size,7:F1} {events,9:N0} {slices,8:N0}");
        }

        return 0;
    }

    private static VenueKernel Sinking(int threads)
    {
        var state = new VenueState();
        foreach (Event listed in Listings()) listed.Apply(state);
        RiskParameters rules = RiskParameters.Default(state.Catalog);
        new ParametersSet(rules with
        {
            Phases = new PhaseTerms
            {
                PeriodSeconds = 30,
                Slices = new SliceTerms(0.2m, [new DepthTerms(new AssetScope(null, AssetClass.Major), 20_000_000m, 0.01m)]),
                Caps = new PhaseCaps(1_000_000m, 5_000_000m),
                Dust = 100m,
            },
        }).Apply(state);
        Populate(state);
        state.Judgement.Threads = threads;
        var kernel = new VenueKernel(state, 0, Hash256.Zero);
        kernel.Execute(Prices(8000m, 200m, 1), out _);

        return kernel;
    }

    private static IEnumerable<Event> Listings()
    {
        yield return new AssetListed(new AssetId("USDC"), 6, AssetClass.Stable);
        yield return new AssetListed(new AssetId("BTC"), 8, AssetClass.Major);
        yield return new AssetListed(new AssetId("ETH"), 18, AssetClass.Major);
        yield return new InstrumentListed(new InstrumentId("BTC_USDC-PERPETUAL"), Payoff.Linear, new AssetId("USDC"), 0.0001m, 0.01m);
        yield return new InstrumentListed(new InstrumentId("ETH_USDC-PERPETUAL"), Payoff.Linear, new AssetId("USDC"), 0.001m, 0.01m);
    }

    private static void Populate(VenueState state)
    {
        var provider = new AccountId("liquidity");
        new AccountOpened(provider).Apply(state);
        new Deposited(provider, new AssetId("USDC"), new Amount(1_000_000_000_000_000), Fund.Hot).Apply(state);
        for (int i = 0; i < Accounts; i++)
        {
            var account = new AccountId($"account-{i:000000}");
            new AccountOpened(account).Apply(state);
            new Deposited(account, new AssetId("USDC"), new Amount(2_250_000_000 + (i % 1000 * 100_000L)), Fund.Hot).Apply(state);
            Fill(state, account, provider, "BTC_USDC-PERPETUAL", 10_000, 8000m);
            if (i % 2 == 0) continue;

            Fill(state, account, provider, "ETH_USDC-PERPETUAL", 4_000, 200m);
            new Borrowed(account, new AssetId("ETH"), new Amount(Int128.One * 1_000_000_000_000_000_000)).Apply(state);
        }
    }

    private static void Fill(VenueState state, AccountId buyer, AccountId seller, string name, long lots, decimal price)
    {
        var id = new InstrumentId(name);
        var at = new Price(price);
        Amount value = state.Worth(state.Instrument(id), new Lots(lots), at, Rounding.Nearest);
        new Filled(buyer, seller, id, new Lots(lots), at, value, Amount.Zero, Amount.Zero).Apply(state);
    }

    private static Envelope Prices(decimal btc, decimal eth, int second)
    {
        Instant now = Instant.Utc(2020, 3, 12) + TimeSpan.FromSeconds(second);
        AssetPrice Quote(string asset, decimal price) => new(new AssetId(asset), price, now, 0, new AccountId("bench"));

        return new Envelope(now, Envelope.Venue, new CommandId($"p{second}"), new MovePrices([Quote("USDC", 1m), Quote("BTC", btc), Quote("ETH", eth)], []));
    }
}
