using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>A test venue whose rulebook has phases, and small sentences about them.</summary>
internal static class PhaseVenue
{
    public const string Perpetual = "BTC_USDC-PERPETUAL";

    public static PhaseTerms Slices { get; } = new()
    {
        PeriodSeconds = 30,
        WarnAt = 0.7m,
        CallSeconds = 600,
        Slices = new SliceTerms(0.5m, [new DepthTerms(new AssetScope(new AssetId("BTC"), null), 10_000m, 0.01m)]),
    };

    public static AuctionPhaseTerms Auction { get; } = new(new AssetId("USDC"), 0.02m, 0.30m, 600, 60, 0.05m);

    public static BackstopTerms Backstop { get; } = new(new AccountId("backstop"), 100_000m, 20_000m, 1_000_000m, 10m);

    public static TestVenue Open(PhaseTerms phases) => TestVenue.Open(rules => rules with { Phases = phases });

    /// <summary>An account with USDC and a long perpetual bought at 8000 from the provider.</summary>
    public static void Long(this TestVenue venue, string name, string usdc, decimal size)
    {
        venue.Account(name);
        venue.Deposit(name, usdc, "USDC");
        venue.Fill(name, "liquidity", Perpetual, size, 8000m);
    }

    /// <summary>Lets time pass until what is due next is due.</summary>
    public static Outcome PassToDue(this TestVenue venue)
    {
        venue.State.NextDue.ShouldNotBeNull("something is due");

        return venue.DoAt(venue.State.NextDue.Value > venue.Clock ? venue.State.NextDue.Value : venue.Clock, new PassTime());
    }

    public static Outcome Pass(this TestVenue venue, int seconds) => venue.DoAt(venue.Clock + TimeSpan.FromSeconds(seconds), new PassTime());

    public static LiquidationCase? Case(this TestVenue venue, string name) => venue.State.Liquidations.Of(venue.Index(name));
}
