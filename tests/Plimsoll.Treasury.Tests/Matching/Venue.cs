using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Treasury.Matching;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Tests.Matching;

/// <summary>A venue whose books say what a test needs.</summary>
internal static class Venue
{
    public static readonly Asset Usd = new(new AssetId("USD"), new AssetScale(2), AssetClass.Fiat, null);

    /// <summary>Friday evening in winter, an hour after banks in London closed.</summary>
    public static readonly Instant FridayEvening = Instant.Utc(2025, 1, 31, 19);

    public static readonly StressedRun HalfInADay = new("half in a day", [new(24, 0.5m)]);

    public static Amount Whole(long wholes) => new((Int128)wholes * 100);

    /// <summary>Claims and holdings in whole units of one asset, through the ledger.</summary>
    public static AssetCoverage Measure(long claims, StressedRun run, Instant now, params (Fund Place, long Wholes)[] held) =>
        Measure(Usd, claims, run, now, held);

    public static AssetCoverage Measure(Asset asset, long claims, StressedRun run, Instant now, params (Fund Place, long Wholes)[] held)
    {
        var ledger = new GeneralLedger();
        var index = new AssetIndex(0);
        foreach ((Fund place, long wholes) in held)
            ledger.Post([new Leg(place, index, -Whole(wholes)), new Leg(Fund.OwnFunds, index, Whole(wholes))]);

        return AssetCoverage.Measure(asset, index, new CustomerClaims(Whole(claims), Amount.Zero), ledger, AvailabilityRules.Default, run, now);
    }
}
