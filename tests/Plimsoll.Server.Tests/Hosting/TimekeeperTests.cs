using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Hosting;
using Plimsoll.Engine.Journal;
using Plimsoll.Engine.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Server.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Tests.Hosting;

/// <summary>The kernel has no timers: the server tells it the time when something is due, once, and not otherwise.</summary>
public sealed class TimekeeperTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly HandClock _clock = new(Start);
    private readonly MemoryJournalStore _store = new();
    private readonly VenueEngine _engine;
    private readonly Timekeeper _keeper;
    private int _asked;

    public TimekeeperTests()
    {
        _engine = new VenueEngine(new VenueKernel(), _store, new EngineOptions { Clock = Now });
        _keeper = new Timekeeper(_engine, Now, _clock);
    }

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task Where_nothing_is_due_no_time_passes()
    {
        (await _keeper.Look()).ShouldBeFalse();
        await Called();
        long before = _store.LastSequence;
        _clock.Advance(TimeSpan.FromSeconds(599));
        (await _keeper.Look()).ShouldBeFalse("the deadline is a second away");
        _store.LastSequence.ShouldBe(before);
    }

    [Fact]
    public async Task What_is_due_happens_at_its_moment_and_once()
    {
        await Called();
        _clock.Advance(TimeSpan.FromSeconds(600));
        bool[] looked = await Task.WhenAll(_keeper.Look(), new Timekeeper(_engine, Now, _clock).Look());
        looked.ShouldContain(true);

        JournalEntry[] passed = Passed();
        passed.ShouldHaveSingleItem("two who look at once let time pass once");
        passed[0].By.ShouldBe(Envelope.Venue);
        passed[0].At.ShouldBe(Now());
        Wire.ReadEvents(passed[0].Events.Span).ShouldContain(e => e is LiquidationBegun);
    }

    [Fact]
    public async Task What_waits_for_something_else_than_time_is_asked_again_only_after_half_a_minute()
    {
        await Called();
        await Do(new ProposeOverride(new AccountId("alice"), OverrideKind.HoldLiquidation, "he pays in", Now() + TimeSpan.FromHours(2)), "anna");
        await Do(new ConfirmOverride(1), "ben");
        _clock.Advance(TimeSpan.FromSeconds(600));
        (await _keeper.Look()).ShouldBeTrue();
        for (int second = 1; second < 30; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            (await _keeper.Look()).ShouldBeFalse($"after {second} s");
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        (await _keeper.Look()).ShouldBeTrue();
        Passed().Length.ShouldBe(2);
        Passed().Sum(entry => Wire.ReadEvents(entry.Events.Span).Length).ShouldBe(0, "held, nothing happens to her");
    }

    [Fact]
    public async Task It_looks_twice_a_second_by_the_clock_it_was_given_and_stops_when_told()
    {
        await Called();
        using var stop = new CancellationTokenSource();
        Task running = _keeper.Run(stop.Token);
        _clock.Advance(TimeSpan.FromSeconds(600) - TimeSpan.FromMilliseconds(100));
        await Until(() => _clock.Waiting == 1);
        Passed().ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromMilliseconds(499));
        await Task.Delay(50);
        Passed().ShouldBeEmpty("the beat is not over");
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await Until(() => Passed().Length == 1);

        await stop.CancelAsync();
        await running;
        running.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task An_engine_that_has_stopped_hears_no_clock_and_the_keeper_ends_quietly()
    {
        await Called();
        _engine.Dispose();
        Task running = _keeper.Run(CancellationToken.None);
        await Until(() => _clock.Waiting == 1);
        _clock.Advance(TimeSpan.FromHours(1));
        await running.WaitAsync(TimeSpan.FromSeconds(30));
        running.IsCompletedSuccessfully.ShouldBeTrue();
    }

    private static async Task Until(Func<bool> wanted)
    {
        for (int i = 0; !wanted(); i++)
        {
            i.ShouldBeLessThan(600);
            await Task.Delay(50);
        }
    }

    private Instant Now() => new((_clock.GetUtcNow().Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    private JournalEntry[] Passed() => [.. _store.ReadFrom(1).Where(entry => Wire.ReadCommand(entry.Command.Span) is PassTime)];

    /// <summary>A venue with phases in which alice has just been called and has ten minutes.</summary>
    private async Task Called()
    {
        (AssetId usdc, AssetId btc, AccountId alice) = (new AssetId("USDC"), new AssetId("BTC"), new AccountId("alice"));
        await Do(new ListAsset(usdc, 6, AssetClass.Stable));
        await Do(new ListAsset(btc, 8, AssetClass.Major));
        await Do(new ListInstrument(new InstrumentId("BTC_USDC-PERPETUAL"), Payoff.Linear, usdc, 0.001m, 0.1m));
        RiskParameters rules = await _engine.Ask(kernel => RiskParameters.Default(kernel.State.Catalog));
        await Do(new SetParameters(rules with { Phases = new PhaseTerms { PeriodSeconds = 30, CallSeconds = 600 } }));
        foreach (string name in (string[])["liquidity", "alice"]) await Do(new OpenAccount(new AccountId(name)));
        await Do(new Deposit(new AccountId("liquidity"), usdc, "10000000"));
        await Do(new Deposit(alice, usdc, "2000"));
        await Price(8000m);
        await Do(new ReportFill(alice, new AccountId("liquidity"), new InstrumentId("BTC_USDC-PERPETUAL"), 1m, 8000m));
        (await Price(6850m)).Events.ShouldContain(e => e is MarginCalled);

        Task<Outcome> Price(decimal price) => Do(new MovePrices([new AssetPrice(usdc, 1m, Now(), 0, new AccountId("test")), new AssetPrice(btc, price, Now(), 0, new AccountId("test"))], []));
    }

    private async Task<Outcome> Do(Command command, string by = "venue")
    {
        Outcome outcome = await _engine.Submit(by == "venue" ? Envelope.Venue : new AccountId(by), new CommandId($"t{++_asked}"), command);
        outcome.Refusal.ShouldBe(Refusal.None, outcome.Detail);

        return outcome;
    }
}
